"""Saved replies: what differs is filled in, what cannot be is refused, and nothing typed is lost."""

import pytest
import time_machine

from corneum.clinic.enquiries.actions import TitleTaken, save_reply
from corneum.clinic.enquiries.models import SavedReply
from corneum.clinic.premises.models import Premises
from corneum.domain.saved_words import UnknownPlaceholder
from corneum.platform.accounts.actors import Actor
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, Cast
from tests.factories.enquiries import make_enquiry, reply_to


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def keep(cast: Cast, text: str = "Ring us on {phone}, {first_name}.", title: str = "Phone", clinic=None) -> SavedReply:
    return save_reply(
        clinic=clinic or cast.manchester, title=title, text=text, user=cast.dana, by=Actor.staff(cast.dana), at=NOW
    )


def test_insert_fills_in_what_differs_between_greeting_and_name_and_sends_nothing(client, cast: Cast):
    enquiry, saved = make_enquiry(cast), keep(cast)
    client.force_login(cast.dana)
    typed = client.get(f"/desk/inbox/{enquiry.ref}/").context["reply_form"]["text"].value()

    shown = client.post(f"/desk/inbox/{enquiry.ref}/insert/", reply_to(enquiry, typed) | {"saved": saved.ref})

    assert shown.context["reply_form"]["text"].value() == (
        "Hello Hannah,\n\nRing us on +441614960000, Hannah.\n\nDana, Manchester"
    )
    assert Message.objects.count() == 0


def test_insert_into_words_that_are_typed_already_keeps_them(client, cast: Cast):
    enquiry, saved = make_enquiry(cast), keep(cast)
    client.force_login(cast.dana)

    shown = client.post(f"/desk/inbox/{enquiry.ref}/insert/", reply_to(enquiry, "Hello, yes.") | {"saved": saved.ref})

    assert shown.context["reply_form"]["text"].value() == "Hello, yes.\n\nRing us on +441614960000, Hannah."


def test_insert_of_what_a_colleague_removed_meanwhile_keeps_what_is_typed(client, cast: Cast):
    enquiry, theirs = make_enquiry(cast), keep(cast, clinic=cast.stockport)
    client.force_login(cast.dana)

    shown = client.post(f"/desk/inbox/{enquiry.ref}/insert/", reply_to(enquiry, "My words.") | {"saved": theirs.ref})

    assert shown.context["reply_form"]["text"].value() == "My words."
    assert "That saved reply is no longer kept" in shown.content.decode()


def test_reply_with_a_placeholder_left_in_it_is_refused_and_kept(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    answer = client.post(f"/desk/inbox/{enquiry.ref}/reply/", reply_to(enquiry, "Hello {first_name}, {price}."))

    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert "“{first_name}” was not filled in" in answer.content.decode()
    assert "Hello {first_name}, {price}." in answer.content.decode()


def test_save_reply_refuses_a_placeholder_that_nobody_can_fill_in(client, cast: Cast):
    client.force_login(cast.dana)

    answer = client.post("/desk/inbox/saved/new/", {"title": "Price", "text": "It costs {price}."})

    assert (answer.status_code, SavedReply.objects.count()) == (422, 0)
    assert "We cannot fill in {price}. What we can fill in: {first_name}" in answer.content.decode()
    with pytest.raises(UnknownPlaceholder):
        keep(cast, "It costs {price}.")


def test_saved_reply_is_kept_changed_and_kept_no_longer(client, cast: Cast):
    client.force_login(cast.dana)
    client.post("/desk/inbox/saved/new/", {"title": "Parking", "text": "Behind the building."})
    saved = SavedReply.objects.get()

    client.post(f"/desk/inbox/saved/{saved.ref}/", {"title": "Parking", "text": "In front of it."})
    changed = SavedReply.objects.get()
    client.post(f"/desk/inbox/saved/{saved.ref}/remove/")

    assert (changed.pk, changed.text, SavedReply.objects.count()) == (saved.pk, "In front of it.", 0)


def test_save_reply_refuses_a_second_of_the_same_name_but_not_at_the_other_clinic(cast: Cast):
    keep(cast, title="Parking")
    keep(cast, title="Parking", clinic=cast.stockport)

    with pytest.raises(TitleTaken):
        keep(cast, title="PARKING")


def test_saved_replies_of_another_clinic_look_like_nothing(client, cast: Cast):
    saved = keep(cast)
    client.force_login(cast.mallory)

    answers = {
        client.post(f"/stockport/desk/inbox/saved/{saved.ref}/{act}", {"title": "X", "text": "Y"}).status_code
        for act in ("", "remove/")
    }

    assert (answers, SavedReply.objects.get().title) == ({404}, "Phone")


def test_promise_is_the_owners_and_pages_say_it(client, cast: Cast):
    client.force_login(cast.dana)
    refused = client.post("/desk/inbox/promise/", {"within": "two hours"}).status_code
    client.force_login(cast.owen)
    client.post("/desk/inbox/promise/", {"within": "two hours"})
    client.post("/desk/inbox/promise/", {"within": "as soon as we like"})

    assert (refused, Premises.objects.get(clinic=cast.manchester).answers_within) == (404, "two hours")
    assert "answers within two hours" in client.get("/contact/").content.decode()
