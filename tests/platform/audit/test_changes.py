"""The database notes every change of a personal row by itself: who, what it was and what it is."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse

from corneum.config import installation
from corneum.db.triggers import triggers_there
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, Membership, User
from corneum.platform.accounts.request_id import RequestId
from corneum.platform.audit.changes import PREFIX, is_audited, note_changes, stop_noting_changes
from corneum.platform.audit.checks import check_triggers, missing_triggers
from corneum.platform.audit.models import AuditEvent, Change
from corneum.platform.audit.trail import action, record

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
def dana(db: None) -> User:
    return User.objects.create(email="dana@example.org", name="Dana", password="argon2$secret", created_at=NOW)


def changes_of(row: models.Model) -> models.QuerySet[Change]:
    """Read every change that the database saw in one row, the earliest first."""
    return Change.objects.filter(table=row._meta.db_table, row=row.pk).order_by("id")


@action
def rename(*, user: User, name: str, by: Actor, at: datetime) -> None:
    """Give somebody another name."""
    user.name = name
    user.save()
    record("tests.rename", entity=user, by=by, at=at, clinic=None)


def test_insert_is_noted_with_every_column_but_the_secret(dana):
    change = changes_of(dana).get()
    new: Any = change.new

    assert (change.operation, change.table, change.row, change.old) == ("insert", "accounts_user", dana.pk, None)
    assert {**new, "created_at": new["created_at"][:10]} == {
        "id": dana.pk,
        "ref": dana.ref,
        "email": "dana@example.org",
        "name": "Dana",
        "password": "(kept secret)",
        "is_active": True,
        "last_login": None,
        "created_at": "2026-03-09",
    }


def test_update_is_noted_with_what_changed_alone(dana):
    rename(user=dana, name="Dana Desk", by=Actor.staff(dana), at=NOW)

    change = changes_of(dana).latest("id")

    assert (change.operation, change.old, change.new) == ("update", {"name": "Dana"}, {"name": "Dana Desk"})
    assert (change.actor_kind, change.actor_user, change.actor_name) == ("staff", dana.pk, "Dana")


def test_secret_that_changed_is_noted_without_its_value(dana):
    User.objects.update(password="argon2$another", is_active=False)

    change = changes_of(dana).latest("id")

    assert change.old == {"password": "(kept secret)", "is_active": True}
    assert change.new == {"password": "(kept secret)", "is_active": False}


def test_update_that_changes_nothing_is_not_noted(dana):
    dana.save()

    assert changes_of(dana).count() == 1


def test_delete_is_noted_with_all_that_is_gone(dana):
    pk = dana.pk
    dana.delete()

    change = Change.objects.filter(table="accounts_user", row=pk).latest("id")

    old: Any = change.old
    assert (change.operation, old["name"], old["password"], change.new) == ("delete", "Dana", "(kept secret)", None)


def test_every_way_of_writing_is_noted(dana):
    people = [User(email=f"{name}@example.org", name=name, created_at=NOW) for name in ("priya", "owen")]

    User.objects.bulk_create(people)
    User.objects.filter(name="priya").update(name="Priya")
    User.objects.bulk_update([User(pk=dana.pk, name="Dana D.")], ["name"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = 'Owen' WHERE name = 'owen'")
        cursor.execute("DELETE FROM accounts_user WHERE name = 'Owen'")

    operations = Change.objects.order_by("id").values_list("operation", "new__name", "old__name")
    assert list(operations)[1:] == [
        ("insert", "priya", None),
        ("insert", "owen", None),
        ("update", "Priya", "priya"),
        ("update", "Dana D.", "Dana"),
        ("update", "Owen", "owen"),
        ("delete", None, "Owen"),
    ]


def test_change_outside_any_action_is_nobodys(dana):
    change = changes_of(dana).get()

    assert (change.actor_kind, change.actor_user, change.actor_name) == ("unknown", None, "")


def test_actor_is_forgotten_when_the_action_ends_or_fails(dana):
    @action
    def fail(*, by: Actor, at: datetime) -> None:
        User.objects.update(name="Never seen")
        raise ZeroDivisionError

    rename(user=dana, name="Dana Desk", by=Actor.system("worker"), at=NOW)
    with pytest.raises(ZeroDivisionError):
        fail(by=Actor.system("worker"), at=NOW)
    User.objects.update(name="Dana again")

    noted = changes_of(dana).values_list("actor_kind", "new__name")
    assert list(noted) == [("unknown", "Dana"), ("system", "Dana Desk"), ("unknown", "Dana again")]


def test_action_inside_another_is_noted_as_its_own_actors(dana):
    @action
    def outer(*, by: Actor, at: datetime) -> None:
        rename(user=dana, name="one", by=Actor.system("inner"), at=at)
        User.objects.update(name="two")

    outer(by=Actor.system("outer"), at=NOW)

    assert [change.actor_name for change in changes_of(dana)] == ["", "inner", "outer"]


def test_change_knows_the_request_that_made_it(dana, rf):
    response = RequestId(lambda _request: answer(dana))(rf.get("/"))

    change, event = changes_of(dana).latest("id"), AuditEvent.objects.get()
    assert (change.request_id, event.request_id) == (response["X-Request-Id"],) * 2


def answer(dana: User) -> HttpResponse:
    """Answer a request by renaming somebody."""
    rename(user=dana, name="Dana Desk", by=Actor.system("page"), at=NOW)
    return HttpResponse()


def test_boolean_and_json_are_noted_as_such(dana):
    clinic = Clinic.objects.create(slug="manchester", name="Manchester")
    membership = Membership.objects.create(user=dana, clinic=clinic, role="desk")

    change = changes_of(membership).get()

    assert change.new == {"id": membership.pk, "user_id": dana.pk, "clinic_id": clinic.pk, "role": "desk"}


def test_tables_that_are_audited_hold_something_about_people_or_power():
    audited = {model._meta.label for model in apps.get_models() if is_audited(model)}

    assert audited >= {
        "accounts.User", "accounts.Membership", "patients.Patient", "diary.Appointment", "enquiries.Enquiry",
        "enquiries.Entry", "practitioners.Registration", "practitioners.Qualification",
    }  # fmt: skip
    assert not audited & {"diary.Slot", "diary.Hold", "jobs.Job", "audit.AuditEvent", "audit.Change"}


@pytest.mark.django_db
def test_every_audited_table_has_its_triggers():
    there = {table for name, table in triggers_there(connection).items() if name.startswith("audit_change_of_")}

    assert there == {model._meta.db_table for model in apps.get_models() if is_audited(model)}
    assert missing_triggers(connection) == []


@pytest.mark.django_db
def test_check_says_which_trigger_is_missing():
    on = {"postgresql": " ON {}", "sqlite": ""}[connection.vendor]
    lost = [
        name for name in triggers_there(connection) if name.startswith(("audit_change_of_accounts_user", "diary_slot"))
    ]
    tables = triggers_there(connection)
    with connection.cursor() as cursor:
        for name in lost:
            cursor.execute(f"DROP TRIGGER {name}{on.format(tables[name])}")

    messages = [message.msg for message in check_triggers(databases=["default"])]

    assert (
        messages[-1] == "Changes to the table accounts_user are not noted in the trail. Run `corneum manage migrate`."
    )
    assert {message.split(",")[0].split()[-1] for message in messages[:-1]} == {
        name for name in lost if name.startswith("diary_slot")
    }
    assert check_triggers(databases=None) == []


@pytest.mark.postgres
@pytest.mark.django_db
def test_trigger_that_was_switched_off_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user DISABLE TRIGGER audit_change_of_accounts_user")

    assert missing_triggers(connection) == [
        "Changes to the table accounts_user are not noted in the trail. Run `corneum manage migrate`."
    ]
    note_changes(connection)
    assert missing_triggers(connection) == []


@pytest.mark.django_db
def test_triggers_are_made_again_only_where_they_differ():
    before = definitions()

    note_changes(connection)

    assert definitions() == before


@pytest.mark.django_db
def test_triggers_are_made_again_after_they_were_taken_away(dana):
    before = definitions()

    stop_noting_changes(connection)
    User.objects.update(name="unseen")
    note_changes(connection)
    User.objects.update(name="seen")

    assert {name for name, _ in definitions()} == {name for name, _ in before}
    names = changes_of(dana).values_list("new__name", flat=True)
    assert list(names) == (["Dana", "seen"] if connection.vendor == "sqlite" else ["Dana", "unseen", "seen"])


@pytest.mark.django_db
def test_trigger_of_a_table_no_longer_audited_goes(dana, monkeypatch):
    monkeypatch.setattr(User.Privacy, "audited", False, raising=False)

    note_changes(connection)
    User.objects.update(name="unseen")

    assert changes_of(dana).count() == 1


@pytest.mark.django_db(transaction=True)
def test_migrations_take_the_triggers_away_and_bring_them_back():
    """Undo and do all of one app's migrations, whose table SQLite drops and makes with its triggers in the way."""
    before = {name for name, _ in definitions()}

    call_command("migrate", "calendars", "zero", verbosity=0)
    without = {name for name, _ in definitions()}
    call_command("migrate", verbosity=0)

    assert without == {name for name in before if "calendars" not in name}
    assert {name for name, _ in definitions()} == before
    assert MigrationExecutor(connection).migration_plan([]) == []


@pytest.mark.django_db
def test_column_that_only_the_table_has_is_noted(dana):
    """Half-way through migrations a table has columns that the model has no longer, or not yet."""
    stop_noting_changes(connection)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user ADD COLUMN shoe_size integer")
    note_changes(connection)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET shoe_size = 42")

    assert changes_of(dana).latest("id").new == {"shoe_size": 42}


def definitions() -> list[tuple[Any, ...]]:
    """Read the triggers of ours as the database keeps them: a new one has a new place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname, oid FROM pg_trigger WHERE tgname LIKE 'audit_change_of_%%' ORDER BY 1", [])
        else:
            cursor.execute("SELECT name, rowid FROM sqlite_master WHERE name LIKE 'audit_change_of_%' ORDER BY 1")
        return list(cursor.fetchall())


class Thing(models.Model):
    """A model that says nothing of privacy, as a library's."""

    class Meta:
        app_label = "nowhere"
        managed = False


def test_model_of_a_library_is_not_audited():
    assert not is_audited(Thing)


@pytest.mark.django_db
def test_installation_is_told_what_is_no_longer_noted():
    on = {"postgresql": " ON patients_patient", "sqlite": ""}[connection.vendor]
    with connection.cursor() as cursor:
        for name, table in triggers_there(connection).items():
            if table == "patients_patient" and name.startswith(PREFIX):
                cursor.execute(f"DROP TRIGGER {name}{on}")

    found = [(finding.sentence, finding.blocks) for finding in installation.rules()]

    assert found == [
        ("Changes to the table patients_patient are not noted in the trail. Run `corneum manage migrate`.", True)
    ]
