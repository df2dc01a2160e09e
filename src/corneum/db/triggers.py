"""TriggerConstraint: a rule that a table keeps by triggers, on whichever database it stands."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint


class TriggerConstraint(BaseConstraint):
    """
    A constraint made of triggers.

    SQLite forgets a table's triggers whenever Django rebuilds the table, which it does for most
    alterations. Here they ride in `deferred_sql` with the table as a reference, so that the rebuild
    makes them again under the right name; a test lists them after a rebuild.
    """

    def statements(self, model: Any, schema_editor: Any) -> Iterator[Statement]:
        """Yield the statements that make the triggers."""
        raise NotImplementedError

    def trigger_names(self, schema_editor: Any) -> list[str]:
        """Say which triggers there are, so that they can be dropped."""
        raise NotImplementedError

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add the triggers after the table has been made."""
        schema_editor.deferred_sql.extend(self.statements(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add the triggers to a table that is there already."""
        for statement in self.statements(model, schema_editor):
            # no parameters: a percent sign or a brace in a trigger is the trigger's own
            schema_editor.execute(str(statement), params=None)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Drop the triggers."""
        quote = schema_editor.quote_name
        for name in self.trigger_names(schema_editor):
            schema_editor.execute(self._drop(quote(name), quote(model._meta.db_table), schema_editor), params=None)

    @staticmethod
    def _drop(trigger: str, table: str, schema_editor: Any) -> str:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        return f"DROP TRIGGER IF EXISTS {trigger}{on}"

    @staticmethod
    def _statement(sql: str, model: Any, schema_editor: Any) -> Statement:
        return Statement(sql, table=Table(model._meta.db_table, schema_editor.quote_name))

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Leave it to the database: a look before the write proves nothing."""
