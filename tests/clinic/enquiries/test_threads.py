"""Answers by e-mail come back into their conversation, each once; other letters become questions. A real IMAP server."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine

from corneum.clinic.enquiries import actions, jobs
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.threads import reply_address
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.models import Job
from corneum.platform.messages.incoming import take_in
from corneum.platform.messages.mime import email_bytes
from corneum.platform.messages.models import Mailbox, Message
from tests.factories.cast import NOW, Cast
from tests.factories.enquiries import make_enquiry, reply_to
from tests.imap import MailFolder

LATER = NOW + timedelta(hours=3)
QUOTE = "On Mon, 9 Mar 2026 at 08:00, Manchester wrote:\n> Hello Hannah."


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def answered(client, cast: Cast, mail_folder: MailFolder) -> Enquiry:
    """A question that we have answered, and a mailbox that has been read once."""
    read(NOW)
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)
    client.post(f"/desk/inbox/{enquiry.ref}/reply/", reply_to(enquiry))
    enquiry.refresh_from_db()
    return enquiry


def read(at=LATER) -> None:
    jobs.read_mailbox({}, at)


def letter(
    text: str, *, sender: str = "hannah@mail.example", to: str = "clinic@alder.example", more: str = "", number: int = 1
):
    head = f"From: Hannah Doyle <{sender}>\nTo: {to}\nMessage-ID: <{number}@mail.example>\nSubject: Re: Your question"
    return f"{head}\n{more}\n\n{text}\n".replace("\n\n\n", "\n\n").encode()


def said(enquiry: Enquiry) -> list[tuple[str, str]]:
    return [(entry.kind, entry.said) for entry in Entry.objects.filter(enquiry=enquiry).order_by("id")]


def test_answer_to_the_signed_address_comes_back_and_the_conversation_waits_for_us_again(
    answered: Enquiry, mail_folder: MailFolder
):
    mail = message_from_bytes(email_bytes(Message.objects.get(), sender="clinic@alder.example"), policy=default)
    mail_folder.deliver(letter(f"Thursday suits me.\n\n{QUOTE}", to=mail["Reply-To"].addresses[0].addr_spec))
    read()

    answered.refresh_from_db()
    assert said(answered) == [
        ("theirs", "Hannah Doyle asks something."), ("ours", "Hello Hannah.\nYes."), ("theirs", "Thursday suits me."),
    ]  # fmt: skip
    assert Entry.objects.latest("id").quoted == QUOTE
    assert (answered.state, answered.waits_since, answered.due_at) == (
        "open", LATER, NOW + timedelta(days=1, hours=9),
    )  # fmt: skip
    assert (Enquiry.objects.count(), mail_folder.seen()) == (1, b"")


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_answer_without_the_signed_address_is_known_by_the_message_it_answers(
    answered: Enquiry, mail_folder: MailFolder, header: str
):
    mail_folder.deliver(letter("Thursday.", more=f"{header}: {Message.objects.get().message_id}"))
    read()

    assert said(answered)[-1] == ("theirs", "Thursday.")


def test_answer_from_another_address_says_so_and_ours_still_goes_to_the_first(
    client, answered: Enquiry, mail_folder: MailFolder
):
    mail_folder.deliver(letter("From my work.", sender="h.doyle@work.example", to=reply_address(answered)))
    read()

    assert Entry.objects.latest("id").sender == "h.doyle@work.example"
    assert "from another address: h.doyle@work.example" in client.get(f"/desk/inbox/{answered.ref}/").content.decode()
    client.post(f"/desk/inbox/{answered.ref}/reply/", reply_to(answered, "Thank you."))
    assert [message.to for message in Message.objects.all()] == ["hannah@mail.example"] * 2
    assert Message.objects.latest("id").in_reply_to == "<1@mail.example>"


def test_address_that_somebody_made_up_finds_no_conversation(answered: Enquiry, mail_folder: MailFolder):
    forged = reply_address(answered).replace("@", "0@")[:-1]
    wrong = f"clinic+{answered.ref}-{'0' * 12}@alder.example"
    mail_folder.deliver(*(letter("Let me in.", to=to, number=number) for number, to in enumerate((forged, wrong))))
    read()

    assert len(said(answered)) == 2
    assert set(Enquiry.objects.exclude(pk=answered.pk).values_list("source", flat=True)) == {"email"}


def test_letter_is_taken_in_once_however_often_it_is_delivered_or_read(answered: Enquiry, mail_folder: MailFolder):
    mail = letter("Thursday.", to=reply_address(answered))
    mail_folder.deliver(mail, b"Received: from a.relay.example\n" + mail)
    read()
    read()

    assert said(answered)[2:] == [("theirs", "Thursday.")]


def test_letters_are_neither_lost_nor_doubled_when_the_work_is_cut_short(answered: Enquiry, mail_folder: MailFolder):
    mail_folder.deliver(*(letter(f"Part {n}.", to=reply_address(answered), number=n) for n in range(3)))
    taken = []

    def dies_on_the_second(one):
        taken.append(one.text)
        if len(taken) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        take_in(dies_on_the_second, at=NOW)
    read()

    assert (taken[0], [text for _kind, text in said(answered)[2:]]) == ("Part 0.", ["Part 1.", "Part 2."])


def test_letters_are_read_again_once_when_the_server_numbers_everything_anew(
    answered: Enquiry, mail_folder: MailFolder
):
    mail_folder.deliver(letter("First.", to=reply_address(answered)))
    read()
    mail_folder.empty()
    mail_folder.deliver(
        letter("First.", to=reply_address(answered)), letter("Second.", to=reply_address(answered), number=2)
    )
    read()

    assert [text for _kind, text in said(answered)[2:]] == ["First.", "Second."]


def test_what_stood_in_the_mailbox_before_is_left_alone(cast: Cast, mail_folder: MailFolder):
    mail_folder.deliver(letter("An old matter."))
    read()

    assert (Enquiry.objects.count(), Mailbox.objects.get().failing_since) == (0, None)


def test_letter_without_a_conversation_becomes_a_question_of_the_clinic_it_was_sent_to(
    cast: Cast, mail_folder: MailFolder
):
    read()
    mail_folder.deliver(letter("Do you have parking?", to="hello@stockport.example"))
    read()

    enquiry = Enquiry.objects.get()
    assert (enquiry.clinic, enquiry.source, enquiry.state, enquiry.name, enquiry.email) == (
        cast.stockport, "email", "open", "Hannah Doyle", "hannah@mail.example",
    )  # fmt: skip
    assert (said(enquiry), enquiry.due_at) == ([("theirs", "Do you have parking?")], NOW + timedelta(days=1, hours=9))


@pytest.mark.parametrize(
    ("text", "more", "why"),
    [
        ("Our agency sells backlinks https://x.example/casino", "", "It sells “backlink”, and links to it."),
        ("News of the week", "List-Id: <news.shop.example>", "A machine sent it, as newsletters and notices are."),
    ],
)
def test_letter_that_is_spam_is_kept_apart_whole_and_says_why(
    cast: Cast, mail_folder: MailFolder, text: str, more: str, why: str
):
    read()
    mail_folder.deliver(letter(text, more=more))
    read()

    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.verdict[0], said(enquiry)) == ("spam", why, [("theirs", text)])


def test_automatic_answer_is_kept_and_moves_nothing(answered: Enquiry, mail_folder: MailFolder):
    mail_folder.deliver(letter("I am away.", to=reply_address(answered), more="Auto-Submitted: auto-replied"))
    read()

    answered.refresh_from_db()
    assert (said(answered)[-1], answered.state) == (("auto", "I am away."), "answered")


def test_news_that_our_answer_did_not_arrive_brings_the_conversation_back(answered: Enquiry, mail_folder: MailFolder):
    Message.objects.update(state="sent", sent_at=NOW)
    ours = Message.objects.get().message_id
    report = (
        "From: MAILER-DAEMON@mail.example\nTo: clinic@alder.example\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nNo such mailbox.\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mail.example\n\nAction: failed\n--b\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {ours}\n--b--\n"
    )
    mail_folder.deliver(report.encode())
    read()

    answered.refresh_from_db()
    assert (said(answered)[-1], answered.state) == (("auto", "No such mailbox."), "open")
    came_back = "It came back: a mail server could not deliver it to this address."
    assert list(Message.objects.values_list("state", "last_error")) == [("failed", came_back)]


def test_answer_wakes_what_is_snoozed_and_opens_what_is_closed(answered: Enquiry, cast: Cast, mail_folder: MailFolder):
    by = Actor.staff(cast.dana)
    actions.snooze_enquiry(enquiry=answered, until=NOW + timedelta(days=3), by=by, at=NOW)
    mail_folder.deliver(letter("One more thing.", to=reply_address(answered)))
    read()
    answered.refresh_from_db()
    woken = (answered.state, answered.snoozed_until)
    actions.close_enquiry(enquiry=answered, by=by, at=NOW)
    mail_folder.deliver(letter("And another.", to=reply_address(answered), number=2))
    read()

    answered.refresh_from_db()
    assert (woken, answered.state) == (("open", None), "open")


def test_answer_that_came_while_somebody_writes_is_shown_before_theirs_goes_out(
    client, answered: Enquiry, mail_folder: MailFolder
):
    draft = reply_to(answered, "Shall it be Friday?")
    mail_folder.deliver(letter("Thursday, please.", to=reply_address(answered)))
    read()

    refused = client.post(f"/desk/inbox/{answered.ref}/reply/", draft)

    assert (refused.status_code, Message.objects.count()) == (422, 1)
    page = refused.content.decode()
    assert ("Hannah Doyle has written again" in page, "Shall it be Friday?" in page) == (True, True)


def test_mailbox_out_of_reach_is_told_in_the_inbox_and_loses_nothing(
    client, answered: Enquiry, mail_folder: MailFolder, settings
):
    mail_folder.deliver(letter("Thursday.", to=reply_address(answered)))
    settings.MAILBOX_URL = mail_folder.url.replace("secret", "wrong")
    read()
    failing = client.get("/desk/inbox/").content.decode()
    settings.MAILBOX_URL = mail_folder.url
    read()

    assert "The mailbox has not been read since" in failing
    assert "did not let us in" in failing
    assert (said(answered)[-1], "The mailbox has not" in client.get("/desk/inbox/").content.decode()) == (
        ("theirs", "Thursday."), False,
    )  # fmt: skip


def test_mailbox_is_asked_for_every_minute_only_where_there_is_one(cast: Cast, mail_folder: MailFolder, settings):
    from django.db import transaction

    with transaction.atomic():
        jobs.queue_reading(NOW)
        settings.MAILBOX_URL = ""
        jobs.queue_reading(NOW + timedelta(minutes=1))

    assert Job.objects.filter(kind=jobs.KIND).count() == 1
    assert reply_address(make_enquiry(cast)) == ""


def test_call_is_written_down_once_and_answered_like_every_other_question(client, cast: Cast):
    client.force_login(cast.dana)
    form = client.get("/desk/inbox/call/").context["form"]
    given = {"name": "", "contact": "07700 900 118", "text": "Wants to move Friday.", "press": form["press"].value()}

    answers = [client.post("/desk/inbox/call/", given)["Location"] for _ in range(2)]

    enquiry = Enquiry.objects.get()
    assert set(answers) == {f"/desk/inbox/{enquiry.ref}/"}
    assert (enquiry.name, enquiry.phone, enquiry.source, enquiry.state) == (
        "Unknown caller", "+447700900118", "call", "open",
    )  # fmt: skip
    assert (enquiry.due_at, last_entry(enquiry) != "") == (NOW + timedelta(days=1, hours=9), True)
    assert "Dana Okafor wrote down their call" in client.get(answers[0]).content.decode()
