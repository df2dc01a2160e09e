"""Blocked time: nothing new is booked into it, what is there stays, and it can be given back."""

import pytest

from corneum.clinic.diary import actions
from corneum.clinic.diary.models import Block, Owner
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast
from tests.factories.diary import WORKER, make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
TEN = minute("2026-03-10T10:00")


def rosa(cast: Cast) -> Owner:
    return Owner("practitioner", cast.rosa.pk)


def block(cast: Cast, *spans: Interval) -> str:
    return actions.block_time(
        clinic=cast.manchester, owners=[rosa(cast)], kind="leave", spans=spans, note="France",
        by=Actor.staff(cast.dana), at=NOW,
    )  # fmt: skip


def test_blocked_time_is_given_to_nobody_and_nothing_is_taken_from_whoever_has_it(cast):
    there = make_appointment(cast, TEN, practitioner=cast.rosa)

    block(cast, Interval(TEN, TEN + 120))

    there.refresh_from_db()
    assert there.status == "booked"
    with pytest.raises(actions.SlotTaken):
        make_hold(cast, TEN + 60, practitioner=cast.rosa)


def test_time_that_is_being_kept_when_it_is_blocked_can_still_be_confirmed(cast):
    """It was promised; the visit is then among those that are to be placed anew."""
    held = make_hold(cast, TEN, practitioner=cast.rosa)
    block(cast, Interval(TEN, TEN + 120))

    booked = actions.book_held_time(hold=held, patient=cast.alice, note="", by=Actor.staff(cast.dana), at=NOW)

    assert booked.starts == TEN


def test_moving_into_blocked_time_is_refused(cast):
    there = make_appointment(cast, TEN + 240, practitioner=cast.rosa)
    block(cast, Interval(TEN, TEN + 120))

    with pytest.raises(actions.SlotTaken):
        actions.move_appointment(
            appointment=there, starts=TEN, practitioner=cast.rosa, by=Actor.staff(cast.dana), at=NOW
        )


def test_lifted_block_gives_the_time_back(cast):
    series = block(cast, Interval(TEN, TEN + 120), Interval(TEN + 1440, TEN + 1500))

    assert actions.lift_blocks(series=series, by=Actor.staff(cast.dana), at=NOW) == 2

    assert make_appointment(cast, TEN, practitioner=cast.rosa).starts == TEN


def test_set_blocks_makes_them_exactly_what_they_are_now(cast):
    def read_again(*spans: Interval) -> int:
        return actions.set_blocks(
            owner=rosa(cast), kind="other-calendar", series="calendar", spans=spans, by=WORKER, at=NOW
        )

    one, two, three = (Interval(TEN + 60 * n, TEN + 60 * n + 30) for n in range(3))

    assert [read_again(one, two), read_again(one, two), read_again(two, three)] == [2, 0, 2]
    live = Block.objects.filter(lifted_at=None).order_by("starts")
    assert [(block.starts, block.ends) for block in live] == [tuple(two), tuple(three)]
    assert AuditEvent.objects.filter(action="diary.set_blocks").count() == 2


def test_why_somebody_is_away_is_not_in_the_trail(cast):
    block(cast, Interval(TEN, TEN + 120))

    event = AuditEvent.objects.get(action="diary.block_time")
    assert "France" not in str(event.detail)
    assert "leave" not in str(event.detail)
