"""Window: some days and hours in which somebody could come."""

from dataclasses import dataclass
from datetime import date

ALL_WEEK = 0b1111111
WHOLE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """
    The days from `first` to `last`, both included, on some weekdays, between two readings of the wall clock.

    `weekdays` has a bit for each day of the week, Monday lowest. A visit fits when it starts at or
    after `opens` and before `closes`, both in minutes since midnight on the clinic's own clock.
    """

    first: date
    last: date
    weekdays: int = ALL_WEEK
    opens: int = 0
    closes: int = WHOLE_DAY

    def holds(self, on: date, clock: int) -> bool:
        """This will say whether a visit that starts on a day, at a minute since midnight, falls into it."""
        return (
            self.first <= on <= self.last
            and bool(self.weekdays >> on.weekday() & 1)
            and self.opens <= clock < self.closes
        )
