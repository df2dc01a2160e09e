"""The calendar file of an appointment: it says where and when, and never what for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"  # RFC 5546, 3.2
DAYS_OF_ZONE = 370  # how much of the zone's history goes into the file, on either side of the appointment


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What a calendar is told about one appointment.

    `uid` never changes and `sequence` rises with every change, so that a calendar replaces the
    entry that it has. `attendee` is the patient's e-mail address, in a file sent to that address.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    clinic: str
    clinic_email: str
    clinic_phone: str
    where: str
    url: str
    is_cancelled: bool = False
    attendee: str = ""


def calendar_file(entry: Entry, *, method: str, at: datetime) -> str:
    """
    Write the calendar file of one appointment.

    :param method: PUBLISH for a file to keep; REQUEST and CANCEL for one sent with a message
    :param at: when it is written
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Corneum//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone(entry.zone, entry.starts_at))
    calendar.add_component(_event(entry, method=method, at=at))
    return str(calendar.to_ical(), "utf-8")


def _event(entry: Entry, *, method: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", _moment(entry.starts_at, entry.zone))
    event.add("dtend", _moment(entry.ends_at, entry.zone))
    # A calendar is seen by colleagues and families: the name of the treatment is nobody's business.
    event.add("summary", f"{entry.clinic}, appointment")
    event.add("location", entry.where)
    event.add("url", entry.url)
    event.add("description", f"Move or cancel: {entry.url}\nOr call {entry.clinic_phone}")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("organizer", _person(entry.clinic_email, name=entry.clinic))
    if entry.attendee and method != PUBLISH:
        patient = _person(entry.attendee)
        patient.params.update({"partstat": vText("ACCEPTED"), "rsvp": vText("FALSE")})
        event.add("attendee", patient, encode=False)
    if not entry.is_cancelled:
        event.add_component(_reminder())
    return event


def _moment(instant: datetime, zone: str) -> datetime:
    """Say a moment in wall time, or in UTC in the doubled hour of autumn, whose wall time names the first one only."""
    wall = instant.astimezone(ZoneInfo(zone))
    return instant.astimezone(UTC) if wall.fold else wall


def _person(email: str, *, name: str = "") -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["cn"] = vText(name)
    return address


def _reminder() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(hours=-2))
    alarm.add("description", "Appointment in 2 hours")
    return alarm


def _zone(name: str, near: datetime) -> Timezone:
    """
    Describe the zone around this moment, each change of the clocks at the wall time *before* it.

    Written here because the library dates a change forward by the wall time after it, which puts
    the first hour of summer time into winter (RFC 5545, 3.6.5).
    """
    zone = ZoneInfo(name)
    first = near - timedelta(days=DAYS_OF_ZONE)
    described = Timezone()
    described.add("tzid", name)
    described.add_component(_observance(first, before=first, zone=zone))
    for before, after in _changes(zone, first, near + timedelta(days=DAYS_OF_ZONE)):
        described.add_component(_observance(after, before=before, zone=zone))
    return described


def _observance(onset: datetime, *, before: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    here, there = onset.astimezone(zone), before.astimezone(zone)
    observance = TimezoneDaylight() if here.dst() else TimezoneStandard()
    observance.add("dtstart", (onset.astimezone(UTC) + (there.utcoffset() or timedelta())).replace(tzinfo=None))
    observance.add("tzoffsetfrom", there.utcoffset())
    observance.add("tzoffsetto", here.utcoffset())
    observance.add("tzname", here.tzname())
    return observance


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Find every change of the clocks: the last minute before it, and the first after."""
    step, minute = timedelta(days=1), timedelta(minutes=1)
    earlier = first.astimezone(UTC).replace(second=0, microsecond=0)
    while earlier < last:
        later = earlier + step
        if earlier.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            before, after = earlier, later
            while after - before > minute:
                middle = before + (after - before) // (2 * minute) * minute
                if middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
                    before = middle
                else:
                    after = middle
            yield before, after
        earlier = later
