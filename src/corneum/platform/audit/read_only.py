"""GET never writes: the connection itself refuses."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, cast

from django.db import connection, transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ReadOnlyWhenSafe:
    """
    Make the database connection read-only while a GET, HEAD or OPTIONS is answered.

    A page that tries to write fails with the database's own error: in tests at once, in earnest as
    a 500 that is logged. On SQLite so does one that opens a transaction, which asks to write.

    What surrounds the page may write: sessions, and the note of whose record was read. Identity
    pages are the library's, and some of its GET pages write, so they go free.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE:
            return self.get_response(request)
        with ExitStack() as guard:
            guard.enter_context(read_only())
            request.read_only_guard = guard  # type: ignore[attr-defined]
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _stream_read_only(cast("Iterator[bytes]", response.streaming_content))
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object) -> None:
        """Lift the guard for identity pages, now that it is known which page it is."""
        if getattr(getattr(view, "access", None), "kind", "") == "identity" and request.method in SAFE:
            request.read_only_guard.close()  # type: ignore[attr-defined]


@contextmanager
def read_only() -> Iterator[None]:
    """Refuse every write of this connection while a block runs, even inside an open transaction."""
    with _sqlite_read_only() if connection.vendor == "sqlite" else _postgres_read_only():
        yield


@contextmanager
def _sqlite_read_only() -> Iterator[None]:
    before = _query_only()
    _query_only(1)
    try:
        yield
    finally:
        _query_only(before)


@contextmanager
def _postgres_read_only() -> Iterator[None]:
    """
    Open a transaction, or a savepoint within a test's, so that no connection pooler can hand the guard to others.

    It is rolled back, because a page may have met an error that it has answered for itself, and there
    is nothing to keep. That also lifts the guard where this was a savepoint.
    """
    if connection.in_atomic_block:
        # The driver's own savepoint: a page asks as many queries as it does on SQLite.
        with connection.connection.transaction(force_rollback=True):
            connection.connection.execute("SET TRANSACTION READ ONLY")
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        transaction.set_rollback(True)


def _stream_read_only(chunks: Iterator[bytes]) -> Iterator[bytes]:
    with read_only():
        yield from chunks


def _query_only(value: int | None = None) -> int:
    """Ask or tell SQLite itself: Django asks nothing of a transaction in which a page has failed."""
    connection.ensure_connection()
    pragma = "PRAGMA query_only" + ("" if value is None else f" = {value}")
    row = connection.connection.execute(pragma).fetchone()
    return int(row[0]) if row else 0
