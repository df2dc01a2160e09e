"""What the clock does to the diary."""

from datetime import datetime

from corneum.clinic.diary import actions
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import every


@every(minutes=1)
def release_expired_holds(at: datetime) -> None:
    """Let go of the times that were kept long enough. They block nobody meanwhile: this is tidying."""
    actions.release_expired_holds(by=Actor.system("worker"), at=at)
