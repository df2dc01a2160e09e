"""The calendar file, read back by the library."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from corneum.clinic.booking.ics import CANCEL, PUBLISH, REQUEST, Entry, calendar_file
from tests.factories.booking import event_in
from tests.factories.cast import NOW

LONDON = ZoneInfo("Europe/London")
ENTRY = Entry(
    uid="0123@alderskin.example",
    sequence=2,
    starts_at=datetime(2026, 3, 12, 9, 30, tzinfo=UTC),
    ends_at=datetime(2026, 3, 12, 10, 0, tzinfo=UTC),
    zone="Europe/London",
    clinic="Alder Skin Clinic",
    clinic_email="hello@alderskin.example",
    clinic_phone="0161 496 0000",
    where="Alder Skin Clinic, 14 Alder Row, Manchester M1 1AA",
    url="https://alderskin.example/b/secret/",
    attendee="hannah@mail.example",
)


def read(entry: Entry, method: str = REQUEST) -> tuple[Any, Any]:
    """Write the file and read it back: the calendar, and its one event."""
    file = calendar_file(entry, method=method, at=NOW)
    return Calendar.from_ical(file), event_in(file)


def starting(instant: datetime, zone: str = "Europe/London") -> Entry:
    """Make an entry of half an hour."""
    return replace(ENTRY, starts_at=instant, ends_at=instant + timedelta(minutes=30), zone=zone)


def test_calendar_file_says_when_where_and_how_to_change_it():
    _, event = read(ENTRY)

    assert event["DTSTART"].dt == ENTRY.starts_at
    assert event["DTEND"].dt == ENTRY.ends_at
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert str(event["LOCATION"]) == ENTRY.where
    assert str(event["URL"]) == ENTRY.url
    assert str(event["ORGANIZER"]) == "mailto:hello@alderskin.example"
    assert event["DTSTAMP"].dt == NOW


def test_calendar_file_never_says_what_for():
    _, event = read(ENTRY)

    assert str(event["SUMMARY"]) == "Alder Skin Clinic, appointment"
    assert str(event["CLASS"]) == "PRIVATE"


def test_calendar_file_can_be_put_in_place_of_an_older_one():
    _, event = read(ENTRY)

    assert (str(event["UID"]), event["SEQUENCE"]) == ("0123@alderskin.example", 2)


@pytest.mark.parametrize(
    ("method", "is_cancelled", "status", "alarms"),
    [(REQUEST, False, "CONFIRMED", 1), (CANCEL, True, "CANCELLED", 0), (PUBLISH, False, "CONFIRMED", 1)],
)
def test_calendar_file_has_the_method_and_the_status_of_what_happened(method, is_cancelled, status, alarms):
    calendar, event = read(replace(ENTRY, is_cancelled=is_cancelled), method)

    assert (str(calendar["METHOD"]), str(event["STATUS"])) == (method, status)
    assert len(event.walk("VALARM")) == alarms


def test_calendar_file_names_the_patients_address_only_where_it_is_sent_to():
    _, sent = read(ENTRY, REQUEST)
    _, published = read(ENTRY, PUBLISH)

    assert str(sent["ATTENDEE"]) == "mailto:hannah@mail.example"
    assert "ATTENDEE" not in published


@pytest.mark.parametrize(
    "wall",
    [
        datetime(2026, 3, 28, 9, 30, tzinfo=LONDON),  # the day before summer time begins
        datetime(2026, 3, 29, 9, 30, tzinfo=LONDON),
        datetime(2026, 3, 30, 9, 30, tzinfo=LONDON),
        datetime(2026, 10, 24, 9, 30, tzinfo=LONDON),  # the day before it ends
        datetime(2026, 10, 25, 9, 30, tzinfo=LONDON),
        datetime(2026, 10, 26, 9, 30, tzinfo=LONDON),
        datetime(2026, 3, 29, 2, 15, tzinfo=LONDON),  # in the first hour of summer time
        datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON),  # in the doubled hour, the second time round
    ],
)
def test_calendar_file_means_the_same_instant_on_both_sides_of_a_change_of_the_clocks(wall):
    """Easy!Appointments #962: the file is an hour out in summer time."""
    instant = wall.astimezone(UTC)

    _, event = read(starting(instant))

    assert event["DTSTART"].dt.astimezone(UTC) == instant
    assert event["DTEND"].dt.astimezone(UTC) == instant + timedelta(minutes=30)


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_calendar_file_describes_the_zone_itself_for_whoever_does_not_know_it(day, hour):
    instant = datetime.combine(day, time(hour, 15), UTC)
    file = calendar_file(starting(instant), method=PUBLISH, at=NOW).replace("Europe/London", "Alder Time")

    assert event_in(file)["DTSTART"].dt.astimezone(UTC) == instant


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Dublin",  # whose law calls winter the exception
        "Africa/Casablanca",  # an hour back for one month
        "America/St_Johns",  # half an hour off
        "Asia/Kathmandu",  # three quarters off, and never changed
        "Australia/Lord_Howe",  # changes by half an hour
        "Pacific/Chatham",  # three quarters off, in the southern summer
        "Antarctica/Troll",  # changes by two hours
        "Pacific/Apia",  # on the other side of the date line
    ],
)
def test_calendar_file_means_the_same_instant_in_unusual_zones(zone):
    for month in (1, 4, 7, 10):
        instant = datetime(2026, month, 20, 12, 45, tzinfo=UTC)

        _, event = read(starting(instant, zone))

        assert event["DTSTART"].dt.astimezone(UTC) == instant
