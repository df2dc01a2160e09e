"""
What the desk does with an appointment, and what its patient hears of it.

The message waits three minutes, as long as the desk may undo; undone, it never leaves.
"""

from datetime import date, datetime
from typing import NamedTuple

from corneum.clinic.booking import letters, words
from corneum.clinic.booking.queries import nearest_to
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.enquiries.actions import note_booking
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.patients import actions as patients
from corneum.clinic.patients.contact import Contact
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.queries import history_of
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import withdraw_messages
from corneum.platform.messages.queries import states_of

TAKEN_BACK = "withdrawn"
AT_DESK = ("booking.move_at_desk", "booking.cancel_at_desk", "booking.decline_request")


class Newcomer(NamedTuple):
    """Somebody who is not in our care yet, as the desk has written them down."""

    name: str
    contact: Contact
    born_on: date | None = None


@action
def book_at_desk(
    *,
    clinic: Clinic,
    treatment: Treatment,
    starts: int,
    practitioner: Practitioner | None,
    patient: Patient | Newcomer,
    note: str,
    tell: bool,
    by: Actor,
    at: datetime,
    press: str = "",
    in_spite: str = "",
    enquiry: Enquiry | None = None,
) -> Appointment:
    """
    Book an appointment for somebody who is at the desk or on the telephone, and tell them if they are to be told.

    Somebody new is taken into our care with it, or not at all if it cannot be booked.

    :param in_spite: why it is booked against rules or hours; takes the right to, and never gives a room, a
        device or the patient twice
    :param enquiry: the conversation in which it was asked for; it is among the booked from now on
    :raises TimeRefused: the time cannot be had
    :raises PatientBusy: the patient has another appointment then
    :raises EnoughToCome: the patient has as many of these to come as one may have
    :raises ConsultationFirst: the patient has had no consultation
    :raises TooNear: the patient has another session of this treatment too near to it
    :raises MayNotBookInSpite: whoever gives a reason has not the right
    :raises OfAnotherClinic: the patient is not this clinic's
    """
    if isinstance(patient, Newcomer):
        email, phone = patient.contact
        patient = patients.welcome_patient(
            clinic=clinic, name=patient.name, email=email, phone=phone, born_on=patient.born_on, by=by, at=at
        )
    booked = diary.book_appointment(
        clinic=clinic, treatment=treatment, starts=starts, practitioner=practitioner, patient=patient, note=note,
        in_spite=in_spite, by=by, at=at,
    )  # fmt: skip
    told = letters.tell_booked(booked, by=by, at=at) if tell else []
    if enquiry is not None:
        note_booking(enquiry=enquiry, text=words.booked_by_us(booked), patient=patient, by=by, at=at)
    record("booking.book_at_desk", entity=booked, by=by, at=at, clinic=clinic, press=press, messages=told)
    return booked


@action
def move_at_desk(
    *,
    appointment: Appointment,
    starts: int,
    practitioner: Practitioner | None,
    why: str,
    tell: bool,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Appointment:
    """
    Move an appointment, and tell its patient in three minutes if they are to be told.

    :param why: the reason, as one of a list
    :raises TimeRefused: the new time cannot be had; the old one stays
    :raises PatientBusy: the patient has another appointment then; the old one stays
    :raises AlreadyCancelled: there is nothing to move
    :raises NotAnsweredYet: it is only asked for
    :raises AlreadyOver: the patient has come, or was recorded as not having come
    """
    before = locked_appointment(appointment).starts
    moved = diary.move_appointment(
        appointment=appointment, starts=starts, practitioner=practitioner, why=why, by=by, at=at
    )
    old = letters.take_back_waiting(moved, by=by, at=at)
    told = letters.tell_moved(moved, before=before, by=by, at=at, send_at=at + diary.UNDO_WITHIN) if tell else []
    record("booking.move_at_desk", entity=moved, by=by, at=at, clinic=moved.clinic, press=press, messages=told, old=old)
    return moved


@action
def cancel_at_desk(
    *, appointment: Appointment, reason: str, tell: bool, by: Actor, at: datetime, press: str = ""
) -> Appointment:
    """
    Cancel an appointment, and tell its patient in three minutes if they are to be told.

    :raises AlreadyCancelled: it was cancelled before
    :raises AlreadyOver: the visit is done, or was recorded as not attended
    """
    cancelled = diary.cancel_appointment(appointment=appointment, reason=reason, by=by, at=at)
    old = letters.take_back_waiting(cancelled, by=by, at=at)
    told = letters.tell_cancelled(cancelled, by=by, at=at, send_at=at + diary.UNDO_WITHIN) if tell else []
    record(
        "booking.cancel_at_desk", entity=cancelled, by=by, at=at, clinic=cancelled.clinic, press=press,
        messages=told, old=old,
    )  # fmt: skip
    return cancelled


@action
def undo_cancellation(*, appointment: Appointment, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Take back that the desk cancelled or declined; its message never leaves.

    :raises CannotUndo: it was more than three minutes ago, something else has happened since, or it was
        not done by itself but with a course or an outage
    :raises SlotTaken: somebody has the time now
    :raises PatientBusy: the patient has another appointment then
    """
    again = diary.undo_cancellation(appointment=appointment, by=by, at=at)
    told = _set_right(again, by=by, at=at)
    record("booking.undo_cancellation", entity=again, by=by, at=at, clinic=again.clinic, press=press, messages=told)
    return again


@action
def undo_move(*, appointment: Appointment, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Take back that the desk moved an appointment; its message never leaves.

    :raises CannotUndo: it was more than three minutes ago, something else has happened since, or it was
        not done by itself but with a course or an outage
    :raises SlotTaken: somebody has the old time now
    :raises PatientBusy: the patient has another appointment at the old time
    """
    back = diary.undo_move(appointment=appointment, by=by, at=at)
    told = _set_right(back, by=by, at=at)
    record("booking.undo_move", entity=back, by=by, at=at, clinic=back.clinic, press=press, messages=told)
    return back


@action
def accept_request(*, appointment: Appointment, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Say yes to a request, and tell its patient at once, with the file for their calendar.

    :raises RequestAnswered: somebody was quicker
    :raises RequestExpired: it has expired
    """
    booked = diary.accept_request(appointment=appointment, by=by, at=at)
    old = letters.take_back_waiting(booked, by=by, at=at)
    told = letters.tell_booked(booked, by=by, at=at)
    record(
        "booking.accept_request", entity=booked, by=by, at=at, clinic=booked.clinic, press=press, messages=told, old=old
    )
    return booked


@action
def decline_request(
    *, appointment: Appointment, reason: str, tell: bool, by: Actor, at: datetime, press: str = ""
) -> Appointment:
    """
    Say no to a request, and write to its patient in three minutes, with the nearest other times.

    :raises RequestAnswered: somebody was quicker
    :raises RequestExpired: it has expired
    """
    declined = diary.decline_request(appointment=appointment, reason=reason, by=by, at=at)
    old = letters.take_back_waiting(declined, by=by, at=at)
    told = (
        letters.tell_declined(
            declined, nearest=nearest_to(declined, at=at), by=by, at=at, send_at=at + diary.UNDO_WITHIN
        )
        if tell
        else []
    )
    record(
        "booking.decline_request", entity=declined, by=by, at=at, clinic=declined.clinic, press=press,
        messages=told, old=old,
    )  # fmt: skip
    return declined


@action
def expire_request(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """
    Let a request go that nobody answered in time, and write to its patient with the nearest other times.

    :raises RequestAnswered: somebody answered at the last moment
    :raises NotExpiredYet: there is still time
    """
    expired = diary.expire_request(appointment=appointment, by=by, at=at)
    old = letters.take_back_waiting(expired, by=by, at=at)
    told = letters.tell_expired(expired, nearest=nearest_to(expired, at=at), by=by, at=at)
    record("booking.expire_request", entity=expired, by=by, at=at, clinic=expired.clinic, messages=told, old=old)
    return expired


def _set_right(appointment: Appointment, *, by: Actor, at: datetime) -> list[str]:
    """
    Take back what was written about the change that is undone, and write anew if the patient needs it.

    They need it when that message has left already, or when an older one was taken back for its
    sake. Otherwise they have heard nothing, and nothing is what they hear.

    :raises CannotUndo: the change was part of a larger one, whose letter is not ours to take back
    """
    written: dict[str, list[str]] = _change_at_desk(appointment).detail
    new, old = written.get("messages", []), written.get("old", [])
    if new:
        withdraw_messages(about=appointment, only=new, by=by, at=at)
    states = states_of([*new, *old])
    has_left = any(states.get(ref) != TAKEN_BACK for ref in new)
    was_kept_from_them = any(states.get(ref) == TAKEN_BACK for ref in old)
    if not (has_left or was_kept_from_them):
        return []
    if appointment.status == Appointment.Status.PENDING:
        return letters.tell_requested(appointment, by=by, at=at)
    return letters.tell_restored(appointment, by=by, at=at)


def _change_at_desk(appointment: Appointment) -> AuditEvent:
    """Find what the desk wrote of the change that has just been undone: after that change, and before its undoing."""
    events = list(history_of(appointment))
    places = [place for place, event in enumerate(events) if event.action.startswith("diary.")]
    since = events[places[-2] : places[-1]]
    found = next((event for event in since if event.action in AT_DESK), None)
    if found is None:
        raise diary.CannotUndo
    return found
