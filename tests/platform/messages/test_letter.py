"""Whatever a mail program wrote, its words, its answer's address and whether a machine sent it are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.platform.messages.letter import read_letter

PLAIN = b"""From: =?utf-8?q?Si=C3=A2n_Rhys?= <Sian@Mail.example>
To: Manchester <clinic+abc@alder.example>
Cc: hello@alder.example
Message-ID: <one@mail.example>
In-Reply-To: <two@alder.example>
References: <two@alder.example>
 <three@alder.example>
Subject: Re: Your question
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

A caf=E9 nearby?
"""
MARKED = b"""From: hannah@mail.example
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<style>p { color: red }</style><p>Thursday &amp; Friday</p><div>suit me<br>well</div><script>alert(1)</script>
--b--
"""
WITH_A_PICTURE = b"""From: hannah@mail.example
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

Here it is.
--b
Content-Type: image/jpeg; name="my cheek.jpg"
Content-Disposition: attachment; filename="my cheek.jpg"
Content-Transfer-Encoding: base64

/9j/4AAQ
--b--
"""
BOUNCE = b"""From: MAILER-DAEMON@mail.example
Return-Path: <>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

There is no such mailbox.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; hannah@mail.example
Action: failed
Status: 5.1.1
--b
Content-Type: message/rfc822

Message-ID: <ours@alder.example>
Subject: Your question

Hello
--b--
"""


def test_read_letter_reads_names_words_and_what_it_answers():
    letter = read_letter(PLAIN)

    assert (letter.sender, letter.sender_name, letter.subject) == (
        "sian@mail.example",
        "Siân Rhys",
        "Re: Your question",
    )
    assert letter.recipients == ("clinic+abc@alder.example", "hello@alder.example")
    assert (letter.message_id, letter.refers_to) == (
        "<one@mail.example>", ("<two@alder.example>", "<three@alder.example>"),
    )  # fmt: skip
    assert (letter.text, letter.is_automatic, letter.is_bounce) == ("A café nearby?", False, False)


def test_read_letter_makes_text_of_html_without_its_scripts_and_sheets():
    assert read_letter(MARKED).text.split() == ["Thursday", "&", "Friday", "suit", "me", "well"]


def test_read_letter_names_files_and_leaves_them_out_of_the_words():
    letter = read_letter(WITH_A_PICTURE)

    assert (letter.text, letter.files) == ("Here it is.", ("my cheek.jpg",))


def test_read_letter_knows_a_delivery_that_failed_and_which_of_ours_it_was():
    letter = read_letter(BOUNCE)

    assert (letter.is_automatic, letter.is_bounce) == (True, True)
    assert "<ours@alder.example>" in letter.refers_to


def test_read_letter_takes_a_delay_for_a_machines_letter_and_no_bounce():
    letter = read_letter(BOUNCE.replace(b"Action: failed", b"Action: delayed"))

    assert (letter.is_automatic, letter.is_bounce) == (True, False)


@pytest.mark.parametrize(
    "header",
    [b"Auto-Submitted: auto-replied", b"Precedence: bulk", b"List-Id: <news.shop.example>", b"X-Autoreply: yes"],
)
def test_read_letter_knows_what_a_machine_sent(header: bytes):
    assert read_letter(header + b"\n" + PLAIN).is_automatic is True
    assert read_letter(b"Auto-Submitted: no\n" + PLAIN).is_automatic is False


def test_read_letter_has_one_key_for_one_letter_however_it_is_delivered():
    assert read_letter(b"Received: from relay.example\n" + PLAIN).key == read_letter(PLAIN).key
    assert read_letter(PLAIN.replace(b"nearby", b"far")).key != read_letter(PLAIN).key


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"From: \xff\xfe <a@b>\nSubject: \xff\n\n\xff",
        b"Subject: =?utf-8?b?/////?=\nContent-Type: text/plain; charset=klingon\n\n\xe9",
        b"From: a@b\r\nContent-Type: multipart/mixed; boundary=\r\n\r\nx",
        b"From: " + b"<" * 500,
        b"Content-Transfer-Encoding: base64\n\n!!!\0",
        b"Content-Type: message/delivery-status\n\nx",
    ],
    ids=range(7),
)
def test_read_letter_never_fails_and_gives_what_a_database_keeps(content: bytes):
    letter = read_letter(content)

    kept = [letter.text, letter.sender, letter.sender_name, letter.subject, letter.message_id, *letter.files]
    assert all(text.encode().decode() == text and "\0" not in text for text in kept)


@given(st.lists(st.sampled_from(PLAIN.splitlines() + MARKED.splitlines() + BOUNCE.splitlines() + [b"\xff\0", b"--b"])))
def test_read_letter_never_fails_on_broken_pieces(lines: list[bytes]):
    read_letter(b"\n".join(lines))
