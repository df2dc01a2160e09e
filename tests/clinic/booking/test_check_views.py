"""Reading everything once more, and confirming it once."""

import re
from datetime import timedelta

import pytest

from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.platform.messages.models import Message
from tests.factories.booking import begin, field_of, fill_in, main_of, text_of, times_in
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT_10 = minute("2026-03-10T10:00")
MINUTES_11 = timedelta(minutes=11)


def address(draft: Draft, page: str = "") -> str:
    """Write an address of the draft."""
    return f"/book/d/{draft.code}/{page}"


def test_check_shows_everything_with_a_way_to_change_it(cast, client):
    draft = fill_in(client, AT_10)

    page = client.get(address(draft, "check/"))

    said = text_of(page)
    assert "When Tuesday 10 March 2026, 10am Change when" in said
    assert "Who Rosa Lindley, registered nurse Change who you see" in said
    assert "Name Hannah Doyle Change name" in said
    assert "Reach you by hannah.doyle@mail.example Change how we reach you" in said
    assert "To help you Step-free way in Change what would help you" in said
    assert f'href="{address(draft)}#id_contact"' in main_of(page)
    assert "If you do not confirm, what you typed is deleted within 2 days." in said


def test_check_writes_a_number_as_it_is_rung(cast, client):
    draft = fill_in(client, AT_10, contact="+447700900982")

    assert "Reach you by 07700 900982 Change" in text_of(client.get(address(draft, "check/")))


def test_check_changes_what_only_when_there_is_a_choice(cast, client):
    draft = fill_in(client, AT_10)
    before = main_of(client.get(address(draft, "check/")))
    Treatment.objects.filter(pk=cast.peel.pk).update(is_bookable_online=True)
    after = main_of(client.get(address(draft, "check/")))

    assert [page.count('<a href="/book/">Change<span class="sr"> what</span></a>') for page in (before, after)] == [
        0,
        1,
    ]


def test_check_of_unfinished_details_leads_back_to_them(cast, client):
    draft = begin(client, AT_10)

    assert client.get(address(draft, "check/"))["Location"] == address(draft)
    assert client.post(address(draft, "check/"))["Location"] == address(draft)
    assert Appointment.objects.count() == 0


def test_confirm_books_and_leads_to_the_appointment(cast, client):
    draft = fill_in(client, AT_10)

    answer = client.post(address(draft, "check/"), {"press": "one"})

    appointment = Appointment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/b/{appointment.code}/")
    assert (appointment.patient.name, appointment.starts) == ("Hannah Doyle", AT_10)
    assert Message.objects.get().subject == "Tuesday 10 March, 10am at Manchester"


@pytest.mark.parametrize("second", ["one", "two", ""])
def test_confirm_pressed_again_books_once_and_leads_to_the_same_page(cast, client, second):
    draft = fill_in(client, AT_10)

    places = {client.post(address(draft, "check/"), {"press": press})["Location"] for press in ("one", second, second)}

    assert places == {f"/b/{Appointment.objects.get().code}/"}
    assert Message.objects.count() == 1


def test_confirm_takes_the_time_again_without_a_word_when_it_was_kept_no_longer(cast, client, clock):
    draft = fill_in(client, AT_10)
    clock.shift(MINUTES_11)

    assert client.post(address(draft, "check/"))["Location"] == f"/b/{Appointment.objects.get().code}/"


def test_confirm_of_a_time_that_has_gone_keeps_everything_and_offers_the_nearest(cast, client, clock):
    draft = fill_in(client, AT_10)
    clock.shift(MINUTES_11)
    make_hold(cast, AT_10, at=draft.created_at + MINUTES_11)

    gone = client.post(address(draft, "check/"))
    chosen = client.post(address(draft, "time/"), {"starts": times_in(gone)[0], "with": field_of(gone, "with")})
    booked = client.post(chosen["Location"])

    assert gone.status_code == 409
    assert "10am on Tuesday has just been booked" in text_of(gone)
    assert "Confirm booking" not in text_of(gone)
    assert chosen["Location"] == address(draft, "check/")
    assert booked["Location"] == f"/b/{Appointment.objects.get().code}/"
    assert Appointment.objects.get().patient.name == "Hannah Doyle"


def test_confirm_tells_nobody_that_a_patient_is_elsewhere_then(cast, client):
    make_appointment(cast, AT_10, treatment=cast.microdermabrasion, practitioner=cast.rosa)
    draft = fill_in(client, AT_10, name="Alice Ashworth", contact="alice@patients.example")

    answer = client.post(address(draft, "check/"))

    assert answer.status_code == 409
    assert "10am on Tuesday has just been booked" in text_of(answer)
    assert "appointment in this name" not in text_of(answer)


def test_confirm_too_often_asks_to_call(cast, client):
    for hour in ("09", "10", "11", "14", "15"):
        make_appointment(cast, minute(f"2026-03-12T{hour}:00"))
    draft = fill_in(client, AT_10, contact="alice@patients.example")

    answer = client.post(address(draft, "check/"))

    assert answer.status_code == 409
    assert "We cannot book more online for this email address or number." in text_of(answer)
    assert Patient.objects.filter(name="Hannah Doyle").count() == 0


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ({"most_open_per_patient": 1}, "as many of these appointments to come already"),
        ({"consultation_first": True}, "This treatment follows a consultation."),
    ],
)
def test_confirm_says_what_the_clinics_limits_refuse_and_keeps_what_was_typed(cast, client, limit, sentence):
    # two days after the one asked for: it counts towards the limit, and is no consultation before it
    make_appointment(cast, minute("2026-03-12T09:00"))
    draft = fill_in(client, AT_10, name="Alice Ashworth", contact="alice@patients.example")
    Offer.objects.update(**limit)

    answer = client.post(address(draft, "check/"))

    assert answer.status_code == 409
    assert sentence in text_of(answer)
    assert "Name Alice Ashworth Change name" in text_of(answer)
    assert Draft.objects.get(pk=draft.pk).appointment is None


def test_confirm_says_how_far_apart_sessions_lie_and_not_when_the_other_one_is(cast, client):
    make_appointment(cast, minute("2026-03-12T09:00"))
    draft = fill_in(client, AT_10, name="Alice Ashworth", contact="alice@patients.example")
    Treatment.objects.filter(pk=cast.consultation.pk).update(gap_days=7)

    answer = client.post(address(draft, "check/"))

    assert answer.status_code == 409
    assert "need at least 7 days between them" in text_of(answer)
    assert "12 March" not in text_of(answer)
    assert "19 March" not in text_of(answer)
    assert Draft.objects.get(pk=draft.pk).appointment is None


def test_the_whole_way_says_nothing_personal_in_an_address(cast, client):
    draft = fill_in(client, AT_10)
    pages = [client.get(address(draft, page)).content.decode() for page in ("", "check/", "time/")]
    answer = client.post(address(draft, "check/"))
    pages.append(client.get(answer["Location"]).content.decode())

    addresses = [found for page in pages for found in re.findall(r'(?:href|action|formaction)="([^"]*)"', page)]
    said = " ".join([*addresses, answer["Location"]]).lower()
    assert [word for word in ("hannah", "doyle", "mail.example", "step") if word in said] == []
