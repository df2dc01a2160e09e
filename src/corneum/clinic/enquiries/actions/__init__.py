"""What people who ask, the desk and the mailbox do to a conversation."""

from corneum.clinic.enquiries.actions.answering import NothingSaid, OnlyByTelephone, note_on_enquiry, reply_to_enquiry
from corneum.clinic.enquiries.actions.letters import receive_letter
from corneum.clinic.enquiries.actions.receiving import receive_enquiry, write_down_call
from corneum.clinic.enquiries.actions.saved import TitleTaken, remove_saved_reply, save_reply
from corneum.clinic.enquiries.actions.sorting import (
    AnotherClinics,
    NothingToSnooze,
    NotLater,
    NotOnTheTeam,
    assign_enquiry,
    close_enquiry,
    join_enquiry,
    keep_enquiry_apart,
    note_booking,
    part_enquiry,
    release_enquiry,
    reopen_enquiry,
    settle_enquiry,
    snooze_enquiry,
    wake_enquiry,
)
from corneum.clinic.enquiries.actions.texts import receive_text
from corneum.clinic.enquiries.latest import ChangedMeanwhile

__all__ = [
    "AnotherClinics",
    "ChangedMeanwhile",
    "NotLater",
    "NotOnTheTeam",
    "NothingSaid",
    "NothingToSnooze",
    "OnlyByTelephone",
    "TitleTaken",
    "assign_enquiry",
    "close_enquiry",
    "join_enquiry",
    "keep_enquiry_apart",
    "note_booking",
    "note_on_enquiry",
    "part_enquiry",
    "receive_enquiry",
    "receive_letter",
    "receive_text",
    "release_enquiry",
    "remove_saved_reply",
    "reopen_enquiry",
    "reply_to_enquiry",
    "save_reply",
    "settle_enquiry",
    "snooze_enquiry",
    "wake_enquiry",
    "write_down_call",
]
