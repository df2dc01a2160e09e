"""The triggers that note every change of a table's rows, in SQL. Every name in them comes from a model."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import dedent

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

KEPT_SECRET = "(kept secret)"  # noqa: S105 -- what is written in place of one
Model = type[models.Model]


def of(connection: BaseDatabaseWrapper, model: Model, name: str) -> Mapping[str, str]:
    """Write a table's triggers: name → definition."""
    if connection.vendor == "postgresql":
        return _postgres_triggers(model._meta.db_table, name)
    with connection.cursor() as cursor:
        # what the table has, not what the model says: half-way through migrations they differ
        description = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return dict(_sqlite_triggers(model, [column.name for column in description], name))


def preparations(connection: BaseDatabaseWrapper, audited: Iterable[Model]) -> Iterator[str]:
    """Write what the triggers stand on: a function on PostgreSQL, on SQLite the row that says who acts."""
    if connection.vendor == "postgresql":
        secrets = {model._meta.db_table: sorted(_secret_columns(model)) for model in audited}
        cases = "".join(f" WHEN '{table}' THEN ARRAY{columns}" for table, columns in secrets.items() if columns)
        yield _POSTGRES_FUNCTION.replace("<cases>", cases).replace("<kept secret>", KEPT_SECRET)
    else:
        yield (
            "CREATE TABLE IF NOT EXISTS audit_acting "
            "(one integer PRIMARY KEY CHECK (one = 1), kind text, user_id integer, name text, request_id text)"
        )


def _secret_columns(model: Model) -> set[str]:
    secret = getattr(model.Privacy, "secret", ())  # type: ignore[attr-defined]  # every model of ours has one
    return {str(field.column) for field in model._meta.concrete_fields if field.name in secret}


# --- PostgreSQL: one function for every table --------------------------------------------------

_POSTGRES_FUNCTION = dedent("""\
    CREATE OR REPLACE FUNCTION corneum_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        acting jsonb := coalesce(nullif(current_setting('corneum.acting', true), ''), '{}');
        secrets text[] := CASE TG_TABLE_NAME <cases> WHEN '' THEN NULL ELSE ARRAY[]::text[] END;
        secret text;
        was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
        is_now jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
        row_key bigint := coalesce(was, is_now) ->> 'id';
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            SELECT jsonb_object_agg(a.key, a.value), jsonb_object_agg(a.key, b.value) INTO was, is_now
            FROM jsonb_each(was) a JOIN jsonb_each(is_now) b USING (key) WHERE a.value IS DISTINCT FROM b.value;
            IF was IS NULL THEN
                RETURN NULL;
            END IF;
        END IF;
        FOREACH secret IN ARRAY secrets LOOP
            IF was ? secret THEN
                was := jsonb_set(was, ARRAY[secret], '"<kept secret>"');
            END IF;
            IF is_now ? secret THEN
                is_now := jsonb_set(is_now, ARRAY[secret], '"<kept secret>"');
            END IF;
        END LOOP;
        INSERT INTO audit_change
            ("at", operation, "table", "row", "old", "new", actor_kind, actor_user, actor_name, request_id)
        VALUES (clock_timestamp(), lower(TG_OP), TG_TABLE_NAME, row_key, was, is_now,
            coalesce(acting ->> 'kind', 'unknown'), (acting ->> 'user')::bigint,
            coalesce(acting ->> 'name', ''), coalesce(acting ->> 'request', ''));
        RETURN NULL;
    END $$
""")


def _postgres_triggers(table: str, name: str) -> dict[str, str]:
    note = (
        f'CREATE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION corneum_note_change()"
    )
    # to empty a table in one go would pass the rows' own trigger by
    refuse = (
        f'CREATE TRIGGER "{name}_truncate" BEFORE TRUNCATE ON "{table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION corneum_refuse('{name}_truncate')"
    )
    return {name: note, f"{name}_truncate": refuse}


# --- SQLite: three triggers for each table -----------------------------------------------------


def _sqlite_triggers(model: Model, columns: list[str], name: str) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    # json_remove leaves the columns that did change: a path that is not there removes nothing
    cuts = ", ".join(f"""iif(OLD."{column}" IS NEW."{column}", '$.{column}', '$._')""" for column in columns)
    old, new = (_sqlite_json(model, columns, row) for row in ("OLD", "NEW"))
    for verb, row, was, is_now, when in (
        ("insert", "NEW", "NULL", new, ""),
        ("update", "OLD", f"json_remove({old}, {cuts})", f"json_remove({new}, {cuts})", f"WHEN {changed} "),
        ("delete", "OLD", old, "NULL", ""),
    ):
        insert = (
            'INSERT INTO audit_change ("at", operation, "table", "row", "old", "new", '  # noqa: S608 -- from the models
            "actor_kind, actor_user, actor_name, request_id) "
            f"SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), '{verb}', '{table}', {row}.id, {was}, {is_now}, "
            "coalesce(kind, 'unknown'), user_id, coalesce(name, ''), coalesce(request_id, '') "
            "FROM (SELECT 1) LEFT JOIN audit_acting"
        )
        yield (
            f"{name}_{verb}",
            f'CREATE TRIGGER "{name}_{verb}" AFTER {verb.upper()} ON "{table}" {when}BEGIN {insert}; END',
        )


def _sqlite_json(model: Model, columns: list[str], row: str) -> str:
    secret, fields = _secret_columns(model), {field.column: field for field in model._meta.concrete_fields}
    parts = []
    for column in columns:
        value = f'{row}."{column}"'
        if column in secret:
            value = f"'{KEPT_SECRET}'"
        elif isinstance(fields.get(column), models.BooleanField):
            value = f"json(CASE {value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)"
        elif isinstance(fields.get(column), models.JSONField):
            value = f"json({value})"
        parts.append(f"'{column}', {value}")
    return f"json_object({', '.join(parts)})"
