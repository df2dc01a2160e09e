"""The same thing pressed by many at once, each over a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from corneum.clinic.booking import actions
from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.actions import RequestAnswered, SlotTaken
from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.treatments.models import Offer
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.messages.models import Message
from tests.factories.booking import begin_draft, confirm, filled_draft
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AT_10 = minute("2026-03-10T10:00")
AT_11 = minute("2026-03-10T11:00")
CROWD = 6


def at_once(press: Callable[[int], Any]) -> list[Any]:
    """Let a crowd press at the same moment; answer with what each of them got, refusals too."""
    ready = Barrier(CROWD)

    def one(number: int) -> Any:
        try:
            ready.wait(30)
            return press(number)
        except (SlotTaken, AlreadyDone, RequestAnswered, actions.TwoTimesAtOnce) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


def test_begin_draft_by_many_for_one_time_is_won_by_one(cast):
    """Cal.com #13397, #28151; LibreBooking #147: between the look and the insert, nothing is locked."""
    got = at_once(lambda number: begin_draft(cast, AT_10, page=f"page {number}"))

    assert sorted(type(one).__name__ for one in got) == ["Draft"] + ["SlotTaken"] * (CROWD - 1)
    assert (Draft.objects.count(), Hold.objects.count()) == (1, 1)


def test_begin_draft_pressed_many_times_at_once_is_one_draft(cast):
    got = at_once(lambda _: begin_draft(cast, AT_10, page="page", press="press"))

    (draft,) = Draft.objects.all()
    assert {one.ref if isinstance(one, Draft) else one.event.entity_ref for one in got} == {draft.ref}
    assert Hold.objects.count() == 1


def test_begin_draft_for_two_times_of_one_page_at_once_keeps_one(cast):
    at_once(lambda number: begin_draft(cast, (AT_10, AT_11)[number % 2]))

    assert (Draft.objects.count(), Hold.objects.count()) == (1, 1)
    assert Hold.objects.get().starts == Draft.objects.get().starts


@pytest.mark.parametrize("presses", ["the same form", "forms of their own"])
def test_confirm_draft_many_times_at_once_books_once(cast, presses):
    draft = filled_draft(cast, AT_10)

    def press(number: int) -> Appointment:
        name = "same" if presses == "the same form" else str(number)
        return confirm(draft, press=name)

    got = at_once(press)

    (appointment,) = Appointment.objects.all()
    assert {one for one in got if isinstance(one, Appointment)} == {appointment}
    assert Message.objects.count() == 1


def test_move_booking_by_many_to_one_time_is_won_by_one(cast):
    appointments = [make_appointment(cast, minute(f"2026-03-12T{wall}")) for wall in ("09:00", "10:00", "11:00")]
    appointments += [make_appointment(cast, minute(f"2026-03-13T{wall}")) for wall in ("09:00", "10:00", "11:00")]

    got = at_once(
        lambda number: actions.move_booking(
            appointment=appointments[number], starts=AT_10, practitioner=None, by=PATIENT, at=NOW
        )
    )

    assert len([one for one in got if isinstance(one, Appointment)]) == 1
    assert Appointment.objects.filter(starts=AT_10).count() == 1
    assert Message.objects.count() == 1


def test_move_booking_of_one_appointment_by_many_leaves_it_in_one_place(cast):
    appointment = make_appointment(cast, minute("2026-03-12T09:00"), practitioner=cast.rosa)
    walls = ("09:00", "10:00", "11:00", "13:30", "14:30", "15:30")

    got = at_once(
        lambda number: actions.move_booking(
            appointment=appointment,
            starts=minute(f"2026-03-10T{walls[number]}"),
            practitioner=(cast.rosa, cast.nadia)[number % 2],
            by=PATIENT,
            at=NOW,
        )
    )

    appointment.refresh_from_db()
    assert [type(one) for one in got] == [Appointment] * CROWD
    assert appointment.sequence == CROWD
    assert {slot.starts for slot in appointment.slots.filter(is_live=True)} == {appointment.starts}


def test_a_request_answered_by_many_desks_at_once_is_answered_by_one(cast):
    Offer.objects.update(is_by_request=True)
    request = confirm(filled_draft(cast, AT_10))

    def answer(number: int) -> Appointment:
        by = Actor.staff((cast.dana, cast.owen)[number % 2])
        if number % 2:
            return actions.accept_request(appointment=request, by=by, at=NOW)
        return actions.decline_request(appointment=request, reason="", tell=True, by=by, at=NOW)

    got = at_once(answer)

    assert sorted(type(one).__name__ for one in got) == ["Appointment"] + ["RequestAnswered"] * (CROWD - 1)
    (won,) = (one for one in got if isinstance(one, Appointment))
    assert Appointment.objects.get().status == won.status
    written = {"booked": "booking/booked", "cancelled": "booking/declined"}
    assert list(Message.objects.filter(state="queued").values_list("template", flat=True)) == [written[won.status]]
