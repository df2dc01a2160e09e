"""What becomes of a message is written down as it was, whatever a real mail server does."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.jobs import registry
from corneum.platform.jobs.models import Job
from corneum.platform.jobs.worker import Worker
from corneum.platform.messages import delivery
from corneum.platform.messages.actions import mark_arrived, send_again, withdraw_messages
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW
from tests.platform.messages.conftest import MailServer, free_port

State = Message.State
ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


class Post:
    """A worker told the time, and a look at the one message there is."""

    def __init__(self) -> None:
        self.now = NOW
        registry.discover()

    def work(self) -> None:
        """Send what is due; the timetable of other areas is not this test's matter."""
        worker = Worker(clock=lambda: self.now)
        while worker.step():
            pass

    def later(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    @property
    def state(self) -> tuple[str, str]:
        message = Message.objects.get()
        return message.state, message.last_error


@pytest.fixture
def post(settings: Any, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Post:
    settings.MAIL_URL = mail_server.url
    monkeypatch.setattr(registry, "TIMETABLE", {})
    monkeypatch.setattr("corneum.platform.jobs.timetable.TIMETABLE", {})
    return Post()


@pytest.mark.django_db
def test_message_arrives_and_is_sent(post, mail_server, queue_hello):
    message = queue_hello(attachments=[{"name": "a.ics", "type": "text/calendar; method=REQUEST", "text": ICS}])

    post.work()

    (mail,) = mail_server.kept
    assert mail["Message-ID"] == message.message_id
    assert mail["To"] == "Alice Ashworth <alice@example.com>"
    assert mail["Subject"] == "Thursday 12 March, 9:30am at Manchester"
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True).decode() == ICS
    kept = Message.objects.get()
    assert (kept.state, kept.attempts, kept.last_error) == (State.SENT, 1, "")
    assert kept.sent_at is not None
    assert NOW <= kept.sent_at < NOW + timedelta(minutes=1)
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.django_db
def test_message_waits_for_its_moment(post, mail_server, queue_hello):
    queue_hello(send_at=NOW + timedelta(minutes=3))

    post.work()
    too_early = mail_server.ids
    post.later(minutes=3)
    post.work()

    assert too_early == []
    assert len(mail_server.ids) == 1


@pytest.mark.django_db
def test_message_withdrawn_is_not_sent(cast, post, mail_server, queue_hello):
    queue_hello(send_at=NOW + timedelta(minutes=3))
    withdraw_messages(about=cast.alice, by=PATIENT, at=NOW)

    post.later(minutes=3)
    post.work()

    assert mail_server.ids == []
    assert post.state == (State.WITHDRAWN, "")


@pytest.mark.django_db
def test_message_withdrawn_while_the_server_was_reached_is_not_sent(cast, post, mail_server, queue_hello):
    message = queue_hello()
    # As the other process would: after the worker has read it, before it begins.
    stale = Message.objects.get()
    withdraw_messages(about=cast.alice, by=PATIENT, at=NOW)

    with pytest.raises(delivery.NoLongerWanted):
        delivery._begin(stale, NOW)

    assert Message.objects.get(pk=message.pk).state == State.WITHDRAWN


@pytest.mark.django_db
def test_message_waits_while_the_server_is_down_and_then_arrives(post, mail_server, queue_hello):
    queue_hello()
    mail_server.close()

    for _ in range(6):
        post.work()
        post.later(minutes=13)
    while_down = post.state
    mail_server.open()
    post.work()

    assert while_down == (State.QUEUED, "The mail server does not answer.")
    assert post.state == (State.SENT, "")
    assert len(mail_server.ids) == 1


@pytest.mark.django_db
def test_message_is_tried_within_a_quarter_of_an_hour_even_after_a_day(post, mail_server, queue_hello):
    queue_hello()
    Message.objects.update(attempts=200)
    mail_server.close()

    waits = []
    for _ in range(20):
        post.work()
        due_at = Job.objects.get().due_at
        waits.append(due_at - post.now)
        post.now = due_at

    assert timedelta(minutes=3) < min(waits) < max(waits) <= timedelta(minutes=15)
    assert Job.objects.get().state == Job.State.WAITING


@pytest.mark.django_db
def test_message_is_given_up_after_three_days(post, mail_server, queue_hello):
    queue_hello()
    mail_server.close()

    post.later(hours=72)
    post.work()

    assert post.state == (State.FAILED, "The mail server does not answer. We have stopped trying.")
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mood", "became"),
    [
        (
            {"at_reader": "550 5.1.1 <alice@example.com> no such user"},
            (State.FAILED, "The mail server says that there is no such address (550 5.1.1)."),
        ),
        ({"at_reader": "553 who?"}, (State.FAILED, "The mail server says that there is no such address (553).")),
        ({"at_reader": "552 5.2.2 full"}, (State.FAILED, "The mail server says that the mailbox is full (552 5.2.2).")),
        ({"at_content": "554 5.7.1 spam"}, (State.FAILED, "The mail server refused the message (554 5.7.1).")),
        ({"at_reader": "450 4.2.1 busy"}, (State.QUEUED, "The mail server asked us to try again later (450 4.2.1).")),
        ({"at_content": "451 later"}, (State.QUEUED, "The mail server asked us to try again later (451).")),
        ({"at_sender": "421 closing"}, (State.QUEUED, "The mail server asked us to try again later (421).")),
        ({"at_sender": "550 5.7.1 not you"}, (State.QUEUED, "The mail server refused our own address (550 5.7.1).")),
        ({"cuts_at": "reader"}, (State.QUEUED, "The mail server hung up before it was given the message.")),
        ({"cuts_at": "content"}, (State.UNCERTAIN, "The line was cut while the mail server was taking the message.")),
    ],
)
def test_message_is_what_the_server_made_of_it(post, mail_server, queue_hello, mood, became):
    queue_hello()
    for name, value in mood.items():
        setattr(mail_server.mood, name, value)

    post.work()

    assert post.state == became
    assert Message.objects.get().attempts == 1
    assert mail_server.ids == []
    assert Job.objects.get().state == (Job.State.WAITING if became[0] == State.QUEUED else Job.State.DONE)


@pytest.mark.django_db
def test_message_asked_for_later_arrives_later(post, mail_server, queue_hello):
    queue_hello()
    mail_server.mood.at_content = "451 later"
    post.work()

    mail_server.mood.at_content = ""
    post.later(seconds=15)
    post.work()

    assert post.state == (State.SENT, "")
    assert len(mail_server.ids) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("keeps_it", [True, False])
def test_message_whose_line_was_cut_is_never_sent_again_by_itself(post, mail_server, queue_hello, keeps_it):
    queue_hello()
    mail_server.mood.cuts_at, mail_server.mood.keeps_it = "content", keeps_it
    post.work()

    mail_server.mood.cuts_at = ""
    for _ in range(5):
        post.later(hours=8)
        post.work()

    assert post.state[0] == State.UNCERTAIN
    assert len(mail_server.ids) == int(keeps_it)


@pytest.mark.django_db
def test_message_left_by_a_dead_worker_is_uncertain_and_stays_so(post, mail_server, queue_hello):
    queue_hello()
    Message.objects.update(state=State.SENDING, attempts=1)

    for _ in range(3):
        post.work()
        post.later(hours=8)

    assert post.state == (State.UNCERTAIN, "The worker stopped while the message was being sent.")
    assert mail_server.ids == []


@pytest.mark.django_db
def test_send_again_sends_the_same_message_id_once(cast, post, mail_server, queue_hello):
    message = queue_hello()
    mail_server.mood.cuts_at, mail_server.mood.keeps_it = "content", True
    post.work()
    mail_server.mood.cuts_at = ""
    message.refresh_from_db()
    post.later(hours=90)

    send_again(message=message, by=Actor.staff(cast.dana), at=post.now)
    post.work()
    post.work()

    assert mail_server.ids == [message.message_id, message.message_id]
    assert mail_server.raw[0] == mail_server.raw[1]
    assert post.state == (State.SENT, "")


@pytest.mark.django_db
def test_mark_arrived_sends_nothing(cast, post, mail_server, queue_hello):
    message = queue_hello()
    Message.objects.update(state=State.UNCERTAIN)

    mark_arrived(message=message, by=Actor.staff(cast.dana), at=NOW)
    post.work()

    assert mail_server.ids == []
    assert post.state[0] == State.SENT


@pytest.mark.django_db
def test_message_that_e_mail_cannot_carry_fails_with_a_sentence(post, queue_hello):
    queue_hello()
    Message.objects.update(to="zoë@example.com")

    post.work()

    assert post.state == (State.FAILED, "The address is not one that a message can go to.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("carrier-pigeon:", "The setting that says how to send messages cannot be understood."),
        ("smtp://user:secret@mail.example", "The setting that says how to send messages cannot be understood."),
    ],
)
def test_message_waits_for_a_setting_that_can_be_understood(settings, post, queue_hello, setting, sentence):
    queue_hello()
    settings.MAIL_URL = setting

    post.work()

    assert post.state == (State.QUEUED, sentence)


@pytest.mark.django_db
def test_message_waits_for_an_address_of_our_own(settings, post, mail_server, queue_hello):
    queue_hello()
    settings.MAIL_FROM = "Alder Skin Clinic"

    post.work()

    sentence = "The address that messages come from cannot be understood; see CORNEUM_MAIL_FROM."
    assert post.state == (State.QUEUED, sentence)
    assert mail_server.ids == []


@pytest.mark.django_db
def test_text_message_is_not_given_to_a_mail_server(settings, post, mail_server, queue_hello):
    queue_hello(channel="text", template="tests/short", to="+447700900982")
    settings.TEXT_URL = mail_server.url

    post.work()

    assert post.state == (State.QUEUED, "Text messages cannot be sent by a mail server; see CORNEUM_TEXT_URL.")
    assert mail_server.ids == []


@pytest.mark.django_db
def test_message_that_our_own_fault_keeps_is_shown_to_staff(post, queue_hello, settings):
    queue_hello()
    settings.MAIL_URL = None  # no mistake of a person's: nothing in the code expects it

    for _ in range(registry.TRIES):
        post.work()
        post.later(hours=7)

    assert post.state == (State.FAILED, delivery.OUR_FAULT)
    assert Job.objects.get().state == Job.State.DEAD


@pytest.mark.django_db
def test_log_names_the_message_and_never_its_reader(post, mail_server, queue_hello, caplog):
    message = queue_hello()
    mail_server.mood.at_reader = "550 5.1.1 <alice@example.com> no such user"

    with caplog.at_level("DEBUG", logger="corneum"):
        post.work()

    (line,) = [record.getMessage() for record in caplog.records if record.name == "corneum.messages"]
    assert line == (
        f"message {message.ref} could not be sent: The mail server says that there is no such address (550 5.1.1)."
    )
    assert "alice" not in " ".join(record.getMessage() for record in caplog.records if "corneum" in record.name).lower()


@pytest.mark.django_db(transaction=True)
def test_message_is_sent_once_by_workers_that_all_hold_its_job(settings, mail_server, queue_hello):
    """A lease that ran out too soon must not double a message."""
    settings.MAIL_URL = mail_server.url
    mail_server.mood.seconds = 0.2
    message = queue_hello()
    start, problems = threading.Barrier(4), list[BaseException]()

    def deliver() -> None:
        try:
            start.wait()
            delivery.deliver(message.ref, give_up_at=NOW + timedelta(days=3), clock=_always(NOW))
        except BaseException as error:  # noqa: BLE001 -- shown below, in the test's own thread
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()

    assert problems == []
    assert mail_server.ids == [message.message_id]
    assert Message.objects.get().state == State.SENT


def _always(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_sending_is_found_by_name():
    registry.discover()

    assert registry.HANDLERS["messages.send"].commits_itself


@pytest.mark.django_db
def test_message_arrives_at_the_port_that_was_asked_for(settings, post, queue_hello):
    elsewhere = MailServer(port=free_port())
    elsewhere.open()
    queue_hello()
    settings.MAIL_URL = elsewhere.url

    post.work()
    elsewhere.close()

    assert len(elsewhere.ids) == 1
