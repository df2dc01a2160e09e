"""One writer at a time, first come first served (docs/adr/0017)."""

import sys
from typing import Any

from django.db.backends.sqlite3 import base

if sys.platform == "linux":
    from corneum.db.sqlite3.line import Line
else:  # elsewhere SQLite's own turns have to do
    Line = None


class DatabaseWrapper(base.DatabaseWrapper):
    """
    SQLite, with a line before its one writer.

    SQLite lets whoever waits for the writer look again every so often, ever more seldom, so that a newcomer
    overtakes whoever has waited longest; under eight writers somebody waits for seconds. Here a transaction
    first stands in a line, which is a file beside the database. That nobody writes beside another is still
    SQLite's own lock.
    """

    _line: Any = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database, and the file beside it."""
        self._leave_line()
        connection = super().get_new_connection(conn_params)
        if Line is not None and not self.is_in_memory_db():
            self._line = Line(f"{conn_params['database']}-line")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if self._line is not None:
            self._line.wait()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_line()

    def _end_turn(self) -> None:
        if self._line is not None:
            self._line.end()

    def _leave_line(self) -> None:
        if self._line is not None:
            self._line.leave()
            self._line = None
