"""Saying when a clinic is open and what is in it: what was so before is kept in the trail."""

from datetime import date, time

import pytest

from corneum.clinic.premises import actions
from corneum.clinic.premises.models import Premises
from corneum.clinic.premises.queries import opening_hours
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast
from tests.factories.diary import minute

pytestmark = pytest.mark.django_db

SUNDAY = date(2026, 3, 15)


@pytest.fixture
def owen(cast: Cast) -> Actor:
    """The owner, who sets the clinic up."""
    return Actor.staff(cast.owen)


def test_set_special_hours_wins_over_the_week_until_it_is_taken_back(cast: Cast, owen: Actor):
    actions.set_special_hours(
        clinic=cast.manchester, day=SUNDAY, stretches=[(time(10), time(12)), (time(13), time(14))], by=owen, at=NOW
    )

    assert opening_hours(cast.manchester, SUNDAY, SUNDAY) == [
        Interval(minute("2026-03-15T10:00"), minute("2026-03-15T12:00")),
        Interval(minute("2026-03-15T13:00"), minute("2026-03-15T14:00")),
    ]

    actions.set_special_hours(clinic=cast.manchester, day=SUNDAY, stretches=[], by=owen, at=NOW)

    assert opening_hours(cast.manchester, SUNDAY, SUNDAY) == []
    detail = AuditEvent.objects.latest("pk").detail
    assert (len(detail["before"]), detail["after"]) == (2, [])


def test_keep_holidays_refuses_a_nation_whose_holidays_nobody_knows(cast: Cast, owen: Actor):
    with pytest.raises(actions.NobodyKnowsThem):
        actions.keep_holidays(clinic=cast.manchester, nation="XX", by=owen, at=NOW)

    assert Premises.objects.get(clinic=cast.manchester).holidays == ""


def test_change_device_refuses_a_room_of_another_clinic(cast: Cast, owen: Actor):
    with pytest.raises(actions.NotInThisClinic):
        actions.change_device(
            device=cast.crystal, places=1, room=cast.stockport_room, service_due=None, is_active=True, by=owen, at=NOW
        )

    cast.crystal.refresh_from_db()
    assert cast.crystal.room is None


def test_change_room_records_only_what_is_different(cast: Cast, owen: Actor):
    actions.change_room(room=cast.consulting_room, places=3, is_active=True, by=owen, at=NOW)

    event = AuditEvent.objects.latest("pk")
    assert event.detail == {"before": {"places": 1}, "after": {"places": 3}}
