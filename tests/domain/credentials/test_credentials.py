"""Numbers as registers write them, and when an end is spoken of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.credentials import Ending, NotANumberOf, as_written, last_day, notice

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("body", "typed", "written"),
    [
        ("GMC", "1234567", "1234567"),
        ("GMC", " 123 4567 ", "1234567"),
        ("GMC", "l123456", "L123456"),
        ("NMC", "00x0000x", "00X0000X"),
        ("NMC", "00X 0000 X", "00X0000X"),
        ("GPhC", "2000000", "2000000"),
        ("GPhC", "5000000", "5000000"),
        ("HCPC", "ph000001", "PH000001"),
        ("GDC", "00000", "00000"),
        ("Save Face", " sample 1 ", "sample 1"),
    ],
)
def test_as_written_tidies_a_number_of_its_register(body, typed, written):
    assert as_written(body, typed) == written


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("GMC", "123456"), ("GMC", "C1234567"), ("GMC", ""), ("GMC", "١٢٣٤٥٦٧"), ("NMC", "0X00000X"), ("NMC", "1234567"),
        ("GPhC", "1000000"), ("HCPC", "P000001"), ("HCPC", "PH"), ("GDC", "123"), ("GDC", "12345678"),
    ],
)  # fmt: skip
def test_as_written_refuses_what_the_register_does_not_write(body, typed):
    with pytest.raises(NotANumberOf, match=f"The {body} writes its numbers as"):
        as_written(body, typed)


@pytest.mark.parametrize(
    ("left", "ending"),
    [
        (61, Ending.FAR), (60, Ending.WITHIN_60), (31, Ending.WITHIN_60), (30, Ending.WITHIN_30), (8, Ending.WITHIN_30),
        (7, Ending.WITHIN_7), (0, Ending.WITHIN_7), (-1, Ending.OVER),
    ],
)  # fmt: skip
def test_notice_is_given_at_60_30_and_7_days(left, ending):
    assert notice(TODAY + timedelta(days=left), TODAY) is ending


def test_notice_of_something_without_an_end_is_never_given():
    assert notice(last_day([(TODAY, None)], TODAY), TODAY) is Ending.FAR


def test_last_day_goes_on_over_a_renewal_and_stops_at_a_break():
    first, renewed = (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2027, 3, 31))
    late = (date(2027, 4, 2), date(2028, 1, 1))

    assert last_day([renewed, late, first], TODAY) == date(2027, 3, 31)


def test_last_day_of_what_has_not_begun_is_before_today():
    assert notice(last_day([(TODAY + timedelta(days=5), None)], TODAY), TODAY) is Ending.OVER


near = st.integers(-200, 200).map(lambda days: TODAY + timedelta(days=days))


@given(st.lists(st.tuples(near, st.none() | near), max_size=5))
def test_every_day_up_to_the_last_is_held_and_the_next_is_not(stretches):
    def holds(day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in stretches)

    last = last_day(stretches, TODAY)

    days = [TODAY + timedelta(days=n) for n in range(220)]
    assert all(holds(day) for day in days if last is None or day <= last)
    assert last is None or not holds(max(last, TODAY - timedelta(days=1)) + timedelta(days=1))
