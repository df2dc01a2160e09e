"""Timelines against sets of minutes: exact to the minute, in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling import Interval, Timeline, merge
from tests.domain.scheduling.readings import MANY, NEARBY, ORIGIN, WINDOWS, minutes_of


def clipped(intervals, window):
    return minutes_of(intervals) & set(range(*window))


@given(WINDOWS, MANY)
def test_of_sets_exactly_the_minutes_that_are_covered(window, intervals):
    timeline = Timeline.of(window, intervals)

    assert list(timeline.iterate()) == sorted(clipped(intervals, window))
    assert len(timeline) == len(clipped(intervals, window))


@given(WINDOWS, MANY)
def test_intervals_are_what_it_was_made_of(window, intervals):
    inside = [Interval(max(one.starts, window.starts), min(one.ends, window.ends)) for one in intervals]

    assert Timeline.of(window, intervals).intervals() == merge(inside)


@given(WINDOWS, MANY, NEARBY)
def test_contains_a_minute_that_is_set(window, intervals, minute):
    assert (minute in Timeline.of(window, intervals)) == (minute in clipped(intervals, window))


@given(WINDOWS, MANY, MANY)
def test_operators_are_those_of_sets(window, one, other):
    ours, theirs = Timeline.of(window, one), Timeline.of(window, other)

    assert set((ours & theirs).iterate()) == clipped(one, window) & clipped(other, window)
    assert set((ours | theirs).iterate()) == clipped(one, window) | clipped(other, window)
    assert set((ours - theirs).iterate()) == clipped(one, window) - clipped(other, window)


@given(WINDOWS, MANY, st.integers(1, 90))
def test_starts_for_finds_every_start_and_no_other(window, intervals, minutes):
    free = clipped(intervals, window)

    starts = Timeline.of(window, intervals).starts_for(minutes)

    assert set(starts.iterate()) == {start for start in free if free.issuperset(range(start, start + minutes))}
    assert starts.window == window


@given(WINDOWS, MANY, st.integers(-200, 200))
def test_shifted_moves_every_minute_and_loses_what_leaves(window, intervals, by):
    moved = {minute + by for minute in clipped(intervals, window)} & set(range(*window))

    assert set(Timeline.of(window, intervals).shifted(by).iterate()) == moved


@given(WINDOWS, WINDOWS, MANY)
def test_through_another_window_shows_what_both_hold(window, other, intervals):
    seen = Timeline.of(window, intervals).through(other)

    assert set(seen.iterate()) == clipped(intervals, window) & set(range(*other))
    assert seen.window == other


def test_timelines_of_different_windows_cannot_be_compared():
    one = Timeline(Interval(ORIGIN, ORIGIN + 60))
    other = Timeline(Interval(ORIGIN + 1, ORIGIN + 61))

    for compare in (one.__and__, one.__or__, one.__sub__):
        with pytest.raises(ValueError, match="different windows"):
            compare(other)


def test_a_single_minute_is_neither_rounded_in_nor_out():
    free = Timeline.of(Interval(0, 1440), [Interval(541, 564)])

    assert list(free.starts_for(23).iterate()) == [541]
    assert list(free.starts_for(24).iterate()) == []


@given(MANY, st.sampled_from([1, 5]))
def test_coarser_keeps_the_starts_that_are_on_the_longer_tick(intervals, tick):
    window = Interval(0, 400)
    near = [Interval(one.starts - ORIGIN, one.ends - ORIGIN) for one in intervals]

    fine = Timeline.of(window, near)

    assert list(fine.coarser(tick).iterate()) == [minute for minute in fine.iterate() if minute % tick == 0]
    assert fine.coarser(5).finer(5) == fine.coarser(5)
