"""Letting somebody go: not while anybody is booked with them, and then for everybody."""

from datetime import date, timedelta

import pytest

from corneum.clinic.diary.actions import (
    SomebodyIsChoosing,
    TimeRefused,
    VisitsRemain,
    activate,
    cancel_appointment,
    deactivate,
    release_hold,
)
from corneum.clinic.diary.models import Block, Owner
from corneum.clinic.diary.placing import Occupancy, Place, SomebodyWasQuicker, occupy
from corneum.clinic.diary.queries import openings_for
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 3, 10)


def let_go(cast: Cast) -> None:
    """Switch Rosa off."""
    deactivate(practitioner=cast.rosa, clinic=cast.manchester, by=Actor.staff(cast.owen), at=NOW)


def test_deactivate_names_the_visits_that_remain(cast: Cast):
    visit = make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-10T11:00"), practitioner=cast.nadia, patient=cast.bea)

    with pytest.raises(VisitsRemain) as refusal:
        let_go(cast)

    assert list(refusal.value.visits) == [visit]
    cast.rosa.refresh_from_db()
    assert (cast.rosa.is_active, Block.objects.count()) == (True, 0)


def test_deactivate_waits_for_whoever_is_choosing(cast: Cast):
    hold = make_hold(cast, minute("2026-03-10T10:00"), practitioner=cast.rosa)

    with pytest.raises(SomebodyIsChoosing):
        let_go(cast)

    release_hold(hold=hold, by=Actor.staff(cast.dana), at=NOW)
    let_go(cast)


def test_deactivate_takes_somebody_out_of_every_search_and_activate_brings_them_back(cast: Cast):
    let_go(cast)

    assert AuditEvent.objects.latest("pk").detail == {"before": {"is_active": True}, "after": {"is_active": False}}
    with pytest.raises(TimeRefused):
        make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.rosa)

    cast.rosa.refresh_from_db()
    activate(practitioner=cast.rosa, clinic=cast.manchester, by=Actor.staff(cast.owen), at=NOW + timedelta(minutes=5))
    offered = openings_for(
        clinic=cast.manchester, treatment=cast.peel, first=TUESDAY, last=TUESDAY, at=NOW, practitioner=cast.rosa
    )
    assert offered


def test_booking_that_found_them_before_comes_too_late(cast: Cast):
    """What a booking does last: its search is over, and the one who let Rosa go was quicker."""
    starts, ends = minute("2026-03-10T10:00"), minute("2026-03-10T10:30")
    found = Place(
        cast.rosa.pk, starts, ends, (Occupancy(Owner("practitioner", cast.rosa.pk), starts, ends, starts, ends),)
    )
    let_go(cast)

    with pytest.raises(SomebodyWasQuicker):
        occupy(found, at=NOW)


def test_cancelled_visit_is_in_nobodys_way(cast: Cast):
    visit = make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.rosa)
    cancel_appointment(appointment=visit, reason="Ill", by=Actor.staff(cast.dana), at=NOW)

    let_go(cast)

    cast.rosa.refresh_from_db()
    assert not cast.rosa.is_active
