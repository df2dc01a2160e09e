"""Messages on the terminal, for developers."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from corneum.platform.messages.transports.parcel import Parcel


class Console:
    """Writes each message to the terminal."""

    @contextmanager
    def reach(self, parcel: Parcel) -> Iterator[Callable[[], None]]:
        """Be there at once."""
        yield lambda: self._write(parcel)

    @staticmethod
    def _write(parcel: Parcel) -> None:
        sys.stdout.write(f"{'-' * 72}\n{parcel.content.decode(errors='replace')}\n")
        sys.stdout.flush()
