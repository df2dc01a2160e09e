"""The desk sees what was sent from its own clinic, and decides about what may not have arrived."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corneum.platform.jobs.models import Job
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW

State = Message.State


def put_in(message, state, error=""):
    sent_at = NOW if state == State.SENT else None
    Message.objects.filter(pk=message.pk).update(state=state, sent_at=sent_at, last_error=error)


def test_sent_shows_what_was_sent_and_what_became_of_it(client, cast, queue_hello):
    put_in(queue_hello(to_name="Alice Ashworth"), State.SENT)
    queue_hello(channel="text", template="tests/short", to="+447700900982", to_name="Bea Birch")
    client.force_login(cast.dana)

    page = client.get(reverse("messages:sent"))

    assert page.status_code == 200
    assert [(one.to_name, one.state) for one in page.context["page"]] == [
        ("Bea Birch", State.QUEUED),
        ("Alice Ashworth", State.SENT),
    ]
    assert "Thursday 12 March, 9:30am at Manchester" in page.content.decode()


@pytest.mark.parametrize(
    ("show", "states"),
    [
        ("all", list(State)),
        ("waiting", [State.QUEUED, State.SENDING]),
        ("uncertain", [State.UNCERTAIN]),
        ("failed", [State.FAILED]),
    ],
)
def test_sent_shows_the_group_that_was_asked_for(client, cast, queue_hello, show, states):
    for state in State:
        put_in(queue_hello(), state)
    client.force_login(cast.dana)

    page = client.get(reverse("messages:sent"), {"show": show})

    assert sorted(one.state for one in page.context["page"]) == sorted(states)
    assert [(name, count) for name, _label, count in page.context["groups"]] == [
        ("all", 6), ("waiting", 2), ("uncertain", 1), ("failed", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("show", "heading"),
    [
        ("all", "No messages yet"),
        ("waiting", "Nothing waits"),
        ("uncertain", "All is well"),
        ("failed", "All is well"),
    ],
)
def test_sent_with_nothing_says_so(client, cast, show, heading):
    client.force_login(cast.dana)

    page = client.get(reverse("messages:sent"), {"show": show})

    assert f"<h2>{heading}</h2>" in page.content.decode()


def test_sent_of_a_group_that_is_not_there_is_not_found(client, cast):
    client.force_login(cast.dana)

    assert client.get(reverse("messages:sent"), {"show": "secrets"}).status_code == 404


def test_sent_comes_in_pages(client, cast, queue_hello):
    for _ in range(51):
        queue_hello()
    client.force_login(cast.dana)

    first, second, beyond = (client.get(reverse("messages:sent"), {"page": page}) for page in ("1", "2", "99"))

    assert [len(page.context["page"]) for page in (first, second, beyond)] == [50, 1, 1]


def test_sent_asks_the_same_number_of_questions_for_one_and_for_many(client, cast, queue_hello):
    client.force_login(cast.dana)
    asked = []
    for more in (1, 10):
        for _ in range(more):
            queue_hello()
        with CaptureQueriesContext(connection) as questions:
            client.get(reverse("messages:sent"))
        asked.append(len(questions))

    assert asked[0] == asked[1]


def test_sent_says_when_nothing_is_being_sent(client, cast, queue_hello):
    client.force_login(cast.dana)
    before = client.get(reverse("messages:sent")).context["nobody_sends"]

    queue_hello()
    after = client.get(reverse("messages:sent")).context["nobody_sends"]

    assert (before, after) == (False, True)


def test_sent_says_when_work_was_given_up(client, cast):
    Job.objects.create(key="a", kind="b", due_at=NOW, created_at=NOW, state=Job.State.DEAD)
    client.force_login(cast.dana)

    assert "1 piece of work given up" in client.get(reverse("messages:sent")).content.decode()


@pytest.mark.parametrize("who", ["mallory", "priya"])
def test_messages_of_a_clinic_are_not_there_for_others(client, cast, queue_hello, who):
    ref = queue_hello(attachments=[{"name": "a.ics", "type": "text/calendar", "text": "x"}]).ref
    client.force_login(getattr(cast, who))

    answers = [
        client.get(reverse("messages:sent")),
        client.get(reverse("messages:message", args=[ref])),
        client.get(reverse("messages:attachment", args=[ref, "a-ics"])),
        client.post(reverse("messages:again", args=[ref])),
        client.post(reverse("messages:arrived", args=[ref])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_message_is_not_there_at_another_clinic_of_ones_own(client, cast, queue_hello):
    ref = queue_hello().ref
    client.force_login(cast.owen)

    at_manchester = client.get(reverse("messages:message", args=[ref]))
    at_stockport = client.get(f"/stockport/desk/messages/{ref}/")

    assert (at_manchester.status_code, at_stockport.status_code) == (200, 404)


def test_message_shows_its_words_and_never_as_html(client, cast, queue_hello):
    message = queue_hello(context={"event": "Thursday", "name": "<script>alert(1)</script> https://alder.example/b/1"})
    client.force_login(cast.dana)

    page = client.get(reverse("messages:message", args=[message.ref])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert '<a href="https://alder.example/b/1" rel="nofollow">https://alder.example/b/1</a>' in page


def test_message_of_the_identity_library_is_shown_to_no_desk(client, cast, queue_hello):
    message = queue_hello(clinic=None)
    client.force_login(cast.owen)

    assert client.get(reverse("messages:message", args=[message.ref])).status_code == 404


def test_attachment_comes_as_text_to_keep(client, cast, queue_hello):
    ics = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    message = queue_hello(attachments=[{"name": "appointment.ics", "type": "text/calendar", "text": ics}])
    client.force_login(cast.dana)

    answer = client.get(reverse("messages:attachment", args=[message.ref, "appointment-ics"]))
    missing = client.get(reverse("messages:attachment", args=[message.ref, "something-else"]))

    assert answer.content.decode() == ics
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="appointment-ics.txt"'
    assert missing.status_code == 404


@pytest.mark.parametrize(
    ("state", "offers"),
    [(state, state in {State.FAILED, State.UNCERTAIN}) for state in State],
)
def test_message_offers_a_decision_only_when_in_doubt(client, cast, queue_hello, state, offers):
    message = queue_hello()
    put_in(message, state, "The line was cut.")
    client.force_login(cast.dana)

    page = client.get(reverse("messages:message", args=[message.ref])).content.decode()

    assert (reverse("messages:again", args=[message.ref]) in page) == offers
    assert (reverse("messages:arrived", args=[message.ref]) in page) == offers


def test_again_sends_it_again_and_comes_back_to_it(client, cast, queue_hello):
    message = queue_hello(at=NOW - timedelta(days=1))
    put_in(message, State.UNCERTAIN)
    client.force_login(cast.dana)

    answer = client.post(reverse("messages:again", args=[message.ref]))

    assert (answer.status_code, answer["Location"]) == (303, reverse("messages:message", args=[message.ref]))
    assert Message.objects.get().state == State.QUEUED
    assert Job.objects.count() == 2


def test_arrived_notes_it_and_comes_back_to_it(client, cast, queue_hello):
    message = queue_hello()
    put_in(message, State.FAILED)
    client.force_login(cast.dana)

    answer = client.post(reverse("messages:arrived", args=[message.ref]))

    assert (answer.status_code, answer["Location"]) == (303, reverse("messages:message", args=[message.ref]))
    assert Message.objects.get().state == State.SENT


@pytest.mark.parametrize("name", ["messages:again", "messages:arrived"])
def test_decision_pressed_too_late_says_so(client, cast, queue_hello, name):
    message = queue_hello()
    put_in(message, State.SENT)
    client.force_login(cast.dana)

    answer = client.post(reverse(name, args=[message.ref]))

    assert answer.status_code == 409
    assert "There is nothing to decide about this message any more" in answer.content.decode()


@pytest.mark.parametrize("name", ["messages:again", "messages:arrived"])
def test_decision_is_never_taken_by_opening_an_address(client, cast, queue_hello, name):
    message = queue_hello()
    put_in(message, State.UNCERTAIN)
    client.force_login(cast.dana)

    answer = client.get(reverse(name, args=[message.ref]))

    assert answer.status_code == 405
    assert Message.objects.get().state == State.UNCERTAIN
