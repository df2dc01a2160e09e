"""Steps within a visit: on the way and late, in the room, in treatment, gone home; each can be taken back."""

from datetime import datetime

from corneum.clinic.diary.actions.visits import NotToday
from corneum.clinic.diary.changing import locked_at
from corneum.clinic.diary.models import Appointment
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record

TAKEN_BACK = {"in-room": "in_room", "treating": "treating", "left": "left"}
LATEST = 180  # minutes: whoever is later needs another time


class TooLateToCome(ClinicError):
    """Three hours are the most. Move the appointment instead."""


@action
def note_late(*, appointment: Appointment, minutes: int, by: Actor, at: datetime) -> Appointment:
    """
    Note how many minutes late the patient will be; none takes it back.

    :raises TooLateToCome: it is more than three hours
    :raises ChangedMeanwhile: nobody is expected any more
    :raises NotToday: it is on another day of the clinic's calendar
    """
    if not 0 <= minutes <= LATEST:
        raise TooLateToCome
    late = locked_at(appointment, "booked")
    zone = late.clinic.zone
    if local(late.starts, zone).date() != local(minute_of(at), zone).date():
        raise NotToday
    late.late_minutes = minutes
    late.save(update_fields=["late_minutes"])
    record("diary.note_late", entity=late, by=by, at=at, clinic=late.clinic, minutes=minutes)
    return late


@action
def enter_room(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Record that the patient is in the room.

    :raises ChangedMeanwhile: the patient does not wait
    """
    entered = locked_at(appointment, "arrived")
    entered.in_room_at, entered.in_room_by_id = at, by.user_id
    entered.save(update_fields=["in_room_at", "in_room_by"])
    record("diary.enter_room", entity=entered, by=by, at=at, clinic=entered.clinic)
    return entered


@action
def begin_treatment(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Record that the treatment has begun.

    :raises ChangedMeanwhile: the patient is not here, or it had begun before
    """
    begun = locked_at(appointment, "arrived", "in-room")
    begun.treating_at, begun.treating_by_id = at, by.user_id
    begun.save(update_fields=["treating_at", "treating_by"])
    record("diary.begin_treatment", entity=begun, by=by, at=at, clinic=begun.clinic)
    return begun


@action
def leave_clinic(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Record that the patient has gone home.

    :raises ChangedMeanwhile: the visit is not done, or they had left before
    """
    gone = locked_at(appointment, "fulfilled")
    gone.left_at, gone.left_by_id = at, by.user_id
    gone.save(update_fields=["left_at", "left_by"])
    record("diary.leave_clinic", entity=gone, by=by, at=at, clinic=gone.clinic)
    return gone


@action
def step_back(*, appointment: Appointment, seen: str, by: Actor, at: datetime) -> Appointment:
    """
    Take back the last step within a visit: that the patient is in the room, in treatment, or has left.

    :param seen: the stage that stood on the page, which is the one to take back
    :raises ChangedMeanwhile: it is in another stage by now, or this one is not taken back here
    """
    column = TAKEN_BACK.get(seen, "")
    back = locked_at(appointment, *([seen] if column else []))
    setattr(back, f"{column}_at", None)
    setattr(back, f"{column}_by", None)
    back.save(update_fields=[f"{column}_at", f"{column}_by"])
    record("diary.step_back", entity=back, by=by, at=at, clinic=back.clinic, seen=seen)
    return back
