"""What a visitor does on the way to an appointment, and a patient with the appointment that they have."""

from corneum.clinic.booking.actions.appointments import (
    TooManyBookings,
    cancel_booking,
    confirm_draft,
    move_booking,
)
from corneum.clinic.booking.actions.drafts import (
    TooManyHolds,
    TwoTimesAtOnce,
    begin_draft,
    choose_time,
    forget_drafts,
    keep_details,
    keep_time,
    leave_draft,
    take_time_again,
)

__all__ = [
    "TooManyBookings",
    "TooManyHolds",
    "TwoTimesAtOnce",
    "begin_draft",
    "cancel_booking",
    "choose_time",
    "confirm_draft",
    "forget_drafts",
    "keep_details",
    "keep_time",
    "leave_draft",
    "move_booking",
    "take_time_again",
]
