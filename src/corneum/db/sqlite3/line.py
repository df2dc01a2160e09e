"""A line of processes and threads before one door, in the order in which they came."""

import fcntl
import os
import struct

_FLOCK = struct.Struct("hh4xqqi4x")  # Linux's struct flock on 64 bits: kind, whence, start, length, nobody's pid
_NUMBER = struct.Struct("q")


class Line:
    """
    A place in a line that is a file.

    Whoever comes draws the next number, locks the byte of that number, and waits for the byte of the number
    before: its lock ends when that one has had its turn. So exactly one wakes at each turn, and it is the one
    that came first (Craig 1993; Magnussen, Landin and Hagersten 1994, with locks of the kernel in the place of
    words in memory). The kernel drops the locks of whoever dies. If somebody dies while still in the line, the next
    goes too early: what is behind the door must stand two at once, as SQLite does, which has a lock of its own.
    """

    def __init__(self, path: str) -> None:
        """Open the file; each connection opens it for itself, because the locks belong to the opening."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._number: int | None = None

    def wait(self) -> None:
        """Stand in line until it is one's turn."""
        if self._number is not None:
            return
        self._lock(fcntl.F_WRLCK, 0, _NUMBER.size)
        try:
            written = os.pread(self._file, _NUMBER.size, 0)
            number = _NUMBER.unpack(written)[0] if len(written) == _NUMBER.size else 1
            os.pwrite(self._file, _NUMBER.pack(number + 1), 0)
            self._lock(fcntl.F_WRLCK, _NUMBER.size + number)
        finally:
            self._lock(fcntl.F_UNLCK, 0, _NUMBER.size)
        self._number = number
        before = _NUMBER.size + number - 1
        self._lock(fcntl.F_WRLCK, before)
        self._lock(fcntl.F_UNLCK, before)

    def end(self) -> None:
        """Let the next one in."""
        if self._number is not None:
            self._lock(fcntl.F_UNLCK, _NUMBER.size + self._number)
            self._number = None

    def leave(self) -> None:
        """Close the file, which ends everything."""
        os.close(self._file)

    def _lock(self, kind: int, start: int, length: int = 1) -> None:
        fcntl.fcntl(self._file, fcntl.F_OFD_SETLKW, _FLOCK.pack(kind, os.SEEK_SET, start, length, 0))
