"""What the database promises and no longer keeps, in sentences for the operator."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as Advice
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from corneum.db.triggers import promised_triggers, triggers_there
from corneum.platform.audit.changes import unnoted_tables


def check_triggers(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Say what is missing; no error, because the migration that cures it runs this check first."""
    return [
        Advice(sentence, id="audit.W001")
        for alias in databases or ()
        for sentence in missing_triggers(connections[alias])
    ]


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Write one sentence for every trigger that the models promise and the database lacks."""
    tables, there = set(connection.introspection.table_names()), triggers_there(connection)
    lost_rules = [
        f"The table {table} has lost {name}, by which the database keeps one of its rules. Restore the last backup."
        for name, table in promised_triggers(connection).items()
        if table in tables and name not in there
    ]
    unnoted = [
        f"Changes to the table {table} are not noted in the trail. Run `corneum manage migrate`."
        for table in unnoted_tables(connection)
    ]
    return lost_rules + unnoted
