"""A clinic's terms: free until so long before, a mistake undone whatever the hour, and after that by telephone."""

from datetime import timedelta

import pytest

from corneum.clinic.booking import actions
from corneum.clinic.diary import actions as diary
from corneum.clinic.treatments.models import Offer
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.messages.models import Message
from tests.factories.booking import TIMES, book, fill_in, main_of, text_of
from tests.factories.diary import make_appointment, minute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
THURSDAY_10 = minute("2026-03-12T10:00")
THURSDAY_11 = minute("2026-03-12T11:00")


@pytest.fixture
def fee(cast) -> None:
    """Let the clinic ask for twenty-five pounds when it is late."""
    Offer.objects.filter(clinic=cast.manchester).update(late_fee_pence=2500)


def late(appointment, *, minutes: int = 1):
    """Name a moment at which the day of notice has been over for a minute."""
    return appointment.starts_at - timedelta(hours=24) + timedelta(minutes=minutes)


def test_times_and_check_say_the_terms_before_anything_is_booked(cast, client, fee):
    assert "Move or cancel free up to 24 hours before; later than that we may ask for £25." in text_of(
        client.get(TIMES)
    )

    draft = fill_in(client, THURSDAY_10)

    said = text_of(client.get(f"/book/d/{draft.code}/check/"))
    assert "Move or cancel free until 10am on Wednesday 11 March. Later than that, call us" in said
    assert "we may then ask for £25." in said


def test_check_of_a_visit_that_is_soon_says_how_long_a_mistake_can_be_undone(cast, client):
    draft = fill_in(client, minute("2026-03-09T14:00"))

    said = text_of(client.get(f"/book/d/{draft.code}/check/"))

    assert "This visit is soon: within 30 minutes of booking you can still undo it here." in said


def test_the_letter_says_until_when_it_is_free(cast, client, fee):
    book(client, THURSDAY_10)

    text = Message.objects.get().text
    assert "Move or cancel free until 10am on Wednesday 11 March:" in text
    assert "We may then ask for £25." in text


def test_mine_offers_to_change_it_until_the_notice_begins_and_the_telephone_afterwards(cast, client, clock, fee):
    appointment = book(client, THURSDAY_10)
    clock.move_to(late(appointment, minutes=0))
    in_time = client.get(f"/b/{appointment.code}/")
    clock.move_to(late(appointment))
    too_late = client.get(f"/b/{appointment.code}/")

    assert "free until 10am on Wednesday 11 March" in text_of(in_time)
    assert ["move/" in main_of(page) for page in (in_time, too_late)] == [True, False]
    assert "Call us to change it" in text_of(too_late)
    assert "For a change this late we may ask for £25; nothing is taken by itself." in text_of(too_late)


@pytest.mark.parametrize("page", ["move/", "cancel/"])
def test_changing_late_leads_to_the_telephone_and_changes_nothing(cast, client, clock, fee, page):
    appointment = book(client, THURSDAY_10)
    clock.move_to(late(appointment))

    for answer in (
        client.get(f"/b/{appointment.code}/{page}"),
        client.post(f"/b/{appointment.code}/{page}", {"starts": THURSDAY_11}),
    ):
        assert "Until 10am on Wednesday 11 March it could be moved or cancelled here." in text_of(answer)
        assert "0161 496 0000" in text_of(answer)
        assert "we may ask for £25" in text_of(answer)

    appointment.refresh_from_db()
    assert (appointment.status, appointment.sequence, Message.objects.count()) == ("booked", 0, 1)


@pytest.mark.parametrize("minutes", [0, 30])
def test_a_late_booking_can_be_cancelled_within_its_grace(cast, client, clock, minutes):
    appointment = book(client, minute("2026-03-09T14:00"))
    clock.shift(timedelta(minutes=minutes))

    client.post(f"/b/{appointment.code}/cancel/", {"reason": "", "press": "p"})

    appointment.refresh_from_db()
    assert appointment.status == "cancelled"


def test_a_late_move_can_be_moved_back_within_its_grace(cast):
    appointment = make_appointment(cast, THURSDAY_10)
    moved_at = late(appointment, minutes=0)
    actions.move_booking(appointment=appointment, starts=THURSDAY_11, practitioner=None, by=PATIENT, at=moved_at)

    soon = moved_at + timedelta(minutes=90)  # the new notice has passed by half an hour
    with pytest.raises(actions.OnlyByTelephone):
        actions.cancel_booking(appointment=appointment, reason="", by=PATIENT, at=soon)
    diary.move_appointment(
        appointment=appointment, starts=THURSDAY_10, practitioner=None, by=Actor.staff(cast.dana), at=soon
    )
    actions.cancel_booking(appointment=appointment, reason="", by=PATIENT, at=soon + timedelta(minutes=30))

    appointment.refresh_from_db()
    assert appointment.status == "cancelled"


@pytest.mark.parametrize(
    ("change", "more"),
    [(actions.move_booking, {"starts": THURSDAY_11, "practitioner": None}), (actions.cancel_booking, {"reason": ""})],
)
def test_the_action_itself_refuses_a_patient_who_is_late(cast, change, more):
    appointment = make_appointment(cast, THURSDAY_10)

    with pytest.raises(actions.OnlyByTelephone):
        change(appointment=appointment, **more, by=PATIENT, at=late(appointment))

    appointment.refresh_from_db()
    assert (appointment.status, appointment.starts, Message.objects.count()) == ("booked", THURSDAY_10, 0)


def test_what_is_offered_no_more_is_free_to_cancel_until_it_begins(cast):
    appointment = make_appointment(cast, THURSDAY_10)
    Offer.objects.filter(clinic=cast.manchester, treatment=cast.consultation).delete()

    at = appointment.starts_at - timedelta(minutes=1)
    actions.cancel_booking(appointment=appointment, reason="", by=PATIENT, at=at)

    appointment.refresh_from_db()
    assert appointment.status == "cancelled"


def test_a_change_takes_back_an_older_message_that_has_not_left(cast, client):
    appointment = book(client, THURSDAY_10)

    actions.move_booking(
        appointment=appointment, starts=THURSDAY_11, practitioner=None, by=PATIENT, at=appointment.booked_at
    )

    assert list(Message.objects.order_by("pk").values_list("template", "state")) == [
        ("booking/booked", "withdrawn"),
        ("booking/moved", "queued"),
    ]


def test_confirm_counts_what_one_network_books_within_an_hour(cast, client, settings, clock):
    settings.BOOKINGS_PER_NETWORK = 1
    book(client, THURSDAY_10)
    draft = fill_in(client, THURSDAY_11)

    refused = client.post(f"/book/d/{draft.code}/check/", {"press": "two"})
    clock.shift(timedelta(hours=2))
    booked = client.post(f"/book/d/{draft.code}/check/", {"press": "three"})

    assert (refused.status_code, booked.status_code) == (429, 303)
    assert "Many bookings have come from your network within the hour." in text_of(refused)
