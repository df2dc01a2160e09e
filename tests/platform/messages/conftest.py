"""A real mail server on this machine, with the moods of real ones, and ways to set the outbox to work."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mood:
    """How the server behaves: what it answers when, and how long it takes."""

    seconds: float = 0.0  # before it has taken a message
    at_sender: str = ""  # an answer to MAIL FROM, such as "550 5.7.1 Not you"
    at_reader: str = ""  # an answer to RCPT TO
    at_content: str = ""  # an answer to the message
    cuts_at: str = ""  # "reader" or "content": the line goes dead there, without an answer
    keeps_it: bool = False  # and yet it has kept the message


@dataclass
class MailServer:
    """A mail server that keeps what it was given."""

    host: str = "127.0.0.1"
    port: int = 0
    mood: Mood = field(default_factory=Mood)
    kept: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    on_content: Callable[[], None] = lambda: None
    _controller: Any = None

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.kept]

    def open(self) -> None:
        self._controller = Controller(_Desk(self), hostname=self.host, port=self.port, ready_timeout=20)
        self._controller.start()

    def close(self) -> None:
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None


class _Desk:
    """The server's behaviour, as aiosmtpd asks for it."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.server.mood.at_sender:
            return self.server.mood.at_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, smtp: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.server.mood.cuts_at == "reader":
            return _cut(smtp)
        if self.server.mood.at_reader:
            return self.server.mood.at_reader
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        server = self.server
        server.on_content()
        await asyncio.sleep(server.mood.seconds)
        if server.mood.cuts_at == "content" and not server.mood.keeps_it:
            return _cut(smtp)
        if server.mood.at_content:
            return server.mood.at_content
        content = envelope.content
        assert isinstance(content, bytes)
        server.raw.append(content)
        parsed = message_from_bytes(content, policy=default)
        assert isinstance(parsed, EmailMessage)
        server.kept.append(parsed)
        return _cut(smtp) if server.mood.cuts_at == "content" else "250 2.0.0 Kept"


def _cut(smtp: SMTP) -> str:
    """Let the line go dead as a broken cable does: no answer, no goodbye."""
    cast("asyncio.Transport", smtp.transport).abort()
    return "451 nobody hears this"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        threading.Event().wait(0.02)
    return true()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer(port=free_port())
    server.open()
    yield server
    server.close()


@pytest.fixture
def write_template(settings: Any, tmp_path: Any) -> Callable[[str, str], None]:
    """Let a test write templates of its own: write_template("tests/hello.txt", "Subject: …")."""
    folder = tmp_path / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(folder)]}]

    def write(name: str, source: str) -> None:
        path = folder / "messages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)

    write("tests/hello.txt", "Subject: {{ event }} at {{ clinic.name }}\n\nHello {{ name }},\n\nsee you then.\n")
    write("tests/short.txt", "{{ name }}, you are booked at {{ clinic.name }}.")
    return write


@pytest.fixture
def queue_hello(cast: Any, write_template: Callable[[str, str], None]) -> Callable[..., Any]:
    """Queue an e-mail to Alice, or whatever else a test asks for."""
    from corneum.platform.accounts.actors import PATIENT
    from corneum.platform.messages.actions import queue_message
    from tests.factories.cast import NOW

    def queue(**changes: Any) -> Any:
        asked: dict[str, Any] = {
            "clinic": cast.manchester,
            "channel": "email",
            "template": "tests/hello",
            "context": {"event": "Thursday 12 March, 9:30am", "name": "Alice"},
            "to": "alice@example.com",
            "to_name": "Alice Ashworth",
            "about": cast.alice,
            "by": PATIENT,
            "at": NOW,
            **changes,
        }
        return queue_message(**asked)

    return queue
