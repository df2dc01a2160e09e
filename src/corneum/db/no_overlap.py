"""NoOverlap: two live rows of one schedule never share an instant, on either database."""

from collections.abc import Mapping
from typing import Any

from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q
from django.db.models.sql.query import Query

from corneum.db.triggers import TriggerConstraint


class NoOverlap(TriggerConstraint):
    """
    Refuse a row whose span [starts, ends) overlaps a live row with the same `per`.

    PostgreSQL keeps it with an exclusion constraint over plain integer ranges, which needs no
    extension. Two writers who try overlapping rows at the same moment would there wait for each
    other until the server ends one of them as deadlocked, so a trigger lets the writers of one
    schedule take turns. A transaction that writes to several schedules does so in the order of
    their keys.

    SQLite, which has one writer at a time, keeps it with two triggers. Since live rows never
    overlap each other, only the last one to start before the new one ends can be in the way: one
    step down an index, however long the history.

    That `starts` comes before `ends` is for a CheckConstraint of the model to say.
    """

    def __init__(self, *, name: str, per: str, starts: str, ends: str, live: Q) -> None:
        """Take the fields: `per` a foreign key, `starts` and `ends` whole minutes, none of them empty."""
        super().__init__(name=name)
        self.per, self.starts, self.ends, self.live = per, starts, ends, live

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Say it in a migration as it is said in the model."""
        path, args, kwargs = super().deconstruct()
        kwargs.update(per=self.per, starts=self.starts, ends=self.ends, live=self.live)
        return path, args, kwargs

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Write it into the table's own definition on PostgreSQL; add the triggers after it."""
        super().constraint_sql(model, schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion(model, schema_editor)
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add it to a table that is there already."""
        super().create_sql(model, schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            return self._alter(f"ADD {self._exclusion(model, schema_editor)}", model, schema_editor)
        return None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Take it away."""
        super().remove_sql(model, schema_editor)
        if schema_editor.connection.vendor == "postgresql":
            return self._alter(f"DROP CONSTRAINT {schema_editor.quote_name(self.name)}", model, schema_editor)
        return None

    def triggers(self, model: Any, schema_editor: Any) -> Mapping[str, str]:
        """Write the triggers that refuse on SQLite, and the one that takes turns on PostgreSQL."""
        per, starts, ends = self._columns(model, schema_editor)
        live, other_live = (self._live_sql(model, schema_editor, row) for row in ("new", "other"))
        if schema_editor.connection.vendor == "postgresql":
            column = per.strip('"')
            return {
                f"{self.name}_turn": f"BEFORE INSERT OR UPDATE ON %(table)s FOR EACH ROW WHEN ({live}) "
                f"EXECUTE FUNCTION corneum_take_turns('{column}')"
            }
        pk = schema_editor.quote_name(model._meta.pk.column)
        # before an INSERT the row has no key yet, so "not myself" belongs to UPDATE alone
        not_myself = {"insert": "", "update": f"AND other.{pk} <> NEW.{pk} "}
        return {
            f"{self.name}_{verb}": f"BEFORE {verb.upper()} ON %(table)s WHEN {live} AND NEW.{starts} < ("
            f"SELECT other.{ends} FROM %(table)s AS other "
            f"WHERE other.{per} = NEW.{per} {another}AND {other_live} AND other.{starts} < NEW.{ends} "
            f"ORDER BY other.{starts} DESC LIMIT 1) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for verb, another in not_myself.items()
        }

    def functions(self) -> Mapping[str, str]:
        """Write the one function by which writers take turns until their transactions end."""
        return {
            "corneum_take_turns": "BEGIN PERFORM pg_advisory_xact_lock("
            "hashtextextended(TG_TABLE_NAME, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint)); RETURN NEW; END"
        }

    def _exclusion(self, model: Any, schema_editor: Any) -> str:
        per, starts, ends = self._columns(model, schema_editor)
        # a range of one key overlaps another exactly when the keys are equal: no btree_gist needed
        return (
            f"CONSTRAINT {schema_editor.quote_name(self.name)} EXCLUDE USING gist "
            f"(int8range({per}, {per}, '[]') WITH &&, int8range({starts}, {ends}) WITH &&) "
            f"WHERE ({self._live_sql(model, schema_editor, None)})"
        )

    @staticmethod
    def _alter(change: str, model: Any, schema_editor: Any) -> Statement:
        return Statement(f"ALTER TABLE %(table)s {change}", table=Table(model._meta.db_table, schema_editor.quote_name))

    def _columns(self, model: Any, schema_editor: Any) -> tuple[str, str, str]:
        fields = [model._meta.get_field(name) for name in (self.per, self.starts, self.ends)]
        if any(field.null for field in fields):
            raise ValueError(f"{self.name}: an empty value is in nobody's way on SQLite and in everybody's elsewhere")
        per, starts, ends = (schema_editor.quote_name(field.column) for field in fields)
        return per, starts, ends

    def _live_sql(self, model: Any, schema_editor: Any, row: str | None) -> str:
        """Write `live` in SQL, about the row of that name."""
        where = Query(model, alias_cols=row is not None).build_where(self.live)
        if row:
            where = where.relabeled_clone({model._meta.db_table: row})
        compiler = Query(model).get_compiler(connection=schema_editor.connection)
        sql, params = where.as_sql(compiler, schema_editor.connection)
        return str(sql % tuple(schema_editor.quote_value(value) for value in params))
