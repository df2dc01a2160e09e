"""An e-mail is the same bytes every time, and any reader understands them."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from corneum.platform.accounts.models import Clinic
from corneum.platform.messages.mime import CannotBeWritten, bare_address, email_bytes
from corneum.platform.messages.models import Message

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Alder Skin Clinic \u2013 Zoë\r\n.DOT:first\r\nEND:VCALENDAR\r\n"


def a_message(**changes):
    return Message(
        **{
            "clinic": Clinic(name="Alder Skin Clinic"),
            "channel": "email",
            "to": "zoe@example.com",
            "to_name": "Zoë Ashworth",
            "subject": "Thursday 12 March \u2013 9:30am",
            "text": "Hello Zoë,\n\n.a line that begins with a dot\n" + "long " * 60 + "\n",
            "message_id": "<ref@alder.example>",
            "send_at": datetime(2026, 3, 9, 8, 0, 0, 123, tzinfo=UTC),
            **changes,
        }
    )


def read(content):
    return message_from_bytes(content, policy=default)


def test_email_bytes_says_who_writes_to_whom_about_what():
    mail = read(email_bytes(a_message(), sender="hello@alder.example"))

    assert {name: str(value) for name, value in mail.items() if name != "MIME-Version"} == {
        "Message-ID": "<ref@alder.example>",
        "Date": "Mon, 09 Mar 2026 08:00:00 +0000",
        "From": "Alder Skin Clinic <hello@alder.example>",
        "To": "Zoë Ashworth <zoe@example.com>",
        "Subject": "Thursday 12 March \u2013 9:30am",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }


def test_email_bytes_keeps_the_text_to_the_letter():
    mail = read(email_bytes(a_message(), sender="hello@alder.example"))

    assert mail.get_content().replace("\r\n", "\n") == a_message().text


def test_email_bytes_is_seven_bits_in_short_lines():
    content = email_bytes(a_message(), sender="hello@alder.example")

    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 76
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_email_bytes_carries_the_calendar_intact():
    part = {"name": "appointment.ics", "type": "text/calendar; method=REQUEST; charset=utf-8", "text": ICS}

    mail = read(email_bytes(a_message(html="<p>Hello</p>", attachments=[part]), sender="hello@alder.example"))

    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True).decode() == ICS
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "appointment.ics")
    assert dict(attached["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}
    assert mail.get_body(("html",)).get_content().strip() == "<p>Hello</p>"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == a_message().text


def test_email_bytes_answers_in_the_thread_and_as_a_person():
    message = a_message(in_reply_to=f"<{'x' * 200}@example.com>", written_by_id=7)

    content = email_bytes(message, sender="hello@alder.example")

    assert f"In-Reply-To: <{'x' * 200}@example.com>\r\n".encode() in content
    assert f"References: <{'x' * 200}@example.com>\r\n".encode() in content
    assert b"Auto-Submitted" not in content


def test_email_bytes_is_the_same_each_time():
    part = {"name": "appointment.ics", "type": "text/calendar; method=REQUEST", "text": ICS}
    message = a_message(html="<p>Hello</p>", attachments=[part])

    once = email_bytes(message, sender="hello@alder.example")

    assert email_bytes(message, sender="hello@alder.example") == once


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "alice@example.com\r\nBcc: eve@example.com"},
        {"to_name": "Alice\r\nBcc: eve@example.com"},
        {"subject": "Hello\r\nBcc: eve@example.com"},
        {"in_reply_to": "<a@b>\r\nBcc: eve@example.com"},
        {"attachments": [{"name": "a\r\nBcc: eve@example.com", "type": "text/plain", "text": ""}]},
        {"to": "zoë@example.com"},
    ],
)
def test_email_bytes_never_lets_a_header_be_added(changes):
    try:
        mail = read(email_bytes(a_message(**changes), sender="hello@alder.example"))
    except CannotBeWritten:
        return
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].addr_spec != "eve@example.com"


def test_bare_address_writes_the_domain_in_ascii():
    assert bare_address("Alice <alice@bücher.example>") == "alice@xn--bcher-kva.example"


def test_bare_address_refuses_letters_that_not_every_server_takes():
    with pytest.raises(CannotBeWritten):
        bare_address("zoë@example.com")
