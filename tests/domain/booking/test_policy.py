"""Until when an appointment may be changed: by the clock on the wall and by counting, and after a mistake."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.booking.policy import Terms, free_until, is_free_to_change, notice_ends
from corneum.domain.scheduling.wall import local, minute_of

LONDON = "Europe/London"
ZONES = st.sampled_from([LONDON, "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "UTC"])
MINUTES = st.integers(minute_of(datetime(2024, 1, 3, tzinfo=UTC)), minute_of(datetime(2040, 12, 30, tzinfo=UTC)))
TERMS = st.builds(Terms, st.integers(0, 24 * 14), st.integers(0, 24 * 60), st.just(0))
A_DAY = Terms(free_hours=24, grace_minutes=30)
LONG_AGO = 0


def utc(text: str) -> int:
    """Read "2026-03-29T10:00" in UTC."""
    return minute_of(datetime.fromisoformat(f"{text}+00:00"))


def test_a_day_before_ends_at_the_same_reading_of_the_clock():
    assert notice_ends(utc("2026-03-12T10:00"), terms=A_DAY, zone=LONDON) == utc("2026-03-11T10:00")


def test_a_day_before_the_first_summer_morning_is_ten_on_saturday_too():
    # Ten on Sunday is nine in UTC; ten on Saturday is only 23 hours before.
    assert notice_ends(utc("2026-03-29T09:00"), terms=A_DAY, zone=LONDON) == utc("2026-03-28T10:00")


def test_a_day_before_the_first_winter_morning_is_whole_twenty_four_hours():
    # Ten on Saturday is 25 hours before; who counts the hours comes to eleven.
    assert notice_ends(utc("2026-10-25T10:00"), terms=A_DAY, zone=LONDON) == utc("2026-10-24T10:00")
    assert local(utc("2026-10-24T10:00"), LONDON).hour == 11


def test_a_reading_that_the_clocks_skip_is_the_moment_they_skip_it():
    assert notice_ends(utc("2026-03-30T00:30"), terms=A_DAY, zone=LONDON) == utc("2026-03-29T01:00")


def test_late_is_from_the_minute_after():
    starts = utc("2026-03-12T10:00")

    answers = [
        is_free_to_change(utc(now), starts, agreed=LONG_AGO, terms=A_DAY, zone=LONDON)
        for now in ("2026-03-11T09:59", "2026-03-11T10:00", "2026-03-11T10:01")
    ]

    assert answers == [True, True, False]


def test_a_mistake_may_be_undone_within_its_minutes_however_late():
    starts, agreed = utc("2026-03-12T10:00"), utc("2026-03-12T09:00")

    answers = [
        is_free_to_change(utc(now), starts, agreed=agreed, terms=A_DAY, zone=LONDON)
        for now in ("2026-03-12T09:00", "2026-03-12T09:30", "2026-03-12T09:31")
    ]

    assert answers == [True, True, False]


def test_nothing_may_be_undone_once_it_has_begun():
    starts, agreed = utc("2026-03-12T10:00"), utc("2026-03-12T09:50")

    assert is_free_to_change(starts - 1, starts, agreed=agreed, terms=A_DAY, zone=LONDON)
    assert not is_free_to_change(starts, starts, agreed=agreed, terms=A_DAY, zone=LONDON)


@given(MINUTES, TERMS, ZONES)
def test_nobody_is_late_by_either_reading(starts, terms, zone):
    ends = notice_ends(starts, terms=terms, zone=zone)

    promised = local(starts, zone).replace(tzinfo=None)
    said = local(ends, zone).replace(tzinfo=None)
    assert ends >= starts - terms.free_hours * 60
    assert (promised - said).total_seconds() <= terms.free_hours * 3600
    # and no more than the clocks' own change is given away
    assert ends <= starts - terms.free_hours * 60 + 60


@given(MINUTES, st.integers(0, 60 * 24 * 90), TERMS, ZONES, st.integers(-60 * 24 * 15, 60 * 24 * 15))
def test_free_to_change_is_one_stretch_that_ends_before_the_start(starts, ahead, terms, zone, offset):
    agreed, now = starts - ahead, starts + offset
    until = free_until(starts, agreed=agreed, terms=terms, zone=zone)

    assert is_free_to_change(now, starts, agreed=agreed, terms=terms, zone=zone) == (now <= until)
    assert until < starts
    assert is_free_to_change(
        min(agreed + terms.grace_minutes, starts - 1), starts, agreed=agreed, terms=terms, zone=zone
    )


@given(MINUTES, st.integers(0, 60 * 24 * 90), TERMS, ZONES)
def test_more_grace_and_shorter_notice_never_take_anything_away(starts, ahead, terms, zone):
    kinder = Terms(terms.free_hours // 2, terms.grace_minutes * 2)

    assert free_until(starts, agreed=starts - ahead, terms=kinder, zone=zone) >= free_until(
        starts, agreed=starts - ahead, terms=terms, zone=zone
    )
