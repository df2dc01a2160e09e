"""Asking for a calendar to be fetched."""

from datetime import datetime

from corneum.clinic.calendars.models import Fetch
from corneum.platform.jobs.queueing import queue

KIND = "calendars.fetch"


def queue_fetch(fetch: Fetch, at: datetime) -> None:
    """This will queue the next fetch of a calendar, once however often it is asked for."""
    ref = fetch.calendar.ref
    queue(
        key=f"calendar:{ref}:{fetch.next_at.timestamp():.6f}",
        kind=KIND,
        payload={"ref": ref},
        due_at=fetch.next_at,
        at=at,
    )


def queue_due_fetches(at: datetime) -> int:
    """This will queue the fetches of all calendars that are due, and answer with how many those are."""
    due = list(Fetch.objects.filter(next_at__lte=at).select_related("calendar").order_by("next_at"))
    for fetch in due:
        queue_fetch(fetch, at)
    return len(due)
