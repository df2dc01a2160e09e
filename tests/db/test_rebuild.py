"""The database's own rules survive what migrations do to a table, and can be added and taken away by them."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AlterField, RemoveConstraint
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import Q

from corneum.clinic.diary.models import Slot
from corneum.db.append_only import AppendOnly
from corneum.db.no_overlap import NoOverlap
from corneum.db.paired import Paired
from corneum.db.triggers import promised_triggers, triggers_there
from corneum.platform.audit.models import RecordRead
from tests.db.rows import NOW, make_clinic, make_hold, make_schedule, make_user, refusal, slot

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_trigger_that_the_models_promise_is_there():
    there = triggers_there(connection)

    assert {name: there.get(name) for name in promised_triggers(connection)} == promised_triggers(connection)


def test_no_trigger_is_there_that_nobody_promised():
    there = {
        name: table for name, table in triggers_there(connection).items() if not name.startswith("audit_change_of")
    }

    assert there == promised_triggers(connection)


@pytest.fixture
def state(db: None) -> ProjectState:
    """Give the models as the migrations have left them."""
    return MigrationLoader(connection).project_state()


def apply(state: ProjectState, operation: Operation, label: str = "diary") -> ProjectState:
    """Do one operation of a migration, and answer with what the models are then."""
    after = state.clone()
    operation.state_forwards(label, after)
    with connection.schema_editor() as schema_editor:
        operation.database_forwards(label, schema_editor, state, after)
    return after


def undo(before: ProjectState, after: ProjectState, operation: Operation, label: str = "diary") -> None:
    """Undo one operation of a migration."""
    with connection.schema_editor() as schema_editor:
        operation.database_backwards(label, schema_editor, after, before)


def assert_slots_are_guarded() -> None:
    """Try a double booking on the real table."""
    hold, room = make_hold(), make_schedule()
    slot(room, hold, 100, 120).save()
    assert refusal(lambda: slot(room, hold, 110, 130).save()).startswith("diary_slot_no_overlap")
    assert refusal(lambda: Slot.objects.update(ends=0)) == "diary_slot_is_in_order"


@pytest.mark.parametrize(
    "operation",
    [
        AlterField("slot", "starts", models.BigIntegerField()),
        AlterField("slot", "is_live", models.BooleanField(default=False)),
        AddField("slot", "colour", models.CharField(max_length=8, default="blue")),
        AddField("slot", "colour", models.CharField(max_length=8, null=True)),
        AddConstraint("slot", models.CheckConstraint(condition=Q(starts__lt=10**9), name="diary_slot_is_soon")),
    ],
    ids=lambda operation: operation.describe(),
)
def test_slots_stay_guarded_when_their_table_is_rebuilt(state, operation):
    before = triggers_there(connection)

    after = apply(state, operation)

    try:
        assert triggers_there(connection) == before
        if not isinstance(operation, AddField):  # the model of today does not fill the column of tomorrow
            assert_slots_are_guarded()
    finally:
        Slot.objects.all().delete()
        undo(state, after, operation)
    assert triggers_there(connection) == before
    assert_slots_are_guarded()


def test_no_overlap_can_be_taken_away_and_added_by_migrations(state):
    operations = [RemoveConstraint("slot", f"diary_slot_no_overlap_{which}") for which in ("after", "before")]
    states = [state]

    for operation in operations:
        states.append(apply(states[-1], operation))
    hold, room = make_hold(), make_schedule()
    first, second = slot(room, hold, 100, 120), slot(room, hold, 110, 130)
    first.save()
    second.save()
    second.delete()
    for operation, before, after in reversed(list(zip(operations, states, states[1:], strict=False))):
        undo(before, after, operation)

    assert triggers_there(connection) == promised_and_noted()
    assert refusal(second.save).startswith("diary_slot_no_overlap")


def test_append_only_can_be_taken_away_and_added_by_migrations(state):
    operation = RemoveConstraint("recordread", "audit_read_is_never_changed")
    read = RecordRead.objects.create(at=NOW, user=make_user(), clinic=make_clinic(), patient_ref="a" * 26, page="x:y")

    after = apply(state, operation, "audit")
    read.page = "changed"
    read.save()
    undo(state, after, operation, "audit")

    assert RecordRead.objects.get().page == "changed"
    assert refusal(read.save) == "audit_read_is_never_changed"


def promised_and_noted() -> dict[str, str]:
    """Read what there should be: the constraints' triggers and those that note changes."""
    noted = {name: table for name, table in triggers_there(connection).items() if name.startswith("audit_change_of")}
    return promised_triggers(connection) | noted


CONSTRAINTS = [
    NoOverlap(name="one", per="room", starts="starts", ends="ends", live=Q(is_live=True)),
    AppendOnly(name="two"),
    Paired("signed_at", "signed_by", name="three"),
]


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: type(constraint).__name__)
def test_constraint_is_written_in_a_migration_as_it_stands(constraint):
    written, imports = MigrationWriter.serialize(constraint)
    namespace: dict[str, Any] = {}

    exec("\n".join(sorted(imports)) + f"\nagain = {written}", namespace)

    assert namespace["again"] == constraint
    assert constraint.clone() == constraint
    assert constraint != deepcopy(CONSTRAINTS[CONSTRAINTS.index(constraint) - 1])
    assert constraint != "another thing"


def test_two_that_are_the_same_are_one():
    same = CONSTRAINTS[1].clone()

    assert {same} == {CONSTRAINTS[1]}


def test_migrations_say_all_that_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
