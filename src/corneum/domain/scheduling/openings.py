"""Openings: when a visit may start, and with whom and where."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from corneum.domain.scheduling.interval import Interval, runs
from corneum.domain.scheduling.timeline import Timeline


class Occupied(NamedTuple):
    """A visit that a lane already has, with its set-up before and its clean-down after."""

    starts: int
    ends: int
    clear_from: int
    clear_until: int


class Lane(NamedTuple):
    """The time of one practitioner, room, device or patient: one visit after another."""

    key: int
    hours: Sequence[Interval] | None  # none: at any time
    occupied: Sequence[tuple[int, int, int, int]]  # as Occupied; rows from a database will do


class Requirement(NamedTuple):
    """One of these lanes is needed, and for so long before and after the visit itself."""

    lanes: Sequence[Lane]
    before: int = 0
    after: int = 0


class Opening(NamedTuple):
    """A time at which the visit may take place."""

    starts: int
    ends: int
    choices: tuple[tuple[int, ...], ...]  # for each requirement the keys of the lanes that are free then


def find_openings(
    *,
    window: Interval,
    minutes: int,
    open_hours: Sequence[Interval],
    requirements: Sequence[Requirement],
    grid: Timeline,
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
    span = Interval(window.starts, window.ends + minutes)
    allowed = Timeline.of(span, open_hours).starts_for(minutes).through(window) & grid.through(window)
    starts = list(allowed.iterate())
    choices: list[tuple[tuple[int, ...], ...]] = [()] * len(starts)
    for requirement in requirements:
        free = _free_lanes(requirement, starts, minutes, span)
        # A start for which one thing is not to be had need not be looked at for the next.
        choices = [(*chosen, tuple(keys)) for chosen, keys in zip(choices, free, strict=True) if keys]
        starts = list(compress(starts, free))
    return [Opening(start, start + minutes, chosen) for start, chosen in zip(starts, choices, strict=True)]


def _free_lanes(requirement: Requirement, starts: Sequence[int], minutes: int, span: Interval) -> list[list[int]]:
    """
    List for each start the keys of the lanes that are free then.

    One sweep over what a lane has finds its gaps. A mask of each lane would answer too, but it has
    to be made of the same rows first, and that alone takes longer (benchmarks/slot_search.py).
    """
    keys: list[list[int]] = [[] for _ in starts]
    for lane in requirement.lanes:
        free_from = span.starts
        for taken_from, taken_until in sorted(_taken(lane, requirement, span)):
            if taken_until <= free_from:
                continue
            # Only a gap that is long enough costs a search, and a full diary has few.
            if taken_from - free_from >= minutes:
                first, last = bisect_left(starts, free_from), bisect_right(starts, taken_from - minutes)
                for of_start in keys[first:last]:
                    of_start.append(lane.key)
            free_from = taken_until
    return keys


def _taken(lane: Lane, requirement: Requirement, span: Interval) -> list[tuple[int, int]]:
    """
    List the spans in which no minute of a visit may lie, for what the lane has already and for its hours.

    Two visits of a lane are clear of each other when neither starts before the other has been
    cleaned up after, and neither ends after the other's set-up has begun. So between them lies the
    larger of the two adjoining buffers, not their sum: a room can be made ready for the next while
    it is cleaned after the last. What is there already is widened by that much on either side.
    """
    before, after = requirement.before, requirement.after
    taken = [
        (
            clear_from if starts - clear_from > after else starts - after,
            clear_until if clear_until - ends > before else ends + before,
        )
        for starts, ends, clear_from, clear_until in lane.occupied
    ]
    closed_from = span.starts
    for opens, closes in () if lane.hours is None else runs(lane.hours):
        taken.append((closed_from, opens))
        closed_from = closes
    taken.append((span.ends if lane.hours is None else closed_from, span.ends))
    return taken
