"""What /readyz asks of the outbox."""

from datetime import datetime, timedelta

from corneum.platform.messages.queries import oldest_unsent_at, texts_are_held_back
from corneum.platform.ui.health import healthy

LONG = timedelta(minutes=15)


@healthy("outbox")
def messages_leave(at: datetime) -> str:
    """Find that no message has been waiting for long after it was due."""
    since = oldest_unsent_at(at)
    if since is None or at - since <= LONG:
        return ""
    return f"A message that was due has been waiting for {(at - since) // timedelta(minutes=1)} minutes."


@healthy("texts")
def texts_are_below_the_ceiling(at: datetime) -> str:
    """Find that no text waits because as many as may leave within a day have left."""
    return "Text messages wait: the day's ceiling is reached." if texts_are_held_back(at) else ""
