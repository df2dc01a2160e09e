"""The desk's day: who comes when, with whom and where; each act stamped and answered in a sentence."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Appointment
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import RecordRead
from tests.factories.cast import NOW, Cast, make_patient

MONDAY = date(2026, 3, 9)
ACTS = ("arrive", "undo-arrival", "done", "noshow", "cancel")


@pytest.fixture(autouse=True)
def monday_at_eight():
    with time_machine.travel(NOW, tick=False):
        yield


def book(cast: Cast, at: time = time(11), *, patient=None, practitioner=None) -> Appointment:
    return actions.book_appointment(
        clinic=cast.manchester, treatment=cast.consultation, practitioner=practitioner or cast.rosa,
        starts=minute_of(datetime.combine(MONDAY, at, UTC)), patient=patient or cast.alice, note="",
        by=Actor.system("test"), at=NOW,
    )  # fmt: skip


def test_today_leads_to_the_day_of_the_clinics_own_calendar(client, cast: Cast):
    client.force_login(cast.dana)

    answer = client.get("/desk/diary/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/diary/2026-03-09/")


def test_day_places_an_appointment_by_its_time_beside_what_is_not_worked(cast: Cast):
    appointment = book(cast)

    book_of_day = queries.day_of(cast.dana, cast.manchester, MONDAY, at=NOW)

    rosa = next(column for column in book_of_day.columns if column.practitioner == cast.rosa)
    # nine to five in rows of five minutes: 11:00 is row 25, lunch from 12:30 is row 43
    assert [(block.kind, block.at, block.rows, block.appointment) for block in rosa.blocks] == [
        ("free", 1, 24, None), ("appt", 25, 6, appointment), ("free", 31, 12, None), ("off", 43, 12, None),
        ("free", 55, 42, None),
    ]  # fmt: skip
    assert [(lane.name, [block.at for block in lane.blocks]) for lane in book_of_day.lanes if lane.blocks] == [
        ("Consulting room", [25])
    ]
    assert (book_of_day.counts.booked, book_of_day.counts.here, book_of_day.now_at) == (1, 0, None)


def test_day_counts_and_lists_what_is_cancelled_apart(cast: Cast):
    appointment = book(cast)
    actions.cancel_appointment(appointment=appointment, reason="Unwell", by=Actor.staff(cast.dana), at=NOW)

    book_of_day = queries.day_of(cast.dana, cast.manchester, MONDAY, at=NOW)

    assert (book_of_day.counts.booked, book_of_day.counts.cancelled) == (0, 1)
    assert [one.reference for one in book_of_day.cancelled] == [appointment.reference]
    assert all(block.kind in {"off", "free"} for column in book_of_day.columns for block in column.blocks)


def test_day_reads_as_a_list_with_end_room_and_state_in_words(client, cast: Cast):
    book(cast)
    client.force_login(cast.dana)

    page = client.get("/desk/diary/2026-03-09/").content.decode()

    assert "Alice Ashworth" in page
    assert "to 11:30, Consulting room. Booked." in page


def test_day_on_which_nobody_works_says_so(client, cast: Cast):
    client.force_login(cast.dana)

    assert "Nobody works on Sunday" in client.get("/desk/diary/2026-03-15/").content.decode()


@pytest.mark.parametrize("address", ["2026-02-30", "1850-01-01", "9999-12-31"])
def test_day_that_does_not_exist_is_a_404(client, cast: Cast, address: str):
    client.force_login(cast.dana)

    assert client.get(f"/desk/diary/{address}/").status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
def test_day_asks_the_same_number_of_questions_however_full(
    client, cast: Cast, how_many: int, django_assert_num_queries
):
    for number in range(how_many):
        book(cast, (time(10), time(11), time(14))[number], patient=make_patient(cast.manchester, f"P{number} X"))
    client.force_login(cast.dana)
    client.get("/desk/diary/2026-03-09/")

    with django_assert_num_queries(28):
        client.get("/desk/diary/2026-03-09/")


def test_appointment_opens_beside_its_day_and_notes_that_the_record_was_read(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)

    page = client.get(f"/desk/appointments/{appointment.ref}/").content.decode()

    assert ("Mark as arrived" in page, appointment.reference in page, appointment.code in page) == (True, True, False)
    assert list(RecordRead.objects.values_list("user", "patient_ref")) == [(cast.dana.pk, cast.alice.ref)]


def test_arrive_stamps_who_and_when_and_can_be_undone(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)

    here = client.post(f"/desk/appointments/{appointment.ref}/arrive/", follow=True).content.decode()
    arrived = Appointment.objects.get()
    client.post(f"/desk/appointments/{appointment.ref}/undo-arrival/")

    assert "Alice Ashworth is here." in here
    assert (arrived.status, arrived.arrived_at, arrived.arrived_by) == ("arrived", NOW, cast.dana)
    assert (Appointment.objects.get().status, Appointment.objects.get().arrived_at) == ("booked", None)


def test_arrive_twice_says_what_has_changed_and_keeps_the_first_stamp(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)
    client.post(f"/desk/appointments/{appointment.ref}/arrive/")

    with time_machine.travel(NOW.replace(minute=9), tick=False):
        client.post(f"/desk/appointments/{appointment.ref}/arrive/")

    assert Appointment.objects.get().arrived_at == NOW


def test_cancel_needs_a_reason_and_keeps_the_appointment_without_one(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)

    answer = client.post(f"/desk/appointments/{appointment.ref}/cancel/", {"reason": ""})

    assert (answer.status_code, Appointment.objects.get().status) == (422, "booked")
    assert answer.content.decode().count("Enter a reason") == 2


def test_cancel_frees_the_time(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)

    client.post(f"/desk/appointments/{appointment.ref}/cancel/", {"reason": "Unwell"})
    again = book(cast, patient=cast.bea)

    appointment.refresh_from_db()
    assert (appointment.status, appointment.cancel_reason, again.starts) == ("cancelled", "Unwell", appointment.starts)


def test_noshow_before_the_start_is_refused_in_a_sentence(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)

    page = client.post(f"/desk/appointments/{appointment.ref}/noshow/", follow=True).content.decode()

    assert ("has not begun yet" in page, Appointment.objects.get().status) == (True, "booked")


def test_patient_shows_what_is_to_come_and_notes_the_read(client, cast: Cast):
    book(cast)
    client.force_login(cast.dana)

    page = client.get(f"/desk/patients/{cast.alice.ref}/").content.decode()

    assert "Monday 9 March 2026" in page
    assert RecordRead.objects.get().patient_ref == cast.alice.ref


def test_somebody_of_another_clinic_finds_nothing_at_any_address(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.mallory)
    pages = [f"/desk/appointments/{appointment.ref}/", f"/desk/patients/{cast.alice.ref}/"]

    answers = {client.get(f"{where}{page}").status_code for where in ("", "/stockport") for page in pages}
    acts = {
        client.post(f"{where}/desk/appointments/{appointment.ref}/{act}/", {"reason": "x"}).status_code
        for where in ("", "/stockport")
        for act in ACTS
    }
    day = client.get("/stockport/desk/diary/2026-03-09/").content.decode()

    assert (answers, acts) == ({404}, {404})
    assert "Alice" not in day
    assert Appointment.objects.get().status == "booked"


def test_arrive_on_another_day_is_refused_in_a_sentence(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)

    with time_machine.travel(NOW.replace(day=8), tick=False):
        client.force_login(cast.dana)
        page = client.post(f"/desk/appointments/{appointment.ref}/arrive/", follow=True).content.decode()

    assert ("is on another day" in page, Appointment.objects.get().status) == (True, "booked")


def test_done_waits_for_the_start_and_can_be_taken_back(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)
    client.post(f"/desk/appointments/{appointment.ref}/arrive/")

    client.post(f"/desk/appointments/{appointment.ref}/done/")
    too_early = Appointment.objects.get().status
    with time_machine.travel(NOW.replace(hour=11, minute=20), tick=False):
        client.force_login(cast.dana)
        client.post(f"/desk/appointments/{appointment.ref}/done/")
        done = Appointment.objects.get().status
        client.post(f"/desk/appointments/{appointment.ref}/undo-outcome/")

    taken_back = Appointment.objects.get()
    assert (too_early, done, taken_back.status, taken_back.finished_at) == ("arrived", "fulfilled", "arrived", None)


def test_what_the_desk_is_told_never_shows_on_a_page_for_patients(client, cast: Cast):
    appointment = book(cast)
    client.force_login(cast.dana)
    client.post(f"/desk/appointments/{appointment.ref}/arrive/")

    pages = [client.get("/").content.decode(), client.get("/contact/").content.decode()]

    assert ["Alice" in page for page in pages] == [False, False]
    assert "messages" not in client.cookies
