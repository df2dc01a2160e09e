"""A letter: one e-mail that came in, read whatever its writer's program did to it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from html import unescape

import nh3

LONGEST_TEXT = 20_000
MOST_REFERENCES = 50
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_ID = re.compile(r"<[^<>\s]{3,250}>")
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """
    What came in, as text.

    `refers_to` are the Message-IDs it answers or, of a bounce, those it says did not arrive; `is_automatic`
    is RFC 3834's and what mailing lists say; `is_bounce` only a delivery that failed for good (RFC 3464).
    `key` is the same for the same letter, however often it is delivered.
    """

    key: str
    message_id: str
    refers_to: tuple[str, ...]
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    files: tuple[str, ...]
    is_automatic: bool
    is_bounce: bool


def read_letter(content: bytes) -> Letter:
    """Read an e-mail. It never fails: what cannot be understood is left out, and the mailbox still has it."""
    mail = BytesParser(policy=compat32).parsebytes(content)
    name, sender = next(iter(_addresses(mail, "From")), ("", ""))
    message_id = _storable(next(iter(_ids(mail, "Message-ID")), ""))
    text = _storable(_text_of(mail))[:LONGEST_TEXT]
    return Letter(
        key=hashlib.sha256(f"{message_id}\n{_storable(sender)}\n{text}".encode()).hexdigest(),
        message_id=message_id,
        refers_to=tuple(dict.fromkeys(map(_storable, _references(mail))))[:MOST_REFERENCES],
        sender=_storable(sender).lower()[:254] if "@" in sender else "",
        sender_name=" ".join(_storable(name).split())[:120],
        recipients=tuple(
            _storable(address).lower() for header in RECIPIENTS for _name, address in _addresses(mail, header)
        ),
        subject=" ".join(_storable(_header(mail, "Subject")).split())[:200],
        text=text,
        files=tuple(_files(mail)),
        is_automatic=_is_automatic(mail),
        is_bounce=_is_bounce(mail),
    )


def _storable(text: str) -> str:
    """Take out what no database keeps: halves of letters that a broken program left."""
    return text.encode(errors="replace").decode().replace("\0", "")


def _header(mail: "Message[str, str]", name: str) -> str:
    raw = str(mail.get(name, ""))
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, UnicodeError, MessageError, ValueError):
        return raw


def _addresses(mail: "Message[str, str]", name: str) -> list[tuple[str, str]]:
    """List name and address: taken apart before decoding, so that a name cannot pass for an address."""
    found = getaddresses([str(value) for value in mail.get_all(name, [])])
    return [(_decoded(written), address) for written, address in found if address]


def _decoded(name: str) -> str:
    try:
        return str(make_header(decode_header(name)))
    except (LookupError, UnicodeError, MessageError, ValueError):
        return name


def _ids(mail: "Message[str, str]", *names: str) -> Iterator[str]:
    for name in names:
        for value in mail.get_all(name, []):
            yield from _ID.findall(str(value))


def _references(mail: "Message[str, str]") -> Iterator[str]:
    yield from _ids(mail, "In-Reply-To", "References")
    if mail.get_content_type() == "multipart/report":
        for part in mail.walk():
            if part is not mail:
                yield from _ids(part, "Message-ID")
            if part.get_content_type() == "text/rfc822-headers":
                yield from re.findall(r"(?im)^message-id:\s*(<[^<>\s]+>)", _words_of(part))


def _text_of(mail: "Message[str, str]") -> str:
    """Give what was written: its plain parts or, without any, its HTML as text."""
    written = [part for part in mail.walk() if not part.is_multipart() and not _is_file(part)]
    plain = [_words_of(part) for part in written if part.get_content_type() == "text/plain"]
    marked = [_without_marks(_words_of(part)) for part in written if part.get_content_type() == "text/html"]
    return "\n\n".join(words.strip() for words in plain or marked if words.strip())


def _words_of(part: "Message[str, str]") -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset)
    except (LookupError, UnicodeError):
        return content.decode("utf-8", errors="replace")


def _without_marks(markup: str) -> str:
    return unescape(nh3.clean(_BREAKS.sub("\n", markup), tags=set(), clean_content_tags={"style", "script", "title"}))


def _is_file(part: "Message[str, str]") -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _files(mail: "Message[str, str]") -> Iterator[str]:
    for part in mail.walk():
        if not part.is_multipart() and _is_file(part):
            yield " ".join(_storable(_decoded(str(part.get_filename() or "a file"))).split())[:100]


def _is_automatic(mail: "Message[str, str]") -> bool:
    submitted = _header(mail, "Auto-Submitted").casefold().strip()
    is_bulk = _header(mail, "Precedence").casefold().strip() in {"bulk", "junk", "list", "auto_reply"}
    is_listed = any(name in mail for name in ("List-Id", "List-Unsubscribe", "X-Autoreply"))
    is_report = mail.get_content_type() == "multipart/report" or _header(mail, "Return-Path").strip() == "<>"
    return bool(submitted and submitted != "no") or is_bulk or is_listed or is_report


def _is_bounce(mail: "Message[str, str]") -> bool:
    if mail.get_content_type() != "multipart/report":
        return False
    return any(
        str(group.get("Action", "")).strip().casefold() == "failed"
        for part in mail.walk()
        if part.get_content_type() == "message/delivery-status"
        for group in part.walk()
    )
