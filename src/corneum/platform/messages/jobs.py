"""Sending what was queued."""

import time
from datetime import datetime, timedelta
from typing import Any

from corneum.platform.jobs.registry import handler
from corneum.platform.messages import delivery


def abandon(payload: dict[str, Any], _at: datetime) -> None:
    """Show staff a message that our own fault has kept from leaving."""
    delivery.abandon(payload["ref"])


@handler("messages.send", commits_itself=True, given_up=abandon)
def send(payload: dict[str, Any], at: datetime) -> None:
    """Send one message, or find out what became of it."""
    began = time.monotonic()

    def now() -> datetime:  # handing over takes time, and what is written after it must not say before
        return at + timedelta(seconds=time.monotonic() - began)

    delivery.deliver(payload["ref"], give_up_at=datetime.fromisoformat(payload["give_up_at"]), clock=now)
