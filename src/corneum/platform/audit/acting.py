"""Who is acting: known to the code that runs, and told to the database for the length of a transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.request_id import current_request_id


@dataclass(frozen=True, slots=True)
class Acting:
    """One action being done: by whom, and which presses it has recorded."""

    by: Actor
    presses: set[str] = field(default_factory=set)


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current_acting() -> Acting | None:
    """Answer with the innermost action being done, if any is."""
    return _acting.get()


@contextmanager
def acting_as(by: Actor) -> Iterator[Acting]:
    """
    Say who acts while a block runs inside a transaction, so that triggers can note it with every row.

    What the database was told ends with the transaction, or goes back to the outer action's actor.
    """
    outer, acting = _acting.get(), Acting(by)
    token = _acting.set(acting)
    try:
        _tell_database(acting)
        yield acting
        # only when all went well: a failure rolls back to what the database was told before
        _tell_database(outer)
    finally:
        _acting.reset(token)


def _tell_database(acting: Acting | None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # local to the transaction, so that no connection pooler can hand it to somebody else
            cursor.execute("SELECT set_config('corneum.acting', %s, true)", [_as_json(acting)])
        elif acting is None:
            cursor.execute("DELETE FROM audit_acting")
        else:
            # One row for the whole database is enough: SQLite has one writer at a time, and nobody
            # else ever sees this row. Unlike a function of ours, it needs nothing of whoever writes.
            cursor.execute(
                "INSERT OR REPLACE INTO audit_acting (one, kind, user_id, name, request_id) VALUES (1, %s, %s, %s, %s)",
                [acting.by.kind, acting.by.user_id, acting.by.name, current_request_id()],
            )


def _as_json(acting: Acting | None) -> str:
    if acting is None:
        return ""
    by = acting.by
    return json.dumps({"kind": by.kind, "user": by.user_id, "name": by.name, "request": current_request_id()})
