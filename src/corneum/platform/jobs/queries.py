"""How the work stands: for the desk, for `corneum check`, and for the machines that ask."""

from datetime import datetime, timedelta

from corneum.platform.jobs.models import Job, Turn

HEARTBEAT = "worker"  # the Turn whose moment says until when a worker's word is good
GOOD_FOR = timedelta(minutes=3)  # a worker busy with one slow mail server is alive


def worker_is_running(at: datetime) -> bool:
    """Say whether a worker has been heard of in the last three minutes."""
    return Turn.objects.filter(name=HEARTBEAT, next_at__gt=at).exists()


def worker_last_seen_at() -> datetime | None:
    """Say when a worker was last heard of, or None if never."""
    until = Turn.objects.filter(name=HEARTBEAT).values_list("next_at", flat=True).first()
    return until - GOOD_FOR if until else None


def given_up_count() -> int:
    """Count the jobs that were tried too often and now need a person."""
    return Job.objects.filter(state=Job.State.DEAD).count()
