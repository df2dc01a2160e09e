"""An append-only table takes rows and keeps them as they are, whoever asks and by whatever way."""

from collections.abc import Callable

import pytest
from django.db import connection

from corneum.platform.audit.models import RecordRead
from tests.db.rows import NOW, make_clinic, make_user, raw, refusal

pytestmark = pytest.mark.django_db

NAME = "audit_read_is_never_changed"


@pytest.fixture
def read(db: None) -> RecordRead:
    read = RecordRead.objects.create(at=NOW, user=make_user(), clinic=make_clinic(), patient_ref="a" * 26, page="x:y")
    connection.check_constraints()  # PostgreSQL truncates nothing while foreign keys wait to be checked
    return read


def ways_to_change(read: RecordRead) -> dict[str, Callable[[], object]]:
    """Name every way of changing or removing a row."""
    same = [RecordRead(pk=read.pk, at=NOW, user=read.user, clinic=read.clinic, patient_ref="b" * 26, page="x:y")]
    columns = "id, at, user_id, clinic_id, patient_ref, page, request_id"
    values = f"{read.pk}, '2026-03-09', {read.user_id}, {read.clinic_id}, 'b', '', ''"
    ways: dict[str, Callable[[], object]] = {
        "save": read.save,
        "update": lambda: RecordRead.objects.update(page="changed"),
        "bulk_update": lambda: RecordRead.objects.bulk_update(same, ["patient_ref"]),
        "upsert": lambda: RecordRead.objects.bulk_create(
            same, update_conflicts=True, update_fields=["patient_ref"], unique_fields=["id"]
        ),
        "delete": read.delete,
        "queryset.delete": lambda: RecordRead.objects.all().delete(),
        "raw update": lambda: raw("UPDATE audit_recordread SET page = 'changed'"),
        "raw delete": lambda: raw("DELETE FROM audit_recordread"),
    }
    if connection.vendor == "sqlite":
        ways["insert or replace"] = lambda: raw(
            f"INSERT OR REPLACE INTO audit_recordread ({columns}) VALUES ({values})"
        )
        ways["update or replace"] = lambda: raw("UPDATE OR REPLACE audit_recordread SET page = 'changed'")
    else:
        ways["truncate"] = lambda: raw("TRUNCATE audit_recordread")
    return ways


def test_every_change_is_refused_by_name(read):
    ways = ways_to_change(read)

    names = {way: refusal(write) for way, write in ways.items()}

    assert names == dict.fromkeys(ways, NAME)
    assert RecordRead.objects.get().patient_ref == "a" * 26


def test_insert_that_ignores_conflicts_changes_nothing(read):
    same = RecordRead(pk=read.pk, at=NOW, user=read.user, clinic=read.clinic, patient_ref="b" * 26, page="x:y")

    RecordRead.objects.bulk_create([same], ignore_conflicts=True)

    assert RecordRead.objects.get().patient_ref == "a" * 26


def test_rows_can_be_added(read):
    RecordRead.objects.create(at=NOW, user=read.user, clinic=read.clinic, patient_ref="b" * 26, page="x:y")

    assert RecordRead.objects.count() == 2
