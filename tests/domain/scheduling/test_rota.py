"""Weeks that repeat and days that are different, against the calendar read day by day."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.rota import Stretch, Week, days_from
from corneum.domain.scheduling.wall import local

MONDAY = date(2026, 3, 9)
NINE, NOON, FIVE = time(9), time(12), time(17)


def worked(week, first=MONDAY, days=28):
    spans = week.spans(days_from(first, first + timedelta(days=days - 1)), "Europe/London")
    return [
        f"{local(span.starts, 'Europe/London'):%a %d %H:%M}-{local(span.ends, 'Europe/London'):%H:%M}" for span in spans
    ]


def test_every_second_week_counts_from_the_week_in_which_it_begins():
    fortnightly = Week(
        [Stretch(0, NINE, FIVE, 2, date(2026, 3, 4), None)], {}
    )  # a Wednesday: its week's Monday is past

    assert worked(fortnightly) == ["Mon 16 09:00-17:00", "Mon 30 09:00-17:00"]


def test_two_weeks_that_take_turns_never_meet():
    early, late = Stretch(0, NINE, NOON, 2, MONDAY), Stretch(0, NOON, FIVE, 2, MONDAY + timedelta(days=7))

    assert worked(Week([early, late], {})) == [
        "Mon 09 09:00-12:00", "Mon 16 12:00-17:00", "Mon 23 09:00-12:00", "Mon 30 12:00-17:00",
    ]  # fmt: skip


def test_what_is_said_of_a_day_by_its_date_wins():
    week = Week([Stretch(0, NINE, FIVE), Stretch(1, NINE, FIVE)], {MONDAY: [], date(2026, 3, 11): [(NOON, FIVE)]})

    assert worked(week, days=7) == ["Tue 10 09:00-17:00", "Wed 11 12:00-17:00"]


@given(
    st.integers(0, 6), st.integers(1, 8), st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 200),
    st.integers(0, 200),
)  # fmt: skip
def test_stretch_is_worked_in_every_so_many_weeks_of_its_time(weekday, every, begins, lasts, ahead):
    ends = begins + timedelta(days=lasts)
    stretch = Stretch(weekday, NINE, FIVE, every, begins, ends)
    day = begins - timedelta(days=7) + timedelta(days=ahead)

    weeks = (day - timedelta(days=day.weekday()) - begins + timedelta(days=begins.weekday())).days // 7
    assert stretch.is_on(day) == (day.weekday() == weekday and begins <= day <= ends and weeks % every == 0)
