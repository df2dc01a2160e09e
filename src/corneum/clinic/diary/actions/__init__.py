"""Writing in the diary: everything that the front desk, a patient or the clock can do to it."""

from corneum.clinic.diary.actions.appointments import (
    AlreadyCancelled,
    AlreadyOver,
    OfAnotherClinic,
    TooLate,
    book_appointment,
    book_held_time,
    cancel_appointment,
    move_appointment,
)
from corneum.clinic.diary.actions.holds import (
    AlreadyExtended,
    HoldExpired,
    extend_hold,
    hold_time,
    release_expired_holds,
    release_hold,
)
from corneum.clinic.diary.actions.visits import (
    ChangedMeanwhile,
    NotBegunYet,
    NotToday,
    arrive_appointment,
    finish_appointment,
    mark_noshow,
    undo_arrival,
    undo_outcome,
)
from corneum.clinic.diary.placing import NotOffered, PatientBusy, SlotTaken, TimeRefused, Wanted

__all__ = [
    "AlreadyCancelled",
    "AlreadyExtended",
    "AlreadyOver",
    "ChangedMeanwhile",
    "HoldExpired",
    "NotBegunYet",
    "NotOffered",
    "NotToday",
    "OfAnotherClinic",
    "PatientBusy",
    "SlotTaken",
    "TimeRefused",
    "TooLate",
    "Wanted",
    "arrive_appointment",
    "book_appointment",
    "book_held_time",
    "cancel_appointment",
    "extend_hold",
    "finish_appointment",
    "hold_time",
    "mark_noshow",
    "move_appointment",
    "release_expired_holds",
    "release_hold",
    "undo_arrival",
    "undo_outcome",
]
