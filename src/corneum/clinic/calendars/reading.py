"""
What is busy in somebody else's calendar file. No title, no place and no person in it is so much as parsed.

Run as a program (`python -m corneum.clinic.calendars.reading`), it reads a file from its standard input and answers
in JSON: a stranger's file is read in a process of its own (following.py), which may be ended when it takes too long.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from recurring_ical_events import of

from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.interval import Interval, merge
from corneum.domain.scheduling.wall import EPOCH, MINUTE, day_window, instant_of, local, minute_of

MOST_SPANS = 5_000
NEAR = timedelta(days=2)  # an entry's own date may be this far from ours, whatever the zones
KEPT = frozenset(
    [
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "STATUS",
        "TRANSP",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    ]
)
TOO_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY)", re.IGNORECASE)
DAY = re.compile(r"\d{8}")
UNTIL = re.compile(r"UNTIL=(\d{8})", re.IGNORECASE)

Entry = list[str]  # the lines of one VEVENT, those that are kept


class NotACalendar(ClinicError):
    """What came from this address is not a whole calendar file."""


class TooMuch(ClinicError):
    """There is more in this calendar than Corneum can read."""


class Reading(NamedTuple):
    """The busy minutes of a file, in order and apart, and how many of its entries could not be understood."""

    spans: list[Interval]
    unread: int


def read(file: bytes, *, window: Interval, zone: str, ours: str = "") -> Reading:
    """
    Find what is busy in a calendar file, within a window.

    What is free, cancelled or shown as free does not count. A repeated entry is expanded in its own zone, with its
    exceptions; whole days and times without a zone are read in `zone`.

    :param ours: how the names of entries from our own feeds end; those are in our diary already
    :raises NotACalendar: it is no calendar, or a piece of one
    :raises TooMuch: there are thousands of separate busy times in it
    """
    zones, entries = _take_apart(file)
    wanted, unread = _worth_reading(entries, _days_near(window, zone), ours)
    spans: list[Interval] = []
    for series, could_be_read in _series(zones, wanted):
        unread += not could_be_read
        try:
            spans += _busy(series, window, zone)
        except Exception:  # noqa: BLE001 -- one entry that makes no sense must not hide the others
            unread += could_be_read
    merged = merge(spans)
    if len(merged) > MOST_SPANS:
        raise TooMuch
    return Reading(merged, unread)


def _take_apart(file: bytes) -> tuple[list[str], list[Entry]]:
    """Sort the lines of a file into its zones and its entries, and leave out all that we need not know."""
    text = file.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = re.sub(r"\n[ \t]", "", text).strip().split("\n")
    if lines[0].strip().upper() != "BEGIN:VCALENDAR" or lines[-1].strip().upper() != "END:VCALENDAR":
        raise NotACalendar
    zones: list[str] = []
    entries: list[Entry] = []
    within: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        name, value = name.strip().upper(), value.strip().upper()
        if name == "BEGIN":
            within.append(value)
            if within[-1:] == ["VEVENT"]:
                entries.append([])
        if "VTIMEZONE" in within:
            zones.append(line)
        elif within[-1:] == ["VEVENT"] and name.partition(";")[0] in KEPT:
            entries[-1].append(line)
        if name == "END" and (not within or within.pop() != value):
            raise NotACalendar
    if within:
        raise NotACalendar
    return zones, entries


def _worth_reading(entries: Iterable[Entry], near: tuple[str, str], ours: str) -> tuple[dict[str, list[Entry]], int]:
    """Group the entries by their name, and leave out those that cannot reach into the window, or are our own."""
    series: dict[str, list[Entry]] = defaultdict(list)
    for number, entry in enumerate(entries):
        series[_value(entry, "UID") or f"nameless {number}"].append(entry)
    wanted, too_often = {}, 0
    for name, versions in series.items():
        if (ours and name.endswith(ours)) or not any(_may_reach(entry, near) for entry in versions):
            continue
        if any(TOO_OFTEN.search(_value(entry, "RRULE")) for entry in versions):
            too_often += 1
            continue
        wanted[name] = versions
    return wanted, too_often


def _may_reach(entry: Entry, near: tuple[str, str]) -> bool:
    """Look at the days alone, as digits: most of a calendar is history."""
    first, last = near
    days = [day for name in ("DTSTART", "DTEND", "RDATE") for day in DAY.findall(_value(entry, name))]
    if days and min(days) > last:
        return False
    if _value(entry, "DURATION"):
        return True
    if rule := _value(entry, "RRULE"):
        until = UNTIL.search(rule)
        return not until or max(until[1], *days, "0") >= first
    return not days or max(days) >= first


def _days_near(window: Interval, zone: str) -> tuple[str, str]:
    first, last = local(window.starts, zone) - NEAR, local(window.ends, zone) + NEAR
    return f"{first:%Y%m%d}", f"{last:%Y%m%d}"


def _value(entry: Entry, wanted: str) -> str:
    """Read a property, of several the last; all that are called RDATE together."""
    values = [line.partition(":")[2] for line in entry if line.upper().startswith((f"{wanted}:", f"{wanted};"))]
    return " ".join(values) if wanted == "RDATE" else (values[-1].strip() if values else "")


def _series(zones: Sequence[str], wanted: dict[str, list[Entry]]) -> Iterator[tuple[Component, bool]]:
    """Parse the entries, and hand each over with its exceptions, and whether every line of it made sense."""
    lines = ["BEGIN:VCALENDAR", *zones]
    for versions in wanted.values():
        for entry in versions:
            lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    try:
        parsed = Calendar.from_ical("\r\n".join([*lines, "END:VCALENDAR", ""]))
    except ValueError as broken:
        raise NotACalendar from broken
    events = iter(parsed.walk("VEVENT"))
    for versions in wanted.values():
        calendar = Calendar()
        for event in (found := [next(events) for _ in versions]):
            calendar.add_component(event)
        yield calendar, all(not event.errors and "DTSTART" in event for event in found)


def _busy(series: Component, window: Interval, zone: str) -> Iterator[Interval]:
    """Expand one entry with its repetitions and exceptions into busy time within the window."""
    first, last = instant_of(window.starts) - NEAR, instant_of(window.ends) + NEAR
    for event in of(series).between(first, last):
        if _is_free(event):
            continue
        span = _span(event["DTSTART"].dt, event["DTEND"].dt, zone)
        cut = Interval(max(span.starts, window.starts), min(span.ends, window.ends))
        if cut.minutes:
            yield cut


def _is_free(event: Any) -> bool:
    return (
        str(event.get("STATUS", "")).upper() == "CANCELLED"
        or str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    )


def _span(starts: date, ends: date, zone: str) -> Interval:
    """Say an entry's time in whole minutes, rounded outwards; a day is a day of the clinic's own clock."""
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return day_window(starts, max(starts, ends - timedelta(days=1)), zone)
    begins, stops = _instant(starts, zone), _instant(ends, zone)
    return Interval(minute_of(begins), -((EPOCH - stops) // MINUTE))


def _instant(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _main() -> int:
    """Read a file as told by the arguments, within bounds, and answer in JSON."""
    _, zone, starts, ends, ours = sys.argv
    try:
        reading = read(sys.stdin.buffer.read(), window=Interval(int(starts), int(ends)), zone=zone, ours=ours)
    except ClinicError as refusal:
        answer: dict[str, Any] = {"refused": type(refusal).__name__}
    else:
        answer = {"spans": reading.spans, "unread": reading.unread}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
