"""TriggerConstraint: a rule that a table keeps by triggers, on whichever database it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint


class TriggerConstraint(BaseConstraint):
    """
    A constraint made of triggers.

    SQLite forgets a table's triggers whenever Django rebuilds the table, which it does for most
    alterations. Here they ride in `deferred_sql` with the table as a reference, so that the rebuild
    makes them again under the right name; a test lists them after a rebuild.
    """

    def triggers(self, model: Any, schema_editor: Any) -> Mapping[str, str]:
        """Write each trigger's name, and what follows the name in CREATE TRIGGER; %(table)s is the table."""
        raise NotImplementedError

    def functions(self) -> Mapping[str, str]:
        """Write PostgreSQL's functions that the triggers call; they are shared, so they are never dropped."""
        return {}

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add the triggers after the table has been made."""
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add the triggers to a table that is there already."""
        for statement in self._statements(model, schema_editor):
            # no parameters: nothing here came from a person
            schema_editor.execute(statement, params=None)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Drop the triggers."""
        quote = schema_editor.quote_name
        on = f" ON {quote(model._meta.db_table)}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in self.triggers(model, schema_editor):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}{on}", params=None)

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Leave it to the database: a look before the write proves nothing."""

    def __eq__(self, other: object) -> bool:
        """Two are the same if a migration would write them the same."""
        if isinstance(other, TriggerConstraint):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        """Go by the name, which is unique in a database."""
        return hash(self.name)

    def _statements(self, model: Any, schema_editor: Any) -> Iterator[str | Statement]:
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor == "postgresql":
            for name, body in self.functions().items():
                yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        for name, rest in self.triggers(model, schema_editor).items():
            if "%" in rest.replace("%(table)s", ""):
                # Django fills in parameters on one of its ways to a rebuilt table, and not on the other.
                raise ValueError(f"{self.name}: a percent sign cannot stand in a trigger")
            # A reference, so that a rebuild can rename it: a plain name would be the old table's.
            yield Statement(
                f"CREATE TRIGGER {quote(name)} {rest}", table=Table(model._meta.db_table, schema_editor.quote_name)
            )


def promised_triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Read from the models which triggers there should be: name → table."""
    schema_editor = connection.schema_editor()
    return {
        name: model._meta.db_table
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, TriggerConstraint)
        for name in constraint.triggers(model, schema_editor)
    }


def triggers_there(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Read from the database which triggers there are, and not switched off: name → table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace"
            )
        else:
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())
