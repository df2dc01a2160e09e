"""A freed time is offered to one person after the other, in fair order, and answered once."""

from datetime import date, timedelta

import pytest

from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment, Hold, Slot
from corneum.clinic.diary.queries import openings_for
from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.clinic.waiting import actions, queries
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.domain.waiting import Window
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, make_patient
from tests.factories.diary import WORKER, make_appointment, minute
from tests.factories.waiting import TEN, TUESDAY, at_ten, make_wait, offer_times

pytestmark = pytest.mark.django_db

AT_TEN = minute("2026-03-10T10:00")
HOUR = timedelta(hours=1)


def names(offers) -> list[str]:
    return [offer.wait.name for offer in offers]


def accept(offer, *, keeps_later=False, at=NOW, press="") -> Appointment:
    return actions.accept_offer(offer=offer, keeps_later=keeps_later, by=PATIENT, at=at, press=press)


def passed(offer) -> list[tuple[str, str]]:
    return [(one.wait.name, one.reason) for one in queries.passed_over_for(offer)]


# --- offering -----------------------------------------------------------------------------------


def test_offer_freed_times_offers_nothing_while_nothing_is_free(cast):
    make_appointment(cast, AT_TEN)
    make_wait(cast)

    assert offer_times(cast) == []
    assert not Hold.objects.exists()


def test_offer_freed_times_offers_a_cancelled_time_to_whoever_waits_longest(cast):
    booked = make_appointment(cast, AT_TEN)
    make_wait(cast, "Second Person", at=NOW + timedelta(minutes=1))
    first = make_wait(cast, "First Person")
    diary.cancel_appointment(appointment=booked, reason="", by=WORKER, at=NOW)

    (offer,) = offer_times(cast)

    assert (offer.wait, offer.starts, offer.state) == (first, AT_TEN, "open")
    assert (offer.tells_at, offer.expires_at) == (NOW, NOW + HOUR)
    assert offer.hold is not None
    assert offer.hold.expires_at == NOW + HOUR
    assert offer_times(cast, at=NOW + timedelta(minutes=2)) == []  # it is kept for one of them


def test_offer_freed_times_writes_until_when_and_where_to_answer_but_not_what_for(cast):
    wait = make_wait(cast, practitioner=cast.rosa)

    (offer,) = offer_times(cast)

    message = Message.objects.get(about_ref=offer.ref)
    assert (message.subject, message.send_at) == ("A time has opened: Tuesday 10 March, 10am at Manchester", NOW)
    assert "With: Rosa Lindley" in message.text
    assert "We keep it for you until 9am." in message.text
    assert f"/o/{offer.code}/" in message.text
    assert f"/w/{wait.code}/" in message.text
    assert "onsultation" not in message.text + message.subject + message.html


def test_offer_freed_times_fits_a_text_into_one(cast):
    cast.manchester.name = "Alder Skin Clinic Manchester"
    cast.manchester.save()
    make_wait(cast, contact="07700 900982")

    (offer,) = offer_times(cast)

    text = Message.objects.get(about_ref=offer.ref).text
    assert len(text) <= 160
    assert text.endswith(f"/o/{offer.code}/")
    assert "until 9am" in text


def test_offer_freed_times_asks_urgent_ones_first(cast):
    make_wait(cast, "First Person")
    wait = make_wait(cast, "Urgent Person", at=NOW + timedelta(minutes=1))
    actions.mark_urgent(wait=wait, reason="Soon", user=cast.dana, by=Actor.staff(cast.dana), at=NOW)

    assert names(offer_times(cast)) == ["Urgent Person"]


def test_offer_freed_times_offers_two_times_to_two_people(cast):
    either = [at_ten(), Window(TUESDAY, TUESDAY, opens=TEN + 30, closes=TEN + 60)]
    make_wait(cast, "First Person", windows=either)
    make_wait(cast, "Second Person", windows=either, at=NOW + timedelta(minutes=1))
    make_wait(cast, "Third Person", windows=[at_ten()], at=NOW + timedelta(minutes=2))

    offers = offer_times(cast)

    # twenty-five minutes to the next, with the clean-down after the first
    assert [(offer.wait.name, offer.starts - AT_TEN) for offer in offers] == [
        ("First Person", 0),
        ("Second Person", 30),
    ]


def test_offer_freed_times_says_who_was_passed_over_and_why(cast):
    """pretix #3628: the list is stuck, and nobody can see why."""
    booked = make_appointment(cast, AT_TEN)
    make_appointment(cast, AT_TEN, patient=make_patient(cast.manchester, "Busy Person", email="busy@mail.example"),
                     treatment=cast.microdermabrasion, practitioner=cast.nadia)  # fmt: skip
    sooner = make_appointment(cast, minute("2026-03-09T15:00"), patient=cast.bea)
    step = [NOW + timedelta(seconds=number) for number in range(9)]
    make_wait(
        cast, "Afternoon Person", windows=[Window(TUESDAY, TUESDAY, opens=13 * 60)], practitioner=cast.sian, at=step[0]
    )
    make_wait(cast, "Nadia Fan", practitioner=cast.nadia, at=step[1])
    make_wait(cast, "Busy Person", at=step[2])
    make_wait(cast, "Bea Birch", later=sooner, at=step[3])
    make_wait(cast, "Peel Person", treatment=cast.peel, windows=[Window(TUESDAY, TUESDAY, opens=TEN + 30, closes=TEN + 31)],
              practitioner=cast.nadia, at=step[4])  # fmt: skip
    unreached = make_wait(cast, "Lost Person", at=step[5])
    Message.objects.filter(about_ref=unreached.ref).update(state="failed")
    chosen = make_wait(cast, "Chosen Person", at=step[6])
    make_wait(cast, "Later Person", at=step[7])
    diary.cancel_appointment(appointment=booked, reason="", by=WORKER, at=step[8])

    (offer,) = offer_times(cast, at=step[8])

    assert offer.wait == chosen
    assert offer.practitioner == cast.rosa
    assert passed(offer) == [
        ("Afternoon Person", "another-person"),
        ("Nadia Fan", "another-person"),
        ("Busy Person", "busy"),
        ("Bea Birch", "not-sooner"),
        ("Peel Person", "another-person"),
        ("Lost Person", "unreachable"),
    ]


def test_offer_freed_times_leaves_out_who_has_an_open_offer_on_any_of_their_waits(cast):
    make_wait(cast, windows=[at_ten(), at_ten(date(2026, 3, 11))])
    soon = NOW + timedelta(minutes=1)
    other = make_wait(cast, contact="hannah@mail.example", windows=[at_ten(date(2026, 3, 11))], at=soon)
    next_one = make_wait(cast, "Next Person", windows=[at_ten(date(2026, 3, 11))], at=NOW + HOUR)

    first, second = offer_times(cast)

    assert (first.starts, second.wait) == (AT_TEN, next_one)
    assert ("Hannah Doyle", "open-offer") in passed(second)
    assert other.ref in {one.wait.ref for one in queries.passed_over_for(second)}


def test_offer_freed_times_never_offers_the_same_time_twice(cast):
    make_wait(cast)
    (offer,) = offer_times(cast)
    actions.decline_offer(offer=offer, by=PATIENT, at=NOW)

    assert offer_times(cast, at=NOW + HOUR) == []
    assert Wait.objects.get().state == "waiting"


def test_offer_freed_times_makes_three_offers_a_day_at_most(cast):
    make_wait(cast, windows=[Window(TUESDAY, TUESDAY)])
    for number in range(4):
        at = NOW + number * HOUR
        for offer in offer_times(cast, at=at):
            actions.decline_offer(offer=offer, by=PATIENT, at=at)

    assert FreedOffer.objects.count() == 3
    assert len(offer_times(cast, at=NOW + timedelta(days=1, hours=1))) == 1


def test_offer_freed_times_tells_at_once_by_day(cast):
    make_wait(cast)
    within_a_minute = NOW + timedelta(seconds=20)

    (offer,) = offer_times(cast, at=within_a_minute)

    assert (offer.tells_at, offer.expires_at) == (within_a_minute, within_a_minute + HOUR)


def test_offer_freed_times_tells_nobody_at_night(cast):
    make_wait(cast, windows=[at_ten(date(2026, 3, 12))])
    night = NOW + timedelta(hours=14, seconds=20)  # ten in the evening

    (offer,) = offer_times(cast, at=night)

    morning = NOW + timedelta(days=1)
    assert (offer.tells_at, offer.expires_at) == (morning, morning + timedelta(minutes=59, seconds=20))
    assert Message.objects.get(about_ref=offer.ref).send_at == morning
    assert "until 8:59am." in Message.objects.get(about_ref=offer.ref).text
    assert queries.open_offer_of(offer.wait, night + HOUR) is None
    assert queries.open_offer_of(offer.wait, morning) == offer


def test_offer_freed_times_keeps_it_shorter_before_the_notice_and_never_inside_it(cast):
    today = [at_ten(date(2026, 3, 9))]  # two hours from now, which is the notice
    Offer.objects.filter(clinic=cast.manchester).update(notice_minutes=90)
    make_wait(cast, windows=today)

    (offer,) = offer_times(cast, at=NOW)

    assert offer.expires_at == NOW + timedelta(minutes=30)
    Offer.objects.filter(clinic=cast.manchester).update(notice_minutes=106)
    actions.leave_waiting_list(wait=offer.wait, by=PATIENT, at=NOW)
    make_wait(cast, "Next Person", windows=today)
    assert offer_times(cast, at=NOW) == []  # nobody could answer in a quarter of an hour


def test_offer_freed_times_offers_only_sooner_times_than_the_later_appointment(cast):
    later = make_appointment(cast, minute("2026-03-11T09:00"))
    make_wait(cast, "Alice Ashworth", later=later, windows=[at_ten(date(2026, 3, 12)), at_ten()])

    assert [offer.starts for offer in offer_times(cast)] == [AT_TEN]


def test_offer_freed_times_asks_nobody_of_another_clinic(cast):
    make_wait(cast, clinic=cast.stockport)

    assert offer_times(cast) == []


def test_next_offer_looks_past_a_time_that_could_not_be_kept(cast):
    make_wait(cast)
    after = make_wait(cast, "Next Person", windows=[at_ten(date(2026, 3, 11))], at=NOW + HOUR)

    chosen = queries.next_offer(cast.manchester, at=NOW, gone=frozenset({(cast.consultation.pk, AT_TEN)}))

    assert chosen is not None
    assert chosen.waiter.ref == after.ref
    assert [(one.ref, one.reason) for one in chosen.passed] == [
        (Wait.objects.get(email="hannah@mail.example").ref, "outside")
    ]


# --- answering ----------------------------------------------------------------------------------


def test_accept_offer_books_what_was_kept_and_confirms_it(cast):
    wait = make_wait(cast)
    (offer,) = offer_times(cast)

    appointment = accept(offer, at=NOW + timedelta(minutes=59))

    offer.refresh_from_db()
    wait.refresh_from_db()
    assert (appointment.starts, appointment.patient.name, appointment.status) == (AT_TEN, "Hannah Doyle", "booked")
    assert (offer.state, offer.appointment, offer.hold) == ("accepted", appointment, None)
    assert (wait.state, wait.appointment) == ("booked", appointment)
    assert Message.objects.get(about_ref=appointment.ref).template == "booking/booked"
    assert not Hold.objects.exists()


def test_accept_offer_again_answers_with_the_same_appointment(cast):
    make_wait(cast)
    (offer,) = offer_times(cast)

    assert accept(offer) == accept(offer)
    assert Appointment.objects.count() == 1
    assert Message.objects.filter(template="booking/booked").count() == 1


def test_accept_offer_lets_the_later_appointment_go_unless_it_is_kept(cast):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    wait = make_wait(cast, "Alice Ashworth", later=later)
    (offer,) = offer_times(cast)

    appointment = accept(offer)

    later.refresh_from_db()
    assert later.status == "cancelled"
    assert appointment.patient == cast.alice
    assert Patient.objects.count() == 2
    assert Wait.objects.get(pk=wait.pk).state == "booked"


def test_accept_offer_keeps_the_later_appointment_when_asked_to(cast):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", later=later)
    (offer,) = offer_times(cast)

    accept(offer, keeps_later=True)

    later.refresh_from_db()
    assert later.status == "booked"


def test_accept_offer_keeps_a_later_appointment_that_only_the_clinic_can_cancel(cast):
    later = make_appointment(cast, minute("2026-03-12T09:00"), at=NOW - timedelta(days=1))
    make_wait(cast, "Alice Ashworth", later=later)
    Offer.objects.update(free_cancel_hours=120, grace_minutes=0)
    (offer,) = offer_times(cast)

    appointment = accept(offer)

    later.refresh_from_db()
    assert (later.status, appointment.status) == ("booked", "booked")


def test_accept_offer_asks_where_the_clinic_answers_each_wish(cast):
    make_wait(cast)
    Offer.objects.update(is_by_request=True, request_hours=5)
    (offer,) = offer_times(cast)

    appointment = accept(offer)

    assert (appointment.status, appointment.request_expires_at) == ("pending", NOW + 5 * HOUR)
    assert Message.objects.get(about_ref=appointment.ref).template == "booking/requested"


def test_accept_offer_does_not_send_what_it_asked_any_more(cast):
    make_wait(cast)
    (offer,) = offer_times(cast)

    accept(offer)

    assert Message.objects.get(about_ref=offer.ref).state == "withdrawn"


def test_offer_freed_times_passes_over_who_could_not_book_it_and_says_why(cast):
    make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", contact="alice@patients.example")
    make_wait(cast, "Next Person", at=NOW + timedelta(seconds=1))
    Offer.objects.update(most_open_per_patient=1)

    (offer,) = offer_times(cast)

    assert (offer.wait.name, passed(offer)) == ("Next Person", [("Alice Ashworth", "enough-to-come")])


def test_offer_freed_times_passes_over_who_has_had_no_consultation_by_then(cast):
    peel = {"treatment": cast.peel}
    make_wait(cast, "New Person", **peel)
    make_wait(cast, "Alice Ashworth", contact="alice@patients.example", at=NOW + timedelta(seconds=1), **peel)
    make_appointment(cast, minute("2026-03-09T15:00"))
    Offer.objects.filter(treatment=cast.peel).update(consultation_first=True)

    (offer,) = offer_times(cast)

    assert (offer.wait.name, passed(offer)) == ("Alice Ashworth", [("New Person", "consultation")])


def test_offer_freed_times_passes_over_who_has_another_session_too_near(cast):
    make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", contact="alice@patients.example")
    make_wait(cast, "New Person", at=NOW + timedelta(seconds=1))
    Treatment.objects.filter(pk=cast.consultation.pk).update(gap_days=7)

    (offer,) = offer_times(cast)

    assert (offer.wait.name, passed(offer)) == ("New Person", [("Alice Ashworth", "too-near")])


def test_offer_freed_times_offers_a_sooner_session_whose_later_one_goes(cast):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    Treatment.objects.filter(pk=cast.consultation.pk).update(gap_days=7)
    make_wait(cast, "Alice Ashworth", later=later)
    (offer,) = offer_times(cast)

    with pytest.raises(diary.TooNear):
        accept(offer, keeps_later=True)
    assert accept(offer).starts == AT_TEN


def test_accept_offer_takes_a_sooner_time_that_overlaps_the_later_one_only_when_that_goes(cast):
    later = make_appointment(cast, minute("2026-03-10T10:15"), treatment=cast.peel, practitioner=cast.rosa)
    make_wait(cast, "Alice Ashworth", later=later, treatment=cast.consultation, practitioner=cast.nadia)
    (offer,) = offer_times(cast)

    with pytest.raises(diary.PatientBusy):
        accept(offer, keeps_later=True)

    later.refresh_from_db()
    offer.refresh_from_db()
    assert (later.status, offer.state) == ("booked", "open")
    assert accept(offer).starts == AT_TEN
    later.refresh_from_db()
    assert later.status == "cancelled"


def test_accept_offer_does_not_mind_that_the_later_appointment_has_gone(cast):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", later=later)
    (offer,) = offer_times(cast)
    diary.cancel_appointment(appointment=later, reason="", by=WORKER, at=NOW)

    assert accept(offer).starts == AT_TEN


def test_accept_offer_ends_the_other_waits_for_the_same(cast):
    make_wait(cast)
    make_wait(cast, windows=[at_ten(date(2026, 3, 11))])
    other = make_wait(cast, treatment=cast.peel, at=NOW + HOUR)
    (offer,) = [one for one in offer_times(cast) if one.wait.treatment == cast.consultation]

    accept(offer)

    assert list(Wait.objects.filter(state="waiting")) == [other]


@pytest.mark.parametrize("late", [HOUR, HOUR + timedelta(days=3)])
def test_accept_offer_refuses_when_the_time_to_answer_is_over(cast, late):
    make_wait(cast)
    (offer,) = offer_times(cast)

    with pytest.raises(actions.OfferOver):
        accept(offer, at=NOW + late)

    assert not Appointment.objects.exists()
    assert Wait.objects.get().state == "waiting"


def test_accept_offer_refuses_what_was_declined(cast):
    make_wait(cast)
    (offer,) = offer_times(cast)
    actions.decline_offer(offer=offer, by=PATIENT, at=NOW)

    with pytest.raises(actions.OfferOver):
        accept(offer)


def test_accept_offer_loses_nothing_when_the_time_has_gone_all_the_same(cast):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", later=later)
    (offer,) = offer_times(cast)
    Slot.objects.filter(hold=offer.hold).delete()  # as if somebody's clock were ahead of ours
    make_appointment(cast, AT_TEN, patient=cast.bea)

    with pytest.raises(diary.TimeRefused):
        accept(offer)

    later.refresh_from_db()
    assert later.status == "booked"
    assert Wait.objects.get().state == "waiting"
    assert offer_times(cast, at=NOW + timedelta(minutes=1)) == []
    assert FreedOffer.objects.get().state == "expired"


def test_decline_offer_passes_it_to_the_next_in_line(cast):
    make_wait(cast)
    make_wait(cast, "Next Person", at=NOW + timedelta(minutes=1))
    (offer,) = offer_times(cast)

    declined = actions.decline_offer(offer=offer, by=PATIENT, at=NOW)
    again = actions.decline_offer(offer=offer, by=PATIENT, at=NOW)
    (following,) = offer_times(cast)

    assert (declined.state, again.state) == ("declined", "declined")
    assert following.wait.name == "Next Person"
    assert passed(following) == [("Hannah Doyle", "offered-before")]


def test_expire_offers_passes_it_to_the_next_in_line_when_the_hour_is_over(cast):
    make_wait(cast)
    make_wait(cast, "Next Person", at=NOW + timedelta(minutes=1))
    (offer,) = offer_times(cast)

    assert offer_times(cast, at=NOW + timedelta(minutes=59, seconds=59)) == []
    (following,) = offer_times(cast, at=NOW + HOUR)

    offer.refresh_from_db()
    assert (offer.state, offer.closed_at) == ("expired", NOW + HOUR)
    assert (following.wait.name, following.starts) == ("Next Person", AT_TEN)


def test_expire_offers_goes_with_the_diarys_own_tidying(cast):
    make_wait(cast)
    offer_times(cast)
    diary.release_expired_holds(by=WORKER, at=NOW + HOUR)

    assert actions.expire_offers(clinic=cast.manchester, by=WORKER, at=NOW + HOUR) == 1
    assert FreedOffer.objects.get().state == "expired"


def test_expire_offers_bears_a_hold_that_was_forgotten_while_no_worker_ran(cast):
    make_wait(cast)
    offer_times(cast)
    diary.release_expired_holds(by=WORKER, at=NOW + timedelta(days=4))

    assert actions.expire_offers(clinic=cast.manchester, by=WORKER, at=NOW + timedelta(days=4)) == 1


def test_expire_offers_ends_the_waits_whose_last_day_is_over(cast):
    make_wait(cast, until=TUESDAY)

    actions.expire_offers(clinic=cast.manchester, by=WORKER, at=NOW + timedelta(days=1, hours=15))
    still = Wait.objects.get().state
    actions.expire_offers(clinic=cast.manchester, by=WORKER, at=NOW + timedelta(days=1, hours=16))

    assert (still, Wait.objects.get().state) == ("waiting", "expired")


def test_a_time_that_is_kept_is_offered_to_nobody_else_online(cast):
    make_wait(cast)
    offer_times(cast)

    found = openings_for(clinic=cast.manchester, treatment=cast.consultation, first=TUESDAY, last=TUESDAY, at=NOW)

    assert AT_TEN not in [time.starts for time in found]
