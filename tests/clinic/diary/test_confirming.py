"""A patient says that they will come: of this time, once, and not of another."""

from datetime import timedelta

import pytest

from corneum.clinic.booking import actions as booking
from corneum.clinic.diary import actions
from corneum.clinic.diary.models import Appointment
from corneum.platform.accounts.actors import PATIENT, Actor
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db
TEN, ELEVEN = minute("2026-03-10T10:00"), minute("2026-03-10T11:00")


def confirm(visit: Appointment, *, starts: int = TEN, at=NOW) -> Appointment:
    return actions.confirm_visit(appointment=visit, how="telephone", starts=starts, by=PATIENT, at=at)


def test_confirm_visit_says_when_and_how(cast: Cast):
    confirmed = confirm(make_appointment(cast, TEN))

    confirmed.refresh_from_db()
    assert (confirmed.confirmed_at, confirmed.confirmed_how, confirmed.status) == (NOW, "telephone", "booked")


def test_confirm_visit_refuses_what_cannot_be_confirmed(cast: Cast):
    visit = make_appointment(cast, TEN)

    with pytest.raises(actions.MovedMeanwhile):
        confirm(visit, starts=ELEVEN)
    with pytest.raises(actions.TooLate):
        confirm(visit, at=visit.starts_at)
    confirm(visit)
    with pytest.raises(actions.AlreadyConfirmed):
        confirm(visit)
    actions.cancel_appointment(appointment=visit, reason="", by=PATIENT, at=NOW)
    with pytest.raises(actions.AlreadyCancelled):
        confirm(visit)


def test_move_takes_the_confirmation_back_and_its_undoing_restores_it(cast: Cast):
    visit, by, later = make_appointment(cast, TEN), Actor.staff(cast.dana), NOW + timedelta(minutes=1)
    confirm(visit)

    moved = booking.move_at_desk(
        appointment=visit, starts=ELEVEN, practitioner=None, why="patient", tell=False, by=by, at=NOW
    )
    said_of_another_time = (moved.confirmed_at, moved.confirmed_how)
    back = booking.undo_move(appointment=visit, by=by, at=later)

    assert said_of_another_time == (None, "")
    assert (back.confirmed_at, back.confirmed_how) == (NOW, "telephone")
