"""The calendar file of a feed: the time, and no more of what it is for than was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDuration

from corneum.clinic.calendars.zones import described, in_wall_time
from corneum.domain.scheduling.wall import instant_of

FORMAT = "1"  # one up when the file is written otherwise: what programs have kept is then fetched anew
LOOK_AGAIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What a feed says of one appointment.

    `changed_at` is when anything was last done to it; `sequence` rises when it moves.
    """

    ref: str
    sequence: int
    starts: int
    ends: int
    is_request: bool
    changed_at: datetime
    summary: str
    where: str = ""


def our_uids() -> str:
    """Say how the names of all entries in our feeds end."""
    return f"-diary@{urlsplit(settings.SITE_URL).hostname}"


def fingerprint(entries: Iterable[Entry], *, name: str, zone: str, at: datetime) -> str:
    """Say in one word what a file would hold, without writing it."""
    return sha256(repr((FORMAT, our_uids(), name, zone, at.year, list(entries))).encode()).hexdigest()[:32]


def feed_file(entries: Sequence[Entry], *, name: str, zone: str, at: datetime) -> bytes:
    """
    Write a feed's calendar file. The same entries are the same bytes, whenever they are written.

    :param name: what the calendar program calls the calendar
    :param at: now, near which the zone is described
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Corneum//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    # Described around the middle of the year: the file is then the same from one day to the next.
    calendar.add_component(described(zone, datetime(at.year, 7, 1, tzinfo=UTC)))
    for entry in entries:
        calendar.add_component(_event(entry, zone))
    return bytes(calendar.to_ical())


def _event(entry: Entry, zone: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.ref}{our_uids()}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("dtstart", in_wall_time(instant_of(entry.starts), zone))
    event.add("dtend", in_wall_time(instant_of(entry.ends), zone))
    event.add("summary", entry.summary)
    if entry.where:
        event.add("location", entry.where)
    event.add("status", "TENTATIVE" if entry.is_request else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    return event
