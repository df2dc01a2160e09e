"""What the floor below cannot ask for itself: accounts stands under the timetable."""

from datetime import datetime

from corneum.platform.accounts import limits, sittings
from corneum.platform.jobs.registry import every


@every(minutes=60)
def forget_counts_of_tries(at: datetime) -> None:
    """Delete counts that no longer count."""
    limits.sweep(at=at)


@every(minutes=60)
def forget_ended_sittings(at: datetime) -> None:
    """Delete the sessions whose time is over."""
    sittings.sweep(at=at)
