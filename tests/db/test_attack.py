"""Six processes fight for three schedules: nobody is ever in two places, and nobody is refused for nothing."""

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from corneum.clinic.diary.models import Slot
from tests.db.attacker import Row
from tests.db.rows import make_hold, make_schedule

ATTACKERS, TRIES = 6, 200


@pytest.mark.django_db(transaction=True)
def test_slots_keep_their_distance_under_attack():
    tried = attack()

    accepted = {row for row, answer in tried if answer == ""}
    assert len(accepted) == Slot.objects.filter(is_live=True).count()
    assert [pair for pair in combinations(sorted(accepted), 2) if too_close(*pair)] == []
    assert {answer for _, answer in tried} == {"", "diary_slot_no_overlap_after", "diary_slot_no_overlap_before"}
    refused = [row for row, answer in tried if answer]
    assert [row for row in refused if not any(too_close(row, other) for other in accepted)] == []


@pytest.mark.django_db(transaction=True)
def test_slots_overlap_under_attack_without_the_constraints():
    constraints = [each for each in Slot._meta.constraints if "no_overlap" in each.name]
    try:
        with connection.schema_editor() as schema_editor:
            for constraint in constraints:
                BaseDatabaseSchemaEditor.remove_constraint(schema_editor, Slot, constraint)

        accepted = [row for row, answer in attack() if answer == ""]

        assert len(accepted) == ATTACKERS * TRIES
        assert any(too_close(*pair) for pair in combinations(accepted, 2))
    finally:
        Slot.objects.all().delete()
        with connection.schema_editor() as schema_editor:
            for constraint in constraints:
                BaseDatabaseSchemaEditor.add_constraint(schema_editor, Slot, constraint)


def attack() -> list[tuple[Row, str]]:
    """Let the attackers loose at the same moment, and answer with what each row was told."""
    hold, schedules = make_hold(), [make_schedule() for _ in range(3)]
    arguments = [where(), str(TRIES), str(hold.pk), *(str(schedule.pk) for schedule in schedules)]
    script = str(Path(__file__).with_name("attacker.py"))
    attackers = [
        subprocess.Popen(
            [sys.executable, script, arguments[0], str(seed), *arguments[1:]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for seed in range(ATTACKERS)
    ]  # fmt: skip
    for attacker in attackers:
        assert attacker.stdout is not None
        assert attacker.stdout.readline() == "ready\n"
    for attacker in attackers:
        assert attacker.stdin is not None
        attacker.stdin.write("go\n")
        attacker.stdin.flush()
    answers = [attacker.communicate(timeout=100)[0] for attacker in attackers]
    return [(Row(*row), answer) for said in answers for row, answer in json.loads(said)]


def where() -> str:
    """Say where the test database is, in the words of its own driver."""
    if connection.vendor == "sqlite":
        return str(connection.settings_dict["NAME"])
    parameters = connection.get_connection_params()
    return f"host={parameters['host']} user={parameters['user']} dbname={parameters['dbname']}"


def too_close(one: Row, other: Row) -> bool:
    """Read the rule plainly: on one schedule, the larger of the two adjoining buffers lies between visits."""
    if one.schedule != other.schedule:
        return False
    first, second = sorted((one, other), key=lambda row: row.starts)
    clean_down, set_up = first.clear_until - first.ends, second.starts - second.clear_from
    return second.starts - first.ends < max(clean_down, set_up)
