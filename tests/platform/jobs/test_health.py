"""Machines are told when no worker works."""

from datetime import timedelta

import pytest

from corneum.platform.jobs.health import worker_is_heard_of
from corneum.platform.jobs.models import Turn
from tests.factories.cast import NOW

pytestmark = pytest.mark.django_db


def test_worker_that_was_just_heard_of_is_well():
    Turn.objects.create(name="worker", next_at=NOW + timedelta(minutes=1))

    assert worker_is_heard_of(NOW) == ""


@pytest.mark.parametrize("ago", [None, timedelta(0), timedelta(hours=1)])
def test_worker_that_is_silent_is_not(ago):
    if ago is not None:
        Turn.objects.create(name="worker", next_at=NOW - ago)

    assert worker_is_heard_of(NOW).startswith("No worker has been heard of for 3 minutes")
