"""The life of a diary: whatever is done to it, in whatever order, every rule holds after every step."""

import pytest

from tests.clinic.diary.life import Life, live
from tests.factories.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_rule_holds_after_every_step(cast: Cast):
    live(Life, cast, examples=5, steps=30)
