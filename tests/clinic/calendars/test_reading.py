"""What is busy in other people's calendar files: zones, clocks, repetition, and files that are broken."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.clinic.calendars.reading import NotACalendar, Reading, TooMuch, read
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import day_window, local, minute_of

LONDON = "Europe/London"
SPRING = day_window(date(2026, 3, 20), date(2026, 4, 10), LONDON)  # the clocks go forward on 29 March
AUTUMN = day_window(date(2026, 10, 16), date(2026, 11, 6), LONDON)  # and back on 25 October
OWN_RULES = """BEGIN:VTIMEZONE
TZID:Where we live
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE"""


def event(*lines: str, uid: str = "one@example.org") -> str:
    """Write one entry."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Dentist", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    """Write a calendar file as servers do: its lines end in CRLF."""
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Else//EN", *parts, "END:VCALENDAR", ""]
    return "\r\n".join("\n".join(whole).split("\n")).encode()


def busy(*parts: str, window: Interval = SPRING, zone: str = LONDON) -> list[str]:
    """Read a calendar, and write its busy time as people in the zone read it."""
    return walls(read(calendar(*parts), window=window, zone=zone), zone)


def walls(reading: Reading, zone: str = LONDON) -> list[str]:
    """Write busy time as people in a zone read it."""
    return [f"{local(starts, zone):%m-%d %H:%M}/{local(ends, zone):%m-%d %H:%M}" for starts, ends in reading.spans]


def test_a_single_entry_is_busy_from_its_start_to_its_end():
    assert busy(event("DTSTART;TZID=Europe/London:20260324T090000", "DTEND;TZID=Europe/London:20260324T103000")) == [
        "03-24 09:00/03-24 10:30"
    ]


@pytest.mark.parametrize("zones", ["", OWN_RULES])
@pytest.mark.parametrize("window", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_weekly_entry_stays_at_its_hour_on_the_wall_across_both_clock_changes(zones, window):
    zone = "Where we live" if zones else LONDON
    weekly = event(f"DTSTART;TZID={zone}:20250106T090000", f"DTEND;TZID={zone}:20250106T100000", "RRULE:FREQ=WEEKLY")

    found = read(calendar(*filter(None, [zones, weekly])), window=window, zone=LONDON)

    assert {(f"{local(starts, LONDON):%a %H:%M}", ends - starts) for starts, ends in found.spans} == {("Mon 09:00", 60)}
    assert len(found.spans) == 3
    assert len({starts % 1440 for starts, _ in found.spans}) == 2  # two different hours in UTC
    assert found.unread == 0


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"])
def test_zones_of_half_and_quarter_hours_are_read_to_the_minute(zone):
    daily = event(f"DTSTART;TZID={zone}:20260301T081500", "DURATION:PT45M", "RRULE:FREQ=DAILY")
    window = day_window(date(2026, 3, 20), date(2026, 4, 10), zone)

    found = read(calendar(daily), window=window, zone=LONDON)

    assert {f"{local(starts, zone):%H:%M}/{local(ends, zone):%H:%M}" for starts, ends in found.spans} == {"08:15/09:00"}
    assert len(found.spans) == 22


def test_entry_in_utc_stays_in_utc_when_the_clocks_change():
    assert busy(event("DTSTART:20260323T090000Z", "DTEND:20260323T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2")) == [
        "03-23 09:00/03-23 10:00",
        "03-30 10:00/03-30 11:00",
    ]


def test_time_without_a_zone_is_read_on_the_clinics_clock():
    floating = event("DTSTART:20260401T100000", "DURATION:PT1H")

    assert busy(floating) == ["04-01 10:00/04-01 11:00"]
    assert busy(floating, zone="Asia/Kolkata", window=SPRING) == ["04-01 10:00/04-01 11:00"]


@pytest.mark.parametrize(
    ("day", "minutes"), [("20260328", 1440), ("20260329", 1380), ("20261025", 1500)], ids=["any", "short", "long"]
)
def test_whole_day_is_the_day_of_the_clinics_clock_however_long(day, minutes):
    whole = event(f"DTSTART;VALUE=DATE:{day}")

    [span] = read(calendar(whole), window=Interval(SPRING.starts, AUTUMN.ends), zone=LONDON).spans

    assert f"{local(span.starts, LONDON):%Y%m%d %H:%M}" == f"{day} 00:00"
    assert span.minutes == minutes


def test_several_whole_days_end_before_their_last():
    assert busy(event("DTSTART;VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260404")) == ["04-01 00:00/04-04 00:00"]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_what_is_free_or_cancelled_is_not_busy(line):
    assert busy(event("DTSTART:20260401T100000Z", "DTEND:20260401T110000Z", line)) == []


def test_tentative_is_busy():
    assert busy(event("DTSTART:20260401T090000Z", "DTEND:20260401T100000Z", "STATUS:TENTATIVE")) == [
        "04-01 10:00/04-01 11:00"
    ]


def test_exceptions_are_right_on_either_side_of_the_change():
    weekly = event(
        "DTSTART;TZID=Europe/London:20260302T090000",
        "DTEND;TZID=Europe/London:20260302T100000",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/London:20260323T090000,20260406T090000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/London:20260330T090000",
        "DTSTART;TZID=Europe/London:20260331T140000",
        "DTEND;TZID=Europe/London:20260331T143000",
    )

    assert busy(weekly, moved) == ["03-31 14:00/03-31 14:30"]


def test_one_of_a_series_that_is_cancelled_leaves_the_others():
    weekly = event("DTSTART:20260323T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    cancelled = event("RECURRENCE-ID:20260323T090000Z", "DTSTART:20260323T090000Z", "DURATION:PT1H", "STATUS:CANCELLED")

    assert busy(weekly, cancelled) == ["03-30 10:00/03-30 11:00"]


def test_one_of_an_old_series_that_was_moved_into_the_window_is_found():
    old = event("DTSTART:20250106T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20250301T000000Z")
    moved = event("RECURRENCE-ID:20250113T090000Z", "DTSTART:20260401T090000Z", "DURATION:PT1H")

    assert busy(old, moved) == ["04-01 10:00/04-01 11:00"]


def test_entries_that_touch_or_overlap_are_one_busy_time():
    assert busy(
        event("DTSTART:20260401T090000Z", "DURATION:PT1H", uid="a"),
        event("DTSTART:20260401T100000Z", "DURATION:PT1H", uid="b"),
        event("DTSTART:20260401T103000Z", "DURATION:PT2H", uid="c"),
    ) == ["04-01 10:00/04-01 13:30"]


def test_seconds_are_rounded_outwards():
    assert busy(event("DTSTART:20260401T090030Z", "DTEND:20260401T093001Z")) == ["04-01 10:00/04-01 10:31"]


def test_what_reaches_into_the_window_is_cut_to_it():
    assert busy(event("DTSTART:20260101T000000Z", "DTEND:20260321T000000Z")) == ["03-20 00:00/03-21 00:00"]


def test_history_and_what_is_far_ahead_do_not_count():
    assert (
        busy(
            event("DTSTART:20200401T090000Z", "DTEND:20200401T093000Z", uid="a"),
            event("DTSTART:20300401T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid="b"),
        )
        == []
    )


def test_entry_of_our_own_feed_is_left_out():
    ours = event("DTSTART:20260401T090000Z", "DURATION:PT1H", uid="abc-diary@clinic.example")

    assert read(calendar(ours), window=SPRING, zone=LONDON, ours="-diary@clinic.example") == Reading([], 0)


@pytest.mark.parametrize(
    "broken",
    [
        event("DTSTART:whenever", "DURATION:PT1H", uid="broken"),
        event("DURATION:PT1H", uid="broken"),
        event("DTSTART:20260402T090000Z", "RRULE:FREQ=SECONDLY", uid="broken"),
        event("DTSTART:20260402T090000Z", "RRULE:FREQ=MINUTELY;COUNT=3", uid="broken"),
    ],
)
def test_entry_that_makes_no_sense_is_counted_and_hides_no_other(broken):
    sound = event("DTSTART:20260401T090000Z", "DURATION:PT1H")

    found = read(calendar(broken, sound), window=SPRING, zone=LONDON)

    assert walls(found) == ["04-01 10:00/04-01 11:00"]
    assert found.unread == 1


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"<!doctype html><title>Sign in</title>",
        calendar(event("DTSTART:20260401T090000Z", "DURATION:PT1H"))[:-20],  # cut off on the way
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
        b"\xff\xfe\x00rubbish",
    ],
)
def test_what_is_no_whole_calendar_is_refused(file):
    with pytest.raises(NotACalendar):
        read(file, window=SPRING, zone=LONDON)


def test_calendar_with_a_byte_order_mark_and_folded_lines_is_read():
    folded = event("DTSTART;TZID=Europe/London:202604\n 01T100000", "DURATION:PT1H")

    assert walls(read(b"\xef\xbb\xbf" + calendar(folded), window=SPRING, zone=LONDON)) == ["04-01 10:00/04-01 11:00"]


def test_alarms_and_tasks_are_no_busy_time():
    with_alarm = event(
        "DTSTART:20260401T090000Z", "DURATION:PT1H", "BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5H", "END:VALARM"
    )
    task = "BEGIN:VTODO\nUID:t\nDTSTART:20260402T090000Z\nDURATION:PT1H\nEND:VTODO"

    assert busy(with_alarm, task) == ["04-01 10:00/04-01 11:00"]


def test_thousands_of_separate_times_are_refused():
    hourly = event("DTSTART:20260101T000000Z", "DURATION:PT30M", "RRULE:FREQ=HOURLY")
    year = Interval(SPRING.starts, SPRING.starts + 365 * 1440)

    with pytest.raises(TooMuch):
        read(calendar(hourly), window=year, zone=LONDON)


@settings(deadline=None, max_examples=8)
@given(
    zone=st.sampled_from([LONDON, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"]),
    year=st.integers(2024, 2037),
    hour=st.integers(4, 21),
    minute=st.sampled_from([0, 15, 30, 45]),
)
def test_daily_entry_is_at_its_hour_on_every_day_of_any_year_in_any_zone(zone, year, hour, minute):
    daily = event(f"DTSTART;TZID={zone}:{year - 1}0601T{hour:02}{minute:02}00", "DURATION:PT30M", "RRULE:FREQ=DAILY")
    window = day_window(date(year, 1, 1), date(year, 12, 31), zone)

    spans = read(calendar(daily), window=window, zone=LONDON).spans

    days = [date.fromordinal(day) for day in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    starts = [minute_of(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))) for day in days]
    assert spans == [Interval(start, start + 30) for start in starts]
