"""A patient's own appointment behind its link."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories.booking import book, event_in, field_of, main_of, text_of, times_in
from tests.factories.cast import make_patient
from tests.factories.diary import clocks, make_appointment, minute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT_10 = minute("2026-03-10T10:00")
AT_11 = minute("2026-03-10T11:00")
PAGES = ["", "move/", "cancel/", "calendar.ics"]


def mine(appointment: Appointment, page: str = "") -> str:
    """Write an address of the appointment."""
    return f"/b/{appointment.code}/{page}"


def move(client: Client, appointment: Appointment, starts: int | str, **more: str) -> Any:
    """Open the times and press one."""
    page = client.get(mine(appointment, "move/"))
    pressed = {"press": field_of(page, "press"), "with": field_of(page, "with"), "starts": starts}
    return client.post(mine(appointment, "move/"), pressed | more)


# --- seeing it ------------------------------------------------------------------------------------


def test_mine_says_when_where_with_whom_and_what_happens_next(cast, client):
    appointment = book(client, AT_10)

    said = text_of(client.get(mine(appointment)))

    reference = f"{appointment.reference[:2]} {appointment.reference[2:]}"
    assert f"You are booked Tuesday 10 March 2026 at 10am Reference {reference}" in said
    assert "Hannah, you get this by email within minutes, with a link back to this page." in said
    assert "Rosa Lindley sees you at 10am." in said
    assert "Manchester 1 Example Street Manchester M1 1AA" in said


def test_mine_shows_nothing_of_health_and_no_more_than_the_first_name(cast, client):
    appointment = book(client, AT_10)

    page = main_of(client.get(mine(appointment))).lower()

    assert [word for word in ("doyle", "mail.example", "consultation", "step-free") if word in page] == []


def test_move_before_the_consultation_is_refused_in_words(cast, client):
    Offer.objects.filter(treatment=cast.peel).update(consultation_first=True)
    make_appointment(cast, AT_10)
    visit = make_appointment(cast, AT_10 + 24 * 60, treatment=cast.peel)

    answer = move(client, visit, minute("2026-03-09T14:00"))

    assert answer.status_code == 409
    assert "It is before your consultation. Choose a later time." in text_of(answer)
    visit.refresh_from_db()
    assert visit.starts == AT_10 + 24 * 60


def test_move_too_near_to_another_session_says_from_when_it_can_be(cast, client):
    Treatment.objects.filter(pk=cast.peel.pk).update(gap_days=10)
    make_appointment(cast, AT_10, treatment=cast.peel)
    visit = make_appointment(cast, AT_10 + 14 * 24 * 60, treatment=cast.peel)

    board = client.get(mine(visit, "move/?from=2026-03-18"))
    answer = move(client, visit, minute("2026-03-19T10:00"))

    assert answer.status_code == 409
    assert "At least 10 days lie between two sessions, so it can be from Friday 20 March on." in text_of(answer)
    assert min(times_in(board)) >= minute("2026-03-20T00:00")
    assert min(times_in(answer)) >= minute("2026-03-20T00:00")
    visit.refresh_from_db()
    assert visit.starts == AT_10 + 14 * 24 * 60


def test_mine_leads_whoever_could_come_sooner_to_the_waiting_list(cast, client):
    appointment = book(client, AT_10)

    sooner = mine(appointment, "sooner/")

    assert f'href="{sooner}"' in main_of(client.get(mine(appointment)))
    assert client.get(sooner).status_code == 200


def test_mine_says_how_it_was_sent(cast, client):
    patient = make_patient(cast.manchester, "Hannah Doyle", email="h@mail.example", phone="+447700900982")

    page = client.get(mine(make_appointment(cast, AT_10, patient=patient)))

    assert "by email and text" in text_of(page)


def test_mine_after_a_cancellation_says_so_and_leads_back(cast, client):
    appointment = book(client, AT_10)
    client.post(mine(appointment, "cancel/"), {"reason": "", "press": "p"})

    page = client.get(mine(appointment))

    assert "Your appointment is cancelled It was on Tuesday 10 March 2026 at 10am." in text_of(page)
    assert 'href="/book/"' in main_of(page)
    assert "move/" not in main_of(page)


def test_mine_once_it_has_begun_can_no_longer_be_changed_here(cast, client, clock):
    appointment = book(client, AT_10)
    clock.move_to(appointment.starts_at + timedelta(minutes=5))

    page = client.get(mine(appointment))

    assert "It can no longer be changed here." in text_of(page)
    assert "move/" not in main_of(page)


def test_mine_when_it_is_over_says_when_it_was(cast, client, clock):
    appointment = book(client, AT_10)
    clock.move_to(appointment.ends_at)

    assert "Your appointment was on Tuesday 10 March" in text_of(client.get(mine(appointment)))


@pytest.mark.parametrize("page", PAGES)
def test_mine_is_missing_for_who_does_not_hold_the_link(cast, client, page):
    appointment = make_appointment(cast, AT_10)

    assert client.get(f"/stockport{mine(appointment, page)}").status_code == 404
    assert client.get(f"/b/{appointment.ref}/{page}").status_code == 404
    assert client.get(f"/b/{appointment.reference.lower()}/{page}").status_code == 404
    client.force_login(cast.mallory)
    assert client.get(f"/stockport{mine(appointment, page)}").status_code == 404


@pytest.mark.parametrize("page", ["move/", "cancel/"])
def test_mine_cannot_be_changed_under_another_clinic(cast, client, page):
    appointment = make_appointment(cast, AT_10)

    assert client.post(f"/stockport{mine(appointment, page)}", {"starts": AT_11}).status_code == 404

    appointment.refresh_from_db()
    assert (appointment.status, appointment.starts) == ("booked", AT_10)


@pytest.mark.parametrize("page", PAGES)
def test_mine_is_kept_by_nobody_and_changed_by_no_scanner(cast, client, page):
    appointment = make_appointment(cast, AT_10)
    events = AuditEvent.objects.count()

    for method in (client.get, client.head):
        answer = method(mine(appointment, page))
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"

    appointment.refresh_from_db()
    assert (appointment.status, appointment.sequence, AuditEvent.objects.count()) == ("booked", 0, events)


def test_mine_links_hold_130_random_bits(cast):
    appointment = make_appointment(cast, AT_10)

    assert len(appointment.code) == 26
    assert appointment.code != appointment.ref


# --- moving it ------------------------------------------------------------------------------------


def test_move_shows_the_times_of_the_same_person_but_its_own(cast, client):
    appointment = make_appointment(cast, AT_10)

    page = client.get(mine(appointment, "move/"))

    assert "You have 10am on Tuesday 10 March with Rosa Lindley." in text_of(page)
    assert '<option value="rosa-lindley" selected>' in main_of(page)
    assert AT_10 not in times_in(page)


def test_move_shows_anybodys_times_when_asked(cast, client):
    appointment = make_appointment(cast, AT_10)

    page = client.get(mine(appointment, "move/?with="))

    assert ", Wednesday 11 March with anyone" in main_of(page)


def test_move_moves_tells_and_shows_the_new_time(cast, client):
    appointment = book(client, AT_10)

    answer = move(client, appointment, AT_11)

    appointment.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, mine(appointment))
    assert (appointment.starts, appointment.practitioner, appointment.sequence) == (AT_11, cast.rosa, 1)
    said = text_of(client.get(mine(appointment)))
    assert "You are booked Moved to Tuesday 10 March 2026 at 11am" in said
    assert "Your calendar puts the new time in place of the old one." in said
    assert list(Message.objects.order_by("pk").values_list("template", flat=True)) == [
        "booking/booked",
        "booking/moved",
    ]


def test_move_pressed_twice_moves_once(cast, client):
    appointment = make_appointment(cast, AT_10)
    page = client.get(mine(appointment, "move/"))
    pressed = {"press": field_of(page, "press"), "with": field_of(page, "with"), "starts": AT_11}

    places = {client.post(mine(appointment, "move/"), pressed)["Location"] for _ in range(3)}

    appointment.refresh_from_db()
    assert places == {mine(appointment)}
    assert (appointment.sequence, Message.objects.count()) == (1, 1)


def test_move_to_another_person_when_asked(cast, client):
    appointment = make_appointment(cast, AT_10)

    move(client, appointment, AT_11, **{"with": "nadia-rahman"})

    appointment.refresh_from_db()
    assert appointment.practitioner == cast.nadia


def test_move_to_a_time_that_has_gone_leaves_it_and_offers_the_nearest(cast, client):
    appointment = make_appointment(cast, AT_10)
    page = client.get(mine(appointment, "move/"))
    make_appointment(cast, AT_11, patient=cast.bea, practitioner=cast.rosa)

    answer = client.post(
        mine(appointment, "move/"), {"press": field_of(page, "press"), "with": "rosa-lindley", "starts": AT_11}
    )

    appointment.refresh_from_db()
    assert (answer.status_code, appointment.starts, Message.objects.count()) == (409, AT_10, 0)
    assert "11am on Tuesday has just been booked" in text_of(answer)
    assert clocks(times_in(answer)[:2]) == ["10:15", "11:45"]


@pytest.mark.parametrize("starts", ["", "soon", str(AT_10 + 3), str(minute("2026-03-09T08:30"))])
def test_move_to_a_time_that_no_button_offered_is_refused(cast, client, starts):
    appointment = make_appointment(cast, AT_10)

    answer = move(client, appointment, starts)

    appointment.refresh_from_db()
    assert (answer.status_code, appointment.starts) == (409, AT_10)


def test_move_with_somebody_unknown_is_missing(cast, client):
    assert move(client, make_appointment(cast, AT_10), AT_11, **{"with": "nobody"}).status_code == 404


@pytest.mark.parametrize("page", ["move/", "cancel/"])
def test_it_is_too_late_once_it_has_begun(cast, client, clock, page):
    appointment = book(client, AT_10)
    clock.move_to(appointment.starts_at)

    for answer in (client.get(mine(appointment, page)), client.post(mine(appointment, page), {"starts": AT_11})):
        assert answer.status_code == 200
        assert "This can no longer be changed online" in text_of(answer)
        assert "0161 496 0000" in text_of(answer)

    appointment.refresh_from_db()
    assert (appointment.status, appointment.starts) == ("booked", AT_10)


@pytest.mark.parametrize("page", ["move/", "cancel/"])
def test_a_cancelled_one_shows_that_it_is_cancelled(cast, client, page):
    appointment = make_appointment(cast, AT_10)
    diary.cancel_appointment(appointment=appointment, reason="", by=Actor.staff(cast.dana), at=appointment.booked_at)

    assert client.get(mine(appointment, page)).headers["Location"] == mine(appointment)
    assert client.post(mine(appointment, page), {"starts": AT_11})["Location"] == mine(appointment)


def test_move_asks_the_same_number_of_questions_whatever_there_is(cast, client):
    appointment = make_appointment(cast, AT_10)
    client.get(mine(appointment, "move/"))
    with CaptureQueriesContext(connection) as few:
        client.get(mine(appointment, "move/"))
    for hour in ("09", "11", "14"):
        make_appointment(
            cast, minute(f"2026-03-11T{hour}:00"), patient=make_patient(cast.manchester, f"Patient {hour}")
        )
    with CaptureQueriesContext(connection) as many:
        client.get(mine(appointment, "move/"))

    assert len(many) == len(few)


# --- cancelling it --------------------------------------------------------------------------------


def test_cancel_asks_first(cast, client):
    appointment = make_appointment(cast, AT_10)

    said = text_of(client.get(mine(appointment, "cancel/")))

    assert "Cancel Tuesday 10 March, 10am?" in said
    assert "Keep it" in said


def test_cancel_cancels_tells_and_frees_the_time(cast, client):
    appointment = make_appointment(cast, AT_10)

    answer = client.post(mine(appointment, "cancel/"), {"reason": "Away that week", "press": "p"})

    appointment.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, mine(appointment))
    assert (appointment.status, appointment.cancel_reason) == ("cancelled", "Away that week")
    assert Message.objects.get().template == "booking/cancelled"
    assert AT_10 in times_in(client.get("/book/consultation/"))


def test_cancel_pressed_twice_cancels_once(cast, client):
    appointment = make_appointment(cast, AT_10)

    places = {client.post(mine(appointment, "cancel/"), {"reason": "", "press": "p"})["Location"] for _ in range(2)}

    assert places == {mine(appointment)}
    assert Message.objects.count() == 1


def test_cancel_with_too_much_to_say_is_shown_again_with_all_of_it(cast, client):
    appointment = make_appointment(cast, AT_10)

    answer = client.post(mine(appointment, "cancel/"), {"reason": "r" * 201, "press": "p"})

    assert answer.status_code == 422
    assert "Keep it to 200 letters" in text_of(answer)
    assert "r" * 201 in main_of(answer)


# --- the calendar file ----------------------------------------------------------------------------


def test_calendar_gives_the_appointment_and_says_no_name(cast, client):
    appointment = book(client, AT_10)

    answer = client.get(mine(appointment, "calendar.ics"))

    event = event_in(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["DTSTART"].dt == appointment.starts_at
    assert str(event["URL"]) == f"http://localhost:8000/b/{appointment.code}/"
    assert [word for word in (b"Hannah", b"Doyle", b"mail.example", b"onsultation") if word in answer.content] == []


def test_calendar_of_a_cancelled_one_says_so(cast, client):
    appointment = make_appointment(cast, AT_10)
    client.post(mine(appointment, "cancel/"), {"reason": "", "press": "p"})

    event = event_in(client.get(mine(appointment, "calendar.ics")).content)

    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)


def test_move_again_and_again_is_stopped_because_each_move_writes_to_somebody(cast, client, clock):
    appointment = make_appointment(cast, AT_10)
    answers = [move(client, appointment, (AT_11, AT_10)[number % 2]).status_code for number in range(9)]

    assert answers == [303] * 8 + [429]
