"""Wall clocks against a clock that is looked at every minute, over every change from 2024 to 2040."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corneum.domain.scheduling import Interval, wall

LONDON = "Europe/London"
ZONES = (
    LONDON,
    "Australia/Lord_Howe",  # changes by half an hour
    "Asia/Kathmandu",  # 5 h 45 min ahead, never changes
    "America/St_Johns",  # 3 h 30 min behind
    "Pacific/Chatham",  # 12 h 45 min ahead, and the south's summer
    "Africa/Cairo",  # skips midnight
    "America/Havana",  # has midnight twice
)
READINGS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@lru_cache
def change_days(zone):
    """List the days from 2024 to 2040 on which the clocks of a zone change."""
    noons = [datetime(2024, 1, 1, 12, tzinfo=ZoneInfo(zone)) + timedelta(days=n) for n in range(17 * 365 + 5)]
    return [noon.date() for before, noon in pairwise(noons) if before.utcoffset() != noon.utcoffset()]


def days_of(zone):
    """Draw a day on which the clocks change, the one before, the one after, or any other."""
    nearby = [day + timedelta(days=n) for day in change_days(zone) for n in (-1, 0, 1)]
    any_day = st.dates(date(2024, 1, 1), date(2040, 12, 31))
    return st.sampled_from(nearby) | any_day if nearby else any_day


ZONE_AND_DAY = st.sampled_from(ZONES).flatmap(lambda zone: st.tuples(st.just(zone), days_of(zone)))


@lru_cache(maxsize=1024)
def clock_around(day, zone):
    """Look at the wall clock in every minute of a day and of the days beside it."""
    first = wall.minute_of(datetime.combine(day, time(), UTC)) - 16 * 60
    return [(minute, wall.local(minute, zone).replace(tzinfo=None)) for minute in range(first, first + 72 * 60)]


def first_minute_at_or_after(reading, zone):
    """Wait until the clock shows a reading, or has jumped over it."""
    return next(minute for minute, shown in clock_around(reading.date(), zone) if shown >= reading)


# --- instants --------------------------------------------------------------------------------


@given(st.integers(-10_000_000, 60_000_000))
def test_minute_of_is_the_way_back_from_instant_of(minute):
    assert wall.minute_of(wall.instant_of(minute)) == minute
    assert wall.minute_of(wall.instant_of(minute) + timedelta(seconds=59, microseconds=999_999)) == minute


@given(st.integers(28_000_000, 37_000_000), st.sampled_from(ZONES))
def test_local_is_the_same_instant_on_the_zones_clock(minute, zone):
    shown = wall.local(minute, zone)

    assert wall.minute_of(shown) == minute
    assert shown.tzinfo == ZoneInfo(zone)


def test_minute_of_refuses_an_instant_without_a_zone():
    with pytest.raises(ValueError, match="without a zone"):
        wall.minute_of(datetime(2026, 3, 9, 8, 0))  # noqa: DTZ001 -- that is what is tried


# --- spans -----------------------------------------------------------------------------------


@given(ZONE_AND_DAY, READINGS, READINGS)
def test_span_on_begins_and_ends_when_the_clock_first_says_so(zone_and_day, starts, ends):
    zone, day = zone_and_day
    last_day = day if starts < ends else day + timedelta(days=1)

    span = wall.span_on(day, starts, ends, zone)

    assert span == Interval(
        first_minute_at_or_after(datetime.combine(day, starts), zone),
        first_minute_at_or_after(datetime.combine(last_day, ends), zone),
    )


@given(ZONE_AND_DAY, READINGS, READINGS, READINGS)
def test_span_on_touches_in_time_what_touches_on_paper(zone_and_day, one, two, three):
    zone, day = zone_and_day
    first, second, third = sorted((one, two, three))
    assume(first < second < third)

    morning, afternoon = wall.span_on(day, first, second, zone), wall.span_on(day, second, third, zone)

    assert morning.ends == afternoon.starts
    assert (morning.starts, afternoon.ends) == wall.span_on(day, first, third, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_day_window_days_follow_each_other_without_a_gap(zone):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    windows = [wall.day_window(day, day, zone) for day in days]

    assert [one.ends for one in windows[:-1]] == [other.starts for other in windows[1:]]
    assert wall.day_window(days[0], days[-1], zone) == (windows[0].starts, windows[-1].ends)
    assert sum(window.minutes for window in windows) == 365 * 24 * 60


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 24), 24), (date(2026, 10, 25), 25)],
)
def test_day_window_is_as_long_as_the_day(day, hours):
    assert wall.day_window(day, day, LONDON).minutes == hours * 60


def test_day_window_of_a_day_that_an_island_left_out_is_empty():
    assert wall.day_window(date(2011, 12, 30), date(2011, 12, 30), "Pacific/Apia").minutes == 0
    assert wall.span_on(date(2011, 12, 30), time(9), time(17), "Pacific/Apia").minutes == 0


# --- grids -----------------------------------------------------------------------------------


@given(
    ZONE_AND_DAY,
    st.sampled_from((5, 7, 10, 15, 20, 23, 25, 30, 45, 50, 60, 90, 120)),
    st.integers(0, 2000),
    st.integers(0, 3000),
)
def test_starts_every_is_read_off_the_wall(zone_and_day, step, later, minutes):
    zone, day = zone_and_day
    first = wall.day_window(day - timedelta(days=1), day, zone).starts + later
    window = Interval(first, first + minutes)

    starts = wall.starts_every(step, window, zone)

    shown = {minute: wall.local(minute, zone) for minute in range(*window)}
    assert list(starts.iterate()) == [m for m, clock in shown.items() if (clock.hour * 60 + clock.minute) % step == 0]


# --- what others got wrong -------------------------------------------------------------------

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
@pytest.mark.parametrize(
    ("starts", "ends"),
    [(time(15, 40), time(16)), (time(13), time(13, 30)), (time(9), time(12, 15)), (time(13, 45), time(17, 30))],
)
def test_a_shift_by_day_is_itself_on_the_day_the_clocks_change(day, starts, ends):
    """Cal.com loses every shift shorter than an hour that Sunday, and gave after-lunch hours an hour late."""
    span = wall.span_on(day, starts, ends, LONDON)

    assert wall.local(span.starts, LONDON).time() == starts
    assert wall.local(span.ends, LONDON).time() == ends
    assert span.minutes == (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


@pytest.mark.parametrize(
    ("day", "starts", "ends", "begins", "minutes"),
    [
        # Cal.com begins the first at 23:00 on Saturday and loses an hour of the second
        (SPRING, time(0), time(4), datetime(2026, 3, 29, 0, tzinfo=UTC), 180),
        (AUTUMN, time(0), time(4), datetime(2026, 10, 24, 23, tzinfo=UTC), 300),
        # it loses overrides that end at midnight on both days
        (SPRING, time(20), time(0), datetime(2026, 3, 29, 19, tzinfo=UTC), 240),
        (AUTUMN, time(20), time(0), datetime(2026, 10, 25, 20, tzinfo=UTC), 240),
        # a night over the change is an hour short, or an hour long
        (SPRING - timedelta(days=1), time(22), time(6), datetime(2026, 3, 28, 22, tzinfo=UTC), 420),
        (AUTUMN - timedelta(days=1), time(22), time(6), datetime(2026, 10, 24, 21, tzinfo=UTC), 540),
        # what begins or ends inside the skipped hour begins or ends as it is skipped
        (SPRING, time(1, 15), time(3), datetime(2026, 3, 29, 1, tzinfo=UTC), 60),
        (SPRING, time(0), time(1, 30), datetime(2026, 3, 29, 0, tzinfo=UTC), 60),
        (SPRING, time(1, 15), time(1, 45), datetime(2026, 3, 29, 1, tzinfo=UTC), 0),
        # what comes twice is meant the first time
        (AUTUMN, time(1, 15), time(1, 45), datetime(2026, 10, 25, 0, 15, tzinfo=UTC), 30),
        (AUTUMN, time(1, 30), time(3), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 150),
    ],
)
def test_hours_by_night_over_the_change(day, starts, ends, begins, minutes):
    assert wall.span_on(day, starts, ends, LONDON) == (wall.minute_of(begins), wall.minute_of(begins) + minutes)


def test_half_an_hours_change_moves_half_an_hour():
    span = wall.span_on(date(2026, 10, 4), time(0), time(9), "Australia/Lord_Howe")

    assert span.minutes == 8 * 60 + 30
