"""Changing somebody's working week."""

from datetime import date, time

from corneum.clinic.practitioners import actions, queries
from corneum.domain.scheduling.wall import span_on
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast

DEMO = Actor.system("test")


def hours_of(cast: Cast, day: date) -> list[object]:
    return list(queries.working_intervals(cast.manchester, day, day).get(cast.rosa.pk, []))


def set_week(cast: Cast, *, ends: int, valid_from: date) -> None:
    actions.set_working_hours(
        practitioner=cast.rosa, clinic=cast.manchester, week=[(1, time(9), time(ends))], valid_from=valid_from,
        by=DEMO, at=NOW,
    )  # fmt: skip


def test_set_working_hours_leaves_the_days_before_as_they_were(cast: Cast) -> None:
    before, after = date(2026, 4, 28), date(2026, 5, 5)
    as_it_was = hours_of(cast, before)

    set_week(cast, ends=12, valid_from=date(2026, 5, 1))

    assert hours_of(cast, before) == as_it_was
    assert hours_of(cast, after) == [span_on(after, time(9), time(12), "Europe/London")]


def test_set_working_hours_from_an_earlier_day_replaces_also_what_was_to_begin_later(cast: Cast) -> None:
    set_week(cast, ends=12, valid_from=date(2026, 6, 1))

    set_week(cast, ends=15, valid_from=date(2026, 5, 1))

    for day in (date(2026, 5, 5), date(2026, 6, 2)):
        assert hours_of(cast, day) == [span_on(day, time(9), time(15), "Europe/London")]
