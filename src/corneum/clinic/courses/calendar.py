"""One calendar file for several appointments."""

from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar

from corneum.clinic.booking.ics import Entry, calendar_file


def calendar_of(entries: Sequence[Entry], *, method: str, at: datetime) -> str:
    """
    Write several appointments into one file, each as it would stand in a file of its own.

    Each keeps its own UID, so what is sent about one of them later changes that one. For that the
    method is PUBLISH or CANCEL: a REQUEST may speak of one UID only (RFC 5546, 3.2.2).
    """
    files = [Calendar.from_ical(calendar_file(entry, method=method, at=at)) for entry in entries]
    whole, *others = files
    for other in others:
        for event in other.walk("VEVENT"):
            whole.add_component(event)
    return str(whole.to_ical(), "utf-8")
