"""Search: all that decides whether a visit may take place, read in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from django.db.models import Q

from corneum.clinic.diary.models import Appointment, Schedule, Slot
from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises import queries as premises
from corneum.clinic.treatments.models import Need, Offer, Treatment
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.openings import Lane, Occupied, Opening, Requirement, find_openings
from corneum.domain.scheduling.timeline import Timeline
from corneum.domain.scheduling.wall import day_window, instant_of, local, minute_of, starts_every
from corneum.platform.accounts.models import Clinic

# How far from a visit another can begin and still be in its way: the longest visit (eight hours)
# and the longest buffers on both sides. The tables keep both bounds.
REACH = 8 * 60 + 2 * 120


@dataclass(frozen=True, slots=True)
class Sought:
    """One kind of thing that the visit needs, and which of them there are: key → hours, in order."""

    what: str
    before: int
    after: int
    lanes: Mapping[int, Sequence[Interval] | None]


@dataclass(frozen=True, slots=True)
class Search:
    """What was read: ask it for openings as often as you like, it asks the database nothing."""

    window: Interval
    minutes: int
    grid: Timeline
    open_hours: Sequence[Interval]
    sought: Sequence[Sought]
    occupied: Mapping[tuple[str, int], Sequence[Occupied]]
    practitioners: Mapping[int, Practitioner]

    def openings(self) -> list[Opening]:
        """Find the times that are free; the first requirement is always the practitioner."""
        return self._find(self.occupied)

    def openings_if_nothing_were_booked(self) -> list[Opening]:
        """Find the times that could be offered if the diary were empty."""
        return self._find({})

    def visits_of(self, practitioner_id: int, within: Interval) -> int:
        """Count what a practitioner already has in a stretch of time."""
        visits = self.occupied.get((Need.What.PRACTITIONER, practitioner_id), ())
        return sum(within.overlaps(Interval(visit.starts, visit.ends)) for visit in visits)

    def _find(self, occupied: Mapping[tuple[str, int], Sequence[Occupied]]) -> list[Opening]:
        requirements = [
            Requirement(
                lanes=[Lane(key, hours, occupied.get((need.what, key), ())) for key, hours in need.lanes.items()],
                before=need.before,
                after=need.after,
            )
            for need in self.sought
        ]
        found = find_openings(
            window=self.window,
            minutes=self.minutes,
            open_hours=self.open_hours,
            requirements=requirements,
            grid=self.grid,
        )
        if len({need.what for need in self.sought}) == len(self.sought):
            return found
        return [opening for opening in found if distinct(self.sought, opening.choices) is not None]


def distinct(sought: Sequence[Sought], choices: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Pick the first of each choice so that nothing is picked twice, or say that nobody can."""
    for keys in product(*choices):
        if len({(need.what, key) for need, key in zip(sought, keys, strict=True)}) == len(keys):
            return keys
    return None


def search(
    *,
    clinic: Clinic,
    treatment: Treatment,
    first: date,
    last: date,
    at: datetime,
    practitioner: Practitioner | None = None,
    ignoring: Appointment | None = None,
) -> Search | None:
    """
    Read all that decides when a treatment can be had on these days, both included.

    The number of queries depends on what the treatment needs, never on how many people, rooms or
    days there are. Answers None when the clinic offers it at no time in them: it is not offered at
    all, or the days lie before the notice it asks for or beyond its horizon.
    """
    offer = Offer.objects.filter(clinic=clinic, treatment=treatment).first()
    if offer is None:
        return None
    days = _bookable_days(offer, clinic.zone, first, last, at)
    earliest = _earliest(offer, at)
    if days is None or (whole := day_window(*days, clinic.zone)).ends <= earliest:
        return None
    window = Interval(max(whole.starts, earliest), whole.ends)
    people = _who_works_when(clinic, treatment, *days, practitioner)
    sought = _sought(clinic, treatment, {person.pk: hours for person, hours in people})
    return Search(
        window=window,
        minutes=treatment.minutes,
        grid=starts_every(offer.step_minutes, window, clinic.zone),
        open_hours=premises.opening_hours(clinic, *days),
        sought=sought,
        occupied=_occupied(sought, whole, at, ignoring),
        practitioners={person.pk: person for person, _ in people},
    )


def _earliest(offer: Offer, at: datetime) -> int:
    """Say from which minute on somebody may come: the notice counts from now, begun minutes whole."""
    begun = at > instant_of(minute_of(at))
    return minute_of(at) + begun + offer.notice_minutes


def _bookable_days(offer: Offer, zone: str, first: date, last: date, at: datetime) -> tuple[date, date] | None:
    today = local(minute_of(at), zone).date()
    first, last = max(first, today), min(last, today + timedelta(days=offer.horizon_days))
    return (first, last) if first <= last else None


def _who_works_when(
    clinic: Clinic, treatment: Treatment, first: date, last: date, only: Practitioner | None
) -> list[tuple[Practitioner, list[Interval]]]:
    """List who may give the treatment with the hours in which they may, in the clinic's own order."""
    may_on = practitioners.days_may_give(treatment, first, last)
    hours = practitioners.working_intervals(clinic, first, last)
    wanted = set(may_on) & set(hours) & ({only.pk} if only else set(may_on))
    return [
        (person, [span for span in hours[person.pk] if local(span.starts, clinic.zone).date() in may_on[person.pk]])
        for person in Practitioner.objects.filter(pk__in=wanted)
    ]


def _sought(clinic: Clinic, treatment: Treatment, people: Mapping[int, Sequence[Interval]]) -> list[Sought]:
    """List what is needed: somebody to give the treatment first of all, then rooms and devices."""
    needs = list(Need.objects.filter(treatment=treatment).order_by("pk"))
    whats = {need.what for need in needs}
    rooms = list(premises.rooms_of(clinic)) if Need.What.ROOM in whats else []
    devices = list(premises.devices_of(clinic)) if Need.What.DEVICE in whats else []
    somebody = next((need for need in needs if need.what == Need.What.PRACTITIONER), None)
    before, after = (somebody.before, somebody.after) if somebody else (0, 0)
    found = [Sought(Need.What.PRACTITIONER, before, after, people)]
    for what, things in ((Need.What.ROOM, rooms), (Need.What.DEVICE, devices)):
        found.extend(
            Sought(
                what,
                need.before,
                need.after,
                {thing.pk: None for thing in things if need.kind in {"", thing.kind}},
            )
            for need in needs
            if need.what == what
        )
    return found


def _occupied(
    sought: Iterable[Sought], window: Interval, at: datetime, ignoring: Appointment | None
) -> dict[tuple[str, int], list[Occupied]]:
    """Read in two queries what all of these have already; a hold that has expired is in nobody's way."""
    owners = _owners(sought)
    slots = (
        Slot.objects.filter(
            schedule__in=list(owners),
            is_live=True,
            starts__gt=window.starts - REACH,
            starts__lt=window.ends + REACH,
        )
        .filter(Q(hold=None) | Q(hold__expires_at__gt=at))
        .order_by("schedule", "starts")
    )
    if ignoring is not None:
        slots = slots.exclude(appointment=ignoring)
    found: dict[tuple[str, int], list[Occupied]] = {owner: [] for owner in owners.values()}
    rows = slots.values_list("schedule_id", "starts", "ends", "clear_from", "clear_until")
    for schedule, starts, ends, clear_from, clear_until in rows:
        found[owners[schedule]].append(Occupied(starts, ends, clear_from, clear_until))
    return found


def _owners(sought: Iterable[Sought]) -> dict[int, tuple[str, int]]:
    """Say of each schedule whose it is."""
    keys: dict[str, set[int]] = {"practitioner": set(), "room": set(), "device": set()}
    for need in sought:
        keys[need.what] |= set(need.lanes)
    # one condition for each kind, because a key list joined by OR is one step down each index
    theirs = Q(practitioner__in=keys["practitioner"]) | Q(room__in=keys["room"]) | Q(device__in=keys["device"])
    rows = Schedule.objects.filter(theirs).values_list("pk", "practitioner_id", "room_id", "device_id")
    return {schedule: next(owner for owner in zip(keys, ids, strict=True) if owner[1]) for schedule, *ids in rows}
