"""Gap: how many days lie between two sessions of one treatment for one patient."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Gap:
    """
    At least so many days, which every door keeps; at most so many, which is advice and keeps nobody out.

    Days are those of the clinic's own calendar, as in a course: ten days after a Tuesday is a Friday,
    at whatever hour. Both ways: a session is as near to one that is booked after it as to one before.

    :param least: 0 for none
    :param longest: None for no advice
    """

    least: int = 0
    longest: int | None = None

    def keeps(self, day: date, sessions: Collection[date]) -> bool:
        """Say whether a session on this day is far enough from all the others."""
        return self.first_from(day, sessions) == day

    def first_from(self, day: date, sessions: Collection[date]) -> date:
        """Find the first day, from this one on, that is far enough from all the others."""
        for other in sorted(sessions):  # moving on only ever leads away from those before
            if abs((day - other).days) < self.least:
                day = other + timedelta(days=self.least)
        return day

    def too_near(self, sessions: Collection[date]) -> frozenset[date]:
        """List every day that is too near to one of them."""
        reach = range(1 - self.least, self.least)
        return frozenset(other + timedelta(days=days) for other in sessions for days in reach)

    def days_too_long(self, day: date, sessions: Collection[date]) -> int | None:
        """Count the days since the session before, when they are more than is sensible; None otherwise."""
        before = [other for other in sessions if other < day]
        if self.longest is None or not before:
            return None
        since = (day - max(before)).days
        return since if since > self.longest else None
