"""The question form: three fields, nothing lost, the same thank-you for everybody."""

from datetime import UTC, datetime
from itertools import count

import pytest
import time_machine

from corneum.clinic.enquiries.forms import shown_mark
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.proof import holds
from corneum.platform.ui.forms import new_press
from tests.factories.cast import NOW, Cast

JOINED = "नमस्\u200dते 👩\u200d⚕️ \u0646\u0645\u06cc\u200c\u062e"  # Hindi, an emoji, Persian
NO_PROOF = "The browser did no proof of work, as with scripts switched off."


@pytest.fixture
def form():
    """What a browser sends a minute after the page was shown."""
    with time_machine.travel(NOW, tick=False):
        mark = shown_mark()
    return {
        "ask-name": "Hannah Doyle",
        "ask-contact": "hannah@mail.example",
        "ask-text": "Would this help with marks on both cheeks?",
        "ask-subject": "",
        "ask-shown": mark,
        "ask-page": "/treatments/microdermabrasion/",
        "ask-about": "Microdermabrasion",
        "ask-press": new_press(),
    }


@pytest.fixture(autouse=True)
def a_minute_later():
    with time_machine.travel(NOW.replace(minute=1), tick=False):
        yield


def test_contact_receives_a_question_into_the_inbox_of_the_clinic_in_the_address(client, cast: Cast, form):
    answer = client.post("/contact/", form)

    enquiry = Enquiry.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/contact/sent/")
    assert (enquiry.clinic, enquiry.state, enquiry.name, enquiry.email, enquiry.phone) == (
        cast.manchester, "open", "Hannah Doyle", "hannah@mail.example", "",
    )  # fmt: skip
    assert (enquiry.about, enquiry.page, enquiry.verdict) == (
        "Microdermabrasion", "/treatments/microdermabrasion/", [NO_PROOF],
    )  # fmt: skip
    assert [(entry.kind, entry.text) for entry in enquiry.entries.all()] == [
        ("theirs", "Would this help with marks on both cheeks?")
    ]


def test_contact_of_the_other_clinic_lands_in_its_own_inbox(client, cast: Cast, form):
    client.post("/stockport/contact/", form)

    assert Enquiry.objects.get().clinic == cast.stockport


def test_contact_takes_a_telephone_number(client, cast: Cast, form):
    client.post("/contact/", form | {"ask-contact": "07700 900 982"})

    assert (Enquiry.objects.get().email, Enquiry.objects.get().phone) == ("", "+447700900982")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ask-name": ""}, "Enter your name"),
        ({"ask-contact": ""}, "Enter an email address or a phone number, so we can reach you"),
        ({"ask-contact": "me@"}, "Enter an email address, like name@example.com"),
        ({"ask-text": " \u202e "}, "Enter your question"),
        ({"ask-text": "x" * 4001}, "Keep your question to 4,000 letters; you can tell us the rest when we answer"),
    ],
)
def test_contact_says_what_is_missing_beside_the_field_and_above_and_keeps_the_rest(
    client, cast: Cast, form, changed, sentence
):
    answer = client.post("/contact/", form | changed)

    page = answer.content.decode()
    assert (answer.status_code, Enquiry.objects.count()) == (422, 0)
    assert page.count(sentence) == 2
    kept = (form | changed)["ask-name"] or (form | changed)["ask-text"]
    assert kept.strip() in page


def test_contact_pressed_twice_is_one_question(client, cast: Cast, form):
    first, second = client.post("/contact/", form), client.post("/contact/", form)

    assert (first.status_code, second.status_code, Enquiry.objects.count()) == (302, 302, 1)


def test_contact_same_words_from_a_reloaded_page_within_ten_minutes_are_one_question(client, cast: Cast, form):
    client.post("/contact/", form)
    client.post("/contact/", form | {"ask-press": new_press()})

    assert (Enquiry.objects.count(), Entry.objects.count()) == (1, 1)


def test_contact_keeps_spam_apart_and_shows_the_same_page(client, cast: Cast, form):
    person = client.post("/contact/", form, follow=True).content
    robot = client.post(
        "/contact/",
        form | {"ask-subject": "Cheap", "ask-text": "Buy", "ask-press": new_press()},
        follow=True,
    ).content

    kept = Enquiry.objects.get(state="spam")
    assert person == robot
    assert kept.verdict == ["A field that people cannot see was filled in.", NO_PROOF]
    assert kept.entries.get().text == "Buy"


def test_contact_sent_at_once_is_kept_apart(client, cast: Cast, form):
    with time_machine.travel(NOW.replace(second=1), tick=False):
        client.post("/contact/", form)

    assert Enquiry.objects.get().state == "spam"


def test_contact_from_one_connection_is_never_refused_and_a_flood_is_kept_apart_whole(client, cast: Cast, form):
    statuses = {
        client.post("/contact/", _again(form) | {"ask-text": f"Question {number}"}).status_code for number in range(70)
    }

    assert (statuses, Enquiry.objects.count()) == ({302}, 70)
    assert (Enquiry.objects.filter(verdict=[NO_PROOF]).count(), Enquiry.objects.filter(state="spam").count()) == (6, 10)


def test_contact_takes_a_proof_of_work_once(client, cast: Cast, form):
    number = next(str(number) for number in count() if holds(form["ask-shown"], str(number)))
    for text in ("Would this help me?", "And my sister?"):
        client.post("/contact/", form | {"ask-proof": number, "ask-text": text, "ask-press": new_press()})

    assert list(Enquiry.objects.order_by("id").values_list("state", "verdict")) == [
        ("open", []), ("open", ["The proof of work was wrong, or used before."]),
    ]  # fmt: skip


def test_contact_left_open_for_a_week_is_a_question_all_the_same(client, cast: Cast, form):
    with time_machine.travel(NOW.replace(day=16), tick=False):
        client.post("/contact/", form | {"ask-proof": "1"})

    assert (Enquiry.objects.get().state, Enquiry.objects.get().verdict) == ("open", [NO_PROOF])


def test_contact_one_form_sent_by_a_machine_again_and_again_is_kept_apart(client, cast: Cast, form):
    for number in range(5):
        client.post("/contact/", form | {"ask-text": f"Question {number}", "ask-press": new_press()})

    assert list(Enquiry.objects.order_by("id").values_list("state", flat=True)) == ["open"] * 4 + ["spam"]


def test_contact_the_same_sentence_from_many_is_noticed_from_the_fourth(client, cast: Cast, form):
    text = "I would like to speak with the manager about supplying you."
    for number in range(4):
        client.post("/contact/", _again(form) | {"ask-text": text, "ask-contact": f"a{number}@mail.example"})

    asked = Enquiry.objects.order_by("id")
    assert ["The same words came from several people today." in one.verdict for one in asked] == [
        False, False, False, True,
    ]  # fmt: skip


def test_contact_with_a_megabyte_says_how_long_a_question_may_be(client, cast: Cast, form):
    answer = client.post("/contact/", form | {"ask-text": "skin " * 200_000})

    assert (answer.status_code, Enquiry.objects.count()) == (422, 0)
    assert "Keep your question to 4,000 letters" in answer.content.decode()


def test_contact_keeps_joiners_that_scripts_and_emoji_need(client, cast: Cast, form):
    client.post("/contact/", form | {"ask-text": JOINED})

    assert Entry.objects.get().text == JOINED


def _again(form):
    """The same person on the page shown anew."""
    with time_machine.travel(NOW, tick=False):
        return form | {"ask-shown": shown_mark(), "ask-press": new_press()}


def test_contact_takes_out_letters_that_turn_the_line_and_keeps_emoji_and_scripts(client, cast: Cast, form):
    client.post(
        "/contact/",
        form | {"ask-name": "Zoë\u202e 李\r\nBcc: x@y.example", "ask-text": "👩🏽‍⚕️ مرحبا\x07\r\nline two"},
    )

    enquiry = Enquiry.objects.get()
    assert (enquiry.name, enquiry.entries.get().text) == ("Zoë 李 Bcc: x@y.example", "👩🏽‍⚕️ مرحبا\nline two")


def test_contact_shows_what_was_typed_as_text_never_as_markup(client, cast: Cast, form):
    client.post("/contact/", form | {"ask-text": "<script>alert(1)</script>", "ask-name": "<b>Hannah"})
    client.force_login(cast.dana)

    page = client.get(f"/desk/inbox/{Enquiry.objects.get().ref}/").content.decode()

    assert ("<script>alert" in page, "<b>Hannah" in page, "&lt;script&gt;" in page) == (False, False, True)


def test_contact_get_shows_the_form_and_changes_nothing(client, cast: Cast):
    answer = client.get("/contact/")

    assert (answer.status_code, Enquiry.objects.count()) == (200, 0)


def test_contact_at_is_the_moment_it_came(client, cast: Cast, form):
    client.post("/contact/", form)

    assert Enquiry.objects.get().received_at == datetime(2026, 3, 9, 8, 1, tzinfo=UTC)


def test_contact_other_words_under_the_same_press_are_another_question(client, cast: Cast, form):
    client.post("/contact/", form)
    client.post("/contact/", form | {"ask-text": "And is there parking?"})
    client.post("/stockport/contact/", form | {"ask-text": "And in Stockport?"})

    said = Entry.objects.order_by("id").values_list("text", "enquiry__clinic__slug")
    assert list(said) == [
        ("Would this help with marks on both cheeks?", "manchester"),
        ("And is there parking?", "manchester"),
        ("And in Stockport?", "stockport"),
    ]


@pytest.mark.parametrize("nothing", ["\u200b", "\u2800", "\u3164", "\u00ad"])
def test_contact_refuses_a_name_that_cannot_be_seen(client, cast: Cast, form, nothing: str):
    answer = client.post("/contact/", form | {"ask-name": nothing})

    assert (answer.status_code, Enquiry.objects.count()) == (422, 0)
