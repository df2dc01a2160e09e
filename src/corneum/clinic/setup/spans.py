"""Spans: blocked time as people say it — whole days, half days, hours, every week until — as spans of minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.rota import days_from
from corneum.domain.scheduling.wall import day_window, span_on

MIDDAY = time(13)  # where half a day ends and the other begins
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Said:
    """
    Blocked time as it was said: from one day to another, whole, or these hours of each of them.

    :param hours: from when to when on each day; none for whole days
    :param until: repeated every week as long as it begins on this day or before; none for once
    """

    first: date
    last: date
    hours: tuple[time, time] | None = None
    until: date | None = None


def spans_of(said: Said, zone: str) -> list[Interval]:
    """Write what was said as spans of minutes, the earliest first; whole days are as long as the clocks make them."""
    return [span for first, last in _repeats(said) for span in _once(first, last, said.hours, zone)]


def _repeats(said: Said) -> Iterator[tuple[date, date]]:
    first, last = said.first, said.last
    yield first, last
    while said.until is not None and (first := first + WEEK) <= said.until:
        last += WEEK
        yield first, last


def _once(first: date, last: date, hours: tuple[time, time] | None, zone: str) -> list[Interval]:
    if hours is None:
        return [day_window(first, last, zone)]
    return [span_on(day, *hours, zone) for day in days_from(first, last)]
