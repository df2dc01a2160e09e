"""Openings: when a visit may start, and with whom and where."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import NamedTuple

from corneum.domain.scheduling.interval import Interval, merge
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


def span_to_read(window: Interval, minutes: int, requirements_before: int = 0, requirements_after: int = 0) -> Interval:
    """
    This will say in which span a visit that is already there can be in the way of one that starts in the window.

    Whoever reads occupied time for `find_openings` reads whatever has `clear_until` after this
    span's start and `clear_from` before its end.
    """
    return Interval(window.starts - requirements_before, window.ends + minutes + requirements_after)


def find_openings(
    *,
    window: Interval,
    minutes: int,
    open_hours: Sequence[Interval],
    requirements: Sequence[Requirement],
    grid: Timeline | Iterable[int],
) -> list[Opening]:
    """
    This will find every time at which a visit of `minutes` may start, earliest first.

    A start is offered when it lies in the window and on the grid (a Timeline, or the minutes
    themselves, such as `wall.starts_every` gives), when the visit lies within the open hours, and
    when each requirement has a lane that is free for it: the visit lies within that lane's hours
    and is clear of what the lane has already. Hours bound the visit itself; set-up and clean-down
    may pass them.

    Clear means both ways: with its clean-down, the new visit is over before the next one starts
    (and the one before, with its own, before the new one starts); and it ends before the set-up of
    the next begins (and begins its own set-up after the one before has ended). So between two
    visits of a lane the larger of the two adjoining buffers holds, and not their sum: a room that
    is being cleaned may be made ready at the same time.
    """
    starts = sorted({*(grid.iterate() if isinstance(grid, Timeline) else grid)})
    starts = [*compress(starts, _within([window], starts))]
    starts = [*compress(starts, _within(_starts_within(open_hours, minutes), starts))]
    rows: list[list[tuple[int, ...]]] = []
    for requirement in requirements:
        keys = [lane.key for lane in requirement.lanes]
        free = [_free(lane, requirement, minutes, starts) for lane in requirement.lanes]
        rows.append([tuple(compress(keys, column)) for column in zip(*free, strict=True)] or [()] * len(starts))
    return [
        Opening(minute, minute + minutes, choices)
        for minute, *choices_ in zip(starts, *rows, strict=True)
        if all(choices := tuple(choices_))
    ]


def _starts_within(hours: Sequence[Interval], minutes: int) -> list[Interval]:
    """Cut hours to the minutes at which a visit may start and still end in time."""
    return [Interval(starts, ends - minutes + 1) for starts, ends in merge(hours)]


def _free(lane: Lane, requirement: Requirement, minutes: int, starts: Sequence[int]) -> bytearray:
    """Say for each start, by a 1 or a 0, whether the lane can take the visit then."""
    hours = lane.hours
    free = bytearray(b"\1" * len(starts)) if hours is None else _within(_starts_within(hours, minutes), starts)
    before, after = requirement.before, requirement.after
    for visit_starts, visit_ends, clear_from, clear_until in lane.occupied:
        # the larger of the two adjoining buffers, on either side of the visit that is there
        first = bisect_left(starts, visit_starts - max(after, visit_starts - clear_from) - minutes + 1)
        last = bisect_left(starts, visit_ends + max(before, clear_until - visit_ends))
        if first < last:
            free[first:last] = bytes(last - first)
    return free


def _within(spans: Sequence[Interval], starts: Sequence[int]) -> bytearray:
    """Say for each start, by a 1 or a 0, whether it lies in one of the spans."""
    found = bytearray(len(starts))
    for span in spans:
        first, last = bisect_left(starts, span.starts), bisect_left(starts, span.ends)
        if first < last:
            found[first:last] = b"\1" * (last - first)
    return found
