"""
What follows a signature, in its own transaction: aftercare, check-ins, the next session. Areas above add it.

    @follows("aftercare")
    def send_aftercare(record: VisitRecord, by: Actor, at: datetime) -> None: …

Each is called after the record was written and before its event; what it queues leaves with the signature or not
at all. A refusal that it raises takes the signature back, so it raises none for what can be cured afterwards.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from corneum.platform.accounts.actors import Actor

if TYPE_CHECKING:
    from corneum.clinic.records.models import VisitRecord

Follower = Callable[["VisitRecord", Actor, datetime], None]
_followers: dict[str, Follower] = {}


def follows(name: str) -> Callable[[Follower], Follower]:
    """Call this too whenever a visit is signed."""

    def decorate(follower: Follower) -> Follower:
        _followers[name] = follower
        return follower

    return decorate


def followers() -> list[tuple[str, Follower]]:
    """List what follows, by name, so that the order is always the same."""
    return sorted(_followers.items())
