"""NoOverlap: two live rows of one schedule never share an instant, on either database."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.ddl_references import Statement
from django.db.models import Q
from django.db.models.sql.query import Query

from corneum.db.triggers import TriggerConstraint


class NoOverlap(TriggerConstraint):
    """
    Refuse a row whose span [starts, ends) overlaps a live row with the same `per`.

    PostgreSQL keeps it with an exclusion constraint over plain integer ranges, which needs no
    extension. SQLite, which has one writer at a time, keeps it with two triggers. Since live rows
    never overlap each other, only the last one to start before the new one ends can be in the way:
    one step down an index, however long the history.
    """

    def __init__(self, *, name: str, per: str, starts: str, ends: str, live: Q) -> None:
        """Take the fields: `per` a foreign key, `starts` and `ends` whole minutes."""
        super().__init__(name=name)
        self.per, self.starts, self.ends, self.live = per, starts, ends, live

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Say it in a migration as it is said in the model."""
        path, args, kwargs = super().deconstruct()
        kwargs.update(per=self.per, starts=self.starts, ends=self.ends, live=self.live)
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        """Two are the same if they would be written the same."""
        if isinstance(other, NoOverlap):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        """Go by the name, which is unique in a database."""
        return hash(self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Write it into the table's own definition on PostgreSQL; add triggers on SQLite."""
        if schema_editor.connection.vendor == "postgresql":
            return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._exclusion(model, schema_editor)}"
        return super().constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add it to a table that is there already."""
        if schema_editor.connection.vendor == "postgresql":
            quote = schema_editor.quote_name
            return self._statement(
                f"ALTER TABLE %(table)s ADD CONSTRAINT {quote(self.name)} {self._exclusion(model, schema_editor)}",
                model,
                schema_editor,
            )
        return super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Take it away."""
        if schema_editor.connection.vendor == "postgresql":
            quote = schema_editor.quote_name
            return self._statement(f"ALTER TABLE %(table)s DROP CONSTRAINT {quote(self.name)}", model, schema_editor)
        return super().remove_sql(model, schema_editor)

    def trigger_names(self, schema_editor: Any) -> list[str]:
        """Name SQLite's two triggers; PostgreSQL has none."""
        return [f"{self.name}_insert", f"{self.name}_update"]

    def statements(self, model: Any, schema_editor: Any) -> Iterator[Statement]:
        """Yield SQLite's two triggers."""
        quote = schema_editor.quote_name
        per, starts, ends = self._columns(model, schema_editor)
        pk = quote(model._meta.pk.column)
        live = self._live_sql(model, schema_editor)
        for event in ("insert", "update"):
            # before an INSERT the row has no key yet, so "not myself" belongs to UPDATE alone
            another = "" if event == "insert" else f"AND other.{pk} <> NEW.{pk} "
            yield self._statement(  # names come from the model, never from a person
                f"CREATE TRIGGER {quote(f'{self.name}_{event}')} BEFORE {event.upper()} ON %(table)s "
                f"WHEN {live.format(row='NEW')} AND NEW.{starts} < ("
                f"SELECT other.{ends} FROM %(table)s AS other WHERE other.{per} = NEW.{per} "
                f"{another}AND {live.format(row='other')} AND other.{starts} < NEW.{ends} "
                f"ORDER BY other.{starts} DESC LIMIT 1) "
                f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
                model,
                schema_editor,
            )

    def _exclusion(self, model: Any, schema_editor: Any) -> str:
        per, starts, ends = self._columns(model, schema_editor)
        live = self._live_sql(model, schema_editor).format(row=schema_editor.quote_name(model._meta.db_table))
        live = live.replace(f"{schema_editor.quote_name(model._meta.db_table)}.", "")
        return (
            f"EXCLUDE USING gist (int8range({per}, {per}, '[]') WITH &&, "
            f"int8range({starts}, {ends}) WITH &&) WHERE ({live})"
        )

    def _columns(self, model: Any, schema_editor: Any) -> tuple[str, str, str]:
        names = (self.per, self.starts, self.ends)
        per, starts, ends = (schema_editor.quote_name(model._meta.get_field(name).column) for name in names)
        return per, starts, ends

    def _live_sql(self, model: Any, schema_editor: Any) -> str:
        """Write `live` in SQL, with {row} before every column."""
        query = Query(model, alias_cols=False)
        compiler = query.get_compiler(connection=schema_editor.connection)
        sql, params = query.build_where(self.live).as_sql(compiler, schema_editor.connection)
        sql %= tuple(schema_editor.quote_value(value) for value in params)
        for field in model._meta.local_concrete_fields:
            column = schema_editor.quote_name(field.column)
            sql = sql.replace(column, f"{{row}}.{column}")
        return sql
