"""When a clinic is open, and what is in it."""

from datetime import date, time

import pytest

from corneum.clinic.premises import queries
from corneum.clinic.premises.models import Closure, OpeningHours
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import span_on
from corneum.platform.accounts.models import Clinic
from tests.factories.cast import Cast

SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 3, day) for day in (28, 29, 30, 31))


def set_week(clinic: Clinic, *week: tuple[int, time, time]) -> None:
    OpeningHours.objects.filter(clinic=clinic).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in week
    )


def at(day: date, opens: int, closes: int) -> Interval:
    return span_on(day, time(opens), time(closes), "Europe/London")


def test_clinic_page_is_the_address_of_that_clinic(cast: Cast) -> None:
    assert queries.clinic_page(cast.stockport).town == "Stockport"


def test_clinic_page_of_a_clinic_without_address_is_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        queries.clinic_page(Clinic.objects.create(slug="new", name="New"))


def test_opening_hours_leave_out_sundays_and_closures(cast: Cast, django_assert_num_queries) -> None:
    Closure.objects.create(clinic=cast.manchester, on=MONDAY, reason="Training")
    Closure.objects.create(clinic=cast.stockport, on=TUESDAY, reason="Training there")

    with django_assert_num_queries(4):
        hours = queries.opening_hours(cast.manchester, SATURDAY, TUESDAY)

    assert hours == [at(SATURDAY, 9, 17), at(TUESDAY, 9, 17)]


def test_opening_hours_are_wall_time_on_both_sides_of_a_clock_change(cast: Cast) -> None:
    before, after = queries.opening_hours(cast.manchester, SATURDAY, MONDAY)

    # clocks go forward on Sunday 29 March 2026: nine in the morning comes an hour earlier in UTC
    assert after.starts - before.starts == 2 * 24 * 60 - 60


def test_opening_hours_of_a_day_with_a_gap_are_two(cast: Cast) -> None:
    set_week(cast.manchester, (1, time(14), time(18)), (1, time(9), time(13)))

    assert queries.opening_hours(cast.manchester, MONDAY, TUESDAY) == [at(TUESDAY, 9, 13), at(TUESDAY, 14, 18)]


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ([(day, time(9), time(18)) for day in range(6)], [("Monday to Saturday", "9am to 6pm")]),
        (
            [*((day, time(9, 30), time(18)) for day in range(5)), (5, time(9, 30), time(13))],
            [("Monday to Friday", "9:30am to 6pm"), ("Saturday", "9:30am to 1pm")],
        ),
        (
            [(0, time(9), time(12)), (0, time(13), time(17)), (1, time(9), time(12)), (3, time(0, 15), time(23, 59))],
            [("Monday", "9am to 12pm and 1pm to 5pm"), ("Tuesday", "9am to 12pm"), ("Thursday", "12:15am to 11:59pm")],
        ),
        (
            [(0, time(9), time(17)), (1, time(9), time(17)), (3, time(9), time(17))],
            [("Monday and Tuesday", "9am to 5pm"), ("Thursday", "9am to 5pm")],
        ),
        ([], []),
    ],
)
def test_hours_in_words_say_the_week_as_people_do(cast: Cast, week, words) -> None:
    set_week(cast.manchester, *week)

    assert queries.hours_in_words(cast.manchester) == words


def test_rooms_and_devices_are_those_of_the_clinic_in_use(cast: Cast) -> None:
    cast.treatment_room_2.is_active = False
    cast.treatment_room_2.save()

    assert list(queries.rooms_of(cast.manchester)) == [cast.consulting_room, cast.treatment_room_1]
    assert list(queries.devices_of(cast.manchester)) == [cast.crystal]
    assert list(queries.devices_of(cast.stockport)) == []


def test_closures_of_a_span_include_both_its_ends(cast: Cast) -> None:
    first, last = (
        Closure.objects.create(clinic=cast.manchester, on=day, reason="Holiday") for day in (SATURDAY, MONDAY)
    )
    Closure.objects.create(clinic=cast.manchester, on=TUESDAY, reason="Training")

    assert list(queries.closures_of(cast.manchester, SATURDAY, MONDAY)) == [first, last]
