"""What a course is planned by: when a visit could be, how far apart, when the patient would rather, what it costs."""

from dataclasses import dataclass
from typing import NamedTuple


class Candidate(NamedTuple):
    """A time that one visit of the course could have, and with whom; keys are the caller's own."""

    start: int
    practitioner: int
    device: int | None = None


@dataclass(frozen=True, slots=True)
class Spacing:
    """
    How many days lie between one visit and the next: at least, at most, and best.

    Days are those of the clinic's own calendar, so two weeks after a Tuesday is a Tuesday, whether
    the clocks have changed between or not, and at whatever hour.
    """

    min_days: int
    max_days: int
    ideal_days: int

    def __post_init__(self) -> None:
        """Insist on an order; visits of one course never share a day."""
        if not 1 <= self.min_days <= self.ideal_days <= self.max_days:
            raise ValueError("A spacing is 1 <= min_days <= ideal_days <= max_days.")

    def at_least(self, days: int) -> "Spacing":
        """Widen it, where it must be, to a gap that is kept in any case."""
        return Spacing(max(self.min_days, days), max(self.max_days, days), max(self.ideal_days, days))

    def holds(self, earlier: int, later: int) -> bool:
        """Whether two days may be those of successive visits."""
        return self.min_days <= later - earlier <= self.max_days


@dataclass(frozen=True, slots=True)
class Preferences:
    """When the patient would rather come: on these weekdays (Monday is 0; none: any), between these minutes of the day."""

    weekdays: frozenset[int] = frozenset()
    from_minute: int = 0
    until_minute: int = 24 * 60


@dataclass(frozen=True, slots=True)
class Costs:
    """What each thing that is not as it should be costs; a plan is as good as its sum is small."""

    day_off_ideal: int = 4
    other_practitioner: int = 20  # five days off the best interval
    other_device: int = 2
    outside_days: int = 10
    outside_hours: int = 10
    day_of_waiting: int = 1  # until the first visit, from the first day on which there is anything

    def __post_init__(self) -> None:
        """Insist that nothing is a reward: only then is a window's smallest sum the best."""
        if min(self.day_off_ideal, self.other_practitioner, self.other_device) < 0:
            raise ValueError("A cost is not negative.")
