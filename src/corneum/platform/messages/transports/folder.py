"""Messages in a folder, one file each, to be read instead of sent."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corneum.platform.messages.transports.parcel import NotTaken, Parcel


class Folder:
    """
    Writes each message into a file that any mail program opens.

    A file is there whole or not at all, and is on the disk before the message counts as sent. The
    same message again is the same file.
    """

    def __init__(self, path: str) -> None:
        """Take the folder; it is made when the first message comes, readable by its owner alone."""
        self.path = Path(path)

    @contextmanager
    def reach(self, parcel: Parcel) -> Iterator[Callable[[], None]]:
        """Be there when the folder is."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise NotTaken(f"The folder for messages cannot be made ({error.strerror}).") from error
        yield lambda: self._write(parcel)

    def _write(self, parcel: Parcel) -> None:
        draft = self.path / f".{parcel.name}-{os.getpid()}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(parcel.content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path / f"{parcel.name}{parcel.suffix}")
            self._keep_names()
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise NotTaken(f"The message could not be written to its folder ({error.strerror}).") from error

    def _keep_names(self) -> None:
        """Have the new name itself on the disk, where the system lets us."""
        if os.name == "posix":
            folder = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
