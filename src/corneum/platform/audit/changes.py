"""Every change of a row that holds something about a person is noted by the database itself."""

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from corneum.db.append_only import AppendOnly
from corneum.db.triggers import triggers_there
from corneum.platform.audit import change_triggers

PREFIX = "audit_change_of_"


def is_audited(model: type[models.Model]) -> bool:
    """
    Say whether changes to a model's rows are noted.

    They are if any field is personal or clinical, unless its Privacy says `audited = False`, and
    wherever it says `audited = True`. Fields that it lists as `secret` are noted without their value.
    """
    privacy = getattr(model, "Privacy", None)
    is_append_only = any(isinstance(constraint, AppendOnly) for constraint in model._meta.constraints)
    about_people = bool(getattr(privacy, "personal", ()) or getattr(privacy, "clinical", ()))
    return bool(getattr(privacy, "audited", about_people)) and not is_append_only


def note_changes(connection: BaseDatabaseWrapper) -> None:
    """Bring the triggers to what the models say, where they are not so already."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in change_triggers.preparations(connection, _audited_models()):
            cursor.execute(statement)
        wanted, there = _wanted(connection), _there(connection)
        right = {name for name, (_, sql) in there.items() if name in wanted and sql in {"", wanted[name][1]}}
        for name in there.keys() - right:
            cursor.execute(_drop(connection, name, there[name][0]))
        for name in wanted.keys() - right:
            cursor.execute(_drop(connection, name, wanted[name][0]))  # it may be there, and switched off
            cursor.execute(wanted[name][1])


def stop_noting_changes(connection: BaseDatabaseWrapper) -> None:
    """
    Take the triggers away on SQLite, before tables change under them.

    It refuses to drop a column that a trigger names, and to rebuild the trail that all of them name.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, (table, _) in _there(connection).items():
                cursor.execute(_drop(connection, name, table))


def unnoted_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Say which tables change without being noted."""
    there = triggers_there(connection)
    return sorted({table for name, (table, _) in _wanted(connection).items() if name not in there})


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Write every trigger: name → (table, definition). Tables that are not there yet wait for theirs."""
    tables = set(connection.introspection.table_names())
    return {
        name: (model._meta.db_table, sql)
        for model in _audited_models()
        if {model._meta.db_table, "audit_change"} <= tables
        for name, sql in change_triggers.of(connection, model, f"{PREFIX}{model._meta.db_table}").items()
    }


def _audited_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if is_audited(model)]


def _there(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Read the triggers of ours: name → (table, definition). PostgreSQL's say all in their name."""
    found = {name: (table, "") for name, table in triggers_there(connection).items() if name.startswith(PREFIX)}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {name: (table, sql) for name, table, sql in cursor.fetchall() if name in found}
    return found


def _drop(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'
