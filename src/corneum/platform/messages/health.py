"""What /readyz asks of the outbox."""

from datetime import datetime, timedelta

from corneum.platform.messages.queries import oldest_unsent_at
from corneum.platform.ui.health import healthy

LONG = timedelta(minutes=15)


@healthy("outbox")
def messages_leave(at: datetime) -> str:
    """Find that no message has been waiting for long after it was due."""
    since = oldest_unsent_at(at)
    if since is None or at - since <= LONG:
        return ""
    return f"A message that was due has been waiting for {(at - since) // timedelta(minutes=1)} minutes."
