"""The desk asks why a time is not offered."""

import pytest
import time_machine
from django.urls import reverse

from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(client, cast):
    client.force_login(cast.dana)
    with time_machine.travel(NOW, tick=False):
        yield


def ask(client, **what):
    known = {"treatment": "consultation", "practitioner": "rosa-lindley", "day": "2026-03-10", "time": "10:00"}
    return client.get(reverse("diary:why_not"), known | what)


def test_page_lists_what_stands_in_the_way_and_leads_to_the_visit(client, cast):
    there = make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.rosa)

    page = ask(client).content.decode()

    assert f"Rosa Lindley has {there.reference} from 10:00 to 10:30." in page
    assert reverse("diary:appointment", args=[there.ref]) in page
    assert "Alice" not in page


def test_page_says_that_a_time_is_offered(client):
    assert "Nothing stands in the way" in ask(client).content.decode()


def test_page_asks_first_with_the_day_that_was_looked_at(client):
    page = client.get(reverse("diary:why_not"), {"day": "2026-03-11"}).content.decode()

    assert 'value="2026-03-11"' in page
    assert "Nothing stands" not in page


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"day": "soon"}, "Enter a date"),
        ({"time": "25:00"}, "Enter a time, such as 14:30"),
        ({"day": ""}, "Enter the day"),
    ],
)
def test_page_says_what_cannot_be_understood_and_keeps_the_rest(client, what, sentence):
    answer = ask(client, **what)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_page_counts_what_the_patient_has_already_when_one_is_chosen(client, cast):
    there = make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.nadia)
    cast.consulting_room.places = 2
    cast.consulting_room.save()

    found = client.post(reverse("diary:why_not"), {"q": "ashworth"}).content.decode()
    for_anybody, for_alice = ask(client), ask(client, patient=there.patient.ref)

    assert f"?patient={there.patient.ref}" in found
    assert "Nothing stands in the way" in for_anybody.content.decode()
    assert "The patient has another appointment from 10:00 to 10:30." in for_alice.content.decode()
