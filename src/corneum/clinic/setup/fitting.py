"""Fitting: which visits to come could not be booked any more where they are, if a setting were changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from corneum.clinic.diary.models import Appointment, Block, Owner
from corneum.clinic.diary.queries.search import Search, search
from corneum.clinic.diary.queries.standing import Standing, standing_of
from corneum.domain.scheduling.rules import Rules
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic

TO_COME = (Appointment.Status.PENDING, Appointment.Status.BOOKED)
PATIENT = "patient"
T = TypeVar("T")
# So many are searched for while the change stands: nobody who books meanwhile waits for longer than that takes.
AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Misfit:
    """A visit that would no longer fit; `elsewhere` if the same person could give it then in another room."""

    visit: Appointment
    elsewhere: bool


def visits_that_would_not_fit(change: Callable[[], object], *, clinics: Iterable[Clinic], at: datetime) -> list[Misfit]:
    """
    Find the visits to come that fit as things stand, and would not after a change, the earliest first.

    A visit fits when the search, leaving the visit itself out, offers its own time with its own
    person, and its own room and device would still do. Notice and horizon are left out: they are
    about when somebody books, and these are booked.

    The change is really made, looked at and taken back: this writes, so no page that is only read
    may ask it, and whoever asks has no change of their own under way.
    """
    visits = list(_to_come(clinics, at))
    standings, blocked = _standings(visits, at), _blocks(at)

    def suspects() -> list[Appointment]:
        touched, changed = _touched_by(_blocks(at) - blocked), _standings(visits, at)
        return [
            visit
            for visit in visits
            if visit.pk in touched or _differ(standings[visit.clinic_id], changed[visit.clinic_id], visit)
        ]

    found: list[Misfit] = []
    suspected = _tried(change, suspects)
    for batch in (suspected[start : start + AT_ONCE] for start in range(0, len(suspected), AT_ONCE)):
        after = _tried(change, partial(_fits_of, batch, at))
        found += [
            Misfit(visit, elsewhere=after[visit.pk].is_offered)
            for visit in batch
            if not after[visit.pk] and _fits(visit, at)
        ]
    return found


def _tried(change: Callable[[], object], ask: Callable[[], T]) -> T:
    """Make a change, ask what is so then, and take it back."""
    with transaction.atomic():
        change()
        answer = ask()
        transaction.set_rollback(True)
    return answer


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a visit's time is offered, and whether what it has would do for it."""

    is_offered: bool
    keeps_its_things: bool

    def __bool__(self) -> bool:
        """Say whether it fits."""
        return self.is_offered and self.keeps_its_things


def _to_come(clinics: Iterable[Clinic], at: datetime) -> QuerySet[Appointment]:
    return (
        Appointment.objects.filter(clinic__in=list(clinics), status__in=TO_COME, starts__gt=minute_of(at))
        .select_related("clinic", "patient", "treatment", "practitioner")
        .prefetch_related("slots__schedule")
        .order_by("starts", "pk")
    )


def _day_of(visit: Appointment) -> date:
    return local(visit.starts, visit.clinic.zone).date()


def _standings(visits: Sequence[Appointment], at: datetime) -> dict[int, Standing]:
    """Read how the clinic of each of these visits is set up, by its key."""
    found: dict[int, Standing] = {}
    for visit in visits[::-1]:  # the last first: what is read for it does for all that come before
        if visit.clinic_id not in found:
            today = local(minute_of(at), visit.clinic.zone).date()
            found[visit.clinic_id] = standing_of(visit.clinic, today, _day_of(visit))
    return found


def _fits(visit: Appointment, at: datetime) -> Fit:
    found = search(
        clinic=visit.clinic,
        treatment=visit.treatment,
        first=_day_of(visit),
        last=_day_of(visit),
        at=at,
        practitioner=visit.practitioner,
        ignoring=visit,
        exactly=True,
    )
    if found is None:
        return Fit(is_offered=False, keeps_its_things=False)
    found = replace(found, rules=_of_what_is_booked(found.rules))
    return Fit(
        is_offered=found.openings().at(visit.starts) is not None,
        keeps_its_things=_keeps_its_things(found, visit),
    )


def _fits_of(visits: Iterable[Appointment], at: datetime) -> dict[int, Fit]:
    return {visit.pk: _fits(visit, at) for visit in visits}


def _keeps_its_things(found: Search, visit: Appointment) -> bool:
    """Say whether the very person, room and devices of a visit are there for it."""
    owners = _owners(visit)
    return all(_is_there(found, visit, owner, owners) for owner in owners)


def _is_there(found: Search, visit: Appointment, owner: Owner, owners: list[Owner]) -> bool:
    beside = [other for other in owners if other != owner]
    return found.standing.homes.allow(owner, beside) and any(
        visit.starts in found.starts_of(need, owner, found.busy) for need in found.sought if owner in need.owners
    )


def _owners(visit: Appointment) -> list[Owner]:
    owners = [slot.schedule.owner for slot in visit.slots.all()]
    return [owner for owner in owners if owner.what != PATIENT]


def _of_what_is_booked(rules: Rules) -> Rules:
    """Leave out of the rules what is about when somebody books."""
    return replace(rules, notice_minutes=0, horizon_days=10_000)


def _differ(before: Standing, after: Standing, visit: Appointment) -> bool:
    """Say whether anything that bears on a visit is set up differently: if not, it need not be searched for."""
    return before is not after and (_bearing(before, visit) != _bearing(after, visit) or before.homes != after.homes)


def _bearing(standing: Standing, visit: Appointment) -> tuple[object, ...] | None:
    """Gather what bears on a visit of all that is set up."""
    offer = standing.offers.get(visit.treatment_id)
    if offer is None:
        return None
    day, who, owners = _day_of(visit), visit.practitioner_id, _owners(visit)
    days = [day - timedelta(days=1), day, day + timedelta(days=1)]
    sought = standing.sought(visit.treatment_id)
    return (
        _of_what_is_booked(standing.rules(visit.treatment_id)),
        offer.treatment.minutes,
        offer.most_per_day,
        [(need.what, need.kind, need.before, need.after) for need in sought],
        [owner for need in sought for owner in need.owners if owner in owners],
        [
            standing.devices[owner.key].service_due
            for owner in owners
            if owner.what == "device" and owner.key in standing.devices
        ],
        standing.open.spans(days, standing.zone),
        standing.rota[who].spans(days, standing.zone) if who in standing.rota else None,
        standing.may_give(visit.treatment_id, who, day),
    )


def _blocks(at: datetime) -> set[int]:
    live = Block.objects.filter(lifted_at=None, ends__gt=minute_of(at))
    return set(live.values_list("pk", flat=True))


def _touched_by(blocks: Iterable[int]) -> set[int]:
    """Find the visits that lie in any of these blocks, with their set-up and clean-down."""
    touched: set[int] = set()
    for block in Block.objects.filter(pk__in=list(blocks)):
        over = block.schedule.slots.filter(
            is_live=True, appointment__isnull=False, clear_from__lt=block.ends, clear_until__gt=block.starts
        )
        touched.update(over.values_list("appointment_id", flat=True))
    return touched
