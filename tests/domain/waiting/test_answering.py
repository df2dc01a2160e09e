"""How long somebody may think a freed time over: waking minutes only, and none inside the notice."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.waiting import LEAST, MINUTES, time_to_answer

ZONES = ("Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns")


def minute(wall: str) -> int:
    return minute_of(datetime.fromisoformat(wall).replace(tzinfo=UTC))


def answering(now: str, starts: str = "2026-04-30T10:00", notice: int = 120, zone: str = "Europe/London"):
    found = time_to_answer(minute(now), starts=minute(starts), notice=notice, zone=zone)
    return found and tuple(f"{local(at, 'UTC'):%dT%H:%M}" for at in found)


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        ("2026-03-10T10:00", ("10T10:00", "10T11:00")),
        ("2026-03-10T08:00", ("10T08:00", "10T09:00")),
        ("2026-03-10T07:59", ("10T08:00", "10T09:00")),
        ("2026-03-10T03:00", ("10T08:00", "10T09:00")),
        ("2026-03-10T21:00", ("11T08:00", "11T09:00")),
        ("2026-03-10T20:00", ("10T20:00", "10T21:00")),
        ("2026-03-10T20:45", ("10T20:45", "11T08:45")),
        ("2026-03-28T22:00", ("29T07:00", "29T08:00")),  # the clocks go forward in that night
    ],
)
def test_time_to_answer_is_an_hour_of_the_day(now, kept):
    assert answering(now) == kept


def test_time_to_answer_is_shorter_when_the_visit_is_near():
    assert answering("2026-03-10T10:00", "2026-03-10T12:40") == ("10T10:00", "10T10:40")
    assert answering("2026-03-10T10:00", "2026-03-10T12:15") == ("10T10:00", "10T10:15")


def test_time_to_answer_is_none_inside_the_notice_or_just_before_it():
    assert answering("2026-03-10T10:00", "2026-03-10T12:14") is None
    assert answering("2026-03-10T10:00", "2026-03-10T11:00") is None
    assert answering("2026-03-10T22:00", "2026-03-11T10:00") is None  # nobody is awake before the notice begins
    assert answering("2026-03-10T22:00", "2026-03-11T10:15") == ("11T08:00", "11T08:15")


@given(
    now=st.integers(29_550_240, 29_550_240 + 15 * 525_600),
    ahead=st.integers(0, 4 * 1440),
    notice=st.integers(0, 1440),
    zone=st.sampled_from(ZONES),
)
def test_time_to_answer_counts_waking_minutes_before_the_notice_and_no_others(now, ahead, notice, zone):
    kept = time_to_answer(now, starts=now + ahead, notice=notice, zone=zone)

    waking = [at for at in range(now, now + ahead - notice) if 8 <= local(at, zone).hour < 21][:MINUTES]
    if len(waking) < LEAST:
        assert kept is None
    else:
        assert kept == (waking[0], waking[-1] + 1)
