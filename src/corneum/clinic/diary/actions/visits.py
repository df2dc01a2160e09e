"""What happens on the day: the patient arrives, is treated, or does not come."""

from datetime import datetime

from corneum.clinic.diary.changing import locked_at
from corneum.clinic.diary.models import Appointment
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record

Status = Appointment.Status
HERE = ("arrived", "in-room", "treating")
STEPS = ("arrived_at", "arrived_by", "in_room_at", "in_room_by", "treating_at", "treating_by")


class NotBegunYet(ClinicError):
    """This appointment has not begun yet, so nobody can have missed it or be done with it."""


class NotToday(ClinicError):
    """This appointment is on another day, so nobody can be here for it."""


@action
def arrive_appointment(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Record that the patient is here.

    :raises ChangedMeanwhile: the appointment is not waiting for anybody
    :raises NotToday: it is on another day of the clinic's calendar
    """
    arrived = locked_at(appointment, "booked")
    zone = arrived.clinic.zone
    if local(arrived.starts, zone).date() != local(minute_of(at), zone).date():
        raise NotToday
    arrived.status = Status.ARRIVED
    arrived.arrived_at, arrived.arrived_by_id = at, by.user_id
    arrived.save(update_fields=["status", "arrived_at", "arrived_by"])
    record("diary.arrive_appointment", entity=arrived, by=by, at=at, clinic=arrived.clinic)
    return arrived


@action
def undo_arrival(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Take back that the patient is here, and what followed from it.

    :raises ChangedMeanwhile: nobody had been marked as arrived, or the visit is over
    """
    booked = locked_at(appointment, *HERE)
    booked.status = Status.BOOKED
    booked.arrived_at = booked.arrived_by = booked.in_room_at = booked.in_room_by = None
    booked.treating_at = booked.treating_by = None
    booked.save(update_fields=["status", *STEPS])
    record("diary.undo_arrival", entity=booked, by=by, at=at, clinic=booked.clinic)
    return booked


@action
def finish_appointment(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Record that the visit is done.

    :raises ChangedMeanwhile: the patient had not arrived, or the visit is over
    :raises NotBegunYet: the appointment is still to come
    """
    done = locked_at(appointment, *HERE)
    if at < done.starts_at:
        raise NotBegunYet
    done.status = Status.FULFILLED
    done.finished_at, done.finished_by_id = at, by.user_id
    done.save(update_fields=["status", "finished_at", "finished_by"])
    record("diary.finish_appointment", entity=done, by=by, at=at, clinic=done.clinic)
    return done


@action
def mark_noshow(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Record that the patient did not come.

    :raises ChangedMeanwhile: the patient has arrived, or the appointment is over or cancelled
    :raises NotBegunYet: the appointment is still to come
    """
    missed = locked_at(appointment, "booked")
    if at <= missed.starts_at:
        raise NotBegunYet
    missed.status = Status.NOSHOW
    missed.save(update_fields=["status"])
    record("diary.mark_noshow", entity=missed, by=by, at=at, clinic=missed.clinic)
    return missed


@action
def undo_outcome(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Take back that a visit is done, or that the patient did not come.

    :raises ChangedMeanwhile: neither has been recorded
    """
    was_done = appointment.status == Status.FULFILLED
    again = locked_at(appointment, *(("fulfilled", "left") if was_done else ("noshow",)))
    again.status = Status.ARRIVED if was_done else Status.BOOKED
    again.finished_at = again.finished_by = again.left_at = again.left_by = None
    again.save(update_fields=["status", "finished_at", "finished_by", "left_at", "left_by"])
    record("diary.undo_outcome", entity=again, by=by, at=at, clinic=again.clinic)
    return again
