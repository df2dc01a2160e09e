"""Twelve processes take six ways to the same times at once: one winner each, everybody else refused by name."""

from collections import Counter

import pytest
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from corneum.clinic.diary.models import Slot
from tests.attack.arena import fight
from tests.attack.contest import prepare
from tests.attack.paths import PATHS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300)]
REFUSALS = {"SlotTaken", "HoldExpired", "CourseTimeLost"}


def test_every_time_has_one_winner_whatever_the_way_and_whoever_is_killed(cast):
    contest = prepare(cast, days=2, a_day=8, processes=12, crowd=4)

    came = fight(contest, kills=8)

    assert came.killed == 8
    assert came.swept == {}
    assert came.verdict.wrong == []
    assert came.verdict.winners == Counter({1: 16})
    assert set(came.verdict.refused_by) <= REFUSALS
    assert set(came.verdict.won_by) <= set(PATHS)


def test_the_sweep_and_the_verdict_see_it_when_the_database_keeps_nothing(cast):
    contest = prepare(cast, days=2, a_day=3, processes=12, crowd=6)
    constraints = [each for each in Slot._meta.constraints if "no_overlap" in each.name]
    try:
        with connection.schema_editor() as schema_editor:
            for constraint in constraints:
                BaseDatabaseSchemaEditor.remove_constraint(schema_editor, Slot, constraint)

        came = fight(contest)

        assert came.swept["overlaps"] > 0
        assert max(came.verdict.winners) > 1
    finally:
        Slot.objects.all().delete()
        with connection.schema_editor() as schema_editor:
            for constraint in constraints:
                BaseDatabaseSchemaEditor.add_constraint(schema_editor, Slot, constraint)
