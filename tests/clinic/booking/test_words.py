"""Times and names as sentences say them."""

from datetime import date

import pytest

from corneum.clinic.booking import words
from tests.factories.diary import minute

LONDON = "Europe/London"
THURSDAY_2PM = minute("2026-03-12T14:00")


@pytest.mark.parametrize(
    ("wall", "said"),
    [
        ("2026-03-12T15:30", "3:30pm the same day"),
        ("2026-03-13T12:30", "12:30pm on Friday"),
        ("2026-03-18T09:00", "9am on Wednesday"),
        ("2026-03-19T09:00", "9am on Thursday 19 March"),
        ("2026-03-06T09:00", "9am on Friday"),
    ],
)
def test_beside_names_the_day_no_longer_than_it_must(wall, said):
    assert words.beside(minute(wall), THURSDAY_2PM, LONDON) == said


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-03-09T08:00", "2pm on Thursday"),
        ("2026-03-05T08:00", "2pm on Thursday 12 March"),
        ("2026-03-13T08:00", "2pm on Thursday 12 March"),
    ],
)
def test_beside_today_names_the_date_when_the_weekday_would_mislead(now, said):
    assert words.beside_today(THURSDAY_2PM, minute(now), LONDON) == said


def test_short_day_of_is_short():
    assert words.short_day_of(THURSDAY_2PM, LONDON) == "Thu 12 Mar"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 11), date(2026, 3, 16), "11 to 16 March"),
        (date(2026, 3, 30), date(2026, 4, 3), "30 March to 3 April"),
        (date(2026, 3, 12), date(2026, 3, 12), "12 March"),
    ],
)
def test_span_of_days_says_the_month_once(first, last, said):
    assert words.span_of_days(first, last) == said


@pytest.mark.parametrize(("days", "said"), [(60, "8 weeks"), (14, "2 weeks"), (10, "10 days")])
def test_weeks_says_weeks_when_there_are_some(days, said):
    assert words.weeks(days) == said


@pytest.mark.parametrize(
    ("name", "called"),
    [("Hannah Doyle", "Hannah"), ("Dr Hannah Doyle", "Hannah"), ("Mx. Sam", "Sam"), ("Dr", "Dr"), ("Björk", "Björk")],
)
def test_first_name_leaves_the_title_out(name, called):
    assert words.first_name(name) == called


@pytest.mark.parametrize(
    ("name", "inside"), [("Microdermabrasion", "microdermabrasion"), ("LED light", "LED light"), ("", "")]
)
def test_in_a_sentence_keeps_initials(name, inside):
    assert words.in_a_sentence(name) == inside
