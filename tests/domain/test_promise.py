"""An answer is promised in open time: nights, closed days and lunch hours do not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.promise import PROMISES, answer_due
from corneum.domain.scheduling.interval import Interval

HOUR, DAY = 60, 24 * 60


def week(closed: int = 6) -> list[list[Interval]]:
    """Seven days from a Monday at minute 0: nine to one and two to six, but for one closed day."""
    return [
        [Interval(day * DAY + 9 * HOUR, day * DAY + 13 * HOUR), Interval(day * DAY + 14 * HOUR, day * DAY + 18 * HOUR)]
        for day in range(8)
        if day != closed
    ]


def at(day: int, hour: float) -> int:
    return day * DAY + int(hour * HOUR)


@pytest.mark.parametrize(
    ("asked", "words", "due"),
    [
        (at(0, 10), "one hour", at(0, 11)),
        (at(0, 12.5), "one hour", at(0, 14.5)),  # half of it after lunch
        (at(0, 17.5), "one hour", at(1, 9.5)),
        (at(5, 20), "two hours", at(7, 11)),  # a Saturday evening, and Sunday is closed
        (at(0, 7), "four hours", at(0, 13)),
        (at(0, 10), "one working day", at(1, 18)),
        (at(0, 19), "one working day", at(2, 18)),  # asked after closing is asked tomorrow
        (at(4, 10), "two working days", at(7, 18)),
        (at(0, 10), "when we can", at(1, 18)),
    ],
)
def test_answer_due_counts_open_time_only(asked: int, words: str, due: int):
    assert answer_due(asked, words, week()) == due


@pytest.mark.parametrize("words", PROMISES)
def test_answer_due_of_a_clinic_that_never_opens_is_not_promised(words: str):
    assert answer_due(0, words, []) is None


@given(asked=st.integers(0, 5 * DAY), later=st.integers(0, DAY), words=st.sampled_from(sorted(PROMISES)))
def test_answer_due_is_never_earlier_for_whoever_asked_later_nor_while_closed(asked: int, later: int, words: str):
    first, second = answer_due(asked, words, week()), answer_due(asked + later, words, week())

    if first is not None and second is not None:
        assert asked < first <= second
        assert any(span.starts < first <= span.ends for day in week() for span in day)
