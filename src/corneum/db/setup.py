"""SpoilsSetup: a table of settings whose every change draws a new version, so that nothing kept of it is stale."""

from collections.abc import Mapping
from typing import Any

from corneum.db.triggers import TriggerConstraint

TABLE = "premises_setup"


class SpoilsSetup(TriggerConstraint):
    """
    Draw a new version of the setup whenever a row of this table is added, changed or deleted.

    By chance and not by counting: a version that was taken back with its transaction, or with a whole
    database that was restored, never comes again for something else.
    """

    def triggers(self, model: Any, schema_editor: Any) -> Mapping[str, str]:  # noqa: ARG002 -- the same for every table
        """Write one trigger for a statement on PostgreSQL, and one for each verb on SQLite."""
        if schema_editor.connection.vendor == "postgresql":
            return {
                self.name: "AFTER INSERT OR UPDATE OR DELETE ON %(table)s FOR EACH STATEMENT "
                "EXECUTE FUNCTION corneum_new_setup()"
            }
        return {
            f"{self.name}_{verb}": f"AFTER {verb.upper()} ON %(table)s BEGIN "
            f"INSERT INTO {TABLE} (id, version) VALUES (1, lower(hex(randomblob(16)))) "
            "ON CONFLICT (id) DO UPDATE SET version = excluded.version; END"
            for verb in ("insert", "update", "delete")
        }

    def functions(self) -> Mapping[str, str]:
        """Write the one function that draws."""
        return {
            "corneum_new_setup": f"BEGIN INSERT INTO {TABLE} (id, version) VALUES (1, gen_random_uuid()::text) "
            "ON CONFLICT (id) DO UPDATE SET version = excluded.version; RETURN NULL; END"
        }
