"""Messages are queued, withdrawn and decided about; nothing is sent from an action."""

import contextlib
from datetime import timedelta

import pytest
from django.db import transaction

from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.jobs.models import Job
from corneum.platform.messages.actions import (
    LineBreak,
    NotAnAddress,
    NotInDoubt,
    TextTooLong,
    mark_arrived,
    send_again,
    withdraw_messages,
)
from corneum.platform.messages.models import Message
from corneum.platform.messages.words import UnknownTemplate
from tests.factories.cast import NOW

State = Message.State


@pytest.mark.django_db
def test_queue_message_writes_the_words_down_now(cast, queue_hello):
    message = queue_hello()

    kept = Message.objects.get()
    assert kept == message
    assert (kept.subject, kept.text) == (
        "Thursday 12 March, 9:30am at Manchester",
        "Hello Alice,\n\nsee you then.\n",
    )
    assert (kept.to, kept.to_name, kept.state, kept.send_at) == (
        "alice@example.com", "Alice Ashworth", State.QUEUED, NOW,
    )  # fmt: skip
    assert (kept.about_kind, kept.about_ref, kept.clinic) == ("patients.patient", cast.alice.ref, cast.manchester)


@pytest.mark.django_db
def test_queue_message_queues_one_job_that_holds_refs_only(queue_hello):
    message = queue_hello(send_at=NOW + timedelta(hours=1))

    job = Job.objects.get()
    assert (job.key, job.kind, job.due_at) == (f"message:{message.ref}", "messages.send", NOW + timedelta(hours=1))
    assert job.payload == {"ref": message.ref, "give_up_at": (NOW + timedelta(hours=73)).isoformat()}


@pytest.mark.django_db
def test_queue_message_records_one_event_without_the_reader(queue_hello):
    message = queue_hello()

    event = AuditEvent.objects.get()
    assert (event.action, event.entity_ref) == ("messages.queue_message", message.ref)
    assert event.detail == {"template": "tests/hello", "channel": "email"}


@pytest.mark.django_db
def test_queue_message_in_a_transaction_that_is_taken_back_leaves_nothing(cast, queue_hello):
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        queue_hello()
        raise ZeroDivisionError

    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_queue_message_names_the_member_of_staff_who_wrote_it(cast, queue_hello):
    assert queue_hello(by=Actor.staff(cast.dana)).written_by == cast.dana
    assert queue_hello(by=PATIENT).written_by is None


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x00"])
@pytest.mark.parametrize("place", ["to", "to_name", "in_reply_to"])
def test_queue_message_refuses_a_line_break_in_a_header(queue_hello, place, end):
    with pytest.raises(LineBreak):
        queue_hello(**{place: f"alice@example.com{end}Bcc: everybody@example.com"})

    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["\r", "\x0b", "\x85", "\u2029"])
def test_queue_message_refuses_a_line_break_in_a_subject(queue_hello, end):
    with pytest.raises(LineBreak):
        queue_hello(context={"event": f"Thursday{end}Bcc: everybody@example.com"})

    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["alice", "alice@", "@example.com", "a b@example.com", "alice@example", ""])
def test_queue_message_refuses_what_is_no_address(queue_hello, to):
    with pytest.raises(NotAnAddress):
        queue_hello(to=to)

    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["07700 900982", "447700900982", "alice@example.com", "+", ""])
def test_queue_message_refuses_what_is_no_number(queue_hello, to):
    with pytest.raises(NotAnAddress):
        queue_hello(channel="text", template="tests/short", to=to)


@pytest.mark.django_db
def test_queue_message_refuses_a_template_that_is_not_there(queue_hello):
    with pytest.raises(UnknownTemplate):
        queue_hello(template="tests/nothing")


@pytest.mark.django_db
def test_queue_message_takes_a_text_of_160_and_refuses_one_of_161(queue_hello, write_template):
    write_template("tests/long.txt", "{{ name }}")

    message = queue_hello(channel="text", template="tests/long", to="+447700900982", context={"name": "é" * 160})
    with pytest.raises(TextTooLong):
        queue_hello(channel="text", template="tests/long", to="+447700900982", context={"name": "€" * 80 + "é"})

    assert list(Message.objects.values_list("ref", "text", "subject")) == [(message.ref, "é" * 160, "")]


@pytest.mark.django_db
def test_queue_message_sends_a_text_in_the_networks_own_letters(queue_hello):
    message = queue_hello(channel="text", template="tests/short", to="+447700900982", context={"name": "Zoë"})

    assert message.text == "Zoe, you are booked at Manchester."


@pytest.mark.django_db
def test_queue_message_gives_each_message_an_id_of_our_own(settings, queue_hello):
    settings.MAIL_FROM = "Alder <hello@alder.example>"

    messages = [queue_hello(), queue_hello()]

    assert [message.message_id for message in messages] == [f"<{m.ref}@alder.example>" for m in messages]


@pytest.mark.django_db
def test_queue_message_cuts_a_subject_that_is_too_long_for_a_header(queue_hello):
    message = queue_hello(context={"event": "x" * 300})

    assert message.subject == "x" * 199 + "…"


@pytest.mark.django_db
def test_withdraw_messages_takes_back_what_waits_about_one_thing(cast, queue_hello):
    waiting, another_waiting, about_bea, sent = queue_hello(), queue_hello(), queue_hello(about=cast.bea), queue_hello()
    Message.objects.filter(pk=sent.pk).update(state=State.SENT, sent_at=NOW)

    withdrawn = withdraw_messages(about=cast.alice, by=PATIENT, at=NOW)

    assert withdrawn == 2
    assert dict(Message.objects.values_list("ref", "state")) == {
        waiting.ref: State.WITHDRAWN,
        another_waiting.ref: State.WITHDRAWN,
        about_bea.ref: State.QUEUED,
        sent.ref: State.SENT,
    }
    event = AuditEvent.objects.get(action="messages.withdraw_messages")
    assert sorted(event.detail["messages"]) == sorted([waiting.ref, another_waiting.ref])


@pytest.mark.django_db
def test_withdraw_messages_takes_back_only_those_that_are_named(cast, queue_hello):
    named, another = queue_hello(), queue_hello()

    withdrawn = withdraw_messages(about=cast.alice, only=[named.ref], by=PATIENT, at=NOW)

    assert withdrawn == 1
    assert dict(Message.objects.values_list("ref", "state")) == {named.ref: State.WITHDRAWN, another.ref: State.QUEUED}


@pytest.mark.django_db
def test_withdraw_messages_finding_none_records_nothing(cast):
    assert withdraw_messages(about=cast.alice, by=PATIENT, at=NOW) == 0
    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN])
def test_send_again_queues_the_same_message_anew(cast, queue_hello, state):
    message = queue_hello()
    Message.objects.update(state=state)
    later = NOW + timedelta(hours=2)

    send_again(message=message, by=Actor.staff(cast.dana), at=later)

    kept = Message.objects.get()
    assert (kept.state, kept.message_id) == (State.QUEUED, message.message_id)
    assert sorted(Job.objects.values_list("due_at", flat=True)) == [NOW, later]
    assert AuditEvent.objects.get(action="messages.send_again").actor_user == cast.dana


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN])
def test_mark_arrived_settles_the_doubt(cast, queue_hello, state):
    message = queue_hello()
    Message.objects.update(state=state)
    later = NOW + timedelta(hours=2)

    mark_arrived(message=message, by=Actor.staff(cast.dana), at=later)

    kept = Message.objects.get()
    assert (kept.state, kept.sent_at) == (State.SENT, later)
    assert Job.objects.count() == 1
    assert AuditEvent.objects.get(action="messages.mark_arrived").entity_ref == message.ref


@pytest.mark.django_db
@pytest.mark.parametrize("decide", [send_again, mark_arrived])
@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.SENT, State.WITHDRAWN])
def test_send_again_and_mark_arrived_refuse_what_is_not_in_doubt(cast, queue_hello, decide, state):
    message = queue_hello()
    Message.objects.update(state=state, sent_at=NOW if state == State.SENT else None)

    with pytest.raises(NotInDoubt):
        decide(message=message, by=Actor.staff(cast.dana), at=NOW)

    assert Message.objects.get().state == state
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_send_again_pressed_twice_queues_it_once(cast, queue_hello):
    message = queue_hello()
    Message.objects.update(state=State.FAILED)
    send_again(message=message, by=Actor.staff(cast.dana), at=NOW)

    with pytest.raises(NotInDoubt):
        send_again(message=message, by=Actor.staff(cast.dana), at=NOW)

    assert Job.objects.count() == 2
