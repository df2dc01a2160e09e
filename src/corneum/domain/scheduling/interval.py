"""Interval: a stretch of time in whole minutes, and how lists of them are joined and cut."""

from collections.abc import Iterable
from typing import NamedTuple


class Interval(NamedTuple):
    """
    The minutes from `starts` up to, and without, `ends`.

    Both are whole minutes since 1970 in UTC. Half-open, so that two visits may touch without
    sharing a minute, and a day is its minutes whether the clocks change in it or not. One that
    ends where it starts, or before, holds no minute: cutting may leave such a thing, and nothing
    is ever found in it.
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


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """This will write the same minutes as few intervals as possible: in order, apart, none empty."""
    merged: list[Interval] = []
    first = last = 0
    for starts, ends in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if merged and starts <= last:
            if ends > last:
                last = ends
                merged[-1] = Interval(first, last)
        else:
            first, last = starts, ends
            merged.append(Interval(first, last))
    return merged


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """This will leave the minutes of `intervals` that no interval of `taken` holds, merged."""
    cuts = merge(taken)
    left: list[Interval] = []
    passed = 0
    for starts, ends in merge(intervals):
        while passed < len(cuts) and cuts[passed].ends <= starts:
            passed += 1
        free_from = starts
        for cut in cuts[passed:]:
            if cut.starts >= ends:
                break
            if cut.starts > free_from:
                left.append(Interval(free_from, cut.starts))
            free_from = max(free_from, cut.ends)
        if free_from < ends:
            left.append(Interval(free_from, ends))
    return left
