"""The calendar file of an appointment: it says where and when, and never what for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from corneum.clinic.calendars.zones import described, in_wall_time

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"  # RFC 5546, 3.2


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
    is_tentative: bool = False  # only asked for: the clinic has not answered yet
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
    calendar.add_component(described(entry.zone, entry.starts_at))
    calendar.add_component(_event(entry, method=method, at=at))
    return str(calendar.to_ical(), "utf-8")


def _event(entry: Entry, *, method: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", in_wall_time(entry.starts_at, entry.zone))
    event.add("dtend", in_wall_time(entry.ends_at, entry.zone))
    # A calendar is seen by colleagues and families: the name of the treatment is nobody's business.
    event.add("summary", f"{entry.clinic}, appointment")
    event.add("location", entry.where)
    event.add("url", entry.url)
    what = "Asked for, not booked yet. See or withdraw it" if entry.is_tentative else "Move or cancel"
    event.add("description", f"{what}: {entry.url}\nOr call {entry.clinic_phone}")
    event.add("status", _status(entry))
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("organizer", _person(entry.clinic_email, name=entry.clinic))
    if entry.attendee and method != PUBLISH:
        patient = _person(entry.attendee)
        patient.params.update(
            {"partstat": vText("TENTATIVE" if entry.is_tentative else "ACCEPTED"), "rsvp": vText("FALSE")}
        )
        event.add("attendee", patient, encode=False)
    if not (entry.is_cancelled or entry.is_tentative):
        event.add_component(_reminder())
    return event


def _status(entry: Entry) -> str:
    """Say how the time stands (RFC 5545, 3.8.1.11)."""
    if entry.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"


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
