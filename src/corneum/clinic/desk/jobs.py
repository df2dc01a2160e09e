"""What the clock does for the desk: in the evening it makes the next day's pack ready."""

from contextlib import suppress
from datetime import datetime

from corneum.clinic.desk import actions, queries
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import every


@every(minutes=5)
def make_packs(at: datetime) -> None:
    """Make the packs that are due; a day without visits has none, until somebody books."""
    for clinic, day in queries.packs_due(at):
        with suppress(actions.PackMade):
            actions.make_pack(clinic=clinic, day=day, by=Actor.system("worker"), at=at)
