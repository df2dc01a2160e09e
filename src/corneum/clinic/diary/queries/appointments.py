"""Finding appointments and holds: from what somebody may see, or by a patient's secret link."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from corneum.clinic.diary.models import Appointment, Hold, Slot
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import day_window
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within


def appointments_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Appointment]:
    """
    Find a clinic's appointments, if this person may see its diary; otherwise none.

    Each comes with its patient, treatment and practitioner, and with its slots, which know the room
    and the device.
    """
    return _with_everything(Appointment.objects.filter(within(user, Right.SEE_DIARY), clinic=clinic))


def appointments_on(user: User | AnonymousUser, clinic: Clinic, day: date) -> QuerySet[Appointment]:
    """Find the appointments of one day of the clinic's own calendar, cancelled ones too, by their start."""
    window = day_window(day, day, clinic.zone)
    return (
        appointments_visible_to(user, clinic)
        .filter(starts__lt=window.ends, starts__gte=window.starts)
        .order_by("starts", "pk")
    )


def appointment_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Appointment:
    """
    Find one appointment for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    appointment = appointments_visible_to(user, clinic).filter(ref=ref).first()
    if appointment is None:
        raise NotFound
    return appointment


def appointment_by_code(code: str) -> Appointment:
    """
    Find the appointment that a patient's secret link names.

    :raises NotFound: there is none
    """
    appointment = _with_everything(Appointment.objects.filter(code=code)).first()
    if appointment is None:
        raise NotFound
    return appointment


def hold_is_live(hold: Hold, at: datetime) -> bool:
    """Say whether a time is still kept."""
    return hold.expires_at > at


def may_still_change(appointment: Appointment, at: datetime) -> bool:
    """Say whether a patient may still move or cancel it: it is booked, and has not begun."""
    return appointment.status == Appointment.Status.BOOKED and at < appointment.starts_at


def may_still_withdraw(appointment: Appointment, at: datetime) -> bool:
    """Say whether a patient may still take back what they asked for: nobody has answered, and it has not begun."""
    return appointment.status == Appointment.Status.PENDING and at < appointment.starts_at


def requests_waiting(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Appointment]:
    """Find the requests that a clinic has yet to answer, for this person, the one that expires first before all."""
    waiting = appointments_visible_to(user, clinic).filter(status=Appointment.Status.PENDING)
    return waiting.order_by("request_expires_at", "pk")


def requests_expired(at: datetime) -> list[Appointment]:
    """Find the requests that nobody answered in time, at any clinic."""
    expired = Appointment.objects.filter(status=Appointment.Status.PENDING, request_expires_at__lte=at)
    return list(expired.select_related("clinic").order_by("request_expires_at", "pk"))


def locked_appointment(appointment: Appointment) -> Appointment:
    """
    Read an appointment again, so that nobody else changes it until this is done.

    Alone, and what belongs to it afterwards: PostgreSQL waits for the row and then reads it as it
    is now, but what was joined to it as it was before the wait.
    """
    return Appointment.objects.select_for_update().get(pk=appointment.pk)


def _with_everything(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    slots = Slot.objects.select_related("schedule__room", "schedule__device").order_by("pk")
    return appointments.select_related("clinic", "patient", "treatment", "practitioner").prefetch_related(
        Prefetch("slots", slots)
    )
