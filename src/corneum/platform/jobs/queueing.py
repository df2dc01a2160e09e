"""Asking for work: in the same transaction as the reason for it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from corneum.platform.jobs.models import Job


def queue(*, key: str, kind: str, payload: dict[str, Any], due_at: datetime, at: datetime) -> Job:
    """
    Ask for a piece of work, at or after a moment, once.

    The same key twice is one job, and the first asker's moment holds. If the transaction is taken
    back, nobody ever asked.

    :param key: what makes it this work and no other, such as message:<ref>
    :param payload: refs and moments only: never a name, never an address
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Queue work inside the transaction that wants it, or a crash between the two loses it.")
    job, _is_new = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "payload": payload, "due_at": due_at, "created_at": at}
    )
    return job


def forget_done_jobs(*, before: datetime) -> int:
    """Remove jobs that were done before a moment, and answer with how many those were."""
    removed, _by_model = Job.objects.filter(state=Job.State.DONE, done_at__lt=before).delete()
    return removed
