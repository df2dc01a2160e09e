"""The desk moves, cancels and answers; the patient hears of it in three minutes, unless it is undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from corneum.clinic.booking import actions, jobs
from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Offer
from corneum.platform.accounts.actors import PATIENT
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories.booking import book, event_in, field_of, fill_in, main_of, text_of, times_in
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT_10, AT_11 = minute("2026-03-12T10:00"), minute("2026-03-12T11:00")
YES = {"tell": "on"}


def there(appointment: Appointment, page: str = "") -> str:
    """Write an address of the appointment at the desk."""
    return f"/desk/appointments/{appointment.ref}/{page}"


@pytest.fixture
def desk(cast, client: Client) -> Client:
    """Sit Dana down."""
    client.force_login(cast.dana)
    return client


def move(desk: Client, appointment: Appointment, **more: str) -> Any:
    """Open the times, and press one."""
    page = desk.get(there(appointment, "move/"))
    fields = {"press": field_of(page, "press"), "with": field_of(page, "with"), "starts": AT_11}
    return desk.post(there(appointment, "move/"), fields | more, follow=True)


def cancel(desk: Client, appointment: Appointment, **more: str) -> Any:
    """Cancel it for a reason."""
    return desk.post(there(appointment, "cancel/"), {"reason": "Rosa is away", "press": "c", **more}, follow=True)


def letters() -> list[tuple[str, str]]:
    """List what was written and what became of it."""
    return list(Message.objects.order_by("pk").values_list("template", "state"))


# --- moving ---------------------------------------------------------------------------------------


def test_move_takes_two_presses_and_tells_in_three_minutes(cast, desk):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    board = desk.get(there(appointment, "move/"))

    page = move(desk, appointment, **YES, why="practitioner")

    appointment.refresh_from_db()
    assert AT_11 in times_in(board)
    assert "Now 10:00, Thursday 12 March" in text_of(board)
    assert appointment.starts == AT_11
    assert "Alice Ashworth is moved to 11am on Thursday 12 March. They are told in three minutes. Undo" in text_of(page)
    message = Message.objects.get()
    assert (message.template, message.send_at) == ("booking/moved", NOW + timedelta(minutes=3))
    assert "Moved from Thu 12 Mar, 10:00 with Rosa Lindley to Thu 12 Mar, 11:00 with Rosa Lindley" in text_of(page)
    assert "Dana Okafor: The practitioner cannot E-mail Waiting to be sent, leaves 8:03" in text_of(page)


def test_move_without_telling_writes_nothing_and_says_so(cast, desk):
    appointment = make_appointment(cast, AT_10)

    page = move(desk, appointment)

    assert "No message leaves: let them know." in text_of(page)
    assert letters() == []


def test_move_undone_in_time_never_reaches_the_patient(cast, desk, clock):
    appointment = make_appointment(cast, AT_10)
    move(desk, appointment, **YES)
    clock.shift(timedelta(minutes=2))

    page = desk.post(there(appointment, "undo-move/"), follow=True)

    appointment.refresh_from_db()
    assert (appointment.starts, appointment.sequence) == (AT_10, 2)
    assert "is back at the time before." in text_of(page)
    assert letters() == [("booking/moved", "withdrawn")]


def test_move_undone_when_its_message_has_left_already_is_put_right_by_another(cast, desk):
    appointment = make_appointment(cast, AT_10)
    move(desk, appointment, **YES)
    Message.objects.update(state="sent", sent_at=NOW)

    desk.post(there(appointment, "undo-move/"))

    assert letters() == [("booking/moved", "sent"), ("booking/restored", "queued")]
    event = event_in(Message.objects.latest("pk").attachments[0]["text"])
    assert (event["SEQUENCE"], event["DTSTART"].dt, str(event["STATUS"])) == (2, appointment.starts_at, "CONFIRMED")


def test_move_undone_gives_back_the_confirmation_that_had_not_left(cast, desk):
    appointment = book(Client(), AT_10)
    move(desk, appointment, **YES)

    desk.post(there(appointment, "undo-move/"))

    assert letters() == [
        ("booking/booked", "withdrawn"),
        ("booking/moved", "withdrawn"),
        ("booking/restored", "queued"),
    ]


def test_move_pressed_twice_moves_and_tells_once(cast, desk):
    appointment = make_appointment(cast, AT_10)
    board = desk.get(there(appointment, "move/"))
    fields = {"press": field_of(board, "press"), "with": "", "starts": AT_11, **YES}

    for _ in range(2):
        desk.post(there(appointment, "move/"), fields)

    appointment.refresh_from_db()
    assert (appointment.sequence, len(letters())) == (1, 1)


def test_move_to_a_time_that_has_gone_offers_the_nearest_and_keeps_the_old(cast, desk):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    board = desk.get(there(appointment, "move/"))
    make_appointment(cast, AT_11, practitioner=cast.rosa, patient=cast.bea)

    page = desk.post(
        there(appointment, "move/"),
        {"press": field_of(board, "press"), "with": "rosa-lindley", "starts": AT_11, **YES},
    )

    appointment.refresh_from_db()
    assert (page.status_code, appointment.starts, letters()) == (409, AT_10, [])
    assert "11am on Thursday has just been booked" in text_of(page)
    assert 'form="board"' in main_of(page)


# --- cancelling -----------------------------------------------------------------------------------


def test_cancel_tells_in_three_minutes_with_a_file_that_takes_it_out_of_the_calendar(cast, desk):
    appointment = make_appointment(cast, AT_10)

    page = cancel(desk, appointment, **YES)

    message = Message.objects.get()
    assert (message.template, message.send_at) == ("booking/cancelled", NOW + timedelta(minutes=3))
    assert "is cancelled, and the time is free. They are told in three minutes. Undo" in text_of(page)
    assert "Cancelled, Dana Okafor: Rosa is away E-mail Waiting to be sent, leaves 8:03" in text_of(page)
    file = message.attachments[0]["text"]
    assert ("METHOD:CANCEL" in file, event_in(file)["SEQUENCE"]) == (True, 1)


def test_cancel_undone_in_time_never_reaches_the_patient(cast, desk, clock):
    appointment = make_appointment(cast, AT_10)
    cancel(desk, appointment, **YES)
    clock.shift(timedelta(minutes=2))

    page = desk.post(there(appointment, "undo-cancellation/"), follow=True)

    appointment.refresh_from_db()
    assert (appointment.status, appointment.sequence, letters()) == ("booked", 2, [("booking/cancelled", "withdrawn")])
    assert "Taken back: Alice Ashworth is as before." in text_of(page)
    assert "Cancelled, Dana Okafor: Rosa is away" in text_of(page)  # the history keeps it
    assert "Cancellation undone, Dana Okafor" in text_of(page)


def test_cancel_undone_too_late_says_so(cast, desk, clock):
    appointment = make_appointment(cast, AT_10)
    cancel(desk, appointment)
    clock.shift(timedelta(minutes=4))

    page = desk.post(there(appointment, "undo-cancellation/"), follow=True)

    assert "This can no longer be undone" in text_of(page)
    assert "Undo the cancellation" not in text_of(page)
    assert Appointment.objects.get().status == "cancelled"


def test_cancel_undone_when_somebody_has_the_time_names_the_nearest(cast, desk):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    cancel(desk, appointment, **YES)
    make_appointment(cast, AT_10, practitioner=cast.rosa, patient=cast.bea)

    page = desk.post(there(appointment, "undo-cancellation/"), follow=True)

    assert "Somebody has just taken this time. Please choose another. The nearest free times are" in text_of(page)
    assert letters() == [("booking/cancelled", "queued")]


def test_cancel_without_a_reason_is_shown_again(cast, desk):
    appointment = make_appointment(cast, AT_10)

    page = desk.post(there(appointment, "cancel/"), {"reason": ""})

    assert (page.status_code, Appointment.objects.get().status) == (422, "booked")
    assert "<details open>" in page.content.decode()


# --- requests -------------------------------------------------------------------------------------


@pytest.fixture
def by_request(cast) -> None:
    """Let the clinic answer each wish itself, within a day."""
    Offer.objects.filter(clinic=cast.manchester).update(is_by_request=True)


def ask() -> Appointment:
    """Go a visitor's whole way."""
    return book(Client(), AT_10)


def test_asking_blocks_the_time_and_books_nothing_yet(cast, by_request):
    visitor = Client()
    draft = fill_in(visitor, AT_10)
    check = visitor.get(f"/book/d/{draft.code}/check/")
    visitor.post(f"/book/d/{draft.code}/check/", {"press": "one"})

    request = Appointment.objects.get()
    mine = visitor.get(f"/b/{request.code}/")
    assert "Ask for this time" in text_of(check)
    assert (request.status, request.request_expires_at) == ("pending", NOW + timedelta(hours=24))
    assert "You have asked for this time" in text_of(mine)
    assert "We answer by 8am on Tuesday 10 March" in text_of(mine)
    assert AT_10 not in times_in(visitor.get("/book/consultation/?with=" + request.practitioner.slug))
    message = Message.objects.get()
    event = event_in(message.attachments[0]["text"])
    assert message.template == "booking/requested"
    assert (str(event["STATUS"]), event["SEQUENCE"], event.walk("VALARM")) == ("TENTATIVE", 0, [])
    assert event_in(visitor.get(f"/b/{request.code}/calendar.ics").content)["UID"] == event["UID"]


def test_the_desk_sees_requests_and_accepts_one(cast, desk, by_request):
    request = ask()
    diary, listed = desk.get("/desk/diary/2026-03-09/"), desk.get("/desk/requests/")

    page = desk.post(there(request, "accept/"), {"press": "a"}, follow=True)

    request.refresh_from_db()
    assert "1 request to answer" in text_of(diary)
    assert "10:00, Thursday 12 March Hannah Doyle, Consultation with" in text_of(listed)
    assert (request.status, request.request_expires_at) == ("booked", None)
    assert "Hannah Doyle is booked, and is told now." in text_of(page)
    assert letters() == [("booking/requested", "withdrawn"), ("booking/booked", "queued")]
    asked, booked = (event_in(letter.attachments[0]["text"]) for letter in Message.objects.order_by("pk"))
    assert (str(booked["STATUS"]), booked["SEQUENCE"]) == ("CONFIRMED", 1)
    assert booked["UID"] == asked["UID"]


def test_the_second_desk_is_told_that_the_first_was_quicker(cast, desk, by_request):
    request = ask()
    desk.post(there(request, "accept/"), {"press": "a"})
    other = DeskClient()
    other.force_login(cast.owen)

    page = other.post(there(request, "decline/"), {"press": "b", "reason": "Full", **YES}, follow=True)

    assert "Somebody has answered this request meanwhile: it is accepted." in text_of(page)
    assert Appointment.objects.get().status == "booked"


def test_declining_writes_kindly_with_other_times_and_can_be_undone(cast, desk, by_request):
    request = ask()

    page = desk.post(there(request, "decline/"), {"press": "d", "reason": "Rosa is away", **YES}, follow=True)
    text = Message.objects.latest("pk").text
    undone = desk.post(there(request, "undo-cancellation/"), follow=True)

    assert "The request of Hannah Doyle is declined" in text_of(page)
    assert "we cannot see you on Thursday 12 March at 10am" in text
    assert "The nearest times that are free just now:" in text
    assert "Rosa is away" not in text
    assert "Taken back: Hannah Doyle is as before." in text_of(undone)
    assert Appointment.objects.get().status == "pending"
    assert letters() == [
        ("booking/requested", "withdrawn"),
        ("booking/declined", "withdrawn"),
        ("booking/requested", "queued"),
    ]


def test_a_patient_takes_a_request_back_by_link(cast, by_request):
    request, visitor = ask(), Client()

    visitor.post(f"/b/{request.code}/cancel/", {"reason": "", "press": "p"})

    assert "Your request has ended" in text_of(visitor.get(f"/b/{request.code}/"))
    assert letters() == [("booking/requested", "withdrawn"), ("booking/withdrawn", "queued")]
    assert visitor.get(f"/b/{request.code}/move/")["Location"] == f"/b/{request.code}/"


def test_the_clock_lets_a_request_go_once_and_says_so(cast, by_request, clock):
    request = ask()
    jobs.expire_requests(NOW + timedelta(hours=23))
    still = Appointment.objects.get().status

    for _ in range(2):
        jobs.expire_requests(NOW + timedelta(hours=24))

    request.refresh_from_db()
    assert (still, request.status) == ("pending", "cancelled")
    assert letters() == [("booking/requested", "withdrawn"), ("booking/expired", "queued")]
    assert AuditEvent.objects.filter(action="booking.expire_request").count() == 1
    assert "we did not manage to answer your request for Thursday 12 March at 10am in time" in (
        Message.objects.latest("pk").text
    )


def test_history_tells_everything_in_order(cast, desk, clock):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    clock.shift(timedelta(minutes=10))
    move(desk, appointment, **YES, why="place")
    Message.objects.update(state="sent", sent_at=NOW + timedelta(minutes=13))
    clock.shift(timedelta(minutes=10))
    actions.move_booking(
        appointment=appointment, starts=AT_10, practitioner=None, by=PATIENT, at=NOW + timedelta(minutes=20)
    )
    clock.shift(timedelta(minutes=10))

    said = text_of(cancel(desk, appointment, **YES))

    told = said.split("What happened", 1)[1]
    ten, eleven = (f"Thu 12 Mar, {hour}:00 with Rosa Lindley" for hour in (10, 11))
    order = [
        "Booked, Dana Okafor",
        f"Moved from {ten} to {eleven}, Dana Okafor: Room or device E-mail Sent 8:13",
        f"Moved from {eleven} to {ten}, the patient, by link E-mail Withdrawn before it was sent",
        "Cancelled, Dana Okafor: Rosa is away E-mail Waiting to be sent, leaves 8:33",
    ]
    assert [told.find(line) >= 0 for line in order] == [True] * 4, told
    assert sorted(told.find(line) for line in order) == [told.find(line) for line in order]
