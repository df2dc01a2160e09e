"""Abreast: what is asked of many lanes in one stroke is what each of them answers by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.abreast import Abreast, Diary, clear_starts
from corneum.domain.scheduling.busy import TICK, WEEK, Visit, pack_week, span_of, tick_of, week_of
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.timeline import Timeline

WEEKS = range(2_930, 2_933)  # three in February 2026
SPAN = span_of(WEEKS)
MARGIN = 8 * 60 + 120  # a visit and its buffer: so near to an end of the span nothing is said


@st.composite
def diaries(draw):
    """Draw what a lane has: written weeks, and visits beside them, in five minutes or in single ones."""
    unit = draw(st.sampled_from([5, 5, 1]))
    drawn = st.tuples(
        st.integers(0, WEEKS.stop * WEEK // unit - WEEKS.start * WEEK // unit), *[st.integers(0, 40)] * 3, st.booleans()
    )
    written: list[Visit] = []
    beside: list[Visit] = []
    for at, long, before, after, is_written in draw(st.lists(drawn, max_size=8)):
        start = SPAN.starts + unit * at
        visit = (start, start + unit * (long + 1), start - unit * before, start + unit * (long + 1 + after))
        (written if is_written else beside).append(visit)
    weeks = {week for one in written for week in range(week_of(one[2]), week_of(one[3]) + 1)}
    return Diary(
        {
            week: pack_week(week, [one for one in written if one[2] < (week + 1) * WEEK and one[3] > week * WEEK])
            for week in weeks
        },
        beside,
    )


@given(
    st.lists(diaries(), min_size=1, max_size=5), *[st.integers(0, 24)] * 2, st.integers(1, 96), st.sampled_from([1, 5])
)
def test_lanes_abreast_are_clear_when_each_is_by_itself(lanes, before, after, minutes, unit):
    visit = {"minutes": unit * minutes, "before": unit * before, "after": unit * after}
    tick = tick_of(visit.values())
    inner = Timeline.of(SPAN, [(SPAN.starts + MARGIN, SPAN.ends - MARGIN)], tick)

    together = Abreast(SPAN, list(range(len(lanes))), clear_starts(WEEKS, lanes, **visit, tick=tick))

    for place, diary in enumerate(lanes):
        alone = diary.busy(WEEKS).finer(tick).starts_for(**visit).coarser(tick)
        assert together[place] & inner == alone & inner
    anywhere = Timeline(SPAN, 0, tick)
    for lane in together.values():
        anywhere |= lane
    assert together.anywhere() == anywhere


@given(st.dictionaries(st.text(max_size=3), st.integers(0, (1 << WEEK // TICK) - 1), max_size=6))
def test_lanes_laid_end_to_end_are_told_apart_again(masks):
    week = span_of(range(1))
    lanes = {key: Timeline(week, bits, TICK) for key, bits in masks.items()}

    laid = Abreast.of(week, TICK, lanes)

    assert dict(laid) == lanes
    assert list(laid) == list(lanes)


def test_window_that_is_not_of_whole_bytes_cannot_be_laid():
    window = Interval(0, 30)

    with pytest.raises(ValueError, match="whole bytes"):
        Abreast.of(window, TICK, {"room": Timeline(window, 1, TICK)})
