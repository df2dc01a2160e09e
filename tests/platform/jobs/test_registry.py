"""Work and its times are found by name, and are what they say."""

from datetime import UTC, datetime, timedelta

import pytest

from corneum.platform.jobs import registry
from corneum.platform.jobs.registry import daily, every, handler
from tests.factories.cast import NOW


def test_handler_refuses_a_second_function_for_the_same_work():
    handler("tests.same")(lambda payload, at: None)

    with pytest.raises(RuntimeError, match=r"tests\.same"):
        handler("tests.same")(lambda payload, at: None)


def test_every_is_due_at_once_and_then_after_its_pause():
    @every(minutes=5)
    def sweep(at):
        """Do nothing."""

    (entry,) = registry.TIMETABLE.values()

    assert entry.name == "jobs.sweep"  # the folder it stands in, and its name
    assert entry.first(NOW) == NOW
    assert entry.following(NOW) == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("now", "next_at"),
    [
        (datetime(2026, 3, 9, 8, 59, tzinfo=UTC), datetime(2026, 3, 9, 9, 0, tzinfo=UTC)),
        (datetime(2026, 3, 9, 9, 0, tzinfo=UTC), datetime(2026, 3, 10, 9, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 8, 0, tzinfo=UTC)),  # summer time begins
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 9, 0, tzinfo=UTC)),  # and ends
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), datetime(2026, 7, 1, 8, 0, tzinfo=UTC)),  # already July there
    ],
)
def test_daily_keeps_the_time_on_the_wall(now, next_at):
    @daily(at="09:00", zone="Europe/London")
    def open_up(at):
        """Do nothing."""

    (entry,) = registry.TIMETABLE.values()

    assert entry.first(now) == next_at
    assert entry.following(now) == next_at
