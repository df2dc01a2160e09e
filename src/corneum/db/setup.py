"""SpoilsSetup: a table of settings whose every change draws a new version, so that nothing kept of it is stale."""

from collections.abc import Mapping
from typing import Any

from corneum.db.triggers import TriggerConstraint

TABLE = "premises_setup"
GROUP = 0  # the row of all clinics together; a clinic's own has its key
INTO, ANEW = f"INSERT INTO {TABLE} (id, version)", "ON CONFLICT (id) DO UPDATE SET version = excluded.version"
VERBS = ("insert", "update", "delete")
ROWS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


class SpoilsSetup(TriggerConstraint):
    """
    Draw a new version of the setup whenever a row of this table is added, changed or deleted.

    By chance and not by counting: a version that was taken back with its transaction, or with a whole
    database that was restored, never comes again for something else.

    With `per`, a foreign key to the clinic that a row is about, only that clinic's version is drawn, or
    both when a row goes from one to another; without, the version of the whole group. With `unless`, the
    rows are only ever added, and those in which that field is filled do not count.
    """

    def __init__(self, *, name: str, per: str = "", unless: str = "") -> None:
        """Take the name, the field that says whose setup it is, and the field that must be empty for a row to count."""
        super().__init__(name=name)
        self.per, self.unless = per, unless

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Say it in a migration as it is said in the model."""
        path, args, kwargs = super().deconstruct()
        given = {"per": self.per, "unless": self.unless}
        return path, args, kwargs | {key: value for key, value in given.items() if value}

    def triggers(self, model: Any, schema_editor: Any) -> Mapping[str, str]:
        """Write triggers for whole statements on PostgreSQL, and one for each verb on SQLite."""
        if schema_editor.connection.vendor == "postgresql":
            return self._on_postgresql(model, schema_editor)
        return self._on_sqlite(model, schema_editor)

    def functions(self) -> Mapping[str, str]:
        """Write the two functions that draw: for the group, and for each clinic that a statement's rows are about."""
        whose = {row: f"'SELECT ' || quote_ident(TG_ARGV[0]) || ' AS whose FROM {row}_rows'" for row in ("old", "new")}
        return {
            "corneum_new_setup": f"BEGIN {INTO} VALUES ({GROUP}, gen_random_uuid()::text) {ANEW}; RETURN NULL; END",
            # Always in the order of the clinics, so that two statements cannot wait for each other.
            "corneum_new_setup_per_clinic": f"BEGIN EXECUTE '{INTO} SELECT whose, gen_random_uuid()::text FROM (' "
            f"|| CASE TG_OP WHEN 'INSERT' THEN {whose['new']} WHEN 'DELETE' THEN {whose['old']} "
            f"ELSE {whose['old']} || ' UNION ' || {whose['new']} END "
            f"|| ') AS every WHERE whose IS NOT NULL GROUP BY whose ORDER BY whose {ANEW}'; RETURN NULL; END",
        }

    def _on_postgresql(self, model: Any, schema_editor: Any) -> dict[str, str]:
        draw = "EXECUTE FUNCTION corneum_new_setup()"
        if self.unless:
            column = schema_editor.quote_name(model._meta.get_field(self.unless).column)
            return {self.name: f"AFTER INSERT ON %(table)s FOR EACH ROW WHEN (NEW.{column} IS NULL) {draw}"}
        if not self.per:
            return {self.name: f"AFTER INSERT OR UPDATE OR DELETE ON %(table)s FOR EACH STATEMENT {draw}"}
        column = model._meta.get_field(self.per).column
        return {
            f"{self.name}_{verb}": f"AFTER {verb.upper()} ON %(table)s REFERENCING "
            f"{' '.join(f'{row.upper()} TABLE AS {row}_rows' for row in ROWS[verb])} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION corneum_new_setup_per_clinic('{column}')"
            for verb in VERBS
        }

    def _on_sqlite(self, model: Any, schema_editor: Any) -> dict[str, str]:
        if self.unless:
            column = schema_editor.quote_name(model._meta.get_field(self.unless).column)
            return {
                self.name: f"AFTER INSERT ON %(table)s FOR EACH ROW WHEN (NEW.{column} IS NULL) "
                f"BEGIN {_drawn(str(GROUP))} END"
            }
        if not self.per:
            return {
                f"{self.name}_{verb}": f"AFTER {verb.upper()} ON %(table)s BEGIN {_drawn(str(GROUP))} END"
                for verb in VERBS
            }
        column = schema_editor.quote_name(model._meta.get_field(self.per).column)
        return {
            f"{self.name}_{verb}": f"AFTER {verb.upper()} ON %(table)s BEGIN "
            f"{' '.join(_drawn(f'{row.upper()}.{column}') for row in ROWS[verb])} END"
            for verb in VERBS
        }


def _drawn(whose: str) -> str:
    """Write how SQLite draws a version for a key."""
    return f"{INTO} VALUES ({whose}, lower(hex(randomblob(16)))) {ANEW};"
