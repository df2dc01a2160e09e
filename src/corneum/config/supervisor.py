"""Keep the web server and the worker running side by side, and end them together."""

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

log = logging.getLogger("corneum.supervisor")
PATIENCE = 30  # seconds that a child may take to finish what it is doing


class Supervisor:
    """
    Run some of our own commands as children until told to stop.

    A child that dies is started again, after a second. When this process is told to stop, or is
    killed without being told, its children stop too: nothing is left behind on a port.
    """

    def __init__(self, *commands: Sequence[str]) -> None:
        """Take the children's command lines, each the arguments of `corneum`."""
        self.commands = commands
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def run(self, when_started: Callable[[], None] = lambda: None) -> int:
        """Run until SIGTERM or SIGINT; call `when_started` once the children are there."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        self.children = [self._start(command) for command in self.commands]
        when_started()
        while not self.stopping:
            self._restart_the_dead()
            time.sleep(0.2)
        return self._end_all()

    def _start(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 -- our own interpreter and our own commands
            [sys.executable, "-m", "corneum", *command],
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 -- no threads here
        )

    def _restart_the_dead(self) -> None:
        for place, child in enumerate(self.children):
            if child.poll() is not None and not self.stopping:
                log.error("`corneum %s` ended with %s; starting it again", self.commands[place][0], child.returncode)
                time.sleep(1)
                self.children[place] = self._start(self.commands[place])

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> int:
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        return 0


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
