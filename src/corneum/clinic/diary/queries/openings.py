"""Which times can be offered: the list that a patient sees and the check when they choose are the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import NamedTuple, cast, overload

from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.diary.queries.search import search
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.openings import NO_OPENINGS, Openings
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic

NEAR = timedelta(days=14)
FAR = timedelta(days=10_000)  # further than any horizon: a search is cut to the treatment's own


class TimeOffered(NamedTuple):
    """A time that can be had; with whom is worked out when it is asked."""

    starts: int
    ends: int
    among: Openings

    @property
    def practitioner_ids(self) -> tuple[int, ...]:
        """Everybody who is free for it, in the clinic's own order."""
        return self._who(0)

    @property
    def device_ids(self) -> tuple[int, ...]:
        """Every device that is free for it and that the treatment needs, in the clinic's own order."""
        return tuple(
            key
            for place, lanes in enumerate(self.among.free)
            if any(owner.what == "device" for owner in cast("Iterable[Owner]", lanes))
            for key in self._who(place)
        )

    def ways(self) -> list[tuple[int, int | None]]:
        """
        List with whom and on which device it can be had, each pair such that everything else it needs goes with them.

        The device is that of its first need of one; None when it needs none.
        """
        lanes = [
            cast("Sequence[Owner]", self.among.free_at(self.starts, place)) for place in range(len(self.among.free))
        ]
        device = next((place for place, owners in enumerate(lanes) if owners and owners[0].what == "device"), None)
        people = dict.fromkeys(owner.key for owner in lanes[0])
        if device is None:
            return [(who, None) for who in people]
        units = dict.fromkeys(owner.key for owner in lanes[device])
        goes = {unit: self._goes(lanes, device, unit) for unit in units}
        return [(who, unit) for who in people for unit in units if goes[unit]]

    def _goes(self, lanes: Sequence[Sequence[Owner]], place: int, unit: int) -> bool:
        """Say whether a room is free in which this device can be used; who gives it makes no difference to that."""
        with_it = [owner for owner in lanes[place] if owner.key == unit]
        return self.among.picked([*lanes[:place], with_it, *lanes[place + 1 :]]) is not None

    def _who(self, place: int) -> tuple[int, ...]:
        return tuple(owner.key for owner in cast("Iterable[Owner]", self.among.free_at(self.starts, place)))


class Times(Sequence[TimeOffered]):
    """Every time that can be had, earliest first: thousands in a month, so each is made only when it is looked at."""

    def __init__(self, among: Openings) -> None:
        """List the minutes at which they start."""
        self.among, self.starts = among, list(among.starts.iterate())

    @overload
    def __getitem__(self, at: int) -> TimeOffered: ...
    @overload
    def __getitem__(self, at: slice) -> list[TimeOffered]: ...
    def __getitem__(self, at: int | slice) -> TimeOffered | list[TimeOffered]:
        """Make one of them, or some."""
        return [*map(self._starting, self.starts[at])] if isinstance(at, slice) else self._starting(self.starts[at])

    def __iter__(self) -> Iterator[TimeOffered]:
        """Make one after the other."""
        return map(self._starting, self.starts)

    def __len__(self) -> int:
        """Count them."""
        return len(self.starts)

    def _starting(self, start: int) -> TimeOffered:
        return TimeOffered(start, start + self.among.minutes, self.among)


@dataclass(frozen=True, slots=True)
class DayOfTimes:
    """A day on which there is something, its first times, and who gives the treatment at them."""

    day: date
    times: list[TimeOffered]
    practitioners: list[Practitioner]
    more: int  # how many more times that day has


def openings_for(
    *,
    clinic: Clinic,
    treatment: Treatment,
    first: date,
    last: date,
    at: datetime,
    practitioner: Practitioner | None = None,
    patient: Patient | None = None,
    ignoring: Appointment | None = None,
) -> Times:
    """
    Find every time at which a treatment can be had on these days, both included, earliest first.

    :param practitioner: with this person only; None for anybody
    :param patient: whose own visits are in the way too; None when nobody knows yet who comes
    :param ignoring: the appointment that is to be moved, which may move over its own old time
    """
    found = search(
        clinic=clinic,
        treatment=treatment,
        first=first,
        last=last,
        at=at,
        practitioner=practitioner,
        patient=patient,
        ignoring=ignoring,
    )
    return Times(NO_OPENINGS if found is None else found.openings())


def next_openings(
    *,
    clinic: Clinic,
    treatment: Treatment,
    at: datetime,
    days: int = 2,
    per_day: int = 3,
    practitioner: Practitioner | None = None,
    patient: Patient | None = None,
) -> list[DayOfTimes]:
    """
    Find the next days on which there is something, and the first times of each.

    Two weeks are searched first, because most clinics have something in them; only a full clinic
    costs a second, longer look.
    """
    today = local(minute_of(at), clinic.zone).date()
    look = partial(
        _days_from, today, clinic=clinic, treatment=treatment, at=at, practitioner=practitioner, patient=patient
    )
    near = look(NEAR)
    found = near if len(near) >= days else look(FAR)
    return [_day_of_times(day, times, per_day, everybody) for day, times, everybody in found[:days]]


def _days_from(
    first: date,
    reach: timedelta,
    *,
    clinic: Clinic,
    treatment: Treatment,
    at: datetime,
    practitioner: Practitioner | None,
    patient: Patient | None,
) -> list[tuple[date, list[TimeOffered], list[Practitioner]]]:
    """List the days within reach on which there is something, each with all its times."""
    found = search(
        clinic=clinic, treatment=treatment, first=first, last=first + reach, at=at, practitioner=practitioner,
        patient=patient,
    )  # fmt: skip
    if found is None:
        return []
    by_day = groupby(Times(found.openings()), key=lambda time: local(time.starts, clinic.zone).date())
    return [(day, list(times), list(found.practitioners.values())) for day, times in by_day]


def nearest_openings(
    *,
    clinic: Clinic,
    treatment: Treatment,
    at: datetime,
    starts: int,
    practitioner: Practitioner | None = None,
    patient: Patient | None = None,
    count: int = 2,
    ignoring: Appointment | None = None,
) -> list[TimeOffered]:
    """Find the times nearest to one that has gone, in the order of the clock."""
    today = local(minute_of(at), clinic.zone).date()
    offered = openings_for(
        clinic=clinic,
        treatment=treatment,
        first=today,
        last=today + FAR,
        at=at,
        practitioner=practitioner,
        patient=patient,
        ignoring=ignoring,
    )
    nearest = sorted(offered.starts, key=lambda start: (abs(start - starts), start))[:count]
    return [TimeOffered(start, start + offered.among.minutes, offered.among) for start in sorted(nearest)]


def _day_of_times(day: date, times: list[TimeOffered], per_day: int, everybody: Sequence[Practitioner]) -> DayOfTimes:
    shown = times[:per_day]
    giving = {key for time in shown for key in time.practitioner_ids}
    return DayOfTimes(day, shown, [person for person in everybody if person.pk in giving], len(times) - len(shown))
