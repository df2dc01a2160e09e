"""A broken constraint's name becomes the clinic's own refusal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from corneum.domain.errors import ClinicError


@contextmanager
def refusing(refusals: Mapping[str, ClinicError | type[ClinicError]]) -> Iterator[None]:
    """
    Turn a broken constraint into a refusal that can be read aloud.

    The block runs in a savepoint, so that the transaction around it lives on. A constraint that
    nobody mapped is a bug and is raised as it is.

    :param refusals: constraint name → the refusal to raise in its place
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refusals.get(constraint_name(error))
        if refusal is None:
            raise
        raise refusal from error


def constraint_name(error: IntegrityError) -> str:
    """
    Find which constraint was broken, by the same name on both databases.

    PostgreSQL says so. SQLite says the name of a CHECK and of our triggers in its message, but a
    UNIQUE only by its columns, which are looked up in the models. Answers "" when it has no name,
    such as a missing value or a foreign key.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or ""
    message = str(error)
    kind, failed, what = message.partition(" constraint failed")
    what = what.removeprefix(": ")
    if not failed:
        return message  # one of our triggers: its message is its name
    if kind == "CHECK":
        return what
    if what.startswith("index "):
        return what.removeprefix("index ").strip("'")
    return _unique_over(what.split(", ")) if kind == "UNIQUE" else ""


def _unique_over(columns: list[str]) -> str:
    """Find the unique constraint, field or key over ["table.a", "table.b"]."""
    table = columns[0].partition(".")[0]
    wanted = {column.partition(".")[2] for column in columns}
    model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    if model is None:
        return ""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            fields = [model._meta.get_field(name) for name in constraint.fields]
            if {getattr(field, "column", None) for field in fields} == wanted:
                return constraint.name
    # PostgreSQL's own names for a primary key and for a unique column
    if wanted == {model._meta.pk.column}:
        return f"{table}_pkey"
    return f"{table}_{wanted.pop()}_key" if len(wanted) == 1 else ""
