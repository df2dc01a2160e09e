"""The clock of the journey's tests: pages read it, so it stands still at NOW until a test moves it."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.cast import NOW


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; `clock.shift(timedelta(minutes=11))` moves it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
