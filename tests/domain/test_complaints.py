"""By which day something is to be answered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.complaints import CARE, DATA, REQUEST, Clock, clock_of, month_after, working_days_after

DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)


@pytest.mark.parametrize(
    ("kind", "received", "clock"),
    [
        (REQUEST, date(2026, 3, 10), Clock(date(2026, 3, 13), date(2026, 4, 10))),
        (REQUEST, date(2026, 1, 31), Clock(date(2026, 2, 4), date(2026, 3, 2))),  # 28 February is a Saturday
        (REQUEST, date(2026, 3, 3), Clock(date(2026, 3, 6), date(2026, 4, 7))),  # Good Friday, and then Easter Monday
        (DATA, date(2026, 6, 19), Clock(date(2026, 7, 18), date(2026, 7, 20))),  # the 30th day, the first included
        (CARE, date(2026, 4, 2), Clock(date(2026, 4, 9), date(2026, 5, 4))),  # the day before Good Friday
    ],
)
def test_clock_runs_as_the_law_and_the_page_say(kind: str, received: date, clock: Clock) -> None:
    assert clock_of(kind, received, {GOOD_FRIDAY, EASTER_MONDAY}) == clock


@given(DAYS)
def test_month_after_is_in_the_next_month_and_never_on_a_later_day(day: date) -> None:
    then = month_after(day)

    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == 1
    assert then.day <= day.day
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@given(DAYS, st.integers(1, 40))
def test_so_many_working_days_later_is_a_working_day_with_so_many_up_to_it(day: date, count: int) -> None:
    last = working_days_after(day, count)

    passed = [day + timedelta(days=number) for number in range(1, (last - day).days + 1)]
    assert sum(each.weekday() < 5 for each in passed) == count
    assert last.weekday() < 5


@given(DAYS, st.sampled_from([CARE, DATA, REQUEST]))
def test_nobody_is_answered_before_they_are_told(day: date, kind: str) -> None:
    clock = clock_of(kind, day)

    assert day < clock.acknowledge_by <= clock.answer_by
