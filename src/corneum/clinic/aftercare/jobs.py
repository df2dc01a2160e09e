"""What the clock does around visits."""

from contextlib import suppress
from datetime import datetime

from corneum.clinic.aftercare import actions, queries
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import every

WORKER = Actor.system("worker")


@every(minutes=1)
def tell_what_to_do(at: datetime) -> None:
    """Give what to do to whoever was just treated, and how to prepare to whoever has just booked."""
    for visit in queries.to_be_told_after(at):
        with suppress(actions.NotDone, actions.NoTextApproved):  # taken back at this moment
            actions.send_aftercare(appointment=visit, by=WORKER, at=at)
    for visit in queries.to_be_told_before(at):
        with suppress(actions.NotBooked, actions.NoTextApproved):  # cancelled, or moved to now
            actions.send_precare(appointment=visit, by=WORKER, at=at)
