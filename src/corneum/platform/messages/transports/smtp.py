"""E-mail by a mail server, watched closely enough to know what became of each message."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from corneum.platform.messages.transports.parcel import BadAddress, NotTaken, Parcel, Refused, Unknown

PATIENCE = 20.0  # seconds for an answer to a command
PATIENCE_FOR_CONTENT = 60.0  # a server may look for viruses before it answers
PATIENCE_FOR_GOODBYE = 2.0
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_UNKNOWN_MAILBOX = {550, 551, 553}
_MAILBOX_BUSY = 450
_FULL = 552


@dataclass(frozen=True, slots=True)
class Smtp:
    """
    Hands messages to a mail server.

    The smallest step about which a cut line leaves a doubt is the message itself: up to DATA nothing
    was sent, and after the server's answer to it we know. So those steps are taken one by one here.
    """

    host: str
    port: int
    user: str
    password: str
    tls: str  # "whole", "starttls" or "none"

    @classmethod
    def at(cls, url: str) -> "Smtp":
        """
        Read smtp://user:password@host:587/?tls=starttls.

        :raises BadAddress: it cannot be understood, or would send a password in the open
        """
        parts = urlsplit(url)
        asked = parse_qs(parts.query).get("tls", [""])[0]
        tls = "whole" if parts.scheme == "smtps" else asked or "none"
        if tls not in {"whole", "starttls", "none"} or not parts.hostname:
            raise BadAddress("A mail server is smtp://host:port, with ?tls=starttls or ?tls=none, or smtps://host")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if password and tls == "none" and asked != "none" and parts.hostname not in _LOCAL:
            raise BadAddress("The password would travel in the open: use smtps:// or ?tls=starttls")
        return cls(parts.hostname, parts.port or (465 if tls == "whole" else 25), user, password, tls)

    @contextmanager
    def reach(self, parcel: Parcel) -> Iterator[Callable[[], None]]:
        """Connect, and have the server accept both addresses."""
        server = self._connect(parcel.sender.rpartition("@")[2])
        try:
            self._address(server, parcel)
            yield lambda: self._hand_over(server, parcel)
        finally:
            _hang_up(server)

    def _connect(self, our_name: str) -> smtplib.SMTP:
        try:
            if self.tls == "whole":
                context = ssl.create_default_context()
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    self.host, self.port, our_name, timeout=PATIENCE, context=context
                )
            else:
                server = smtplib.SMTP(self.host, self.port, our_name, timeout=PATIENCE)
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken("The mail server does not answer.") from error
        try:
            server.ehlo_or_helo_if_needed()
            if self.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except smtplib.SMTPAuthenticationError as error:
            _hang_up(server)
            raise NotTaken(f"The mail server refused our name and password ({error.smtp_code}).") from error
        except (OSError, smtplib.SMTPException) as error:
            _hang_up(server)
            raise NotTaken("The mail server was reached, but would not talk with us.") from error
        return server

    @staticmethod
    def _address(server: smtplib.SMTP, parcel: Parcel) -> None:
        try:
            code, words = server.mail(parcel.sender)
            if code // 100 == 2:
                code, words = server.rcpt(parcel.recipient)
            elif code // 100 == 5:
                # About us, not about this message or its reader: it waits until somebody mends it.
                raise NotTaken(f"The mail server refused our own address ({_number(code, words)}).")
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken("The mail server hung up before it was given the message.") from error
        if code // 100 != 2:
            raise _refusal(code, words)

    @staticmethod
    def _hand_over(server: smtplib.SMTP, parcel: Parcel) -> None:
        try:
            server.putcmd("data")
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken("The mail server hung up before it was given the message.") from error
        if code != 354:
            raise _refusal(code, words)
        try:
            if server.sock is not None:
                server.sock.settimeout(PATIENCE_FOR_CONTENT)
            server.send(_quoted(parcel.content))
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise Unknown("The line was cut while the mail server was taking the message.") from error
        if code // 100 in {4, 5}:
            raise _refusal(code, words)
        if code // 100 != 2:
            raise Unknown("The mail server's answer could not be understood.")


def _quoted(content: bytes) -> bytes:
    """End lines as servers want them, double a dot at the start of a line, and end with a lone dot (RFC 5321 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n"


def _refusal(code: int, words: bytes) -> NotTaken | Refused:
    """Say it in our own words: the server's may hold the reader's address."""
    number = _number(code, words)
    subject = number.partition(" ")[2]
    if code // 100 != 5:
        one_mailbox = subject.startswith("4.2.") or (not subject and code == _MAILBOX_BUSY)
        return NotTaken(f"The mail server asked us to try again later ({number}).", is_about_one_mailbox=one_mailbox)
    if subject.startswith("5.1.") or (not subject and code in _UNKNOWN_MAILBOX):
        return Refused(f"The mail server says that there is no such address ({number}).")
    if subject == "5.2.2" or (not subject and code == _FULL):
        return Refused(f"The mail server says that the mailbox is full ({number}).")
    return Refused(f"The mail server refused the message ({number}).")


def _number(code: int, words: bytes) -> str:
    """Write the answer's number, and the finer one if there is one: 550 5.1.1."""
    finer = re.match(rb"[245]\.\d{1,3}\.\d{1,3}\b", words)
    return f"{code} {finer.group().decode()}" if finer else str(code)


def _hang_up(server: smtplib.SMTP) -> None:
    """Say goodbye, but do not wait for it."""
    try:
        if server.sock is not None:
            server.sock.settimeout(PATIENCE_FOR_GOODBYE)
            server.quit()
    except (OSError, smtplib.SMTPException):
        pass
    finally:
        server.close()
