"""FullText: a column of words that can be searched, on either database and without extensions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

from corneum.db.triggers import TriggerConstraint

M = TypeVar("M", bound=models.Model)
Asked = tuple[str, bool]  # a word, and whether any longer one that begins with it will do


def holding(rows: "models.QuerySet[M]", groups: Iterable[Sequence[Asked]]) -> "models.QuerySet[M]":
    """
    Find the rows that hold at least one word of every group, by the index of their model's FullText.

    :param groups: words of letters and digits only, as they are compared
    """
    full_text = next(each for each in rows.model._meta.constraints if isinstance(each, FullText))
    if connection.vendor == "postgresql":
        wanted = " & ".join(f"({' | '.join(_on_postgresql(asked) for asked in group)})" for group in groups)
        column = f"{rows.model._meta.db_table}.{full_text.column}"
        return rows.extra(  # noqa: S610 -- the column is ours, and the words are a parameter
            where=[f"to_tsvector('simple'::regconfig, {column}) @@ to_tsquery('simple'::regconfig, %s)"],
            params=[wanted],
        )
    wanted = " AND ".join(f"({' OR '.join(_on_sqlite(asked) for asked in group)})" for group in groups)
    matching = f"SELECT rowid FROM {full_text.name} WHERE {full_text.name} MATCH %s"  # the name is ours
    return rows.filter(pk__in=RawSQL(matching, [wanted]))  # noqa: S611 -- the words are a parameter


def _on_postgresql(asked: Asked) -> str:
    word, begins = asked
    return f"'{word}':*" if begins else f"'{word}'"


def _on_sqlite(asked: Asked) -> str:
    word, begins = asked
    return f'"{word}"*' if begins else f'"{word}"'


class FullText(TriggerConstraint):
    """
    Keep an index over the words of one column.

    The column holds words parted by spaces, already as they are compared, so that both databases find
    the same rows: PostgreSQL by a GIN index over `to_tsvector('simple', column)`, SQLite by an FTS5 table
    of the constraint's name, which triggers keep in step with the rows.
    """

    def __init__(self, *, name: str, column: str) -> None:
        """Take the field that holds the words."""
        super().__init__(name=name)
        self.column = column

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Say it in a migration as it is said in the model."""
        path, args, kwargs = super().deconstruct()
        kwargs.update(column=self.column)
        return path, args, kwargs

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Make the index once the table is there."""
        schema_editor.deferred_sql.append(self._index(model, schema_editor))
        super().constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Make the index of a table that is there already."""
        schema_editor.execute(self._index(model, schema_editor), params=None)
        super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Drop the index."""
        super().remove_sql(model, schema_editor)
        what = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
        schema_editor.execute(f"DROP {what} IF EXISTS {schema_editor.quote_name(self.name)}", params=None)

    def triggers(self, model: Any, schema_editor: Any) -> Mapping[str, str]:
        """Write what keeps SQLite's own table of words in step; PostgreSQL's index keeps itself."""
        if schema_editor.connection.vendor == "postgresql":
            return {}
        words = schema_editor.quote_name(model._meta.get_field(self.column).column)
        key, table = schema_editor.quote_name(model._meta.pk.column), schema_editor.quote_name(self.name)
        gone = f"DELETE FROM {table} WHERE rowid = OLD.{key};"
        come = f"INSERT INTO {table} (rowid, words) VALUES (NEW.{key}, NEW.{words});"
        return {
            f"{self.name}_insert": f"AFTER INSERT ON %(table)s BEGIN {come} END",
            f"{self.name}_update": f"AFTER UPDATE ON %(table)s BEGIN {gone} {come} END",
            f"{self.name}_delete": f"AFTER DELETE ON %(table)s BEGIN {gone} END",
        }

    def _index(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor == "postgresql":
            words = quote(model._meta.get_field(self.column).column)
            table = quote(model._meta.db_table)
            return f"CREATE INDEX {quote(self.name)} ON {table} USING gin (to_tsvector('simple'::regconfig, {words}))"
        return f"CREATE VIRTUAL TABLE IF NOT EXISTS {quote(self.name)} USING fts5(words, tokenize = 'unicode61')"
