"""What people on the list, the desk and the clock do to it."""

from corneum.clinic.waiting.actions.list import (
    NoReason,
    NoTimeLeft,
    NotOnTheList,
    TooManyWaits,
    forget_waits,
    join_waiting_list,
    leave_waiting_list,
    mark_not_urgent,
    mark_urgent,
)
from corneum.clinic.waiting.actions.offers import (
    OfferOver,
    accept_offer,
    decline_offer,
    expire_offers,
    offer_freed_times,
)

__all__ = [
    "NoReason",
    "NoTimeLeft",
    "NotOnTheList",
    "OfferOver",
    "TooManyWaits",
    "accept_offer",
    "decline_offer",
    "expire_offers",
    "forget_waits",
    "join_waiting_list",
    "leave_waiting_list",
    "mark_not_urgent",
    "mark_urgent",
    "offer_freed_times",
]
