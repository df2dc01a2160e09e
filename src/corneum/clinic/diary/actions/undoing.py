"""Undoing what the desk did a moment ago, before anybody has been told of it."""

from datetime import datetime, timedelta

from corneum.clinic.diary.actions.appointments import PLACED
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.diary.releasing import put_back, take_back
from corneum.clinic.practitioners.models import Practitioner
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.queries import history_of
from corneum.platform.audit.trail import action, record

UNDO_WITHIN = timedelta(minutes=3)  # messages about a change are held back for so long
Status = Appointment.Status


class CannotUndo(ClinicError):
    """This can no longer be undone: three minutes have passed, or something else has happened since."""


@action
def undo_cancellation(*, appointment: Appointment, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Take back that the desk cancelled an appointment or declined a request: the same rows, at the same time.

    :raises CannotUndo: it was more than three minutes ago, or not the last thing that happened
    :raises SlotTaken: somebody has the time now
    :raises PatientBusy: the patient has another appointment then
    """
    again = locked_appointment(appointment)
    undone = _last_done(again, ("diary.cancel_appointment", "diary.decline_request"), at=at)
    if again.status != Status.CANCELLED:
        raise CannotUndo
    take_back(again, at=at)
    until = undone.detail["asked_until"]
    again.status = undone.detail["was"]
    again.request_expires_at = datetime.fromisoformat(until) if until else None
    again.cancelled_at, again.cancel_reason = None, ""
    again.sequence += 1
    again.save(update_fields=["status", "request_expires_at", "cancelled_at", "cancel_reason", "sequence"])
    record("diary.undo_cancellation", entity=again, by=by, at=at, clinic=again.clinic, press=press)
    return again


@action
def undo_move(*, appointment: Appointment, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Take back that the desk moved an appointment: time, people and places are exactly as they were.

    :raises CannotUndo: it was more than three minutes ago, or not the last thing that happened
    :raises SlotTaken: somebody has the old time now
    :raises PatientBusy: the patient has another appointment at the old time
    """
    back = locked_appointment(appointment)
    undone = _last_done(back, ("diary.move_appointment",), at=at)
    if back.status != Status.BOOKED:
        raise CannotUndo
    now, was = {"from": back.starts, "from_name": back.practitioner.name}, undone.detail
    back.starts, back.ends = was["from"], was["from_ends"]
    back.practitioner = Practitioner.objects.get(ref=was["from_practitioner"])
    put_back(back, was["from_slots"], at=at)
    back.zone = back.clinic.zone
    back.wall_time = local(back.starts, back.zone).strftime("%Y-%m-%dT%H:%M")
    confirmed = was.get("from_confirmed", "")
    back.confirmed_at = datetime.fromisoformat(confirmed) if confirmed else None
    back.confirmed_how = was.get("from_confirmed_how", "")
    back.sequence += 1
    back.save(update_fields=PLACED)
    after = {"to": back.starts, "to_name": back.practitioner.name}
    record("diary.undo_move", entity=back, by=by, at=at, clinic=back.clinic, press=press, **now, **after)
    return back


def _last_done(appointment: Appointment, names: tuple[str, ...], *, at: datetime) -> AuditEvent:
    """Find what is to be undone: the last thing done to the appointment, by somebody at the desk, just now."""
    last = history_of(appointment).filter(action__startswith="diary.").last()
    if last is None or last.action not in names or last.actor_kind != "staff" or at - last.at > UNDO_WITHIN:
        raise CannotUndo
    return last
