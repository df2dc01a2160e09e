"""The clinic's mailbox, read by IMAP. Nothing in it is moved, marked or deleted: it stays the clinic's own."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from corneum.platform.messages.transports.parcel import BadAddress

PATIENCE = 20.0  # seconds for an answer
LARGEST = 2_000_000  # bytes of one e-mail that are fetched; the words come before the files
AT_ONCE = 50
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class MailboxAway(Exception):
    """The mailbox could not be read; the sentence says why, without a name or a password."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a mailbox has been read: IMAP's own numbers (RFC 3501, 2.3.1.1)."""

    validity: int  # the server changes it when it has numbered everything anew
    uid: int  # of the last e-mail that was read


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a mailbox is, and how one gets in."""

    host: str
    port: int
    user: str
    password: str
    tls: str  # "whole", "starttls" or "none"
    folder: str

    @classmethod
    def at(cls, url: str) -> "Mailbox":
        """
        Read imaps://user:password@host/INBOX.

        :raises BadAddress: it cannot be understood, or would send a password in the open
        """
        parts = urlsplit(url)
        tls = "whole" if parts.scheme == "imaps" else parse_qs(parts.query).get("tls", ["none"])[0]
        if parts.scheme not in {"imap", "imaps"} or tls not in {"whole", "starttls", "none"} or not parts.hostname:
            raise BadAddress("A mailbox is imaps://user:password@host/INBOX, or imap://…/?tls=starttls")
        if tls == "none" and parts.hostname not in _LOCAL:
            raise BadAddress("The password would travel in the open: use imaps:// or ?tls=starttls")
        return cls(
            host=parts.hostname,
            port=parts.port or (993 if tls == "whole" else 143),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=tls,
            folder=unquote(parts.path.strip("/")) or "INBOX",
        )

    @property
    def name(self) -> str:
        """What it is called where its place is kept: no password."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"[:254]

    def read_new(self, last: Place | None, *, since: datetime | None) -> Iterator[tuple[Place, bytes]]:
        """
        This will yield each e-mail that is new, in order, with the place up to which all was read.

        A mailbox that is read for the first time yields no e-mail, only its place: what is in it
        already was somebody else's to answer. One that was numbered anew is read again from `since`.

        :raises MailboxAway: it cannot be reached, or does not let us in
        """
        try:
            with self._opened() as server:
                yield from self._new_in(server, last, since)
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxAway(_why(error)) from error

    def _new_in(
        self, server: imaplib.IMAP4, last: Place | None, since: datetime | None
    ) -> Iterator[tuple[Place, bytes]]:
        validity, following = _number(server, "UIDVALIDITY"), _number(server, "UIDNEXT")
        if last is None:
            yield Place(validity, following - 1), b""
            return
        is_same = last.validity == validity
        wanted = ("UID", f"{last.uid + 1}:*") if is_same or since is None else ("SINCE", f"{since:%d-%b-%Y}")
        _state, found = server.uid("SEARCH", *wanted)
        uids = sorted(int(uid) for uid in (found[0] or b"").split())
        for uid in [uid for uid in uids if not is_same or uid > last.uid][:AT_ONCE]:
            _state, answer = server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")
            content = next((part[1] for part in answer if isinstance(part, tuple)), b"")
            yield Place(validity, uid), content

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        context = ssl.create_default_context()
        if self.tls == "whole":
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=PATIENCE)
        else:
            server = imaplib.IMAP4(self.host, self.port, timeout=PATIENCE)
        try:
            if self.tls == "starttls":
                server.starttls(context)
            server.login(self.user, self.password)
            state, _count = server.select(f'"{self.folder}"', readonly=True)
            if state != "OK":
                raise MailboxAway("The mailbox has no folder of that name.")
            yield server
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()


def _number(server: imaplib.IMAP4, name: str) -> int:
    """Read a number that the server said when the folder was opened."""
    _name, said = server.response(name)
    found = re.search(rb"\d+", said[0] or b"") if said and isinstance(said[0], bytes) else None
    if found is None:
        raise MailboxAway("The mail server does not number its e-mails, so nothing can be read once and only once.")
    return int(found.group())


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "The mail server's certificate was not accepted."
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return "The mail server does not answer."
    return "The mail server did not let us in, or did not understand us."
