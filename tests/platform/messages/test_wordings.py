"""Messages in a clinic's own words: placeholders, length, versions, and a sample to go back to."""

import pytest

from corneum.clinic.booking.samples import EXAMPLE
from corneum.clinic.reminders.samples import VISIT, VISIT_TEXT
from corneum.domain.saved_words import UnknownPlaceholder
from corneum.platform.accounts.actors import Actor
from corneum.platform.messages import gsm, wordings
from corneum.platform.messages.actions import queue_message, restore_sample, word_message
from corneum.platform.messages.models import Message, Wording
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db
SHORT = "{first_name}, see you on {day} at {time}."


def word(cast: Cast, text: str, message: wordings.Editable = VISIT_TEXT, subject: str = "") -> Wording:
    return word_message(
        clinic=cast.manchester, message=message, subject=subject, text=text,
        facts=wordings.clinic_facts(cast.manchester), user=cast.owen, by=Actor.staff(cast.owen), at=NOW,
    )  # fmt: skip


def written(cast: Cast, message: wordings.Editable = VISIT_TEXT, **facts: str) -> Message:
    return queue_message(
        clinic=cast.manchester, channel=message.channel, template=message.template, context={**EXAMPLE, **facts},
        to="+447700900982" if message.channel == "text" else "a@mail.example", to_name="", about=cast.alice,
        by=Actor.system("test"), at=NOW,
    )  # fmt: skip


def test_message_is_sent_in_the_clinics_own_words_and_what_was_sent_stays(cast: Cast):
    before = written(cast)
    word(cast, SHORT)
    after = written(cast)

    before.refresh_from_db()
    assert before.text.startswith("Charlotte, Alder Skin Clinic expects you on")
    assert after.text == "Charlotte, see you on Wednesday 30 September at 10:30am."


def test_sample_is_sent_again_and_every_version_is_kept(cast: Cast):
    word(cast, SHORT)
    restore_sample(clinic=cast.manchester, message=VISIT_TEXT, user=cast.owen, by=Actor.staff(cast.owen), at=NOW)

    assert wordings.wording_of(cast.manchester, VISIT_TEXT) == ("", VISIT_TEXT.text)
    assert list(Wording.objects.values_list("number", "text")) == [(2, ""), (1, SHORT)]


def test_words_of_one_clinic_are_not_anothers(cast: Cast):
    word(cast, SHORT)

    assert wordings.wording_of(cast.stockport, VISIT_TEXT) == ("", VISIT_TEXT.text)


def test_unknown_placeholder_is_refused_with_those_that_are_known(cast: Cast):
    with pytest.raises(UnknownPlaceholder) as refused:
        word(cast, "Hello {name}, {day} {time}")

    assert str(refused.value) == (
        "We cannot fill in {name}. What we can fill in: {first_name}, {clinic}, {day}, {time}, {practitioner}, "
        "{phone}, {link}."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "Write what the message says."),
        ("See you {day}.", "Keep {time} in it: the time, such as 9:30am."),
        (f"{{day}} {{time}} {'x' * 140}", "It takes 159"),
        (f"{{day}} {{time}} {'x' * 150}", "It takes 169 letters, and one text holds 160: shorten it."),
        (f"{{day}} {{time}} {'x' * 60} ł", "It takes 81 letters. One of them is not among the networks' own"),
    ],
)
def test_text_that_cannot_be_sent_as_one_is_refused(cast: Cast, text, sentence):
    if "159" in sentence:
        word(cast, text)
        return
    with pytest.raises((wordings.NothingSaid, wordings.LongerThanOneText)) as refused:
        word(cast, text)

    assert str(refused.value).startswith(sentence)
    assert not Wording.objects.exists()


def test_email_needs_a_subject_and_leaves_out_lines_of_which_nothing_is_left(cast: Cast):
    with pytest.raises(wordings.NoOwnSubject):
        word(cast, "{day} {time} {link}", VISIT)

    mail = written(cast, VISIT, getting_here="")

    assert "{" not in mail.subject + mail.text
    assert "\n\n\n" not in mail.text
    assert mail.html.count("<p>") > 3


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", "Łucja", "Ἀλέξανδρος"])
def test_text_is_one_text_whatever_somebody_is_called(cast: Cast, name):
    text = written(cast, first_name=name).text

    assert gsm.parts(text) == 1
    assert "10:30am" in text


def test_name_cannot_bring_a_placeholder_in(cast: Cast):
    assert written(cast, first_name="{link}").text.startswith("{link}, Alder Skin Clinic expects you")


def test_parts_are_what_the_networks_charge_for():
    assert [gsm.parts("x" * letters) for letters in (0, 160, 161, 306, 307)] == [1, 1, 2, 2, 3]
    assert [gsm.parts("ł" * letters) for letters in (70, 71, 134, 135)] == [1, 2, 2, 3]
    assert [gsm.parts("€" * letters) for letters in (80, 81)] == [1, 2]
