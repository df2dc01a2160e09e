"""Whatever a clinic does in whatever order, the sweep finds nothing; CORNEUM_STEPS=2000 lives longer."""

import os
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.attack.life import Life

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(3600)]
STEPS = 35  # of one life
# A life that ends badly is made shorter only for whoever asks for more steps: that takes minutes.
PHASES = [phase for phase in Phase if phase is not Phase.shrink or "CORNEUM_STEPS" in os.environ]
LIVES = max(4, int(os.environ.get("CORNEUM_STEPS", "0")) // STEPS)


def test_the_diary_and_the_messages_are_in_order_after_every_step(cast):
    done: Counter[str] = Counter()

    class LifeOfThisCast(Life):
        def __init__(self) -> None:
            super().__init__()
            self.cast, self.done = cast, done
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    run_state_machine_as_test(
        LifeOfThisCast,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=PHASES,
        ),
    )
    if "CORNEUM_STEPS" in os.environ:
        print(dict(sorted(done.items())))  # noqa: T201 -- so that whoever asks for more sees what was tried
    assert sum(done.values()) > LIVES
