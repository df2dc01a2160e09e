"""AppendOnly: rows are added, and never changed or removed."""

from collections.abc import Mapping
from typing import Any

from corneum.db.triggers import TriggerConstraint


class AppendOnly(TriggerConstraint):
    """
    Refuse every UPDATE, DELETE and TRUNCATE of a table, whoever asks, with the constraint's name.

    On SQLite, INSERT OR REPLACE removes the old row without a word unless the connection says
    `PRAGMA recursive_triggers=ON`, as the settings do.
    """

    def triggers(self, _model: Any, schema_editor: Any) -> Mapping[str, str]:
        """Write a trigger for each verb."""
        if schema_editor.connection.vendor == "postgresql":
            refuse = f"EXECUTE FUNCTION corneum_refuse('{self.name}')"
            return {
                self.name: f"BEFORE UPDATE OR DELETE ON %(table)s FOR EACH ROW {refuse}",
                f"{self.name}_truncate": f"BEFORE TRUNCATE ON %(table)s FOR EACH STATEMENT {refuse}",
            }
        return {
            f"{self.name}_{verb}": f"BEFORE {verb.upper()} ON %(table)s BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for verb in ("update", "delete")
        }

    def functions(self) -> Mapping[str, str]:
        """Write the one function that refuses, with the name it is given."""
        return {
            "corneum_refuse": "BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], "
            "ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0]; END"
        }
