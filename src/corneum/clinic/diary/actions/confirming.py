"""A patient says that they will come at the time that was agreed."""

from datetime import datetime

from corneum.clinic.diary.changing import AlreadyCancelled, AlreadyOver, NotAnsweredYet, TooLate
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record

Status = Appointment.Status


class AlreadyConfirmed(ClinicError):
    """This appointment has been confirmed already."""


class MovedMeanwhile(ClinicError):
    """This appointment is at another time now. Look at it again before you confirm it."""


@action
def confirm_visit(
    *, appointment: Appointment, how: str, starts: int, by: Actor, at: datetime, press: str = ""
) -> Appointment:
    """
    Note that the patient will come; a move takes it back, because it was said of another time.

    :param how: one of Appointment.Confirmed
    :param starts: the time that they have seen, and confirm
    :raises AlreadyConfirmed: they have said so before
    :raises MovedMeanwhile: it is at another time now
    :raises NotAnsweredYet: it is only asked for
    :raises AlreadyCancelled: it was cancelled
    :raises AlreadyOver: they have come, or were recorded as not having come
    :raises TooLate: it has begun
    """
    confirmed = locked_appointment(appointment)
    _refuse_unless_ahead(confirmed, at)
    if confirmed.starts != starts:
        raise MovedMeanwhile
    if confirmed.confirmed_at is not None:
        raise AlreadyConfirmed
    confirmed.confirmed_at, confirmed.confirmed_how = at, how
    confirmed.save(update_fields=["confirmed_at", "confirmed_how"])
    record("diary.confirm_visit", entity=confirmed, by=by, at=at, clinic=confirmed.clinic, press=press, how=how)
    return confirmed


def _refuse_unless_ahead(appointment: Appointment, at: datetime) -> None:
    if appointment.status == Status.CANCELLED:
        raise AlreadyCancelled
    if appointment.status == Status.PENDING:
        raise NotAnsweredYet
    if appointment.status != Status.BOOKED:
        raise AlreadyOver
    if at >= appointment.starts_at:
        raise TooLate
