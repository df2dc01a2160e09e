"""Confirming an appointment, moving it and cancelling it, each with the messages that say so."""

from datetime import datetime, timedelta

from django.conf import settings

from corneum.clinic.booking import letters
from corneum.clinic.booking.actions.drafts import take_time_again
from corneum.clinic.booking.models import Draft
from corneum.clinic.booking.queries import asked_until, locked_draft, open_bookings_of
from corneum.clinic.booking.standing import standing_of
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.patients import actions as patients
from corneum.clinic.patients.contact import Contact, parse_contact
from corneum.clinic.practitioners.models import Practitioner
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.limits import allow
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

# Nobody has shown that the address is theirs: this many, or one person could book a clinic out.
MOST_OPEN_BOOKINGS = 5


CONFIRMATIONS_COUNTED_FOR = timedelta(hours=1)


class TooManyBookings(ClinicError):
    """We cannot book more online for this email address or number. Call us, and we will find you a time."""


class TooManyFromNetwork(ClinicError):
    """Many bookings have come from your network within the hour. Try again later, or call us."""


class OnlyByTelephone(ClinicError):
    """It is too late to move or cancel this appointment online. Call us, and we will sort it out together."""


@action
def confirm_draft(*, draft: Draft, by: Actor, at: datetime, press: str = "", network: str = "") -> Appointment:
    """
    Make the appointment that a draft leads to, and queue the messages that say so.

    Where the clinic answers each wish itself, it is a request: the time is theirs until the answer. Patient, appointment, messages and trail are one transaction. A draft leads to one appointment,
    however often it is confirmed: again, it answers with the appointment that it has.

    :param network: where they come from, which may book only so much within an hour
    :raises TooManyBookings: the same contact has five appointments to come
    :raises TooManyFromNetwork: their network has booked a great deal within the hour
    :raises TimeRefused: the time was no longer kept, and somebody has it now or it is offered no more
    :raises PatientBusy: this patient has another appointment at that time
    :raises EnoughToCome: they have as many of these to come as one may have
    :raises ConsultationFirst: they have had no consultation
    :raises TooNear: they have another session of this treatment too near to it
    """
    draft = locked_draft(draft)
    if draft.appointment is not None:
        record("booking.confirm_draft_again", entity=draft, by=by, at=at, clinic=draft.clinic, press=press)
        return draft.appointment
    contact = parse_contact(draft.contact)
    _refuse_too_many(contact, draft.clinic, at)
    if draft.hold is None:
        draft = take_time_again(draft=draft, by=by, at=at)
    assert draft.hold is not None  # it was kept, or was taken again
    patient = patients.welcome_patient(
        clinic=draft.clinic, name=draft.name, email=contact.email, phone=contact.phone, by=by, at=at
    )
    until = asked_until(draft.clinic, draft.treatment, at)
    appointment = diary.book_held_time(
        hold=draft.hold, patient=patient, note=draft.note, by=by, at=at, asked_until=until
    )
    (letters.tell_requested if until else letters.tell_booked)(appointment, to=contact, by=by, at=at)
    _refuse_flood(network, at)
    # What was typed is now the patient's and the appointment's; the draft only remembers where it led.
    Draft.objects.filter(pk=draft.pk).update(hold=None, appointment=appointment, name="", contact="", note="")
    record("booking.confirm_draft", entity=draft, by=by, at=at, clinic=draft.clinic, press=press)
    return appointment


@action
def move_booking(
    *,
    appointment: Appointment,
    starts: int,
    practitioner: Practitioner | None,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Appointment:
    """
    Move an appointment by its patient's link, and tell them.

    :param practitioner: None for the same person as before, or whoever is free
    :raises SlotTaken: the new time has gone; the old one stays
    :raises NotOffered: the new time cannot be booked; the old one stays
    :raises PatientBusy: the patient has another appointment then; the old one stays
    :raises AlreadyCancelled: there is nothing to move
    :raises AlreadyOver: the visit is done, or was missed
    :raises TooLate: it has begun
    :raises OnlyByTelephone: the clinic asks for more notice, and it was agreed on too long ago to be a mistake
    """
    appointment = _lock_free_to_change(appointment, by=by, at=at)
    before = appointment.starts
    moved = diary.move_appointment(appointment=appointment, starts=starts, practitioner=practitioner, by=by, at=at)
    old = letters.take_back_waiting(moved, by=by, at=at)
    told = letters.tell_moved(moved, before=before, by=by, at=at)
    record("booking.move_booking", entity=moved, by=by, at=at, clinic=moved.clinic, press=press, messages=told, old=old)
    return moved


@action
def cancel_booking(*, appointment: Appointment, reason: str, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Cancel an appointment by its patient's link, or take a request back, and tell them.

    :raises AlreadyCancelled: it was cancelled before
    :raises AlreadyOver: the visit is done, or was missed
    :raises TooLate: it has begun
    :raises OnlyByTelephone: the clinic asks for more notice, and it was agreed on too long ago to be a mistake
    """
    appointment = _lock_free_to_change(appointment, by=by, at=at)
    is_request = appointment.status == Appointment.Status.PENDING
    cancelled = diary.cancel_appointment(appointment=appointment, reason=reason, by=by, at=at)
    old = letters.take_back_waiting(cancelled, by=by, at=at)
    told = (letters.tell_withdrawn if is_request else letters.tell_cancelled)(cancelled, by=by, at=at)
    record(
        "booking.cancel_booking", entity=cancelled, by=by, at=at, clinic=cancelled.clinic, press=press,
        messages=told, old=old,
    )  # fmt: skip
    return cancelled


def _lock_free_to_change(appointment: Appointment, *, by: Actor, at: datetime) -> Appointment:
    """Read it anew and lock it; its patient may change it only as the clinic's terms say."""
    locked = locked_appointment(appointment)
    if by.kind == "patient" and standing_of(locked, at=at).is_late:
        raise OnlyByTelephone
    return locked


def _refuse_flood(network: str, at: datetime) -> None:
    # Inside the transaction, as for times that are kept: only what was really booked is counted.
    most = settings.BOOKINGS_PER_NETWORK
    if network and not allow(scope="booking.confirm", key=network, per=CONFIRMATIONS_COUNTED_FOR, most=most, at=at):
        raise TooManyFromNetwork


def _refuse_too_many(contact: Contact, clinic: Clinic, at: datetime) -> None:
    if open_bookings_of(contact, clinic=clinic, at=at) >= MOST_OPEN_BOOKINGS:
        raise TooManyBookings
