"""Work of a test's own, a clock that it winds, and a worker told the time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from corneum.platform.jobs import registry
from corneum.platform.jobs.worker import Worker
from tests.factories.cast import NOW


class Clock:
    """Says the time that the test says it is."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> datetime:
        self.now += timedelta(**amount)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def worker(clock: Clock) -> Worker:
    return Worker(clock=clock)


@pytest.fixture(autouse=True)
def _nothing_but_our_own_work() -> Iterator[None]:
    """Take the installed areas' work away for one test."""
    registry.discover()
    handlers, timetable = dict(registry.HANDLERS), dict(registry.TIMETABLE)
    registry.HANDLERS.clear()
    registry.TIMETABLE.clear()
    yield
    registry.HANDLERS.clear()
    registry.HANDLERS.update(handlers)
    registry.TIMETABLE.clear()
    registry.TIMETABLE.update(timetable)
