"""What a visitor does on the way to an appointment, and a patient with the appointment that they have."""

from corneum.clinic.booking.actions.appointments import (
    OnlyByTelephone,
    TooManyBookings,
    TooManyFromNetwork,
    cancel_booking,
    confirm_draft,
    move_booking,
)
from corneum.clinic.booking.actions.desk import (
    Newcomer,
    accept_request,
    book_at_desk,
    cancel_at_desk,
    decline_request,
    expire_request,
    move_at_desk,
    undo_cancellation,
    undo_move,
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
    "Newcomer",
    "OnlyByTelephone",
    "TooManyBookings",
    "TooManyFromNetwork",
    "TooManyHolds",
    "TwoTimesAtOnce",
    "accept_request",
    "begin_draft",
    "book_at_desk",
    "cancel_at_desk",
    "cancel_booking",
    "choose_time",
    "confirm_draft",
    "decline_request",
    "expire_request",
    "forget_drafts",
    "keep_details",
    "keep_time",
    "leave_draft",
    "move_at_desk",
    "move_booking",
    "take_time_again",
    "undo_cancellation",
    "undo_move",
]
