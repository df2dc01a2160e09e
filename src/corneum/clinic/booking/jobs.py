"""What the clock does for the journey."""

from datetime import datetime, timedelta

from corneum.clinic.booking import actions, queries
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import daily

UNFINISHED_KEPT = timedelta(days=1)  # as the page that asks for details says
EMPTY_KEPT = timedelta(days=30)  # a draft that led somewhere holds nothing that was typed


@daily(at="03:20", zone="Europe/London")
def forget_drafts(at: datetime) -> None:
    """Delete what was typed on the way to an appointment that was never made."""
    drafts = queries.drafts_to_forget(unfinished_before=at - UNFINISHED_KEPT, any_before=at - EMPTY_KEPT)
    actions.forget_drafts(drafts=drafts, by=Actor.system("worker"), at=at)
