"""What the clock and the outbox do for foreign calendars."""

from datetime import datetime
from typing import Any

from corneum.clinic.calendars import due, following
from corneum.platform.jobs.registry import every, handler


@every(minutes=5)
def queue_fetches(at: datetime) -> None:
    """Ask for every calendar that is due."""
    due.queue_due_fetches(at)


def give_up(payload: dict[str, Any], at: datetime) -> None:
    """Tell the calendar's page of a fault of our own."""
    following.give_up(payload["ref"], at=at)


@handler(due.KIND, commits_itself=True, given_up=give_up)
def fetch(payload: dict[str, Any], at: datetime) -> None:
    """Fetch one calendar, and keep what is busy in it."""
    following.follow(payload["ref"], at=at)
