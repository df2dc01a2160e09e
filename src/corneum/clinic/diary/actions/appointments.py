"""Booking, moving and cancelling appointments."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from corneum.clinic.diary.actions.holds import HoldExpired
from corneum.clinic.diary.changing import lock_changeable, places_before
from corneum.clinic.diary.limiting import refuse_beyond_limits, refuse_out_of_turn
from corneum.clinic.diary.models import Appointment, Hold, Owner, Slot
from corneum.clinic.diary.placing import (
    PATIENT,
    Place,
    TimeRefused,
    Wanted,
    lock_daily_limit,
    move_slots,
    occupy,
    place,
    schedules_of,
    write_weeks_of,
)
from corneum.clinic.diary.releasing import let_go
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.accounts.policy import Right, may_by_key
from corneum.platform.audit.trail import action, record

# What cannot be mistaken for another letter or a digit, in handwriting or on the telephone.
LETTERS = "ACDEFHJKMNPRTUVWXY"
DIGITS = "0123456789"
Status = Appointment.Status
PLACED = (
    "practitioner",
    "starts",
    "ends",
    "zone",
    "wall_time",
    "sequence",
    "confirmed_at",
    "confirmed_how",
    "late_minutes",
)


class OfAnotherClinic(ClinicError):
    """This patient is in the care of another clinic."""


class _ReferenceTaken(ClinicError):
    """Another appointment has this reference."""


class MayNotBookInSpite(ClinicError):
    """You cannot book against the rules at this clinic. Ask somebody who may."""


@action
def book_held_time(
    *,
    hold: Hold,
    patient: Patient,
    note: str,
    by: Actor,
    at: datetime,
    press: str = "",
    asked_until: datetime | None = None,
) -> Appointment:
    """
    Turn a time that was kept into an appointment.

    A hold that has expired is no reason to refuse as long as the time is still free: it is then
    taken anew, with the same practitioner.

    :param asked_until: the time is only asked for; it is theirs until this moment, by which the clinic answers
    :raises HoldExpired: the hold has expired, and somebody else has the time or it is offered no more
    :raises PatientBusy: the patient has another appointment then
    :raises EnoughToCome: the patient has as many of these to come as one may have
    :raises ConsultationFirst: the patient has had no consultation
    :raises TooNear: the patient has another session of this treatment too near to it
    :raises NotCleared: the patient is not cleared for this treatment on that day
    :raises OfAnotherClinic: the patient is not this clinic's
    """
    _refuse_patient_of_another(hold.clinic, patient)
    kept = _lock_if_live(hold, patient, at=at)
    if kept is None:
        appointment = _take_anew(hold, patient, note, at=at)
    else:
        appointment = _turn_into_appointment(kept, patient, note, at=at)
    if asked_until is not None:
        appointment.status = Status.PENDING
        appointment.request_expires_at = min(asked_until, appointment.starts_at)
        appointment.save(update_fields=["status", "request_expires_at"])
    done = "diary.request_held_time" if asked_until else "diary.book_held_time"
    record(done, entity=appointment, by=by, at=at, clinic=hold.clinic, press=press, hold=hold.ref)
    return appointment


@action
def book_appointment(
    *,
    clinic: Clinic,
    treatment: Treatment,
    starts: int,
    practitioner: Practitioner | None,
    patient: Patient,
    note: str,
    by: Actor,
    at: datetime,
    press: str = "",
    in_spite: str = "",
    rather: Iterable[Owner] = (),
) -> Appointment:
    """
    Book an appointment at once, by the same rules as online; room and device are chosen here.

    :param practitioner: with whom; None for whoever has the fewest visits that day
    :param in_spite: why somebody with the right books against rules, hours or a practitioner's diary; rooms,
        devices and patients are never given twice, whoever asks
    :param rather: which of those that are free are to be taken
    :raises NotOffered: no such time is offered
    :raises SlotTaken: somebody else has it
    :raises PatientBusy: the patient has another appointment then
    :raises EnoughToCome: the patient has as many of these to come as one may have
    :raises ConsultationFirst: the patient has had no consultation
    :raises TooNear: the patient has another session of this treatment too near to it
    :raises NotCleared: the patient is not cleared for this treatment on that day
    :raises MayNotBookInSpite: whoever gives a reason has not the right
    :raises OfAnotherClinic: the patient is not this clinic's
    """
    _refuse_patient_of_another(clinic, patient)
    if in_spite and not may_by_key(by.user_id, Right.BOOK_IN_SPITE, clinic):
        raise MayNotBookInSpite
    wanted = Wanted(clinic, treatment, starts, practitioner, in_spite)
    appointment = place(wanted, at=at, take=lambda chosen: _write(wanted, chosen, patient, note, at=at), staying=rather)
    why = {"in_spite": in_spite} if in_spite else {}
    record("diary.book_appointment", entity=appointment, by=by, at=at, clinic=clinic, press=press, **why)
    return appointment


@action
def move_appointment(
    *,
    appointment: Appointment,
    starts: int,
    practitioner: Practitioner | None,
    by: Actor,
    at: datetime,
    press: str = "",
    why: str = "",
    rather: Iterable[Owner] = (),
) -> Appointment:
    """
    Move an appointment to another time or practitioner; if that cannot be, it stays as it is.

    Its rows stay the same ones, so its links, its reference and its calendar entry live on. It may
    overlap its own old time. Practitioner, room and device stay too if they are free then.

    :param practitioner: with whom; None for the same as before, or else whoever is free
    :param why: the reason, as one of a list: what people write themselves is kept elsewhere
    :param rather: which of those that are free are to be taken; what it has, if left out
    :raises NotOffered: no such time is offered
    :raises SlotTaken: somebody else has it
    :raises PatientBusy: the patient has another appointment then
    :raises ConsultationFirst: it is before the consultation that the treatment follows
    :raises TooNear: it is too near to another session of this treatment
    :raises NotCleared: the patient is not cleared for this treatment on that day
    :raises AlreadyCancelled: it was cancelled
    :raises NotAnsweredYet: it is only asked for
    :raises AlreadyOver: the patient has come, or was recorded as not having come
    :raises TooLate: a patient asks after it has begun
    """
    moved = lock_changeable(appointment, {Status.BOOKED}, by=by, at=at)
    before = places_before(moved)

    def take(chosen: Place) -> Place:
        chosen = chosen.with_patient(moved.patient)
        move_slots(moved, chosen, at=at)
        refuse_out_of_turn(wanted, moved.patient, at=at, ignoring=moved)
        return chosen

    wanted = Wanted(moved.clinic, moved.treatment, starts, practitioner)
    chosen = place(
        wanted,
        at=at,
        take=take,
        ignoring=moved,
        staying=tuple(rather) or [slot.schedule.owner for slot in moved.slots.select_related("schedule")],
    )
    moved.practitioner_id = chosen.practitioner_id
    moved.starts, moved.ends = chosen.starts, chosen.ends
    moved.zone, moved.wall_time = moved.clinic.zone, _wall_time(moved.clinic, chosen.starts)
    if moved.starts != before["from"]:
        moved.confirmed_at, moved.confirmed_how = None, ""  # it was said of another time
        moved.late_minutes = 0
    moved.sequence += 1
    moved.save(update_fields=PLACED)
    after = {"to": starts, "to_name": moved.practitioner.name, "why": why}
    record("diary.move_appointment", entity=moved, by=by, at=at, clinic=moved.clinic, press=press, **before, **after)
    return moved


@action
def cancel_appointment(
    *, appointment: Appointment, reason: str, by: Actor, at: datetime, press: str = ""
) -> Appointment:
    """
    Cancel an appointment or a request, which frees its time for others; who and where stay known.

    :raises AlreadyCancelled: it was cancelled before
    :raises AlreadyOver: the visit is done, or was recorded as not attended
    :raises TooLate: a patient asks after it has begun
    """
    cancelled = lock_changeable(appointment, {Status.PENDING, Status.BOOKED, Status.ARRIVED}, by=by, at=at)
    before = let_go(cancelled, reason=reason, at=at)
    record("diary.cancel_appointment", entity=cancelled, by=by, at=at, clinic=cancelled.clinic, press=press, **before)
    return cancelled


def _refuse_patient_of_another(clinic: Clinic, patient: Patient) -> None:
    if patient.clinic_id != clinic.pk:
        raise OfAnotherClinic


def _lock_if_live(hold: Hold, patient: Patient, *, at: datetime) -> Hold | None:
    """
    Lock the diaries that a hold occupies, the patient's and the hold, unless it has expired.

    Somebody whose clock is a moment ahead of ours may have taken its slots as expired already:
    then it is, whatever our clock says.
    """
    lock_daily_limit(hold.clinic, hold.treatment)
    slots = Slot.objects.filter(hold__ref=hold.ref).select_related("schedule")
    schedules_of([*(slot.schedule.owner for slot in slots), Owner(PATIENT, patient.pk)])
    kept = Hold.objects.select_for_update().filter(ref=hold.ref, expires_at__gt=at).first()
    return kept if kept is not None and kept.slots.exists() else None


def _turn_into_appointment(kept: Hold, patient: Patient, note: str, *, at: datetime) -> Appointment:
    """Hand the slots of a hold over to an appointment: the same rows, never free for a moment."""
    chosen = Place(kept.practitioner_id, kept.starts, kept.ends, ())
    refuse_beyond_limits(Wanted(kept.clinic, kept.treatment, kept.starts, kept.practitioner), patient, at=at)
    appointment = _new_appointment(kept.clinic, kept.treatment, chosen, patient, note, at=at)
    kept.slots.update(appointment=appointment, hold=None)
    occupy(chosen.with_patient(patient), at=at, appointment=appointment)
    kept.delete()
    write_weeks_of(appointment)
    return appointment


def _take_anew(hold: Hold, patient: Patient, note: str, *, at: datetime) -> Appointment:
    """Book a time whose hold has expired, if it can still be had."""
    wanted = Wanted(hold.clinic, hold.treatment, hold.starts, hold.practitioner)
    try:
        return place(wanted, at=at, take=lambda chosen: _write(wanted, chosen, patient, note, at=at))
    except TimeRefused as refused:
        raise HoldExpired(wanted) from refused


def _write(wanted: Wanted, chosen: Place, patient: Patient, note: str, *, at: datetime) -> Appointment:
    schedules_of([*(one.owner for one in chosen.occupancies), Owner(PATIENT, patient.pk)])
    refuse_beyond_limits(wanted, patient, at=at)
    appointment = _new_appointment(wanted.clinic, wanted.treatment, chosen, patient, note, at=at)
    occupy(chosen.with_patient(patient), at=at, appointment=appointment)
    return appointment


def _new_appointment(
    clinic: Clinic, treatment: Treatment, chosen: Place, patient: Patient, note: str, *, at: datetime
) -> Appointment:
    """Write the appointment under a reference that nobody else has."""
    for digits in (4, 4, 4, 6, 6, 8):  # a clinic with millions of appointments gets longer ones
        reference = _draw(LETTERS, 2) + _draw(DIGITS, digits)
        try:
            with refusing({"diary_appointment_reference_key": _ReferenceTaken}):
                return Appointment.objects.create(
                    reference=reference,
                    clinic=clinic,
                    treatment=treatment,
                    patient=patient,
                    practitioner_id=chosen.practitioner_id,
                    starts=chosen.starts,
                    ends=chosen.ends,
                    zone=clinic.zone,
                    wall_time=_wall_time(clinic, chosen.starts),
                    note=note,
                    booked_at=at,
                )
        except _ReferenceTaken:
            continue
    raise _ReferenceTaken


def _draw(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


def _wall_time(clinic: Clinic, starts: int) -> str:
    """Write what was promised to the patient: the date and the time on the clinic's own clock."""
    return local(starts, clinic.zone).strftime("%Y-%m-%dT%H:%M")
