"""What the clock does for the waiting list."""

from datetime import datetime, timedelta
from typing import Any

from corneum.clinic.waiting import actions, queries
from corneum.clinic.waiting.closing import OFFERING, ask_for_offers
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import daily, every, handler

ENDED_KEPT = timedelta(days=14)  # so that the desk can still say what became of somebody
WORKER = Actor.system("worker")


@every(minutes=1)
def look_for_freed_times(at: datetime) -> None:
    """
    Have each clinic where somebody waits look for what is free, in a job of its own.

    Nothing is looked for here: what fails at one clinic is that clinic's job, and keeps no other's.

    However a time came free, cancelled, moved, no longer held, or hours added, it is found by
    looking: so there is no way of freeing one that this could miss.
    """
    for clinic in queries.clinics_waited_at():
        ask_for_offers(clinic, key=f"{clinic.ref}:{at:%Y%m%d%H%M}", at=at)


@handler(OFFERING)
def offer_freed_times(payload: dict[str, Any], at: datetime) -> None:
    """Close what is over at a clinic, and offer what is free."""
    clinic = queries.clinic_called(payload["clinic"])
    actions.expire_offers(clinic=clinic, by=WORKER, at=at)
    actions.offer_freed_times(clinic=clinic, by=WORKER, at=at)


@daily(at="03:25", zone="Europe/London")
def forget_waits(at: datetime) -> None:
    """Delete what people typed whose wait ended a fortnight ago."""
    actions.forget_waits(waits=queries.waits_to_forget(ended_before=at - ENDED_KEPT), by=WORKER, at=at)
