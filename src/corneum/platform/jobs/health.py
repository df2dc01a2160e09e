"""What /readyz asks of the worker."""

from datetime import datetime

from corneum.platform.jobs.queries import worker_is_running
from corneum.platform.ui.health import healthy


@healthy("worker")
def worker_is_heard_of(at: datetime) -> str:
    """Find that a worker is at work."""
    if worker_is_running(at):
        return ""
    return "No worker has been heard of for 3 minutes: messages wait, and held times are not freed."
