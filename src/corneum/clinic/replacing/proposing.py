"""Proposing: where each visit could go, and which of these places go together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby, islice

from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.diary.queries.standins import Standins, other_times_for, standins_for
from corneum.domain.scheduling.replacement import Costs, Place, Taken, place_anew
from corneum.domain.scheduling.wall import local, minute_of

REACH = timedelta(days=42)  # from the visit's own day
SOONER = 24 * 60  # a visit moves to an earlier time only when there is a day left to tell its patient
MOST_PLACES = 48  # for each visit
NEAREST, WAYS = 16, 2  # times looked at closely, and ways in which each can be had with one person
PARTS = (12 * 60, 17 * 60)


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a visit could have: when, with whom, and every lane that it takes."""

    starts: int
    practitioner_id: int
    owners: tuple[Owner, ...]
    place: Place


def propose_for(visits: Sequence[Appointment], *, at: datetime) -> list[Option | None]:
    """
    This will find a place for as many of these visits as it can, then the best for them all together.

    Every place is free as the diary stands, with the other visits where they are now: so each can be
    taken by itself, and in any order.
    """
    options = [options_for(visit, at=at) for visit in visits]
    chosen = place_anew([[option.place for option in each] for each in options]).chosen
    return [None if place is None else each[place] for each, place in zip(options, chosen, strict=True)]


def options_for(visit: Appointment, *, at: datetime, most: int = MOST_PLACES) -> list[Option]:
    """This will list the places that a visit could have, the best first: at its own time with others, then nearby."""
    here = standins_for(visit, at=at)
    found = list(_options(visit, [here] if here is not None else []))
    if not any(option.practitioner_id == visit.practitioner_id for option in found):
        found += islice(_options(visit, _spread(visit, at=at)), most - len(found))
    return sorted(found, key=lambda option: option.place.cost)[:most]


def _spread(visit: Appointment, *, at: datetime) -> Iterator[Standins]:
    """Yield the nearest times, then two of each half day: for when many want the nearest."""
    zone, now = visit.clinic.zone, minute_of(at)
    own_day, today = local(visit.starts, zone).date(), local(now, zone).date()
    times = [
        time
        for time in other_times_for(visit, first=today, last=own_day + REACH, at=at)
        if time.starts > visit.starts or time.starts >= now + SOONER
    ]
    times.sort(key=lambda time: (abs(time.starts - visit.starts), time.starts))
    near, far = times[:NEAREST], sorted(times[NEAREST:], key=lambda time: time.starts)

    def half_day(time: Standins) -> tuple[object, bool]:
        wall = local(time.starts, zone)
        return wall.date(), wall.hour < 12

    halves = chain.from_iterable(
        list(each)[:: max(1, visit.treatment.minutes // 15)][:2] for _, each in groupby(far, half_day)
    )
    return chain(near, sorted(halves, key=lambda time: (abs(time.starts - visit.starts), time.starts)))


def _options(visit: Appointment, times: Iterable[Standins]) -> Iterator[Option]:
    for time in times:
        for practitioner_id in time.practitioner_ids():
            for owners in islice(time.picks(practitioner_id=practitioner_id), WAYS):
                yield Option(time.starts, practitioner_id, owners, _place(visit, time, owners))


def _place(visit: Appointment, time: Standins, owners: Sequence[Owner]) -> Place:
    starts, ends = time.starts, time.starts + visit.ends - visit.starts
    taken = tuple(
        Taken(owner, starts, ends, starts - need.before, ends + need.after)
        for need, owner in zip(time.sought, owners, strict=True)
    )
    was, is_ = (local(minute, visit.clinic.zone) for minute in (visit.starts, starts))
    cost = Costs().of(
        minutes=starts - visit.starts,
        is_other_day=was.date() != is_.date(),
        is_other_person=owners[0].key != visit.practitioner_id,
        is_other_part=_part(was) != _part(is_),
        other_things=sum(owner not in time.has and owner.what != "patient" for owner in owners[1:]),
    )
    return Place(taken, cost)


def _part(wall: datetime) -> int:
    return sum(wall.hour * 60 + wall.minute >= edge for edge in PARTS)
