"""The board of times: five days side by side, each with its morning, afternoon and evening."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from corneum.domain.scheduling.wall import local

DAYS = 5


class Part(NamedTuple):
    """A part of the day, from one minute of the wall clock to another."""

    key: str
    name: str
    choice: str  # as the filter calls it
    starts: int
    ends: int


PARTS = (
    Part("morning", "Morning", "Morning", 0, 12 * 60),
    Part("afternoon", "Afternoon", "Afternoon", 12 * 60, 17 * 60),
    Part("evening", "Evening", "After 5pm", 17 * 60, 24 * 60),
)


class Offered(Protocol):
    """A time that the diary offers."""

    @property
    def starts(self) -> int:
        """The UTC minute at which it starts."""

    @property
    def ends(self) -> int:
        """The UTC minute at which it ends."""


@dataclass(frozen=True, slots=True)
class DayOnBoard:
    """One day: its times, part by part; a part with none is left out."""

    on: date
    parts: tuple[tuple[Part, tuple[int, ...]], ...]
    is_soonest: bool = False

    @property
    def count(self) -> int:
        """How many times it has."""
        return sum(len(times) for _, times in self.parts)


@dataclass(frozen=True, slots=True)
class Board:
    """What is on the page, and where earlier and later pages begin."""

    days: tuple[DayOnBoard, ...]
    earlier: date | None
    later: date | None
    next_free: date | None  # the first day with a time after an empty page, or before it if none comes after
    is_empty: bool  # nothing at all, on this page or any other

    @property
    def count(self) -> int:
        """How many times the page has."""
        return sum(day.count for day in self.days)


def lay_out(
    offered: Iterable[Offered],
    *,
    open_days: Sequence[date],
    zone: str,
    part: str = "",
    first: date | None = None,
    every: bool = False,
) -> Board:
    """
    This will lay the times out in days.

    Times that would overlap are thinned to those that follow one another: whoever reads wants to
    choose, not to see every quarter of an hour of an empty day, nor how empty it is.

    :param open_days: the days on which the clinic can still be visited, in order
    :param part: the key of the only part of the day that is wanted
    :param first: the day to begin with; without it, the first with times, after one that is full
    :param every: show overlapping times too, to somebody who knows the diary anyway
    """
    on_days: dict[date, list[int]] = {}
    for time in _apart(offered, part, zone, every=every):
        on_days.setdefault(local(time, zone).date(), []).append(time)
    soonest = min(on_days, default=None)
    at = _first_index(open_days, first, soonest)
    shown = open_days[at : at + DAYS]
    empty = not any(day in on_days for day in shown)
    return Board(
        days=tuple(DayOnBoard(day, _in_parts(on_days.get(day, []), zone), day == soonest) for day in shown),
        earlier=open_days[max(0, at - DAYS)] if at else None,
        later=open_days[at + DAYS] if len(open_days) > at + DAYS else None,
        next_free=_near(on_days, shown) if empty else None,
        is_empty=not on_days,
    )


def _apart(offered: Iterable[Offered], part: str, zone: str, *, every: bool) -> Iterable[int]:
    free_from = 0
    for time in sorted(offered, key=lambda time: time.starts):
        if time.starts >= free_from and (not part or _part_of(time.starts, zone).key == part):
            yield time.starts
            free_from = time.starts if every else time.ends


def _part_of(minute: int, zone: str) -> Part:
    wall = local(minute, zone)
    return next(part for part in PARTS if wall.hour * 60 + wall.minute < part.ends)


def _in_parts(times: Sequence[int], zone: str) -> tuple[tuple[Part, tuple[int, ...]], ...]:
    each = ((part, tuple(time for time in times if _part_of(time, zone) is part)) for part in PARTS)
    return tuple((part, found) for part, found in each if found)


def _first_index(open_days: Sequence[date], first: date | None, soonest: date | None) -> int:
    if first is not None:
        later = [index for index, day in enumerate(open_days) if day >= first]
        return later[0] if later else max(0, len(open_days) - DAYS)
    if soonest in open_days:
        return max(0, open_days.index(soonest) - 1)
    return 0


def _near(on_days: Iterable[date], shown: Sequence[date]) -> date | None:
    days = sorted(on_days)
    after = [day for day in days if not shown or day > shown[-1]]
    return next(iter(after), days[-1] if days else None)
