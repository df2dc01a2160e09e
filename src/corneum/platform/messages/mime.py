"""An e-mail as it travels: headers and parts, the same bytes at every attempt."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from corneum.platform.messages.models import Message

# Old servers carry seven bits; a quoted-printable line has 76 letters (RFC 2045 6.7); folding would break identifiers.
_BODY = SMTP.clone(cte_type="7bit", max_line_length=76)
_HEADERS = SMTP.clone(cte_type="7bit", max_line_length=900)


class CannotBeWritten(Exception):
    """The address or a part of the message is not one that e-mail can carry."""


def email_bytes(message: Message, *, sender: str) -> bytes:
    """
    Write the whole e-mail.

    :param sender: our own address, with or without a name; the clinic's name goes before it
    :raises CannotBeWritten: e-mail cannot carry it
    """
    try:
        return _mail(message, sender).as_bytes(policy=_HEADERS)
    except (ValueError, LookupError, UnicodeError, MessageError) as error:
        raise CannotBeWritten from error


def bare_address(address: str) -> str:
    """
    Write an address as mail servers take it: the domain in ASCII, nothing around it.

    :raises CannotBeWritten: it is no address, or has letters before the @ that not every server takes
    """
    local, _, domain = parseaddr(address)[1].rpartition("@")
    if not (local and domain):  # Pythons differ in how much of a malformed address they try to make sense of
        raise CannotBeWritten
    try:
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise CannotBeWritten from error


def _mail(message: Message, sender: str) -> EmailMessage:
    mail = EmailMessage(policy=_BODY)
    mail["Message-ID"] = message.message_id
    mail["Date"] = _date(message.send_at)
    own_name = message.clinic.name if message.clinic else parseaddr(sender)[0]
    mail["From"] = Address(own_name, addr_spec=bare_address(sender))
    mail["To"] = Address(message.to_name, addr_spec=bare_address(message.to))
    mail["Subject"] = message.subject
    if message.reply_to:
        mail["Reply-To"] = Address(own_name, addr_spec=bare_address(message.reply_to))
    if message.in_reply_to:
        mail["In-Reply-To"] = message.in_reply_to
        mail["References"] = message.in_reply_to
    if message.written_by_id is None:
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday replies keep away from it
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for part in message.attachments:
        _attach(mail, part)
    for number, branch in enumerate(part for part in mail.walk() if part.is_multipart()):
        branch.set_boundary(f"part-{number}-{message.ref}")  # drawn by lot otherwise
    return mail


def _attach(mail: EmailMessage, part: dict[str, str]) -> None:
    """Attach a text exactly as it is: calendars count their own line ends."""
    kind = EmailMessage(policy=_BODY)
    kind["Content-Type"] = part["type"]
    main, _, sub = kind.get_content_type().partition("/")
    mail.add_attachment(
        part["text"].encode(),
        maintype=main,
        subtype=sub,
        cte="base64",
        filename=part["name"],
        params={**dict(kind["Content-Type"].params), "charset": "utf-8"},
    )


def _date(moment: datetime) -> str:
    return format_datetime(moment.replace(microsecond=0))
