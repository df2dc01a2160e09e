"""Rota: weeks that repeat, and the days that are different, as spans of minutes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import span_on

Reading = tuple[time, time]


class Stretch(NamedTuple):
    """One stretch of a weekday, in wall time: every week, or every so many from the week in which it begins."""

    weekday: int  # 0 is Monday
    starts: time
    ends: time
    every_weeks: int = 1
    valid_from: date | None = None
    valid_until: date | None = None  # the last day

    def is_on(self, day: date) -> bool:
        """Say whether it is worked on a day."""
        if day.weekday() != self.weekday:
            return False
        if (self.valid_from and day < self.valid_from) or (self.valid_until and day > self.valid_until):
            return False
        return self.valid_from is None or _weeks_between(self.valid_from, day) % self.every_weeks == 0


class Week(NamedTuple):
    """What repeats, and the days on which something else is so: with an empty list, nothing at all."""

    stretches: Sequence[Stretch]
    exceptions: Mapping[date, Sequence[Reading]]

    def spans(self, days: Iterable[date], zone: str) -> list[Interval]:
        """Write some days as spans of minutes; what is said of a day by its date wins."""
        return [span_on(day, starts, ends, zone) for day in days for starts, ends in self._readings(day)]

    def _readings(self, day: date) -> Iterable[Reading]:
        if day in self.exceptions:
            return self.exceptions[day]
        return ((stretch.starts, stretch.ends) for stretch in self.stretches if stretch.is_on(day))


def days_from(first: date, last: date) -> Iterable[date]:
    """List the days from one to another, both included."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _weeks_between(one: date, other: date) -> int:
    """Count the Mondays from the week of one day to the week of another."""
    return (_monday(other) - _monday(one)).days // 7


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
