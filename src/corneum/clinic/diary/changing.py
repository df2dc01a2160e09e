"""Changing an appointment: whether it may still be changed, and what undoing the change would take."""

from datetime import datetime
from typing import Any

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import may_still_change, may_still_withdraw
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor

Status = Appointment.Status


class AlreadyCancelled(ClinicError):
    """This appointment has been cancelled already."""


class AlreadyOver(ClinicError):
    """This appointment is over, so it cannot be changed any more."""


class NotAnsweredYet(ClinicError):
    """This is a request that nobody has answered yet. Accept or decline it first."""


class TooLate(ClinicError):
    """This appointment has begun or is over, so it cannot be changed here. Please ring us."""


def places_before(appointment: Appointment) -> dict[str, Any]:
    """This will say when, with whom and where an appointment is: enough to put every slot back, should a move be undone."""
    slots = appointment.slots.order_by("pk")
    return {
        "from": appointment.starts,
        "from_ends": appointment.ends,
        "from_practitioner": appointment.practitioner.ref,
        "from_name": appointment.practitioner.name,
        "from_confirmed": appointment.confirmed_at.isoformat() if appointment.confirmed_at else "",
        "from_confirmed_how": appointment.confirmed_how,
        "from_slots": [[s.schedule_id, s.starts, s.ends, s.clear_from, s.clear_until, s.is_overbooked] for s in slots],
    }


def lock_changeable(appointment: Appointment, states: set[Status], *, by: Actor, at: datetime) -> Appointment:
    """This will read the appointment anew and lock it, or say why it cannot be changed any more."""
    # Alone: PostgreSQL waits for the row and reads it as it is now, but would join it to what it had before
    # the wait, and find no row at all when the practitioner has changed meanwhile.
    locked = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if locked.status == Status.CANCELLED:
        raise AlreadyCancelled
    if by.kind == "patient" and not (may_still_change(locked, at) or may_still_withdraw(locked, at)):
        raise TooLate
    if locked.status == Status.PENDING and Status.PENDING not in states:
        raise NotAnsweredYet
    if locked.status not in states:
        raise AlreadyOver
    return locked


class ChangedMeanwhile(ClinicError):
    """This appointment has changed in the meantime. Please look at it again."""

    def __init__(self, appointment: Appointment) -> None:
        """Keep the appointment as it really is, and say what has become of it."""
        super().__init__(_SAYS[appointment.stage])
        self.appointment = appointment


_SAYS: dict[str, str] = {
    Appointment.Status.PENDING: "This is a request that nobody has answered yet.",
    Appointment.Status.BOOKED: "This patient has not been marked as arrived.",
    Appointment.Status.ARRIVED: "This patient has already been marked as arrived.",
    "in-room": "This patient is in the room already.",
    "treating": "This patient is being treated already.",
    Appointment.Status.FULFILLED: "This visit has already been marked as done.",
    "left": "This patient has left already.",
    Appointment.Status.CANCELLED: "This appointment has been cancelled.",
    Appointment.Status.NOSHOW: "This appointment has been marked as not attended.",
}


def locked_at(appointment: Appointment, *stages: str) -> Appointment:
    """
    Read the appointment anew and lock it, so that the last writer never silently wins.

    :param stages: those in which this may happen, as Appointment.stage names them
    :raises ChangedMeanwhile: it is in none of them
    """
    locked = Appointment.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=appointment.pk)
    if locked.stage not in stages:
        raise ChangedMeanwhile(locked)
    return locked
