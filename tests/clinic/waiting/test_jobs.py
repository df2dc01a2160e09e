"""The clock finds what is free however it came free, and forgets who is no longer on the list."""

from datetime import timedelta

import pytest

from corneum.clinic.booking.actions import begin_draft, leave_draft
from corneum.clinic.diary import actions as diary
from corneum.clinic.premises.models import OpeningHours
from corneum.clinic.waiting import actions, jobs
from corneum.clinic.waiting.closing import OFFERING
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.domain.waiting import Window
from corneum.platform.accounts.actors import PATIENT, VISITOR
from corneum.platform.accounts.models import Clinic
from corneum.platform.jobs.models import Job
from tests.factories.cast import NOW
from tests.factories.diary import WORKER, make_appointment, make_hold, minute
from tests.factories.waiting import TUESDAY, make_wait

pytestmark = pytest.mark.django_db

AT_TEN = minute("2026-03-10T10:00")


def run(at=NOW) -> list[int]:
    """Let a minute's work be done, and answer with the starts of the open offers."""
    jobs.look_for_freed_times(at)
    for job in Job.objects.filter(kind=OFFERING, due_at__lte=at, state="waiting"):
        jobs.offer_freed_times(job.payload, at)
        Job.objects.filter(pk=job.pk).update(state="done", done_at=at)
    return list(FreedOffer.objects.filter(state="open").values_list("starts", flat=True))


def test_look_for_freed_times_offers_nothing_while_nothing_is_free(cast):
    make_appointment(cast, AT_TEN)
    make_wait(cast)

    assert run() == []
    assert not FreedOffer.objects.exists()


def test_look_for_freed_times_finds_what_was_cancelled(cast):
    booked = make_appointment(cast, AT_TEN)
    make_wait(cast)
    diary.cancel_appointment(appointment=booked, reason="", by=WORKER, at=NOW)

    assert run() == [AT_TEN]


def test_look_for_freed_times_finds_what_was_moved_away(cast):
    booked = make_appointment(cast, AT_TEN)
    make_wait(cast)
    diary.move_appointment(appointment=booked, starts=minute("2026-03-11T10:00"), practitioner=None, by=WORKER, at=NOW)

    assert run() == [AT_TEN]


def test_look_for_freed_times_finds_what_is_held_no_longer(cast):
    make_hold(cast, AT_TEN)
    make_wait(cast)

    assert run() == []
    assert run(NOW + timedelta(minutes=10)) == [AT_TEN]


def test_look_for_freed_times_finds_what_a_visitor_left(cast):
    draft = begin_draft(
        clinic=cast.manchester, treatment=cast.consultation, about="", starts=AT_TEN, practitioner=None, page="page",
        network="192.0.2.1", by=VISITOR, at=NOW,
    )  # fmt: skip
    make_wait(cast)
    leave_draft(draft=draft, by=VISITOR, at=NOW)

    assert run() == [AT_TEN]


def test_look_for_freed_times_finds_hours_that_were_added(cast):
    OpeningHours.objects.filter(clinic=cast.manchester, weekday=1).update(closes="10:00")
    make_wait(cast, windows=[Window(TUESDAY, TUESDAY, opens=16 * 60)])

    assert run() == []
    OpeningHours.objects.filter(clinic=cast.manchester, weekday=1).update(closes="17:00")
    assert run(NOW + timedelta(minutes=1)) == [minute("2026-03-10T16:00")]


def test_look_for_freed_times_goes_on_to_the_next_when_the_hour_is_over(cast):
    make_wait(cast)
    make_wait(cast, "Next Person", at=NOW + timedelta(seconds=1))
    run(NOW + timedelta(minutes=1))

    run(NOW + timedelta(minutes=61))

    states = FreedOffer.objects.order_by("pk").values_list("wait__name", "state")
    assert list(states) == [("Hannah Doyle", "expired"), ("Next Person", "open")]


def test_decline_offer_has_the_next_in_line_asked_without_waiting_for_the_clock(cast):
    make_wait(cast)
    make_wait(cast, "Next Person", at=NOW + timedelta(seconds=1))
    run(NOW + timedelta(minutes=1))
    actions.decline_offer(offer=FreedOffer.objects.get(), by=PATIENT, at=NOW + timedelta(minutes=2))

    job = Job.objects.get(kind=OFFERING, state="waiting")
    jobs.offer_freed_times(job.payload, NOW + timedelta(minutes=2))

    assert FreedOffer.objects.get(state="open").wait.name == "Next Person"


def test_look_for_freed_times_gives_each_clinic_a_job_even_where_looking_fails(cast):
    make_wait(cast)
    make_wait(cast, clinic=cast.stockport)
    Clinic.objects.filter(pk=cast.manchester.pk).update(zone="Nowhere/Nothing")  # whoever looks there fails

    jobs.look_for_freed_times(NOW)

    asked = {job.payload["clinic"] for job in Job.objects.filter(kind=OFFERING)}
    assert asked == {cast.manchester.ref, cast.stockport.ref}


def test_forget_waits_keeps_a_fortnight(cast):
    wait = make_wait(cast)
    actions.leave_waiting_list(wait=wait, by=PATIENT, at=NOW)

    jobs.forget_waits(NOW + timedelta(days=14))
    still = Wait.objects.count()
    jobs.forget_waits(NOW + timedelta(days=14, seconds=1))

    assert (still, Wait.objects.count()) == (1, 0)


def test_two_days_of_offers_never_turns_the_line_round_without_a_cause(cast):
    """Everybody before whoever was asked has a row that says why, in every offer of two days."""
    everybody = [
        make_wait(cast, f"Person {number}", contact=f"p{number}@mail.example", at=NOW + timedelta(seconds=number),
                  windows=[Window(TUESDAY, TUESDAY + timedelta(days=9), opens=600 + 30 * (number % 3), closes=720)])
        for number in range(6)
    ]  # fmt: skip
    order = [wait.ref for wait in everybody]

    for hour in range(0, 48, 2):
        run(NOW + timedelta(hours=hour, minutes=1))

    offers = list(FreedOffer.objects.all())
    assert len(offers) > 10
    for offer in offers:
        before = order[: order.index(offer.wait.ref)]
        still = [ref for ref in before if Wait.objects.get(ref=ref).state == "waiting"]
        assert [one.wait.ref for one in offer.passed_over.select_related("wait")] == still
