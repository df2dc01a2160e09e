"""Writing in the diary: everything that the front desk, a patient or the clock can do to it."""

from corneum.clinic.diary.actions.appointments import (
    MayNotBookInSpite,
    OfAnotherClinic,
    book_appointment,
    book_held_time,
    cancel_appointment,
    move_appointment,
)
from corneum.clinic.diary.actions.blocks import block_time, lift_blocks, set_blocks
from corneum.clinic.diary.actions.confirming import AlreadyConfirmed, MovedMeanwhile, confirm_visit
from corneum.clinic.diary.actions.holds import (
    AlreadyExtended,
    HoldExpired,
    extend_hold,
    hold_time,
    release_expired_holds,
    release_hold,
)
from corneum.clinic.diary.actions.people import SomebodyIsChoosing, VisitsRemain, activate, deactivate
from corneum.clinic.diary.actions.requests import (
    NotExpiredYet,
    RequestAnswered,
    RequestExpired,
    accept_request,
    decline_request,
    expire_request,
)
from corneum.clinic.diary.actions.steps import (
    LATEST,
    TooLateToCome,
    begin_treatment,
    enter_room,
    leave_clinic,
    note_late,
    step_back,
)
from corneum.clinic.diary.actions.things import replace_things
from corneum.clinic.diary.actions.undoing import UNDO_WITHIN, CannotUndo, undo_cancellation, undo_move
from corneum.clinic.diary.actions.visits import (
    NotBegunYet,
    NotToday,
    arrive_appointment,
    finish_appointment,
    mark_noshow,
    undo_arrival,
    undo_outcome,
)
from corneum.clinic.diary.changing import AlreadyCancelled, AlreadyOver, ChangedMeanwhile, NotAnsweredYet, TooLate
from corneum.clinic.diary.limiting import BeyondLimits, ConsultationFirst, EnoughToCome, NotCleared, TooNear
from corneum.clinic.diary.placing import (
    NotOffered,
    PatientBusy,
    SlotTaken,
    TimeRefused,
    Wanted,
)

__all__ = [
    "LATEST",
    "UNDO_WITHIN",
    "AlreadyCancelled",
    "AlreadyConfirmed",
    "AlreadyExtended",
    "AlreadyOver",
    "BeyondLimits",
    "CannotUndo",
    "ChangedMeanwhile",
    "ConsultationFirst",
    "EnoughToCome",
    "HoldExpired",
    "MayNotBookInSpite",
    "MovedMeanwhile",
    "NotAnsweredYet",
    "NotBegunYet",
    "NotCleared",
    "NotExpiredYet",
    "NotOffered",
    "NotToday",
    "OfAnotherClinic",
    "PatientBusy",
    "RequestAnswered",
    "RequestExpired",
    "SlotTaken",
    "SomebodyIsChoosing",
    "TimeRefused",
    "TooLate",
    "TooLateToCome",
    "TooNear",
    "VisitsRemain",
    "Wanted",
    "accept_request",
    "activate",
    "arrive_appointment",
    "begin_treatment",
    "block_time",
    "book_appointment",
    "book_held_time",
    "cancel_appointment",
    "confirm_visit",
    "deactivate",
    "decline_request",
    "enter_room",
    "expire_request",
    "extend_hold",
    "finish_appointment",
    "hold_time",
    "leave_clinic",
    "lift_blocks",
    "mark_noshow",
    "move_appointment",
    "note_late",
    "release_expired_holds",
    "release_hold",
    "replace_things",
    "set_blocks",
    "step_back",
    "undo_arrival",
    "undo_cancellation",
    "undo_move",
    "undo_outcome",
]
