"""Letting a visit keep its time with somebody or something else: a room is flooded, a device is down."""

from collections.abc import Iterable
from datetime import datetime

from corneum.clinic.diary.changing import lock_changeable, places_before
from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.diary.placing import (
    NO_OVERLAP,
    TRIES,
    Occupancy,
    Place,
    SlotTaken,
    SomebodyWasQuicker,
    Wanted,
    move_slots,
)
from corneum.clinic.diary.queries.standins import Standins, standins_for
from corneum.clinic.practitioners.models import Practitioner
from corneum.db.errors import refusing
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record


@action
def replace_things(
    *,
    appointment: Appointment,
    practitioner: Practitioner | None = None,
    rather: Iterable[Owner] = (),
    by: Actor,
    at: datetime,
    press: str = "",
) -> Appointment:
    """
    Let an appointment keep its time, in another room, at another device, or with somebody else.

    What it has stays as long as it is free. Notice and horizon are not asked again: the time was agreed
    on long ago. Nothing that its patient sees changes unless the practitioner does, so only then does
    the calendar entry change.

    :param practitioner: with whom; None for the same as before
    :param rather: which of those that are free are to be taken
    :raises SlotTaken: nobody, or nothing, of what it needs is free then
    :raises PatientBusy: the patient has something else then
    :raises AlreadyCancelled: it was cancelled
    :raises NotAnsweredYet: it is only asked for
    :raises AlreadyOver: the patient has come, or was recorded as not having come
    """
    kept = lock_changeable(appointment, {Appointment.Status.BOOKED}, by=by, at=at)
    before, now = places_before(kept), practitioner or kept.practitioner
    wanted = Wanted(kept.clinic, kept.treatment, kept.starts, now)
    for _ in range(TRIES):
        place = _place(kept, standins_for(kept, at=at), now, tuple(rather))
        if place is None:
            raise SlotTaken(wanted)
        try:
            with refusing(dict.fromkeys(NO_OVERLAP, SomebodyWasQuicker)):
                move_slots(kept, place.with_patient(kept.patient), at=at)
                break
        except SomebodyWasQuicker:
            continue
    else:
        raise SlotTaken(wanted)
    if now == kept.practitioner:
        record("diary.replace_things", entity=kept, by=by, at=at, clinic=kept.clinic, press=press)
        return kept
    kept.practitioner = now
    kept.sequence += 1
    kept.save(update_fields=["practitioner", "sequence"])
    after = {"to": kept.starts, "to_name": now.name, "why": "practitioner"}
    record("diary.move_appointment", entity=kept, by=by, at=at, clinic=kept.clinic, press=press, **before, **after)
    return kept


def _place(kept: Appointment, found: Standins | None, now: Practitioner, rather: tuple[Owner, ...]) -> Place | None:
    """Pick for each need what was asked for, else what it has, else what is free first."""
    if found is None:
        return None
    picked = next(found.picks(practitioner_id=now.pk, rather=rather), None)
    if picked is None:
        return None
    starts, ends = kept.starts, kept.ends
    return Place(
        practitioner_id=now.pk,
        starts=starts,
        ends=ends,
        occupancies=tuple(
            Occupancy(owner, starts, ends, starts - need.before, ends + need.after)
            for need, owner in zip(found.sought, picked, strict=True)
        ),
    )
