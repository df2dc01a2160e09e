"""Interval: a stretch of time in whole minutes, and how lists of them are joined and cut."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Interval(NamedTuple):
    """
    The minutes from `starts` up to, and without, `ends`.

    Both are whole minutes since 1970 in UTC. Half-open, so that two visits may touch without
    sharing a minute, and a day is its minutes whether the clocks change in it or not. One that
    ends where it starts, or before, holds no minute: a span within a skipped hour is such a thing,
    and nothing is ever found in it.
    """

    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        """How many minutes it holds."""
        return max(0, self.ends - self.starts)

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share a minute; touching is not sharing."""
        return max(self.starts, other.starts) < min(self.ends, other.ends)


def runs(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """This will yield the same minutes as few spans as possible: in order, apart, none empty."""
    begun, reached = 0, -1
    for starts, ends in sorted(spans):
        if starts >= ends:
            continue
        if reached < begun:  # the first of all
            begun, reached = starts, ends
        elif starts > reached:
            yield begun, reached
            begun, reached = starts, ends
        elif ends > reached:
            reached = ends
    if begun < reached:
        yield begun, reached


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """This will write the same minutes as few intervals as possible: in order, apart, none empty."""
    return [Interval(starts, ends) for starts, ends in runs(intervals)]


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """This will leave the minutes of `intervals` that no interval of `taken` holds, merged."""
    left: list[Interval] = []
    cuts = runs(taken)
    cut = next(cuts, None)
    for starts, ends in runs(intervals):
        free_from = starts
        while cut and cut[0] < ends:
            if free_from < cut[0]:
                left.append(Interval(free_from, cut[0]))
            free_from = max(free_from, cut[1])
            if cut[1] > ends:  # it reaches into what comes next
                break
            cut = next(cuts, None)
        if free_from < ends:
            left.append(Interval(free_from, ends))
    return left
