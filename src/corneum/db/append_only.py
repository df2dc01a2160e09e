"""AppendOnly: rows are added, and never changed or removed."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.ddl_references import Statement

from corneum.db.triggers import TriggerConstraint


class AppendOnly(TriggerConstraint):
    """Refuse every UPDATE and DELETE of a table, whoever asks, with the constraint's name."""

    def statements(self, model: Any, schema_editor: Any) -> Iterator[Statement]:
        """Yield a trigger for each of the two verbs."""
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor == "postgresql":
            function = quote(f"{self.name}_refuse")
            yield self._statement(
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation', "
                f"CONSTRAINT = '{self.name}'; END $$",
                model,
                schema_editor,
            )
            yield self._statement(
                f"CREATE TRIGGER {quote(self.name)} BEFORE UPDATE OR DELETE ON %(table)s "
                f"FOR EACH ROW EXECUTE FUNCTION {function}()",
                model,
                schema_editor,
            )
            return
        for verb in ("update", "delete"):
            yield self._statement(
                f"CREATE TRIGGER {quote(f'{self.name}_{verb}')} BEFORE {verb.upper()} ON %(table)s "
                f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
                model,
                schema_editor,
            )

    def trigger_names(self, schema_editor: Any) -> list[str]:
        """Name them as `statements` does."""
        if schema_editor.connection.vendor == "postgresql":
            return [self.name]
        return [f"{self.name}_update", f"{self.name}_delete"]
