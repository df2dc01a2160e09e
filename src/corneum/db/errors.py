"""A broken constraint's name becomes the clinic's own refusal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from corneum.domain.errors import ClinicError


@contextmanager
def refusing(refusals: Mapping[str, type[ClinicError]]) -> Iterator[None]:
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
    Find which constraint was broken.

    PostgreSQL says so. SQLite says the name of a CHECK and of our triggers in its message, but a
    UNIQUE only by its columns, which are looked up in the models. Answers "" when nobody knows.
    """
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or ""
    message = str(error)
    for prefix in ("CHECK constraint failed: ", "UNIQUE constraint failed: index "):
        if message.startswith(prefix):
            return message.removeprefix(prefix).strip("'\"")
    if message.startswith("UNIQUE constraint failed: "):
        return _unique_over(message.removeprefix("UNIQUE constraint failed: "))
    return message


def _unique_over(columns: str) -> str:
    """Find the unique constraint or field over "table.a, table.b"."""
    wanted = {column.split(".")[1] for column in columns.split(", ")}
    table = columns.split(".")[0]
    for model in apps.get_models():
        if model._meta.db_table != table:
            continue
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                if {model._meta.get_field(name).column for name in constraint.fields} == wanted:  # type: ignore[union-attr]
                    return constraint.name
        if len(wanted) == 1:
            return f"{table}_{wanted.pop()}_key"  # PostgreSQL's own name for a unique column
    return ""
