"""The calendar file of a feed: the time, and no more of what it is for than was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, vDuration

from corneum.clinic.calendars.zones import described, in_wall_time
from corneum.domain.scheduling.wall import instant_of

FORMAT = "1"  # one up when the file is written otherwise: what programs have kept is then fetched anew
LONGEST_LINE = 75  # bytes
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
    frame = bytes(calendar.to_ical())
    lines = [line for entry in entries for line in _lines(entry, zone)]
    end = b"END:VCALENDAR"
    return frame[: frame.rindex(end)] + "".join(f"{line}\r\n" for line in lines).encode() + end + b"\r\n"


def _lines(entry: Entry, zone: str) -> list[str]:
    """Write one entry by hand: a clinic's half year has thousands, and the library takes milliseconds over each."""
    changed = f"{entry.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return [
        "BEGIN:VEVENT",
        *_folded(f"UID:{entry.ref}{our_uids()}"),
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"DTSTART{_moment(entry.starts, zone)}",
        f"DTEND{_moment(entry.ends, zone)}",
        *_folded(f"SUMMARY:{_escaped(entry.summary)}"),
        *(_folded(f"LOCATION:{_escaped(entry.where)}") if entry.where else ()),
        f"STATUS:{'TENTATIVE' if entry.is_request else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _moment(minute: int, zone: str) -> str:
    moment = in_wall_time(instant_of(minute), zone)
    return f":{moment:%Y%m%dT%H%M%SZ}" if moment.tzinfo is UTC else f";TZID={zone}:{moment:%Y%m%dT%H%M%S}"


def _escaped(words: str) -> str:
    """Write text as RFC 5545, 3.3.11 has it."""
    for character, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\r", "\\n"),
        ("\n", "\\n"),
    ):
        words = words.replace(character, written)
    return words


def _folded(line: str) -> list[str]:
    """Cut a line at 75 bytes, never within a letter (RFC 5545, 3.1)."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += width
    return pieces
