"""Blocked time as people say it, as spans of minutes."""

from datetime import date, time

from corneum.clinic.setup.spans import MIDDAY, Said, spans_of
from corneum.domain.scheduling.interval import Interval
from tests.factories.diary import minute

LONDON = "Europe/London"


def test_whole_days_are_one_span_as_long_as_the_clocks_make_it():
    (span,) = spans_of(Said(date(2026, 3, 28), date(2026, 3, 29)), LONDON)

    assert span == Interval(minute("2026-03-28T00:00"), minute("2026-03-29T23:00"))  # one hour short: summer begins


def test_two_halves_of_a_day_are_the_whole_of_it():
    day = date(2026, 3, 10)
    morning, afternoon = (
        spans_of(Said(day, day, hours), LONDON)[0] for hours in ((time.min, MIDDAY), (MIDDAY, time.min))
    )

    assert (morning.starts, morning.ends, afternoon.ends) == (
        minute("2026-03-10T00:00"),
        afternoon.starts,
        minute("2026-03-11T00:00"),
    )


def test_hours_are_of_each_day_and_repeat_by_the_wall_clock():
    said = Said(date(2026, 3, 23), date(2026, 3, 24), (time(9), time(10)), until=date(2026, 3, 30))

    assert [span.starts for span in spans_of(said, LONDON)] == [
        minute("2026-03-23T09:00"),
        minute("2026-03-24T09:00"),
        minute("2026-03-30T08:00"),
        minute("2026-03-31T08:00"),
    ]


def test_repeat_ends_with_the_last_that_begins_by_then():
    said = Said(date(2026, 3, 2), date(2026, 3, 2), until=date(2026, 3, 15))

    assert len(spans_of(said, LONDON)) == 2
