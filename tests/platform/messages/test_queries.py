"""Who sees which messages, and what needs a person."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from corneum.platform.jobs.models import Job
from corneum.platform.messages import health, queries
from corneum.platform.messages.models import Message
from corneum.platform.messages.queries import Troubles
from tests.factories.cast import NOW

State = Message.State


@pytest.mark.parametrize(("who", "sees"), [("dana", 1), ("owen", 1), ("priya", 0), ("mallory", 0)])
def test_messages_visible_to_whoever_may_see_them_there(cast, queue_hello, who, sees):
    queue_hello()

    assert queries.messages_visible_to(getattr(cast, who), cast.manchester).count() == sees
    assert queries.messages_visible_to(getattr(cast, who), cast.stockport).count() == 0


def test_messages_visible_to_nobody_in_particular_are_none(cast, queue_hello):
    queue_hello()

    assert queries.messages_visible_to(AnonymousUser(), cast.manchester).count() == 0


def test_messages_about_finds_those_about_one_thing(cast, queue_hello):
    about_alice = queue_hello()
    queue_hello(about=cast.bea)

    found = queries.messages_about(cast.dana, cast.manchester, kind="patients.patient", ref=cast.alice.ref)

    assert list(found) == [about_alice]


def test_troubles_counts_what_needs_a_person_here(cast, queue_hello):
    for state in State:
        message = queue_hello()
        Message.objects.filter(pk=message.pk).update(state=state, sent_at=NOW if state == State.SENT else None)
    elsewhere = queue_hello(clinic=cast.stockport)
    Message.objects.filter(pk=elsewhere.pk).update(state=State.FAILED)
    Job.objects.filter(key=f"message:{elsewhere.ref}").update(state=Job.State.DEAD)

    found = queries.troubles(cast.manchester)

    assert found == Troubles(uncertain=1, failed=1, given_up=1)
    assert found.total == 3


def test_outbox_is_well_until_a_due_message_has_waited_for_a_quarter_of_an_hour(queue_hello):
    queue_hello(send_at=NOW + timedelta(hours=1))

    said = [health.messages_leave(NOW + timedelta(minutes=minutes)) for minutes in (0, 75, 76)]

    assert said == ["", "", "A message that was due has been waiting for 16 minutes."]


def test_waiting_about_names_what_is_still_to_be_sent_and_states_of_says_what_became_of_it(cast, queue_hello):
    waiting, sent, _about_bea = queue_hello(), queue_hello(), queue_hello(about=cast.bea)
    Message.objects.filter(pk=sent.pk).update(state=Message.State.SENT, sent_at=NOW)

    assert queries.waiting_about(kind="patients.patient", ref=cast.alice.ref) == [waiting.ref]
    assert queries.states_of([waiting.ref, sent.ref, "unknown"]) == {waiting.ref: "queued", sent.ref: "sent"}
