"""The desk books: somebody who is known, somebody new, and somebody in spite of the rules."""

import re
from typing import Any

import pytest
from django.test import Client

from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories.booking import field_of, text_of
from tests.factories.diary import make_appointment, minute
from tests.factories.enquiries import make_enquiry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT_10 = minute("2026-03-10T10:00")
NEW = "/desk/appointments/new/"
CORA = {"name": "Cora Crane", "contact": "07700 900 123", "born_on": "1990-02-01"}


@pytest.fixture
def desk(cast, client: Client) -> Client:
    """Sit Dana down."""
    client.force_login(cast.dana)
    return client


def send(desk: Client, **more: str) -> Any:
    """Fill in the form and press."""
    known = {"treatment": "consultation", "practitioner": "rosa-lindley", "day": "2026-03-10", "time": "10:00"}
    return desk.post(NEW, known | {"press": "p", "tell": "on"} | more, follow=True)


def test_known_patient_is_booked_by_two_presses_at_the_next_time_of_what_they_had_last(cast, desk):
    make_appointment(cast, AT_10, practitioner=cast.rosa)
    record = desk.get(f"/desk/patients/{cast.alice.ref}/")
    page = desk.get(NEW, {"patient": cast.alice.ref})
    filled = {name: field_of(page, name) for name in ("patient", "day", "time", "press")}

    after = send(desk, **filled)

    booked = Appointment.objects.latest("pk")
    assert f"{NEW}?patient={cast.alice.ref}" in record.content.decode()
    assert (booked.patient, booked.practitioner, booked.treatment) == (cast.alice, cast.rosa, cast.consultation)
    assert "Alice Ashworth is booked for" in text_of(after)
    assert Message.objects.get().template == "booking/booked"


def test_somebody_new_is_taken_into_care_once_however_often_it_is_pressed(cast, desk):
    send(desk, **CORA)
    send(desk, **CORA, same_as="new")

    booked = Appointment.objects.get()
    assert (booked.patient.name, str(booked.patient.born_on)) == ("Cora Crane", "1990-02-01")
    assert booked.patient.phone == "+447700900123"


@pytest.mark.parametrize(
    "typed",
    [
        CORA | {"name": "C Crane"},
        CORA | {"name": "C Crane", "contact": "CORA@mail.example"},
        CORA | {"name": "cora crane", "contact": "new@mail.example"},
    ],
)
def test_who_may_be_known_already_is_asked_about_and_nothing_typed_is_lost(cast, desk, clock, typed):
    at = cast.alice.created_at
    for contact in ({"phone": "+447700900123"}, {"email": "cora@mail.example"}):
        Patient.objects.create(
            clinic=cast.manchester, name="Cora Crane", born_on="1990-02-01", created_at=at, **contact
        )

    asked = send(desk, **typed)
    assert asked.status_code == 422
    assert "Is it one of these?" in text_of(asked)
    assert field_of(asked, "contact") == typed["contact"]
    assert not Appointment.objects.exists()
    chosen = next(one for one in Patient.objects.filter(name="Cora Crane") if one.ref in asked.content.decode())
    send(desk, **typed, same_as=chosen.ref)
    assert Appointment.objects.get().patient == chosen


def test_refused_time_says_why_and_keeps_nobody_new(cast, desk):
    make_appointment(cast, AT_10, practitioner=cast.rosa)
    there = Appointment.objects.get()

    page = send(desk, **CORA)

    assert page.status_code == 409
    assert f"Rosa Lindley has {there.reference} from 10:00 to 10:30." in text_of(page)
    assert "The nearest free times are:" in text_of(page)
    assert not Patient.objects.filter(name="Cora Crane").exists()


def test_nearest_time_is_booked_by_one_press_with_all_that_was_typed(cast, desk):
    make_appointment(cast, AT_10, practitioner=cast.rosa)
    page = send(desk, **CORA, note="Prefers the lift")
    near = re.findall(r'name="at" value="([^"]+)"', page.content.decode())

    send(desk, **CORA, note="Prefers the lift", at=near[1], press="q", in_spite="left over")

    booked = Appointment.objects.latest("pk")
    assert near == [f"{AT_10 - 45}.rosa-lindley", f"{AT_10 + 45}.rosa-lindley"]
    assert (booked.starts, booked.practitioner, booked.patient.name) == (AT_10 + 45, cast.rosa, "Cora Crane")
    assert booked.note == "Prefers the lift"
    assert "in_spite" not in AuditEvent.objects.filter(action="diary.book_appointment").latest("pk").detail


def test_nearest_time_that_has_gone_too_is_refused_with_other_ones(cast, desk):
    make_appointment(cast, AT_10, practitioner=cast.rosa)

    page = send(desk, patient=cast.bea.ref, at=f"{AT_10}.rosa-lindley", day="2026-03-11", time="15:00")

    assert page.status_code == 409
    assert (field_of(page, "day"), field_of(page, "time")) == ("2026-03-10", "10:00")
    assert Appointment.objects.count() == 1


def test_finding_somebody_and_somebody_else_again_lose_nothing_that_was_typed(cast, desk):
    typed = {**CORA, "treatment": "glycolic-peel", "note": "Rang twice", "day": "2026-03-12", "time": "14:15"}
    shown = ("name", "contact", "born_on", "note", "day", "time")

    found = desk.post(NEW, {**typed, "practitioner": "rosa-lindley", "q": "Alice", "find": "1"})
    chosen = desk.post(NEW, {**typed, "practitioner": "rosa-lindley", "q": "Alice", "whom": cast.alice.ref})
    again = desk.post(NEW, {**typed, "practitioner": "rosa-lindley", "patient": cast.alice.ref, "whom": ""})

    for page in (found, chosen, again):
        assert page.status_code == 200
        assert {name: field_of(page, name) for name in shown} == {name: typed[name] for name in shown}
        assert '<option value="glycolic-peel" selected>' in page.content.decode()
        assert 'name="tell" ' in page.content.decode()
        assert " checked" not in page.content.decode()
    assert f'name="whom" value="{cast.alice.ref}"' in found.content.decode()
    assert field_of(chosen, "patient") == cast.alice.ref
    assert field_of(again, "patient") == ""
    assert not Appointment.objects.exists()


def test_patient_who_is_found_on_an_untouched_page_brings_what_they_had_last(cast, desk):
    make_appointment(cast, AT_10, practitioner=cast.nadia, treatment=cast.microdermabrasion)
    untouched = {"treatment": "consultation", "practitioner": "", "day": "2026-03-09", "time": "", "tell": "on"}

    page = desk.post(NEW, {**untouched, "whom": cast.alice.ref})

    assert '<option value="microdermabrasion" selected>' in page.content.decode()
    assert '<option value="nadia-rahman" selected>' in page.content.decode()
    assert field_of(page, "time") != ""


def test_enter_key_finds_while_there_is_something_to_find_and_books_otherwise(cast, desk):
    what = {"treatment": "consultation", "practitioner": "", "day": "2026-03-10", "time": "10:00", "press": "p"}

    finds = desk.post(NEW, {**what, **CORA, "q": "Alice"})
    assert (finds.status_code, Appointment.objects.count()) == (200, 0)
    desk.post(NEW, {**what, **CORA, "q": ""})
    assert Appointment.objects.get().patient.name == "Cora Crane"


def test_whom_of_another_clinic_is_missing(cast, client):
    client.force_login(cast.mallory)

    assert client.post(f"/stockport{NEW}", {"whom": cast.alice.ref}).status_code == 404


def test_session_too_near_says_from_when_and_a_late_one_is_remarked_on(cast, desk):
    Treatment.objects.filter(pk=cast.consultation.pk).update(gap_days=10, longest_gap_days=21)
    make_appointment(cast, AT_10, practitioner=cast.rosa)

    refused = send(desk, patient=cast.alice.ref, day="2026-03-16")
    booked = send(desk, patient=cast.alice.ref, day="2026-04-02", press="q")

    assert "it is possible from Friday 20 March on" in text_of(refused)
    assert "It is 23 days after the session before: 21 are the most that is sensible." in text_of(booked)


def test_reason_books_in_spite_of_rules_and_stands_in_the_history(cast, desk):
    Offer.objects.filter(clinic=cast.manchester).update(notice_minutes=5000)
    refused = send(desk, patient=cast.alice.ref)

    after = send(desk, patient=cast.alice.ref, in_spite="Flies home on Wednesday", press="q")

    assert "It is sooner than the notice that this treatment asks for." in text_of(refused)
    assert "Why it is booked in spite of this" in text_of(refused)
    assert Appointment.objects.get().starts == AT_10
    assert "Booked against the rules, Dana Okafor: Flies home on Wednesday" in text_of(after)
    assert AuditEvent.objects.get(action="diary.book_appointment").detail["in_spite"] == "Flies home on Wednesday"


def test_second_visit_of_a_practitioner_is_marked_in_the_diary(cast, desk):
    make_appointment(cast, AT_10, treatment=cast.peel, practitioner=cast.rosa, patient=cast.bea)

    after = send(desk, patient=cast.alice.ref, in_spite="An emergency")

    assert "Booked beside another, for a reason." in text_of(after)


def test_no_reason_gives_a_room_twice(cast, desk):
    make_appointment(cast, AT_10, practitioner=cast.nadia, patient=cast.bea)

    page = send(desk, patient=cast.alice.ref, in_spite="An emergency")

    assert page.status_code == 409
    assert "Consulting room has" in text_of(page)
    assert "Why it is booked" not in text_of(page)
    assert Appointment.objects.count() == 1


def test_whoever_has_not_the_right_sees_no_way_around(cast, client):
    client.force_login(cast.priya)
    Offer.objects.filter(clinic=cast.manchester).update(notice_minutes=5000)

    refused = send(client, patient=cast.alice.ref)
    forced = send(client, patient=cast.alice.ref, in_spite="a friend", press="q")

    assert "Why it is booked" not in text_of(refused)
    assert "You cannot book against the rules at this clinic." in text_of(forced)
    assert not Appointment.objects.exists()


def test_patient_of_another_clinic_is_missing(cast, client):
    client.force_login(cast.mallory)

    assert client.get(NEW, {"patient": cast.alice.ref}).status_code == 404


def test_who_asked_in_the_inbox_is_booked_with_what_they_wrote_and_stands_among_the_booked(cast, desk):
    asked = make_enquiry(cast, name="Hannah Doyle", email="hannah@mail.example")
    thread = desk.get(f"/desk/inbox/{asked.ref}/").content.decode()
    page = desk.get(NEW, {"enquiry": asked.ref})
    filled = {name: field_of(page, name) for name in ("enquiry", "name", "contact", "press")}

    send(desk, **filled)

    asked.refresh_from_db()
    booked = Appointment.objects.get()
    assert f"{NEW}?enquiry={asked.ref}" in thread
    assert (booked.patient.name, booked.patient.email) == ("Hannah Doyle", "hannah@mail.example")
    assert (asked.state, asked.patient) == ("booked", booked.patient)
    assert asked.entries.latest("id").text == "We booked 10am on Tuesday 10 March with Rosa Lindley."
    assert "Hannah Doyle" in text_of(desk.get("/desk/inbox/", {"show": "booked"}))
    assert "Hannah Doyle" not in text_of(desk.get("/desk/inbox/"))


def test_a_conversation_of_another_clinic_cannot_be_booked_in(cast, desk):
    theirs = make_enquiry(cast, clinic=cast.stockport)

    assert desk.get(NEW, {"enquiry": theirs.ref}).status_code == 404
    assert send(desk, **CORA, enquiry=theirs.ref).status_code == 404
    assert Appointment.objects.count() == 0
