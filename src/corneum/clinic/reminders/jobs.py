"""What the clock does: it looks every minute which reminders are due."""

from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from corneum.clinic.reminders import actions, queries
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.queueing import queue
from corneum.platform.jobs.registry import daily, every, handler

KIND = "reminders.remind"
AT_ONCE = 300  # a minute; the others follow in the next one, and pages are served between


@every(minutes=1)
def queue_reminding(at: datetime) -> None:
    """Ask for the reminders that are due, if there are any."""
    if next(queries.due_reminders(at), None) is not None:
        queue(key=f"reminders:{at:%Y%m%dT%H%M}", kind=KIND, payload={}, due_at=at, at=at)


@handler(KIND, commits_itself=True)
def remind(_payload: dict[str, Any], at: datetime) -> None:
    """Send what is due, each in a transaction of its own: begun twice, each is sent once."""
    for visit, step in islice(list(queries.due_reminders(at)), AT_ONCE):
        with suppress(actions.AlreadyReminded, actions.NotDueYet):
            actions.remind_patient(appointment=visit, step=step, by=Actor.system("worker"), at=at)


@daily(at="03:50", zone="Europe/London")
def forget_questions(at: datetime) -> None:
    """Delete the numbers that were asked which visit they confirm."""
    actions.forget_questions(by=Actor.system("worker"), at=at)
