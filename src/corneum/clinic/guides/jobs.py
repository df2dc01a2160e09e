"""What the clock does for the public pages."""

from datetime import datetime

from corneum.clinic.guides.finding import renew_index
from corneum.platform.jobs.registry import every


@every(minutes=5)
def keep_index(_at: datetime) -> None:
    """Let the search find what was published, changed or taken away since."""
    renew_index()
