"""The rules of booking: what is allowed, and what a start offends against, always say the same."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.gap import Gap
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.rules import Rule, Rules
from corneum.domain.scheduling.wall import day_window, local, minute_of

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # a Monday
ZONES = st.sampled_from(["Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "UTC"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- the zone is given
RULES = st.builds(
    Rules,
    notice_minutes=st.integers(0, 3_000), horizon_days=st.integers(0, 60), step=st.sampled_from([5, 15, 20, 60]),
    weekdays=st.integers(0, 127), gap=st.integers(0, 3).map(Gap),
)  # fmt: skip


@given(RULES, MOMENTS, ZONES, st.integers(-300, 90_000), st.tuples(st.booleans(), st.sets(st.integers(-4, 4))))
def test_start_is_allowed_exactly_when_it_offends_against_nothing(rules, at, zone, ahead, taken):
    is_full, had = taken
    start = minute_of(at) + ahead
    day = local(start, zone).date()
    known = {
        "at": at,
        "zone": zone,
        "full": {day} if is_full else set(),
        "sessions": {day + timedelta(days=days) for days in had},
    }

    allowed = rules.allowed(Interval(start - 1_000, start + 1_000), **known)
    offended = rules.offended(start, **known)

    assert (start in allowed) == (offended == [])
    assert (Rule.SPACING in offended) == any(abs(days) < rules.gap.least for days in had)


@given(RULES, MOMENTS, ZONES, st.integers(0, 40_000))
def test_five_minutes_at_a_time_say_the_same(rules, at, zone, ahead):
    first = (minute_of(at) + ahead) // 5 * 5
    span = Interval(first, first + 5_000)

    fine, fives = (set(rules.allowed(span, at=at, zone=zone, tick=tick).iterate()) for tick in (1, 5))

    assert fives == {minute for minute in fine if minute % 5 == 0}


@pytest.mark.parametrize(
    ("rules", "start", "offended"),
    [
        (Rules(notice_minutes=120), "2026-03-09T10:00", []),
        (Rules(notice_minutes=120), "2026-03-09T09:45", [Rule.NOTICE]),
        (Rules(), "2026-03-09T07:45", [Rule.PAST, Rule.NOTICE]),
        (Rules(horizon_days=1), "2026-03-11T09:00", [Rule.HORIZON]),
        (Rules(weekdays=0b0000010), "2026-03-09T09:00", [Rule.WEEKDAY]),
        (Rules(step=15), "2026-03-09T09:20", [Rule.STEP]),
    ],
)
def test_offended_names_the_rules(rules, start, offended):
    minute = minute_of(datetime.fromisoformat(f"{start}+00:00"))

    assert rules.offended(minute, at=NOW, zone="Europe/London") == offended


def test_notice_is_real_hours_across_a_clock_change():
    """Others let the notice land an hour off on the day of the change (cal.com#12137)."""
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half past midnight; at one the clocks go forward

    assert Rules(notice_minutes=60).earliest(night) == minute_of(night) + 60


def test_begun_minute_counts_whole():
    assert Rules(notice_minutes=0).earliest(NOW + timedelta(seconds=1)) == minute_of(NOW) + 1


def test_full_day_is_the_clinics_own():
    day = date(2026, 3, 10)
    inside = day_window(day, day, "Asia/Kathmandu")

    for start, offended in ((inside.starts - 15, []), (inside.starts, [Rule.DAY_FULL]), (inside.ends, [])):
        assert Rules().offended(start, at=NOW, zone="Asia/Kathmandu", full={day}) == offended
