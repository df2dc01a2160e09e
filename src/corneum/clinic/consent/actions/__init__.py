"""What is done about consent: written and approved, given, talked through, signed, withdrawn."""

from corneum.clinic.consent.actions.giving import CannotEmail, NoApprovedText, give_information, take_newest
from corneum.clinic.consent.actions.signing import (
    AlreadySigned,
    NotTalkedYet,
    NotTheTextShown,
    Superseded,
    sign_consent,
)
from corneum.clinic.consent.actions.talking import NotTrained, hand_over, talk_through
from corneum.clinic.consent.actions.texts import (
    approve_version,
    begin_document,
    save_version,
    set_times,
)
from corneum.clinic.consent.actions.withdrawing import OnlyTheirOwnYes, choose_pictures, withdraw_consent
from corneum.clinic.writing.actions import AnotherVersionIsNewer, NotAPractitioner, SomebodySaved

__all__ = [
    "AlreadySigned",
    "AnotherVersionIsNewer",
    "CannotEmail",
    "NoApprovedText",
    "NotAPractitioner",
    "NotTalkedYet",
    "NotTheTextShown",
    "NotTrained",
    "OnlyTheirOwnYes",
    "SomebodySaved",
    "Superseded",
    "approve_version",
    "begin_document",
    "choose_pictures",
    "give_information",
    "hand_over",
    "save_version",
    "set_times",
    "sign_consent",
    "take_newest",
    "talk_through",
    "withdraw_consent",
]
