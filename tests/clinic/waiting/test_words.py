"""When somebody could come, in words; and what was ticked, in windows."""

from datetime import date

import pytest

from corneum.clinic.waiting.words import window_in_words, windows_of
from corneum.domain.waiting import Window

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Any day, any time"),
        ({"weekdays": 0b11111, "closes": 720}, "Monday to Friday, mornings"),
        ({"weekdays": 0b100001, "opens": 720}, "Monday and Saturday, from noon"),
        ({"weekdays": 0b111, "opens": 600, "closes": 690}, "Monday, Tuesday and Wednesday, 10am to 11:30am"),
        ({"weekdays": 0b1000000, "opens": 1320}, "Sunday, 10pm to midnight"),
        ({"first": date(2026, 3, 16)}, "Any day, any time, from Monday 16 March"),
        ({"last": date(2026, 3, 16)}, "Any day, any time, to Monday 16 March"),
        ({"last": FIRST, "opens": 1020}, "Monday 9 March, after 5pm"),
    ],
)
def test_window_in_words(facts, words):
    assert window_in_words(Window(**{"first": FIRST, "last": LAST, **facts}), since=FIRST, until=LAST) == words


def test_windows_of_joins_the_parts_of_the_same_days():
    assert windows_of(["weekday-mornings", "weekday-afternoons", "saturdays"], FIRST, LAST) == [
        Window(FIRST, LAST, 0b11111, 0, 1020),
        Window(FIRST, LAST, 0b100000),
    ]
    assert windows_of(["weekday-mornings", "weekday-evenings"], FIRST, LAST) == [
        Window(FIRST, LAST, 0b11111, 0, 720),
        Window(FIRST, LAST, 0b11111, 1020),
    ]
