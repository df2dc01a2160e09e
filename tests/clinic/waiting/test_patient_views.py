"""Joining the list, leaving it and answering an offer, as a browser does; looking never answers."""

from datetime import date, timedelta

import pytest
import time_machine

from corneum.clinic.diary.models import Appointment, Slot
from corneum.clinic.practitioners.models import WorkingHours
from corneum.clinic.treatments.models import Offer
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.clinic.waiting.queries import window_of
from corneum.domain.waiting import Window
from tests.factories.booking import field_of, main_of, text_of
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute
from tests.factories.waiting import make_wait, offer_times

pytestmark = pytest.mark.django_db

JOIN = "/wait/consultation/"
HANNAH = {
    "name": "Hannah Doyle",
    "contact": "hannah@mail.example",
    "suits": ["weekday-mornings", "weekday-afternoons", "saturdays"],
    "until": "2026-03-31",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_join_asks_four_things_and_offers_the_parts_of_the_week_in_which_the_clinic_is_open(cast, client):
    page = client.get(JOIN)

    assert page.status_code == 200
    assert "Weekday mornings Weekday afternoons Saturdays Keep me" in text_of(page)
    assert "after 5pm" not in text_of(page)
    assert field_of(page, "until") == "2026-04-06"
    assert main_of(page).count("<label ") == 6  # name, contact, three parts of the week, until


def test_join_puts_somebody_on_the_list_and_shows_their_place(cast, client):
    page = client.get(f"{JOIN}?with=rosa-lindley")
    sent = HANNAH | {"press": field_of(page, "press"), "with": field_of(page, "with")}

    answer = client.post(JOIN, sent)
    again = client.post(JOIN, sent)

    wait = Wait.objects.get()
    assert (answer.status_code, answer["Location"], again["Location"]) == (303, *[f"/w/{wait.code}/"] * 2)
    assert (wait.practitioner, wait.expires_on, wait.treatment) == (cast.rosa, date(2026, 3, 31), cast.consultation)
    first, last = date(2026, 3, 9), date(2026, 3, 31)
    assert {window_of(row) for row in wait.windows.all()} == {
        Window(first, last, weekdays=0b11111, closes=17 * 60),
        Window(first, last, weekdays=0b100000),
    }
    shown = text_of(client.get(answer["Location"]))
    assert "You are on the waiting list Until Tuesday 31 March, with Rosa Lindley" in shown
    assert "Monday to Friday, before 5pm" in shown
    assert "onsultation" not in main_of(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Enter your name"),
        ({"contact": "nobody"}, "Enter an email address or a phone number"),
        ({"suits": []}, "Tick at least one time that would suit you"),
        ({"suits": ["weekday-evenings"]}, "Select a valid choice"),
        ({"until": "2026-03-08"}, "Choose a day between today and six months from now"),
        ({"until": "2026-12-08"}, "Choose a day between today and six months from now"),
        ({"until": "soon"}, "Enter a date, like 14/04/2026"),
    ],
)
def test_join_says_what_is_wrong_and_keeps_what_was_typed(cast, client, wrong, sentence):
    answer = client.post(JOIN, HANNAH | wrong)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Wait.objects.exists()


def test_join_is_only_for_what_can_be_booked_online(cast, client):
    assert client.get("/wait/microdermabrasion/").status_code == 404
    assert client.post("/wait/nothing/", HANNAH).status_code == 404


def test_join_asks_for_patience_after_six_from_one_network(cast, client):
    answers = [client.post(JOIN, HANNAH | {"contact": f"h{number}@mail.example"}) for number in range(7)]

    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert "Try again in an hour" in text_of(answers[-1])


def test_join_says_when_a_contact_is_on_the_list_too_often(cast, client):
    answers = [client.post(JOIN, HANNAH) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [303] * 3 + [409]
    assert "three times already" in text_of(answers[-1])


def test_the_page_of_times_leads_to_the_list_with_the_person_asked_for(cast, client):
    assert 'href="/wait/consultation/?with=rosa-lindley"' in main_of(
        client.get("/book/consultation/?with=rosa-lindley")
    )
    WorkingHours.objects.all().delete()
    assert 'href="/wait/consultation/"' in main_of(client.get("/book/consultation/"))


def test_sooner_asks_a_patient_only_when_they_could_come(cast, client):
    later = make_appointment(cast, minute("2026-03-19T10:00"))
    page = client.get(f"/b/{later.code}/sooner/")

    assert field_of(page, "until") == "2026-03-19"
    assert 'name="contact"' not in main_of(page)
    answer = client.post(f"/b/{later.code}/sooner/", {"suits": ["weekday-mornings"], "until": "2026-03-19"})

    wait = Wait.objects.get()
    assert answer["Location"] == f"/w/{wait.code}/"
    assert (wait.later, wait.patient, wait.email) == (later, cast.alice, "alice@patients.example")
    assert "Sooner than Thursday 19 March, which stays yours meanwhile" in text_of(client.get(answer["Location"]))


def test_sooner_leads_back_when_the_appointment_cannot_be_changed_any_more(cast, client, clock):
    later = make_appointment(cast, minute("2026-03-09T11:00"))
    clock.shift(timedelta(hours=4))

    assert client.get(f"/b/{later.code}/sooner/")["Location"] == f"/b/{later.code}/"


def test_leave_takes_one_press_and_may_be_pressed_again(cast, client):
    wait = make_wait(cast)

    assert client.get(f"/w/{wait.code}/leave/").status_code == 405
    first = client.post(f"/w/{wait.code}/leave/")
    client.post(f"/w/{wait.code}/leave/")

    wait.refresh_from_db()
    assert (first.status_code, wait.state) == (303, "left")
    assert "You are off the waiting list" in text_of(client.get(first["Location"]))


def test_offer_shows_the_time_and_until_when_but_not_what_for(cast, client):
    make_wait(cast)
    (offer,) = offer_times(cast)

    page = client.get(f"/o/{offer.code}/")

    shown = text_of(page)
    assert "A time has opened Tuesday 10 March, 10am With" in shown
    assert "Hannah, we keep it for you until 9am" in shown
    assert "onsultation" not in main_of(page)
    assert "Doyle" not in shown
    assert "let it go" not in shown.lower()
    assert FreedOffer.objects.get().state == "open"
    assert "A time is kept for you" in text_of(client.get(f"/w/{offer.wait.code}/"))


def test_accept_books_once_and_every_link_leads_to_the_appointment(cast, client):
    make_wait(cast)
    (offer,) = offer_times(cast)
    press = {"press": field_of(client.get(f"/o/{offer.code}/"), "press")}

    answers = [client.post(f"/o/{offer.code}/accept/", sent) for sent in (press, press, {})]

    mine = f"/b/{Appointment.objects.get().code}/"
    assert [answer.status_code for answer in answers] == [303] * 3
    assert answers[0]["Location"] == answers[2]["Location"] == mine
    assert client.get(f"/o/{offer.code}/")["Location"] == mine
    assert mine in main_of(client.get(f"/w/{offer.wait.code}/"))


@pytest.mark.parametrize(("choice", "status"), [({}, "cancelled"), ({"later": "keep"}, "booked")])
def test_accept_lets_the_later_appointment_go_unless_it_is_kept(cast, client, choice, status):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", later=later)
    (offer,) = offer_times(cast)
    page = client.get(f"/o/{offer.code}/")
    assert 'value="release" id="later-release" checked' in main_of(page)

    client.post(f"/o/{offer.code}/accept/", choice)

    later.refresh_from_db()
    assert later.status == status


def test_accept_says_kindly_what_is_in_the_way(cast, client):
    later = make_appointment(cast, minute("2026-03-10T10:15"), treatment=cast.peel, practitioner=cast.rosa)
    make_wait(cast, "Alice Ashworth", later=later, practitioner=cast.nadia)
    (offer,) = offer_times(cast)

    answer = client.post(f"/o/{offer.code}/accept/", {"later": "keep"})

    assert answer.status_code == 409
    assert "You have another appointment at that time Let it go" in text_of(answer)
    assert client.post(f"/o/{offer.code}/accept/", {"later": "release"}).status_code == 303


def test_accept_says_what_the_clinics_limits_refuse(cast, client):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", later=later)
    Offer.objects.update(most_open_per_patient=1)
    (offer,) = offer_times(cast)

    answer = client.post(f"/o/{offer.code}/accept/", {"later": "keep"})

    assert answer.status_code == 409
    assert "as many of these appointments to come already" in text_of(answer)
    assert 'value="keep" id="later-keep" checked' in main_of(answer)
    assert client.post(f"/o/{offer.code}/accept/", {"later": "release"}).status_code == 303


def test_offer_says_that_a_later_appointment_stays_when_it_is_too_late_to_cancel(cast, client):
    later = make_appointment(cast, minute("2026-03-12T09:00"), at=NOW - timedelta(days=1))
    make_wait(cast, "Alice Ashworth", later=later)
    Offer.objects.update(free_cancel_hours=120, grace_minutes=0)
    (offer,) = offer_times(cast)

    page = client.get(f"/o/{offer.code}/")

    assert "It is too late to cancel your appointment on Thursday 12 March" in text_of(page)
    assert "later-release" not in main_of(page)


def test_accept_too_late_says_until_when_it_was_kept(cast, client, clock):
    make_wait(cast)
    (offer,) = offer_times(cast)
    clock.shift(timedelta(hours=1))

    answer = client.post(f"/o/{offer.code}/accept/")

    assert answer["Location"] == f"/o/{offer.code}/"
    shown = text_of(client.get(answer["Location"]))
    assert "This time is no longer kept for you We kept Tuesday 10 March at 10am for you until 9am" in shown
    assert "You are still on the list" in shown
    assert not Appointment.objects.exists()


def test_accept_loses_nothing_when_the_time_has_gone_all_the_same(cast, client):
    make_wait(cast)
    (offer,) = offer_times(cast)
    Slot.objects.filter(hold=offer.hold).delete()
    make_appointment(cast, offer.starts)

    answer = client.post(f"/o/{offer.code}/accept/")

    assert answer.status_code == 409
    assert "10am has gone after all" in text_of(answer)
    assert Wait.objects.get().state == "waiting"


def test_decline_thanks_and_leaves_them_on_the_list(cast, client):
    make_wait(cast)
    (offer,) = offer_times(cast)

    answers = [client.post(f"/o/{offer.code}/decline/") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Thank you for telling us The next person is asked" in text_of(client.get(f"/o/{offer.code}/"))
    assert Wait.objects.get().state == "waiting"


def test_links_open_nothing_at_another_clinic(cast, client):
    make_wait(cast)
    (offer,) = offer_times(cast)

    assert client.get(f"/stockport/o/{offer.code}/").status_code == 404
    assert client.post(f"/stockport/o/{offer.code}/accept/").status_code == 404
    assert client.get(f"/stockport/w/{offer.wait.code}/").status_code == 404
