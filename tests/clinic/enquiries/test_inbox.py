"""The inbox: who waits, the oldest first; answers that leave; nothing of another clinic."""

import pytest
import time_machine

from corneum.clinic.enquiries import actions, queries
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent, RecordRead
from corneum.platform.messages.models import Message
from corneum.platform.ui.forms import new_press
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.enquiries import make_enquiry, reply_to

ACTS = (
    "reply", "insert", "note", "take", "assign", "snooze", "wake", "close", "reopen", "release", "apart", "join", "part",
    "here", "afresh",
)  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_reply_leaves_by_email_and_the_conversation_waits_for_them(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    answer = client.post(f"/desk/inbox/{enquiry.ref}/reply/", reply_to(enquiry))

    enquiry.refresh_from_db()
    message = Message.objects.get()
    assert (answer.status_code, enquiry.state, enquiry.answered_by, enquiry.assigned_to) == (
        302, "answered", cast.dana, cast.dana,
    )  # fmt: skip
    assert (message.to, message.subject, message.text.strip()) == (
        "hannah@mail.example", f"Your question to {cast.manchester.name}", "Hello Hannah.\nYes.",
    )  # fmt: skip
    assert [entry.kind for entry in enquiry.entries.all()] == ["theirs", "ours"]


def test_reply_pressed_twice_leaves_once(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)
    said = reply_to(enquiry, "Hello Hannah.")

    answers = [client.post(f"/desk/inbox/{enquiry.ref}/reply/", said).status_code for _ in range(2)]

    assert (answers, Message.objects.count(), enquiry.entries.count()) == ([302, 302], 1, 2)


def test_reply_without_words_says_so_and_leaves_nothing(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    answer = client.post(f"/desk/inbox/{enquiry.ref}/reply/", reply_to(enquiry, "  "))

    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert answer.content.decode().count("Write your reply") == 2


def test_reply_to_a_number_that_takes_no_texts_says_to_ring_and_keeps_the_words(client, cast: Cast):
    enquiry = make_enquiry(cast, email="", phone="+441614960118")
    client.force_login(cast.dana)

    answer = client.post(f"/desk/inbox/{enquiry.ref}/reply/", reply_to(enquiry, "Hello Hannah."))

    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert "takes no text messages. Ring them" in answer.content.decode()


def test_reply_to_somebody_with_a_mobile_number_leaves_as_one_text(client, cast: Cast):
    enquiry = make_enquiry(cast, email="", phone="+447700900118")
    client.force_login(cast.dana)
    opening = client.get(f"/desk/inbox/{enquiry.ref}/").context["reply_form"]["text"].value()

    long = client.post(f"/desk/inbox/{enquiry.ref}/reply/", reply_to(enquiry, "We are open. " * 20))
    answer = client.post(f"/desk/inbox/{enquiry.ref}/reply/", reply_to(enquiry, f"{opening}yes, on Friday."))

    message = Message.objects.get()
    assert (long.status_code, "longer than 160 characters" in long.content.decode()) == (422, True)
    assert (answer.status_code, message.channel, message.to, message.text.strip()) == (
        302, "text", "+447700900118", "Manchester: yes, on Friday.",
    )  # fmt: skip


def test_note_that_they_were_rung_answers_without_sending(client, cast: Cast):
    enquiry = make_enquiry(cast, email="", phone="+447700900118")
    client.force_login(cast.dana)

    client.post(
        f"/desk/inbox/{enquiry.ref}/note/",
        {
            "note-text": "Rang, all well.",
            "note-answers": "on",
            "note-press": "n" * 26,
            "note-seen": last_entry(enquiry),
        },
    )

    enquiry.refresh_from_db()
    assert (enquiry.state, Message.objects.count(), [entry.kind for entry in enquiry.entries.all()]) == (
        "answered", 0, ["theirs", "note"],
    )  # fmt: skip


def test_release_brings_a_person_back_and_apart_takes_spam_away(client, cast: Cast):
    enquiry = make_enquiry(cast, spam=True)
    client.force_login(cast.dana)

    client.post(f"/desk/inbox/{enquiry.ref}/release/")
    released = Enquiry.objects.get().state
    client.post(f"/desk/inbox/{enquiry.ref}/apart/")

    assert (released, Enquiry.objects.get().state) == ("open", "spam")


def test_close_and_reopen_move_it_and_leave_a_trail(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    client.post(f"/desk/inbox/{enquiry.ref}/close/")
    client.post(f"/desk/inbox/{enquiry.ref}/reopen/")

    assert Enquiry.objects.get().state == "open"
    done = AuditEvent.objects.filter(actor_user=cast.dana).order_by("id").values_list("action", flat=True)
    assert list(done) == ["enquiries.close_enquiry", "enquiries.reopen_enquiry"]


def test_inbox_shows_who_waits_the_oldest_first_and_spam_apart(cast: Cast):
    late = make_enquiry(cast, "Late Lorna")
    early = make_enquiry(cast, "Early Eve", at=NOW.replace(hour=6))
    make_enquiry(cast, "Robot Rob", spam=True)
    make_enquiry(cast, "Other Olga", clinic=cast.stockport)

    shown = queries.inbox(cast.dana, cast.manchester, show="new", text="", at=NOW)

    assert shown.groups == [("Waiting for us", [early, late]), ("With a colleague", [])]
    assert shown.counts["spam_this_week"] == 1


def test_inbox_finds_by_words_said(cast: Cast):
    found = make_enquiry(cast, "Hannah Doyle")
    make_enquiry(cast, "Owen Pryce")

    shown = queries.inbox(cast.dana, cast.manchester, show="new", text="hannah  doyle", at=NOW)

    assert shown.groups == [("Found", [found])]


@pytest.mark.parametrize("how_many", [1, 5])
def test_inbox_asks_the_same_number_of_questions_however_full(
    client, cast: Cast, how_many: int, django_assert_num_queries
):
    for number in range(how_many):
        make_enquiry(cast, f"Person{number} Surname")
    client.force_login(cast.dana)
    client.get("/desk/inbox/")

    with django_assert_num_queries(15):
        client.get("/desk/inbox/")


def test_thread_notes_that_a_patients_record_was_read(client, cast: Cast):
    patient = make_patient(cast.manchester, "Hannah Doyle", email="hannah@mail.example")
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    client.get(f"/desk/inbox/{enquiry.ref}/")

    assert list(RecordRead.objects.values_list("patient_ref", "user")) == [(patient.ref, cast.dana.pk)]


def test_thread_of_another_clinic_looks_like_nothing_at_either_address(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.mallory)

    answers = {
        client.get(address).status_code
        for address in (
            f"/desk/inbox/{enquiry.ref}/",
            f"/stockport/desk/inbox/{enquiry.ref}/",
            f"/stockport/desk/inbox/{'0' * 26}/",
            "/desk/inbox/",
        )
    }
    listed = client.get("/stockport/desk/inbox/").content.decode()

    assert answers == {404}
    assert "Hannah" not in listed


@pytest.mark.parametrize("act", ACTS)
def test_acts_on_a_conversation_of_another_clinic_do_nothing(client, cast: Cast, act: str):
    enquiry = make_enquiry(cast)
    client.force_login(cast.mallory)
    said = {"text": "Hello", "note-text": "Hello", "press": new_press()}

    answers = {
        client.post(f"{where}/desk/inbox/{enquiry.ref}/{act}/", said).status_code for where in ("", "/stockport")
    }

    enquiry.refresh_from_db()
    assert (answers, enquiry.state, enquiry.entries.count(), Message.objects.count()) == ({404}, "open", 1, 0)


def test_inbox_is_closed_to_a_practitioner(client, cast: Cast):
    client.force_login(cast.priya)

    assert client.get("/desk/inbox/").status_code == 404


def test_two_people_answering_at_once_send_one_reply_and_the_second_keeps_their_words(client, cast: Cast):
    enquiry = make_enquiry(cast)
    stale, seen = Enquiry.objects.get(pk=enquiry.pk), last_entry(enquiry)
    by = Actor.staff(cast.owen)
    actions.reply_to_enquiry(enquiry=enquiry, text="Yes.", seen=seen, user=cast.owen, by=by, at=NOW)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.reply_to_enquiry(
            enquiry=stale, text="No.", seen=seen, user=cast.dana, by=Actor.staff(cast.dana), at=NOW
        )

    assert (Message.objects.count(), Enquiry.objects.get().answered_by) == (1, cast.owen)


@pytest.mark.parametrize("act", [actions.close_enquiry, actions.keep_enquiry_apart, actions.release_enquiry])
def test_act_on_a_conversation_that_somebody_else_has_moved_is_refused(cast: Cast, act):
    enquiry = make_enquiry(cast)
    stale = Enquiry.objects.get(pk=enquiry.pk)
    actions.close_enquiry(enquiry=enquiry, by=Actor.staff(cast.owen), at=NOW)

    with pytest.raises(actions.ChangedMeanwhile):
        act(enquiry=stale, by=Actor.staff(cast.dana), at=NOW)

    assert Enquiry.objects.get().state == "closed"


def test_take_does_not_steal(cast: Cast):
    enquiry = make_enquiry(cast)
    stale = Enquiry.objects.get(pk=enquiry.pk)
    actions.assign_enquiry(enquiry=enquiry, to=cast.owen, by=Actor.staff(cast.owen), at=NOW)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.assign_enquiry(enquiry=stale, to=cast.dana, by=Actor.staff(cast.dana), at=NOW)

    assert Enquiry.objects.get().assigned_to == cast.owen


def test_other_words_under_the_same_press_are_kept_and_asked_for_again(client, cast: Cast):
    enquiry, other = make_enquiry(cast), make_enquiry(cast, "Owen Pryce")
    client.force_login(cast.dana)
    said = reply_to(enquiry, "Hello Hannah.")
    client.post(f"/desk/inbox/{enquiry.ref}/reply/", said)

    answers = [
        client.post(f"/desk/inbox/{ref}/reply/", said | {"text": "Quite other words."})
        for ref in (enquiry.ref, other.ref)
    ]

    assert [(answer.status_code, "Quite other words." in answer.content.decode()) for answer in answers] == [
        (422, True), (422, True),
    ]  # fmt: skip
    assert Message.objects.count() == 1
    assert answers[0].context["reply_form"]["press"].value() != said["press"]
