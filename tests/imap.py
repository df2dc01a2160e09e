"""A real IMAP server on this machine, in a process of its own, with a folder for each test."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

USER, PASSWORD = "clinic", "secret"
START = "import sys; from pymap.main import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class MailFolder:
    """One folder of the server: what the postman puts in, and the address at which we read it."""

    port: int
    name: str

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{self.name}"

    def deliver(self, *mails: bytes) -> None:
        with _signed_in(self.port) as server:
            for mail in mails:
                server.append(self.name, "", "", mail.replace(b"\n", b"\r\n"))

    def seen(self) -> bytes:
        """Say which e-mails the server holds as read by somebody."""
        with _signed_in(self.port) as server:
            server.select(self.name, readonly=True)
            found: bytes = server.uid("SEARCH", "SEEN")[1][0]
            return found

    def empty(self) -> None:
        """Remove the folder and make it again: the server numbers everything anew."""
        with _signed_in(self.port) as server:
            server.delete(self.name)
            server.create(self.name)


@contextmanager
def imap_server() -> Iterator[int]:
    """Run the server, and give its port once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    where = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    who = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(
        [sys.executable, "-c", START, *where, *who], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def new_folder(port: int, name: str) -> MailFolder:
    """Make an empty folder."""
    with _signed_in(port) as server:
        server.create(name)
    return MailFolder(port, name)


@contextmanager
def _signed_in(port: int) -> Iterator[imaplib.IMAP4]:
    server = imaplib.IMAP4("127.0.0.1", port, timeout=20)
    try:
        server.login(USER, PASSWORD)
        yield server
    finally:
        server.logout()


def _wait_for(port: int) -> None:
    for _try in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The IMAP server did not start.")
