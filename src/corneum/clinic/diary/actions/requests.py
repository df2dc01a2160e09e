"""Answering what a patient has asked for: a time that is theirs until somebody says yes or no, or the clock does."""

from datetime import datetime

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.diary.releasing import let_go
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record

Status = Appointment.Status


class RequestAnswered(ClinicError):
    """This request has been answered meanwhile."""

    def __init__(self, appointment: Appointment) -> None:
        """Say how it was answered, for whoever was a moment later."""
        answer = "cancelled" if appointment.status == Status.CANCELLED else "accepted"
        super().__init__(f"Somebody has answered this request meanwhile: it is {answer}.")


class RequestExpired(ClinicError):
    """This request was not answered in time and has expired. Offer them another time."""


class NotExpiredYet(ClinicError):
    """This request still has time to be answered."""


@action
def accept_request(*, appointment: Appointment, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Say yes to a request: it is booked, at the time that was theirs all along.

    :raises RequestAnswered: somebody was quicker
    :raises RequestExpired: it is past the moment by which the patient was told to expect an answer
    """
    booked = _lock_open(appointment, at=at)
    booked.status = Status.BOOKED
    booked.request_expires_at = None
    booked.sequence += 1
    booked.save(update_fields=["status", "request_expires_at", "sequence"])
    record("diary.accept_request", entity=booked, by=by, at=at, clinic=booked.clinic, press=press)
    return booked


@action
def decline_request(*, appointment: Appointment, reason: str, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Say no to a request, which frees the time; the reason is kept for the desk.

    :raises RequestAnswered: somebody was quicker
    :raises RequestExpired: it has expired already
    """
    declined = _lock_open(appointment, at=at)
    before = let_go(declined, reason=reason, at=at)
    record("diary.decline_request", entity=declined, by=by, at=at, clinic=declined.clinic, press=press, **before)
    return declined


@action
def expire_request(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Let a request go that nobody has answered in time, which frees the time.

    :raises RequestAnswered: somebody answered at the last moment, or it has expired before
    :raises NotExpiredYet: there is still time
    """
    expired = _lock_pending(appointment)
    if expired.request_expires_at is None or expired.request_expires_at > at:
        raise NotExpiredYet
    before = let_go(expired, reason="Nobody answered in time", at=at)
    record("diary.expire_request", entity=expired, by=by, at=at, clinic=expired.clinic, **before)
    return expired


def _lock_open(appointment: Appointment, *, at: datetime) -> Appointment:
    locked = _lock_pending(appointment)
    if locked.request_expires_at is None or locked.request_expires_at <= at:
        raise RequestExpired
    return locked


def _lock_pending(appointment: Appointment) -> Appointment:
    locked = locked_appointment(appointment)
    if locked.status != Status.PENDING:
        raise RequestAnswered(locked)
    return locked
