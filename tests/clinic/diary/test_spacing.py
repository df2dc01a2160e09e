"""The days between two sessions of a treatment, kept by every door of the diary and said with the day that is possible."""

from datetime import date, timedelta

import pytest

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Appointment
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
FIRST = minute("2026-03-20T10:00")
NEAR = minute("2026-03-26T10:00")  # a Thursday, six days later
FAR = minute("2026-03-30T10:00")  # ten days later


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Let ten days lie between two peels, of which Alice has one."""
    cast.peel.gap_days, cast.peel.longest_gap_days = 10, 28
    cast.peel.save()
    peel(cast, FIRST)
    return cast


def peel(cast: Cast, starts: int, **more) -> Appointment:
    return make_appointment(cast, starts, treatment=cast.peel, **more)


def move(cast: Cast, visit: Appointment, starts: int) -> Appointment:
    return actions.move_appointment(
        appointment=visit, starts=starts, practitioner=None, by=Actor.staff(cast.dana), at=NOW
    )


def test_booking_is_refused_on_either_side_and_names_the_first_day_that_is_possible(cast):
    for near in (NEAR, minute("2026-03-20T15:00"), minute("2026-03-11T10:00")):
        with pytest.raises(actions.TooNear) as refused:
            peel(cast, near)
        assert refused.value.possible_from == date(2026, 3, 30)
        assert "at least 10 days between them" in str(refused.value)
    assert peel(cast, FAR).starts == FAR
    assert peel(cast, minute("2026-03-10T15:00")).starts == minute("2026-03-10T15:00")


def test_other_treatments_and_other_patients_are_not_meant(cast):
    assert make_appointment(cast, NEAR, treatment=cast.microdermabrasion).starts == NEAR
    assert peel(cast, NEAR + 120, patient=cast.bea).starts == NEAR + 120


def test_cancelled_and_missed_sessions_count_no_more(cast):
    Appointment.objects.update(status="noshow")
    cancelled = peel(cast, NEAR)
    actions.cancel_appointment(appointment=cancelled, reason="", by=Actor.staff(cast.dana), at=NOW)

    assert peel(cast, NEAR).starts == NEAR


def test_time_that_was_kept_or_is_only_asked_for_keeps_it_too(cast):
    for until in (None, NOW + timedelta(hours=24)):
        held = make_hold(cast, NEAR, treatment=cast.peel)
        with pytest.raises(actions.TooNear):
            actions.book_held_time(
                hold=held, patient=cast.alice, note="", by=Actor.staff(cast.dana), at=NOW, asked_until=until
            )
        actions.release_hold(hold=held, by=Actor.staff(cast.dana), at=NOW)
    held = make_hold(cast, NEAR, treatment=cast.peel)
    actions.book_held_time(
        hold=held, patient=cast.bea, note="", by=Actor.staff(cast.dana), at=NOW, asked_until=NOW + timedelta(hours=24)
    )

    with pytest.raises(actions.TooNear):  # a request that nobody has answered counts as well
        peel(cast, FAR, patient=cast.bea)


def test_move_keeps_it_and_is_not_in_its_own_way(cast):
    second = peel(cast, FAR)

    with pytest.raises(actions.TooNear):
        move(cast, second, NEAR)
    second.refresh_from_db()
    assert second.starts == FAR
    assert move(cast, second, FAR + 24 * 60).starts == FAR + 24 * 60


def test_reason_of_somebody_with_the_right_overrides_it(cast):
    booked = actions.book_appointment(
        clinic=cast.manchester, treatment=cast.peel, starts=NEAR, practitioner=None, patient=cast.alice, note="",
        by=Actor.staff(cast.dana), at=NOW, in_spite="Dr Lindley has seen the skin",
    )  # fmt: skip

    assert booked.starts == NEAR


def test_why_not_says_from_when_and_the_list_of_times_agrees(cast):
    known = {"clinic": cast.manchester, "treatment": cast.peel, "patient": cast.alice, "at": NOW}

    (reason,) = queries.why_not(starts=NEAR, **known)
    offered = queries.openings_for(first=date(2026, 3, 9), last=date(2026, 4, 4), **known)

    assert (reason.cause, reason.owner) == ("spacing", None)
    assert reason.sentence == (
        "At least 10 days lie between two of these for one patient: it is possible from Monday 30 March on."
    )
    days = {local(time.starts, "Europe/London").date().isoformat() for time in offered}
    assert days == {"2026-03-09", "2026-03-10", "2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03",
                    "2026-04-04"}  # fmt: skip
    assert queries.why_not(starts=FAR, **known) == []


def test_nearest_and_next_times_keep_it_when_the_patient_is_known(cast):
    known = {"clinic": cast.manchester, "treatment": cast.peel, "patient": cast.alice, "at": NOW}

    assert [one.day.isoformat() for one in queries.next_openings(days=3, **known)] == [
        "2026-03-09", "2026-03-10", "2026-03-30",
    ]  # fmt: skip
    nearest = queries.nearest_openings(starts=NEAR, count=1, **known)
    assert [local(time.starts, "Europe/London").date() for time in nearest] == [date(2026, 3, 30)]


def test_who_has_no_other_session_is_asked_for_nothing(cast):
    newcomer = make_patient(cast.manchester, "Cora Crane")

    assert queries.why_not(
        clinic=cast.manchester, treatment=cast.peel, patient=newcomer, starts=NEAR, at=NOW
    ) == []  # fmt: skip
