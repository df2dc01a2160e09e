"""Openings: when a visit may start, and with whom and where."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from corneum.domain.scheduling.abreast import Abreast
from corneum.domain.scheduling.busy import Busy, Visit
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.timeline import Timeline

LONGEST_BUFFER = 120  # minutes; the tables keep the bound


class Occupied(NamedTuple):
    """A visit that a lane already has, with its set-up before and its clean-down after."""

    starts: int
    ends: int
    clear_from: int
    clear_until: int


class Lane(NamedTuple):
    """The time of one practitioner, room, device or patient: one visit after another."""

    key: Hashable
    hours: Sequence[Interval] | None  # none: at any time
    occupied: Sequence[Visit]  # as Occupied; rows from a database will do


class Requirement(NamedTuple):
    """One of these lanes is needed, and for so long before and after the visit itself."""

    lanes: Sequence[Lane]
    before: int = 0
    after: int = 0


class Opening(NamedTuple):
    """A time at which the visit may take place."""

    starts: int
    ends: int
    choices: tuple[tuple[Hashable, ...], ...]  # for each requirement the keys of the lanes that are free then


Free = Mapping[Any, Timeline]
"""For each lane of one requirement the starts at which it is free."""


class Homes(NamedTuple):
    """Which lanes are rooms, and which machines are fixed in one: requirements name rooms before machines."""

    rooms: Mapping[Hashable, Hashable]  # the lane of a place in a room → the room
    fixed: Mapping[Hashable, Hashable]  # the lane of a machine → the room that it is fixed in

    def allow(self, key: Hashable, beside: Sequence[Hashable]) -> bool:
        """Say whether this lane may be taken beside those: none twice, and a fixed machine only in its room."""
        if key in beside:
            return False
        if (home := self.fixed.get(key)) is None:
            return True
        taken = [self.rooms[other] for other in beside if other in self.rooms]
        return not taken or home in taken


NO_HOMES = Homes({}, {})


@dataclass(frozen=True, slots=True)
class Openings:
    """Every time at which a visit may start. Who is free then is worked out only for those that are looked at."""

    starts: Timeline
    minutes: int
    free: Sequence[Free]
    homes: Homes

    def __iter__(self) -> Iterator[Opening]:
        """Yield them all, earliest first."""
        return (self._opening(start) for start in self.starts.iterate())

    def __len__(self) -> int:
        """Count them."""
        return len(self.starts)

    def at(self, start: int) -> Opening | None:
        """Find the one that starts then, if there is one."""
        on_a_tick = (start - self.starts.window.starts) % self.starts.tick == 0  # between two of them nothing starts
        return self._opening(start) if on_a_tick and start in self.starts else None

    def free_at(self, start: int, requirement: int = 0) -> tuple[Hashable, ...]:
        """List the lanes of a requirement that are free for a visit that starts then."""
        return tuple(key for key, starts in self.free[requirement].items() if start in starts)

    def picked(self, choices: Sequence[Sequence[Hashable]]) -> tuple[Hashable, ...] | None:
        """Pick the first of each choice so that no lane is picked twice and what belongs together is together."""
        return next(_picks(choices, self.homes, ()), None)

    def _opening(self, start: int) -> Opening:
        choices = tuple(self.free_at(start, place) for place in range(len(self.free)))
        return Opening(start, start + self.minutes, choices)


NO_OPENINGS = Openings(Timeline(Interval(0, 0)), 0, (), NO_HOMES)


def combine(*, possible: Timeline, minutes: int, free: Sequence[Free], homes: Homes = NO_HOMES) -> Openings:
    """
    Keep, of the starts that are possible, those at which all that is needed can be had at once.

    :param free: for each requirement, when each of its lanes is free
    """
    bits = possible.bits
    apart, together = _split(free, homes)
    for lanes in apart:
        bits &= _anywhere(lanes)
    if together:
        bits = _had_together(bits, together, homes, ())
    starts = Timeline(possible.window, bits, possible.tick)
    return Openings(starts, minutes, free, homes)


def find_openings(
    *,
    window: Interval,
    minutes: int,
    open_hours: Sequence[Interval],
    requirements: Sequence[Requirement],
    grid: Timeline,
    homes: Homes = NO_HOMES,
) -> list[Opening]:
    """
    This will find every time in the window at which a visit of `minutes` may start, earliest first.

    A start is offered when it is on the grid (such as `wall.starts_every` gives), when the visit
    lies within the open hours, and when each requirement has a lane that is free for it: the visit
    lies within that lane's hours and is clear of what the lane already has. Hours bound the visit
    itself; its set-up and its clean-down may pass them.

    The window bounds starts, so the days of a month together offer exactly what the month offers.
    A visit may end after it: `open_hours`, `hours` and `occupied` must be given as far as that,
    and `occupied` as far around the window as any set-up or clean-down can reach.
    """
    span = Interval(window.starts - LONGEST_BUFFER, window.ends + minutes + LONGEST_BUFFER)
    possible = Timeline.of(span, open_hours).starts_for(minutes) & grid.through(window).through(span)
    free = [
        {lane.key: _starts_on(lane, requirement, minutes, span) for lane in requirement.lanes}
        for requirement in requirements
    ]
    return list(combine(possible=possible, minutes=minutes, free=free, homes=homes))


def _starts_on(lane: Lane, requirement: Requirement, minutes: int, span: Interval) -> Timeline:
    starts = Busy.of(span, lane.occupied).starts_for(minutes, requirement.before, requirement.after)
    return starts if lane.hours is None else starts & Timeline.of(span, lane.hours).starts_for(minutes)


def _anywhere(lanes: Free) -> int:
    if isinstance(lanes, Abreast):
        return lanes.anywhere().bits
    return reduce(or_, (starts.bits for starts in lanes.values()), 0)


def _split(free: Sequence[Free], homes: Homes) -> tuple[list[Free], list[Free]]:
    """Tell the requirements that can each be met by themselves from those whose choices depend on each other."""
    if not homes.fixed and len(set().union(*free)) == sum(map(len, free)):
        return list(free), []
    tied = {*homes.rooms, *homes.fixed} if homes.fixed else set()
    times = Counter(key for lanes in free for key in lanes)
    bound = [lanes for lanes in free if any(key in tied or times[key] > 1 for key in lanes)]
    return [lanes for lanes in free if not any(lanes is other for other in bound)], bound


def _had_together(bits: int, free: Sequence[Free], homes: Homes, chosen: tuple[Hashable, ...]) -> int:
    """Keep the starts at which some choice goes well together: tried lane by lane, given up when nothing is left."""
    if not free:
        return bits
    found = 0
    for key, starts in free[0].items():
        left = bits & starts.bits & ~found  # what another choice has found already need not be found again
        if left and homes.allow(key, chosen):
            found |= _had_together(left, free[1:], homes, (*chosen, key))
    return found


def _picks(
    choices: Sequence[Sequence[Hashable]], homes: Homes, chosen: tuple[Hashable, ...]
) -> Iterator[tuple[Hashable, ...]]:
    if len(chosen) == len(choices):
        yield chosen
        return
    for key in choices[len(chosen)]:
        if homes.allow(key, chosen):
            yield from _picks(choices, homes, (*chosen, key))
