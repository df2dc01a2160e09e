"""Sending what was queued."""

from datetime import UTC, datetime
from typing import Any

from corneum.platform.jobs.registry import handler
from corneum.platform.messages import delivery


def abandon(payload: dict[str, Any], _at: datetime) -> None:
    """Show staff a message that our own fault has kept from leaving."""
    delivery.abandon(payload["ref"])


@handler("messages.send", commits_itself=True, given_up=abandon)
def send(payload: dict[str, Any], _at: datetime) -> None:
    """Send one message, or find out what became of it."""
    delivery.deliver(
        payload["ref"],
        give_up_at=datetime.fromisoformat(payload["give_up_at"]),
        clock=lambda: datetime.now(UTC),  # handing over takes time: what is written after it must not say before
    )
