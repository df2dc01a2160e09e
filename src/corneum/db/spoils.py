"""Spoils: what is derived from a table's rows is emptied by the database as soon as one of them changes."""

from collections.abc import Iterator, Mapping
from typing import Any

from corneum.db.triggers import TriggerConstraint


class Spoils(TriggerConstraint):
    """
    Empty the derived rows of every span that a change of this table touches.

    The derived table has the columns of `per`, `week` and `minutes`, unique by the first two. A span
    [starts, ends] shorter than `unit` touches the week of its start and that of its end. A row that is
    not there yet is made, empty, so that "no row" always means "nothing ever was". Rows whose field
    `unless` is filled are no part of what is derived, and spoil nothing.
    """

    def __init__(self, *, name: str, derived: str, per: str, starts: str, ends: str, unit: int, unless: str) -> None:
        """Take the derived table's name, and the fields: `per` a foreign key, `starts` and `ends` whole numbers."""
        super().__init__(name=name)
        self.derived, self.per, self.starts, self.ends = derived, per, starts, ends
        self.unit, self.unless = unit, unless

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Say it in a migration as it is said in the model."""
        path, args, kwargs = super().deconstruct()
        kwargs.update(derived=self.derived, per=self.per, starts=self.starts, ends=self.ends)
        kwargs.update(unit=self.unit, unless=self.unless)
        return path, args, kwargs

    def triggers(self, model: Any, schema_editor: Any) -> Mapping[str, str]:
        """Write one trigger for each verb: an update spoils where the row was and where it is."""
        rows = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}
        if schema_editor.connection.vendor == "postgresql":
            per, starts, ends = (model._meta.get_field(name).column for name in (self.per, self.starts, self.ends))
            arguments = ", ".join(f"'{word}'" for word in (self.derived, per, starts, ends, self.unit))
            return {
                f"{self.name}_{verb}": f"AFTER {verb.upper()} ON %(table)s FOR EACH ROW "
                f"WHEN ({self._counts(model, schema_editor, names)}) EXECUTE FUNCTION corneum_spoil({arguments})"
                for verb, names in rows.items()
            }
        return {
            f"{self.name}_{verb}": f"AFTER {verb.upper()} ON %(table)s "
            f"WHEN {self._counts(model, schema_editor, names)} BEGIN "
            f"{' '.join(self._emptied(model, schema_editor, names))} END"
            for verb, names in rows.items()
        }

    def functions(self) -> Mapping[str, str]:
        """Write the one function that empties, whichever table it is told of."""
        return {
            "corneum_spoil": "DECLARE was jsonb; at bigint; BEGIN "
            "FOR was IN SELECT * FROM unnest(CASE TG_OP WHEN 'INSERT' THEN ARRAY[to_jsonb(NEW)] "
            "WHEN 'DELETE' THEN ARRAY[to_jsonb(OLD)] ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)] END) LOOP "
            "FOR at IN SELECT DISTINCT (was ->> column_name)::bigint / TG_ARGV[4]::bigint "
            "FROM unnest(ARRAY[TG_ARGV[2], TG_ARGV[3]]) AS column_name LOOP "
            "EXECUTE 'INSERT INTO ' || quote_ident(TG_ARGV[0]) || ' (' || quote_ident(TG_ARGV[1]) || ', week, minutes) "
            "VALUES ($1, $2, NULL) ON CONFLICT (' || quote_ident(TG_ARGV[1]) || ', week) DO UPDATE SET minutes = NULL' "
            "USING (was ->> TG_ARGV[1])::bigint, at; "
            "END LOOP; END LOOP; RETURN NULL; END"
        }

    def _counts(self, model: Any, schema_editor: Any, rows: list[str]) -> str:
        """Write the condition that what was there, or is there now, is part of what is derived."""
        column = schema_editor.quote_name(model._meta.get_field(self.unless).column)
        return " OR ".join(f"{row}.{column} IS NULL" for row in rows)

    def _emptied(self, model: Any, schema_editor: Any, rows: list[str]) -> Iterator[str]:
        quote = schema_editor.quote_name
        per, *edges = (quote(model._meta.get_field(name).column) for name in (self.per, self.starts, self.ends))
        for row in rows:
            for edge in edges:
                yield (
                    f"INSERT INTO {quote(self.derived)} ({per}, week, minutes) "
                    f"VALUES ({row}.{per}, {row}.{edge} / {self.unit}, NULL) "
                    f"ON CONFLICT ({per}, week) DO UPDATE SET minutes = NULL;"
                )
