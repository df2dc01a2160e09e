"""Intervals against their minutes, one by one."""

from itertools import pairwise

import pytest
from hypothesis import given

from corneum.domain.scheduling import Interval, merge, subtract
from tests.domain.scheduling.readings import INTERVALS, MANY, minutes_of


@given(INTERVALS)
def test_minutes_counts_what_it_holds(interval):
    assert interval.minutes == len(minutes_of([interval]))


@given(INTERVALS, INTERVALS)
def test_overlaps_when_a_minute_is_shared(one, other):
    assert one.overlaps(other) == bool(minutes_of([one]) & minutes_of([other]))


def test_overlaps_not_when_one_ends_as_the_other_starts():
    assert not Interval(9, 10).overlaps(Interval(10, 11))


def test_interval_cannot_be_changed():
    with pytest.raises(AttributeError):
        Interval(1, 2).starts = 0  # type: ignore[misc]  # that is what is tried


@given(MANY)
def test_merge_keeps_every_minute_in_order_and_apart(intervals):
    merged = merge(intervals)

    assert minutes_of(merged) == minutes_of(intervals)
    assert all(interval.starts < interval.ends for interval in merged)
    assert all(one.ends < other.starts for one, other in pairwise(merged))


def test_merge_joins_what_touches():
    assert merge([Interval(3, 5), Interval(1, 3), Interval(7, 7), Interval(9, 8)]) == [Interval(1, 5)]


@given(MANY, MANY)
def test_subtract_leaves_what_is_not_taken(intervals, taken):
    left = subtract(intervals, taken)

    assert minutes_of(left) == minutes_of(intervals) - minutes_of(taken)
    assert left == merge(left)


def test_subtract_takes_a_lunch_and_a_leave_that_reaches_into_the_next_day():
    days = [Interval(0, 100), Interval(200, 300), Interval(400, 500)]

    assert subtract(days, [Interval(40, 50), Interval(90, 210), Interval(280, 450)]) == [
        Interval(0, 40),
        Interval(50, 90),
        Interval(210, 280),
        Interval(450, 500),
    ]
