"""Clocks, dates, money and numbers are written the way the clinic writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError

from corneum.domain.scheduling.wall import minute_of
from corneum.platform.ui.templatetags import ui

LONDON = "Europe/London"
WINTER = minute_of(datetime(2026, 3, 12, 9, 30, tzinfo=UTC))
SUMMER = minute_of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))  # half past midnight the day after, in London


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [(0, 0, "12am"), (0, 5, "12:05am"), (9, 30, "9:30am"), (12, 0, "12pm"), (14, 0, "2pm"), (23, 59, "11:59pm")],
)
def test_clock12_is_what_patients_read(hour, minute, written):
    moment = minute_of(datetime(2026, 1, 5, hour, minute, tzinfo=UTC))

    assert ui.clock12(moment, LONDON) == written


def test_clock24_is_what_the_desk_reads():
    assert (ui.clock24(WINTER, LONDON), ui.clock24(SUMMER, LONDON)) == ("9:30", "0:30")


def test_summer_time_moves_the_clock_and_the_date():
    assert ui.clock12(SUMMER, LONDON) == "12:30am"
    assert ui.long_date(SUMMER, LONDON) == "Thursday 2 July 2026"
    assert ui.long_date(SUMMER, "UTC") == "Wednesday 1 July 2026"


def test_aware_datetime_is_written_like_its_minute():
    moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert ui.clock12(moment, LONDON) == ui.clock12(SUMMER, LONDON)
    assert ui.iso_moment(moment, LONDON) == "2026-07-02T00:30+01:00"


def test_bare_date_needs_no_zone():
    day = date(2026, 3, 12)

    written = [each(day) for each in (ui.long_date, ui.day_date, ui.short_date, ui.weekday, ui.weekday3, ui.iso_date)]

    assert written == [
        "Thursday 12 March 2026", "Thursday 12 March", "12 March 2026", "Thursday", "Thu", "2026-03-12",
    ]  # fmt: skip
    assert (ui.day_of_month(day), ui.month(day)) == ("12", "March")


def test_minutes_without_a_zone_are_refused():
    with pytest.raises(TemplateSyntaxError):
        ui.clock12(WINTER)


def test_missing_moment_is_written_as_nothing():
    assert [each(None, LONDON) for each in (ui.clock12, ui.clock24, ui.long_date, ui.iso_moment)] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (75, "1 hour 15 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_length_is_written_in_hours_and_minutes(minutes, written):
    assert ui.lasting(minutes) == written


def test_counted_knows_one_from_many():
    assert [ui.counted(number, "time") for number in (0, 1, 6)] == ["0 times", "1 time", "6 times"]


def test_pounds_drops_empty_pence():
    assert [ui.pounds(pence) for pence in (8500, 8550, 125000)] == ["£85", "£85.50", "£1,250"]


@pytest.mark.parametrize(
    ("given", "read", "dialled"),
    [
        ("+441614960000", "0161 496 0000", "+441614960000"),
        ("0161 496 0000", "0161 496 0000", "+441614960000"),
        ("+33142685300", "+33 1 42 68 53 00", "+33142685300"),
        ("ask at the desk", "ask at the desk", "ask at the desk"),
    ],
)
def test_phone_is_read_as_at_home_and_dialled_with_its_country(given, read, dialled):
    assert (ui.phone(given), ui.tel(given)) == (read, dialled)


def test_initials_leave_titles_out():
    names = ["Rosa Lindqvist", "Dr Nadia Farrow", "Ana Maria da Silva", "Cher", ""]

    assert [ui.initials(name) for name in names] == ["RL", "NF", "AS", "C", "?"]


def test_icon_is_hidden_from_readers_beside_a_word_and_named_alone():
    drawn = Template('{% load ui %}{% icon "plus" %}{% icon "plus" label=name %}').render(
        Context({"name": "Add <one>"})
    )

    assert drawn == (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14"/></svg>'
        '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="Add &lt;one&gt;"><path d="M12 5v14M5 12h14"/></svg>'
    )


def test_icon_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        ui.icon("unicorn")
