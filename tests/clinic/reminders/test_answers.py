"""Texts that come in: a yes confirms, STOP stops, anything else is a question; and nothing is taken in twice."""

import pytest

from corneum.clinic.booking import actions as booking
from corneum.clinic.diary.models import Appointment
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.reminders import jobs
from corneum.clinic.reminders.models import WhichVisit
from corneum.clinic.reminders.views import answers as door
from corneum.platform.accounts.actors import PATIENT
from corneum.platform.messages import queries as messages
from corneum.platform.messages.models import Message
from tests.clinic.reminders.conftest import NUMBER, answer, on
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(visit, texts) -> None:
    """Texts come from a provider, and go to it."""


def confirmed() -> list[tuple[str, str]]:
    """Say who has confirmed, and how."""
    found = Appointment.objects.exclude(confirmed_at=None).order_by("starts")
    return [(one.patient.name, one.confirmed_how) for one in found]


def last_text() -> str:
    return str(Message.objects.filter(channel="text").latest("pk").text)


@pytest.fixture
def cleo(cast: Cast) -> Appointment:
    """Hannah's daughter, with the same number, comes on Friday."""
    patient = make_patient(cast.manchester, "Cleo Doyle", phone=NUMBER)
    return make_appointment(cast, minute("2026-03-13T14:00"), patient=patient, at=NOW)


@pytest.mark.parametrize("text", ["1", "YES", "y", "Yes, thank you."])
def test_yes_confirms_the_next_visit_and_is_thanked_for(visit, remind, text):
    remind("2026-03-11T09:30")

    assert answer(text) == 200

    assert confirmed() == [("Hannah Doyle", "text")]
    assert last_text().startswith("Thank you, Hannah, Manchester expects you on Thursday 12 March at 9:30am.")
    assert not Enquiry.objects.exists()


def test_answer_that_is_delivered_twice_counts_once(visit, remind):
    remind("2026-03-11T09:30")

    answer("1", sid="SMsame")
    answer("1", sid="SMsame")

    assert Message.objects.filter(template="reminders/confirmed_text").count() == 1


def test_yes_again_confirms_nothing_that_nobody_asked_about(cast: Cast, visit, remind):
    make_appointment(cast, minute("2026-03-26T09:30"), patient=visit.patient, at=NOW)
    remind("2026-03-11T09:30")

    answer("1")
    answer("yes")

    assert confirmed() == [("Hannah Doyle", "text")]
    assert "Thursday 12 March" in last_text()


def test_number_of_two_patients_is_asked_and_confirms_neither(visit, cleo):
    answer("1")

    assert confirmed() == []
    assert last_text() == (
        "Which visit do you confirm? Reply 1 for Thu 12 Mar 9:30am, 2 for Fri 13 Mar 2pm. Manchester"
    )


def test_choice_confirms_the_one_that_was_chosen(visit, cleo):
    answer("yes")
    answer("2", wall="2026-03-11T10:05")

    assert confirmed() == [("Cleo Doyle", "text")]


def test_both_can_be_confirmed_one_after_the_other(visit, cleo):
    for text in ("yes", "2", "1"):
        answer(text)

    assert confirmed() == [("Hannah Doyle", "text"), ("Cleo Doyle", "text")]


def test_choice_is_no_choice_once_another_reminder_has_gone_out(visit, cleo, remind):
    answer("yes", wall="2026-03-10T10:00")
    remind("2026-03-11T09:30")  # of Hannah's visit: "Reply 1"

    answer("1", wall="2026-03-11T09:40")

    assert confirmed() == [("Hannah Doyle", "text")]


def test_choice_of_a_visit_that_has_gone_is_read_by_somebody(visit, cleo):
    answer("yes")
    booking.cancel_booking(appointment=cleo, reason="", by=PATIENT, at=NOW)

    answer("2")

    assert confirmed() == []
    assert Enquiry.objects.get().entries.get().text == "2"


def test_number_that_is_nobodys_becomes_a_question(cast: Cast):
    assert answer("1", number="+447700900111") == 200

    (question,) = Enquiry.objects.all()
    assert (question.clinic, question.source, question.name, question.phone, question.state) == (
        cast.manchester, "text", "Text from 07700 900111", "+447700900111", "open",
    )  # fmt: skip


def test_anything_else_is_a_question_of_the_patient_and_the_next_goes_on_with_it(client, cast: Cast, visit):
    answer("Could it be later?")
    answer("Say at 10?", wall="2026-03-11T10:10")

    question = Enquiry.objects.get()
    assert (question.name, question.phone) == ("Hannah Doyle", NUMBER)
    assert [entry.text for entry in question.entries.all()] == ["Could it be later?", "Say at 10?"]
    assert confirmed() == []


def test_stop_ends_texts_to_the_number_and_start_begins_them_again(visit, remind):
    answer("STOP")
    stopped, said = messages.wants_no_texts(NUMBER), last_text()
    reminded = [one.channel for one in remind("2026-03-11T10:01") if one.template == "reminders/visit_text"]
    answer("start", wall="2026-03-11T10:02")

    assert (stopped, reminded, messages.wants_no_texts(NUMBER)) == (True, [], False)
    assert said.startswith("Manchester: you get no more texts from this number.")
    assert not Enquiry.objects.exists()


def test_text_without_the_providers_signature_does_nothing(client, visit):
    told = {"MessageSid": "SM1", "From": NUMBER, "Body": "1"}

    forged = client.post("/texts/incoming/", told, headers={"X-Twilio-Signature": "AAAA"})
    unsigned = client.post("/texts/incoming/", told)

    assert (forged.status_code, unsigned.status_code, confirmed()) == (404, 404, [])


def test_machine_that_answers_everything_is_stopped(visit, monkeypatch):
    monkeypatch.setattr(door, "MOST_AN_HOUR", 5)  # sixty take a while

    answers = [answer(f"I am driving {number}") for number in range(6)]

    assert answers == [200] * 5 + [429]
    assert Enquiry.objects.count() == 1


def test_picture_is_named_in_the_question(client, visit):
    from corneum.platform.messages.transports.twilio import signature_of
    from tests.texts import TOKEN

    told = {"MessageSid": "SMpicture", "From": NUMBER, "Body": "Look", "NumMedia": "1"}
    signature = signature_of(TOKEN, "https://alderskin.example/texts/incoming/", told.items())
    client.post("/texts/incoming/", told, headers={"X-Twilio-Signature": signature})

    assert Enquiry.objects.get().entries.get().text == (
        "Look\n(A picture or a file came with it. Texts to us do not keep those.)"
    )


def test_number_of_more_patients_than_a_text_holds_is_read_by_somebody(cast: Cast, visit):
    for number in range(6):
        patient = make_patient(cast.manchester, f"Child {number}", phone=NUMBER)
        make_appointment(cast, minute(f"2026-03-1{3 + number % 2}T{9 + number // 2:02d}:00"), patient=patient, at=NOW)

    assert answer("yes") == 200

    assert (confirmed(), Enquiry.objects.count()) == ([], 1)


@pytest.mark.parametrize("text", ["STOP", "1", "Hello"])
def test_text_from_a_name_that_nobody_can_answer_is_a_question(cast: Cast, text):
    assert answer(text, number="Parcels") == 200

    question = Enquiry.objects.get()
    assert (question.name, question.phone) == ("Text from Parcels", "")


def test_number_that_was_asked_is_kept_for_a_day(visit, cleo):
    answer("yes", wall="2026-03-11T10:00")

    jobs.forget_questions(on("2026-03-12T09:59"))
    kept = WhichVisit.objects.count()
    jobs.forget_questions(on("2026-03-12T10:00"))

    assert (kept, WhichVisit.objects.count()) == (1, 0)
