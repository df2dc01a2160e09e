"""Weeks of a diary written as bytes, and read again: nothing is lost on the way, in any tick."""

from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.busy import (
    WEEK,
    Busy,
    pack_week,
    span_of,
    tick_of_packed,
    unpack_weeks,
    week_of,
    weeks_over,
)
from corneum.domain.scheduling.interval import Interval

FIRST = 2_930  # a week in February 2026


@st.composite
def diaries(draw, unit):
    """Draw visits over three weeks, some across the turn of a week, all at multiples of `unit`."""
    drawn = st.tuples(st.integers(0, 3 * WEEK // unit), st.integers(1, 60), st.integers(0, 20), st.integers(0, 20))
    return [
        (at, at + unit * long, at - unit * before, at + unit * (long + after))
        for at, long, before, after in (
            (FIRST * WEEK + unit * start, long, before, after)
            for start, long, before, after in draw(st.lists(drawn, max_size=8))
        )
    ]


def packed(visits):
    weeks = {week for visit in visits for week in range(week_of(visit[2]), week_of(visit[3]) + 1)}
    return {week: pack_week(week, [one for one in visits if touches(one, week)]) for week in weeks}


def touches(visit, week):
    return visit[2] < (week + 1) * WEEK and visit[3] > week * WEEK


@given(st.one_of(diaries(1), diaries(5)))
def test_weeks_read_again_are_the_visits_that_were_written(visits):
    weeks = range(FIRST - 1, FIRST + 5)
    written = packed(visits)
    tick = min([tick_of_packed(one) for one in written.values()], default=5)

    assert unpack_weeks(weeks, written) == Busy.of(span_of(weeks), visits, tick)
    assert unpack_weeks(weeks, written).finer(1) == Busy.of(span_of(weeks), visits)


def test_week_whose_times_are_multiples_of_five_takes_a_fifth_of_the_bytes():
    start = FIRST * WEEK

    assert len(pack_week(FIRST, [(start + 540, start + 570, start + 535, start + 580)])) == 504
    assert len(pack_week(FIRST, [(start + 541, start + 570, start + 535, start + 580)])) == 2520


def test_weeks_over_a_window_are_those_it_has_a_minute_of():
    assert weeks_over(Interval(WEEK, 2 * WEEK)) == range(1, 2)
    assert weeks_over(Interval(WEEK - 1, 2 * WEEK + 1)) == range(3)
