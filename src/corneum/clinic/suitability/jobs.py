"""What the clock does: look again when the rules change, and forget what was never sent."""

from datetime import datetime
from typing import Any

from corneum.clinic.suitability import actions, queries
from corneum.clinic.suitability.reopening import REOPENING
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import daily, handler

WORKER = Actor.system("worker")


@handler(REOPENING)
def reopen(payload: dict[str, Any], at: datetime) -> None:
    """Open the answers again of which the rules in force say something new."""
    actions.reopen_screenings(clinic=queries.clinic_called(payload["clinic"]), by=WORKER, at=at)


@daily(at="03:35", zone="Europe/London")
def forget_screenings(at: datetime) -> None:
    """Delete what was typed into forms that were never sent and whose links have ended."""
    actions.forget_screenings(screenings=queries.screenings_to_forget(expired_before=at), by=WORKER, at=at)
