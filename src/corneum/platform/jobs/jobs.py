"""The queue's own housekeeping."""

from datetime import datetime, timedelta

from corneum.platform.jobs import queueing
from corneum.platform.jobs.registry import daily

KEPT = timedelta(days=90)


@daily(at="03:40", zone="Europe/London")
def forget_done_jobs(at: datetime) -> None:
    """Remove what was done three months ago."""
    queueing.forget_done_jobs(before=at - KEPT)
