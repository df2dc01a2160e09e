"""Giving an appointment's time up, and taking it back: its slots stay, only they are live or not."""

from datetime import datetime
from typing import Any

from corneum.clinic.diary.models import Appointment, Schedule, Slot
from corneum.clinic.diary.placing import (
    NO_OVERLAP,
    PATIENT_OVERLAP,
    Occupancy,
    Place,
    SlotTaken,
    SomebodyWasQuicker,
    Wanted,
    lock_diaries_of,
    move_slots,
    write_weeks_of,
)
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError


class _Taken(ClinicError):
    """Somebody has this time now."""


_OVERLAP = dict.fromkeys(NO_OVERLAP, _Taken)


def let_go(appointment: Appointment, *, reason: str, at: datetime) -> dict[str, Any]:
    """This will cancel a locked appointment, free its time, and answer with what undoing it takes."""
    until = appointment.request_expires_at
    before = {"was": appointment.status, "asked_until": until.isoformat() if until else ""}
    lock_diaries_of(appointment)
    appointment.slots.update(is_live=False)
    write_weeks_of(appointment)
    appointment.status = Appointment.Status.CANCELLED
    appointment.request_expires_at = None
    appointment.cancelled_at = at
    appointment.cancel_reason = reason
    appointment.sequence += 1
    appointment.save(update_fields=["status", "request_expires_at", "cancelled_at", "cancel_reason", "sequence"])
    return before


def take_back(appointment: Appointment, *, at: datetime) -> None:
    """
    This will make the slots of a cancelled appointment live again.

    :raises SlotTaken: somebody has the time now
    :raises PatientBusy: the patient has something else then
    """
    slots = list(appointment.slots.select_related("schedule").order_by("pk"))
    spans = [
        (slot.schedule, slot.starts, slot.ends, slot.clear_from, slot.clear_until, slot.is_overbooked) for slot in slots
    ]
    try:
        with refusing(_OVERLAP):
            # Not live yet, so nothing is in the way: this locks the diaries and clears away expired holds.
            move_slots(appointment, _place(appointment, spans), at=at)
            _of_patient(appointment, theirs=False).update(is_live=True)
    except (_Taken, SomebodyWasQuicker) as taken:
        raise SlotTaken(wanted_of(appointment)) from taken
    with refusing(PATIENT_OVERLAP):
        _of_patient(appointment, theirs=True).update(is_live=True)
    write_weeks_of(appointment)


def put_back(appointment: Appointment, spans: list[list[int]], *, at: datetime) -> None:
    """
    This will move an appointment's slots to exactly where they were: rules are not asked again, the database is.

    :param spans: for each slot its schedule, the four minutes, and whether it is overbooked
    :raises SlotTaken: somebody has the time now
    :raises PatientBusy: the patient has something else then
    """
    schedules = Schedule.objects.in_bulk([span[0] for span in spans])
    known = [(schedules[key], *minutes) for key, *minutes in spans]
    wanted = wanted_of(appointment)
    try:
        with refusing(_OVERLAP):
            move_slots(appointment, _place(appointment, known), at=at)
    except (_Taken, SomebodyWasQuicker) as taken:
        raise SlotTaken(wanted) from taken


def wanted_of(appointment: Appointment) -> Wanted:
    """This will say what an appointment is, as what somebody wants."""
    return Wanted(appointment.clinic, appointment.treatment, appointment.starts, appointment.practitioner)


def _place(appointment: Appointment, spans: list[tuple[Any, ...]]) -> Place:
    occupancies = tuple(Occupancy(schedule.owner, *minutes) for schedule, *minutes in spans)
    return Place(appointment.practitioner_id, appointment.starts, appointment.ends, occupancies)


def _of_patient(appointment: Appointment, *, theirs: bool) -> Any:
    return Slot.objects.filter(appointment=appointment, schedule__patient__isnull=not theirs)
