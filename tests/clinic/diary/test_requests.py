"""A time that is asked for: it blocks, it waits for an answer, and it gives up by itself."""

from datetime import timedelta

import pytest

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Appointment
from corneum.platform.accounts.actors import PATIENT, VISITOR, Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW
from tests.factories.diary import WORKER, make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
AT_10 = minute("2026-03-10T10:00")
A_DAY = timedelta(hours=24)


def ask(cast, starts=AT_10, *, until=NOW + A_DAY, patient=None) -> Appointment:
    """Ask for a time, as a visitor does."""
    hold = make_hold(cast, starts, practitioner=cast.rosa)
    return actions.book_held_time(
        hold=hold, patient=patient or cast.alice, note="", by=VISITOR, at=NOW, asked_until=until
    )


def desk(cast) -> Actor:
    return Actor.staff(cast.dana)


def test_a_request_blocks_its_time_for_everybody_else(cast):
    request = ask(cast)

    assert (request.status, request.request_expires_at, request.slots.filter(is_live=True).count()) == (
        "pending",
        NOW + A_DAY,
        3,
    )
    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, AT_10, practitioner=cast.rosa, patient=cast.bea)


def test_a_request_expires_at_its_start_at_the_latest(cast):
    assert ask(cast, until=NOW + timedelta(days=7)).request_expires_at == ask(cast, AT_10 + 60).starts_at - timedelta(
        hours=1
    )


def test_accept_request_books_it(cast):
    request = ask(cast)

    actions.accept_request(appointment=request, by=desk(cast), at=NOW)

    booked = Appointment.objects.get()
    assert (booked.status, booked.request_expires_at, booked.starts) == ("booked", None, AT_10)
    assert booked.slots.filter(is_live=True).count() == 3


def test_decline_request_frees_the_time_and_keeps_the_reason(cast):
    request = ask(cast)

    actions.decline_request(appointment=request, reason="Rosa is away", by=desk(cast), at=NOW)

    declined = Appointment.objects.get()
    assert (declined.status, declined.cancel_reason, declined.request_expires_at) == ("cancelled", "Rosa is away", None)
    assert make_appointment(cast, AT_10, practitioner=cast.rosa, patient=cast.bea).starts == AT_10


def test_undo_of_a_decline_waits_for_an_answer_again(cast):
    request = ask(cast)
    actions.decline_request(appointment=request, reason="", by=desk(cast), at=NOW)

    again = actions.undo_cancellation(appointment=request, by=desk(cast), at=NOW + timedelta(minutes=1))

    assert (again.status, again.request_expires_at) == ("pending", NOW + A_DAY)


def test_expire_request_frees_the_time_once_it_is_over(cast):
    request = ask(cast)
    with pytest.raises(actions.NotExpiredYet):
        actions.expire_request(appointment=request, by=WORKER, at=NOW + A_DAY - timedelta(minutes=1))

    actions.expire_request(appointment=request, by=WORKER, at=NOW + A_DAY)

    assert Appointment.objects.get().status == "cancelled"
    with pytest.raises(actions.RequestAnswered):
        actions.expire_request(appointment=request, by=WORKER, at=NOW + A_DAY)
    assert AuditEvent.objects.filter(action="diary.expire_request").count() == 1


@pytest.mark.parametrize(("answer", "more"), [(actions.accept_request, {}), (actions.decline_request, {"reason": ""})])
def test_a_second_answer_is_told_of_the_first(cast, answer, more):
    request = ask(cast)
    actions.accept_request(appointment=request, by=desk(cast), at=NOW)

    with pytest.raises(actions.RequestAnswered, match="it is accepted"):
        answer(appointment=request, **more, by=Actor.staff(cast.owen), at=NOW)

    assert Appointment.objects.get().status == "booked"


def test_an_answer_after_it_has_expired_is_refused_before_the_clock_has_swept_it(cast):
    request = ask(cast)

    with pytest.raises(actions.RequestExpired):
        actions.accept_request(appointment=request, by=desk(cast), at=NOW + A_DAY)


def test_a_request_is_not_moved_and_nobody_arrives_for_it(cast):
    request = ask(cast)

    with pytest.raises(actions.NotAnsweredYet):
        actions.move_appointment(appointment=request, starts=AT_10 + 60, practitioner=None, by=desk(cast), at=NOW)
    with pytest.raises(actions.ChangedMeanwhile, match="nobody has answered"):
        actions.arrive_appointment(appointment=request, by=desk(cast), at=request.starts_at)


def test_a_patient_may_take_a_request_back(cast):
    cancelled = actions.cancel_appointment(appointment=ask(cast), reason="", by=PATIENT, at=NOW)

    assert (cancelled.status, cancelled.request_expires_at) == ("cancelled", None)


def test_requests_waiting_are_this_clinics_and_the_most_pressing_first(cast):
    later = ask(cast, until=NOW + A_DAY)
    sooner = ask(cast, AT_10 + 60, until=NOW + timedelta(hours=2), patient=cast.bea)

    assert list(queries.requests_waiting(cast.dana, cast.manchester)) == [sooner, later]
    assert list(queries.requests_waiting(cast.mallory, cast.manchester)) == []
    assert queries.requests_expired(NOW + timedelta(hours=2)) == [sooner]
