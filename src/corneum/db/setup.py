"""SpoilsSetup: a table of settings whose every change draws a new version, so that nothing kept of it is stale."""

from collections.abc import Mapping
from typing import Any

from corneum.db.triggers import TriggerConstraint

TABLE = "premises_setup"
DRAW = (
    f"INSERT INTO {TABLE} (id, version) VALUES (1, lower(hex(randomblob(16)))) "
    "ON CONFLICT (id) DO UPDATE SET version = excluded.version"
)


class SpoilsSetup(TriggerConstraint):
    """
    Draw a new version of the setup whenever a row of this table is added, changed or deleted.

    By chance and not by counting: a version that was taken back with its transaction, or with a whole
    database that was restored, never comes again for something else.

    With `unless`, the rows are only ever added, and those in which that field is filled do not count.
    """

    def __init__(self, *, name: str, unless: str = "") -> None:
        """Take the name, and the field that must be empty for a new row to count."""
        super().__init__(name=name)
        self.unless = unless

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Say it in a migration as it is said in the model."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | ({"unless": self.unless} if self.unless else {})

    def triggers(self, model: Any, schema_editor: Any) -> Mapping[str, str]:
        """Write one trigger for a statement on PostgreSQL, and one for each verb on SQLite."""
        is_postgres = schema_editor.connection.vendor == "postgresql"
        if self.unless:
            column = schema_editor.quote_name(model._meta.get_field(self.unless).column)
            draw = "EXECUTE FUNCTION corneum_new_setup()" if is_postgres else f"BEGIN {DRAW}; END"
            return {self.name: f"AFTER INSERT ON %(table)s FOR EACH ROW WHEN (NEW.{column} IS NULL) {draw}"}
        if is_postgres:
            return {
                self.name: "AFTER INSERT OR UPDATE OR DELETE ON %(table)s FOR EACH STATEMENT "
                "EXECUTE FUNCTION corneum_new_setup()"
            }
        return {
            f"{self.name}_{verb}": f"AFTER {verb.upper()} ON %(table)s BEGIN {DRAW}; END"
            for verb in ("insert", "update", "delete")
        }

    def functions(self) -> Mapping[str, str]:
        """Write the one function that draws."""
        return {
            "corneum_new_setup": f"BEGIN INSERT INTO {TABLE} (id, version) VALUES (1, gen_random_uuid()::text) "
            "ON CONFLICT (id) DO UPDATE SET version = excluded.version; RETURN NULL; END"
        }
