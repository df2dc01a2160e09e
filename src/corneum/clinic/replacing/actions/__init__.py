"""What the desk does when somebody or something is out."""

from corneum.clinic.replacing.actions.deciding import (
    AlreadyDecided,
    NeedsNothing,
    NothingProposed,
    accept_replacement,
    cancel_replacement,
    change_replacement,
    leave_replacement,
)
from corneum.clinic.replacing.actions.outages import (
    NoTimeTaken,
    OutageClosed,
    VisitsLeft,
    close_outage,
    propose,
    shorten_outage,
    take_out,
)

__all__ = [
    "AlreadyDecided",
    "NeedsNothing",
    "NoTimeTaken",
    "NothingProposed",
    "OutageClosed",
    "VisitsLeft",
    "accept_replacement",
    "cancel_replacement",
    "change_replacement",
    "close_outage",
    "leave_replacement",
    "propose",
    "shorten_outage",
    "take_out",
]
