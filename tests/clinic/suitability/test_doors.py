"""Whoever is not cleared is kept out at every door alike, and whoever is, at none."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from corneum.clinic.booking.actions import book_at_desk
from corneum.clinic.courses.queries import course_candidates
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary import queries
from corneum.clinic.suitability.queries import clearance_of
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast
from tests.factories.courses import make_wish
from tests.factories.diary import make_appointment, make_hold, minute
from tests.factories.suitability import begun, decide, hold_gate, sent, sign
from tests.factories.waiting import at_ten, make_wait, offer_times

pytestmark = pytest.mark.django_db
SOON, LATER = date(2026, 3, 10), date(2026, 3, 17)
ZONE = "Europe/London"


def ten(day: date) -> int:
    return minute(f"{day}T10:00")


def searched(cast: Cast, day: date) -> bool:
    return bool(
        queries.openings_for(
            clinic=cast.manchester, treatment=cast.microdermabrasion, first=day, last=day, at=NOW, patient=cast.alice
        )
    )


def asked_why(cast: Cast, day: date) -> bool:
    reasons = queries.why_not(
        clinic=cast.manchester, treatment=cast.microdermabrasion, starts=ten(day), at=NOW, patient=cast.alice
    )
    assert {reason.cause for reason in reasons} <= {queries.Cause.NOT_CLEARED}
    return not reasons


def at_the_desk(cast: Cast, day: date, in_spite: str = "") -> bool:
    book_at_desk(
        clinic=cast.manchester, treatment=cast.microdermabrasion, starts=ten(day), practitioner=None, patient=cast.alice,
        note="", tell=False, by=Actor.staff(cast.dana), at=NOW, in_spite=in_spite,
    )  # fmt: skip
    return True


def from_a_held_time(cast: Cast, day: date) -> bool:
    hold = make_hold(cast, ten(day), treatment=cast.microdermabrasion)
    diary.book_held_time(hold=hold, patient=cast.alice, note="", by=VISITOR, at=NOW)
    return True


def by_moving(cast: Cast, day: date) -> bool:
    visit = diary.book_appointment(
        clinic=cast.manchester, treatment=cast.microdermabrasion, starts=ten(date(2026, 3, 24)), practitioner=None,
        patient=cast.alice, note="", by=Actor.staff(cast.dana), at=NOW, in_spite="Booked before the clinic asked",
    )  # fmt: skip
    diary.move_appointment(appointment=visit, starts=ten(day), practitioner=None, by=Actor.staff(cast.dana), at=NOW)
    return True


def in_a_course(cast: Cast, day: date) -> bool:
    times = course_candidates(make_wish(cast, visits=1), at=NOW)
    return day in {local(time.start, ZONE).date() for time in times}


def from_the_waiting_list(cast: Cast, day: date) -> bool:
    make_wait(cast, cast.alice.name, contact=cast.alice.email, treatment=cast.microdermabrasion, windows=[at_ten(day)])
    return bool(offer_times(cast))


DOORS: list[Callable[[Cast, date], bool]] = [
    searched, asked_why, at_the_desk, from_a_held_time, by_moving, in_a_course, from_the_waiting_list,
]  # fmt: skip


def nothing_said(_cast: Cast) -> None:
    pass


def begun_only(cast: Cast) -> None:
    begun(cast)


def plain(cast: Cast) -> None:
    sent(cast)


def waxed_yesterday(cast: Cast) -> None:
    sent(cast, {"Q14": "hair-removed", "when-hair-removed": "2026-03-08"})


def to_decide(cast: Cast) -> None:
    sent(cast, {"Q21": "keloid"})


def cleared_for_later(cast: Cast) -> None:
    decide(sent(cast, {"Q21": "keloid"}), cast.lena, from_day=date(2026, 3, 15))


def sent_elsewhere(cast: Cast) -> None:
    decide(sent(cast, {"Q21": "keloid"}), cast.lena, ruling="gp")


def cold_sore_since(cast: Cast) -> None:
    sent(cast)
    sent(cast, {"S2": "cold-sore-now"}, purpose="session", at=NOW + timedelta(minutes=1))


def a_year_ago(cast: Cast) -> None:
    sent(cast, at=NOW - timedelta(days=360))  # good on the tenth, and not on the seventeenth


STATES = [
    (nothing_said, False, False), (begun_only, False, False), (plain, True, True), (waxed_yesterday, False, True),
    (to_decide, False, False), (cleared_for_later, False, True), (sent_elsewhere, False, False),
    (cold_sore_since, False, False), (a_year_ago, True, False),
]  # fmt: skip


def opens(door: Callable[[Cast, date], bool], cast: Cast, day: date) -> bool:
    """Try a door, and leave everything as it was."""
    with transaction.atomic():
        try:
            return door(cast, day)
        except diary.NotCleared:
            return False
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize(("state", "soon", "later"), STATES, ids=[state.__name__ for state, _, _ in STATES])
def test_every_door_says_the_same(cast, state, soon, later):
    offer = hold_gate(cast)
    sign(cast, at=NOW - timedelta(days=400))
    state(cast)

    said = {door.__name__: (opens(door, cast, SOON), opens(door, cast, LATER)) for door in DOORS}

    clearance = clearance_of(cast.alice, offer, on=NOW.date())
    assert said == dict.fromkeys(said, (soon, later))
    assert (clearance.allows(SOON), clearance.allows(LATER)) == (soon, later)


def test_rules_that_nobody_signed_let_nobody_through_alone(cast):
    hold_gate(cast)
    plain(cast)

    assert [opens(door, cast, SOON) for door in DOORS] == [False] * len(DOORS)


def test_where_the_clinic_does_not_ask_and_for_a_consultation_every_door_is_open(cast):
    assert [opens(door, cast, SOON) for door in DOORS] == [True] * len(DOORS)
    hold_gate(cast)
    assert make_appointment(cast, ten(SOON)).patient == cast.alice


def test_desk_books_in_spite_with_the_right_and_a_reason_that_is_kept(cast):
    hold_gate(cast)

    assert at_the_desk(cast, SOON, in_spite="Dr Castell has said yes on the telephone") is True

    event = AuditEvent.objects.get(action="diary.book_appointment")
    assert event.detail["in_spite"] == "Dr Castell has said yes on the telephone"


def test_why_not_says_that_a_practitioner_is_needed_or_from_when_and_never_why(cast):
    hold_gate(cast)
    sign(cast)
    asked = {"clinic": cast.manchester, "treatment": cast.microdermabrasion, "starts": ten(SOON), "at": NOW}

    said = []
    for state in (nothing_said, to_decide, waxed_yesterday):
        state(cast)
        (reason,) = queries.why_not(**asked, patient=cast.alice)
        said.append(reason.sentence)

    assert said == [
        "The patient is not cleared for this: the health questions are not answered yet.",
        "The patient is not cleared for this: needs a practitioner.",
        "By what they answered it is possible from Sunday 15 March on.",
    ]


def test_gate_costs_nothing_where_it_is_not_held(cast):
    with CaptureQueriesContext(connection) as without:
        searched(cast, SOON)

    assert not [query for query in without if "suitability_" in query["sql"]]
