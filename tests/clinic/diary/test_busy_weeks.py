"""Busy weeks: what is written down of a diary is what its slots say, or says that it does not know."""

from datetime import timedelta

import pytest
from django.db.models import F

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import BusyWeek, Slot
from corneum.domain.scheduling.busy import WEEK, pack_week
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
NINE, TEN = minute("2026-03-10T09:00"), minute("2026-03-10T10:00")
SUNDAY_NIGHT = (NINE // WEEK + 1) * WEEK  # in UTC weeks turn on a Thursday, at midnight


def unlike_their_slots():
    """List the weeks that were written down and say something else than the slots do."""
    return [
        week
        for week in BusyWeek.objects.exclude(minutes=None)
        if bytes(week.minutes or b"") != pack_week(week.week, slots_in(week))
    ]


def slots_in(week):
    first, last = week.week * WEEK, (week.week + 1) * WEEK
    slots = Slot.objects.filter(
        schedule=week.schedule_id, is_live=True, hold=None, clear_from__lt=last, clear_until__gt=first
    )
    return slots.values_list("starts", "ends", "clear_from", "clear_until")


def spoiled():
    return BusyWeek.objects.filter(minutes=None).count()


def test_every_act_leaves_the_weeks_written_down(cast):
    desk = Actor.staff(cast.dana)
    first = make_appointment(cast, NINE, treatment=cast.microdermabrasion)
    assert (spoiled(), BusyWeek.objects.count()) == (0, 4)  # of practitioner, room, device and patient

    held = make_hold(cast, TEN)
    booked = actions.book_held_time(hold=held, patient=cast.bea, note="", by=desk, at=NOW)
    assert (spoiled(), unlike_their_slots()) == (0, [])

    actions.move_appointment(appointment=booked, starts=TEN + 7 * 24 * 60, practitioner=None, by=desk, at=NOW)
    actions.cancel_appointment(appointment=first, reason="ill", by=desk, at=NOW)
    assert (spoiled(), unlike_their_slots()) == (0, [])

    actions.undo_cancellation(appointment=first, by=desk, at=NOW + timedelta(minutes=1))
    assert (spoiled(), unlike_their_slots()) == (0, [])


def test_move_leaves_the_weeks_written_down_of_those_whom_it_leaves(cast):
    booked = make_appointment(cast, NINE, practitioner=cast.rosa)

    actions.move_appointment(appointment=booked, starts=TEN, practitioner=cast.nadia, by=Actor.staff(cast.dana), at=NOW)

    assert (spoiled(), unlike_their_slots()) == (0, [])


def test_hold_is_in_no_week_because_it_ends_by_the_clock_alone(cast):
    make_hold(cast, NINE)

    assert BusyWeek.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda slots: slots.update(starts=F("starts") + 5),
        lambda slots: slots.update(is_live=False),
        lambda slots: slots.delete(),
        lambda slots: [slot.save() for slot in slots],
    ],
    ids=["moved", "given up", "deleted", "saved"],
)
def test_week_is_emptied_by_whatever_changes_a_slot(cast, change):
    appointment = make_appointment(cast, NINE)

    change(Slot.objects.filter(appointment=appointment))

    assert spoiled() == BusyWeek.objects.count() == 3
    queries.refresh_weeks([week.schedule_id for week in BusyWeek.objects.all()])
    assert (spoiled(), unlike_their_slots()) == (0, [])


def test_search_says_the_same_from_written_weeks_and_from_slots(cast):
    for starts in (NINE, TEN + 45):
        make_appointment(cast, starts, treatment=cast.microdermabrasion)
    make_hold(cast, minute("2026-03-10T14:00"))
    day = NOW.date() + timedelta(days=1)

    def offered():
        times = queries.openings_for(
            clinic=cast.manchester, treatment=cast.microdermabrasion, first=day, last=day, at=NOW
        )
        return [(time.starts, time.practitioner_ids) for time in times]

    from_weeks = offered()
    BusyWeek.objects.update(minutes=None)
    from_slots = offered()

    assert from_weeks == from_slots != []


def test_visit_over_the_turn_of_a_week_is_in_both(cast):
    appointment = make_appointment(cast, NINE)
    slot = Slot.objects.filter(appointment=appointment).earliest("pk")
    Slot.objects.filter(pk=slot.pk).update(
        starts=SUNDAY_NIGHT - 10, ends=SUNDAY_NIGHT + 10, clear_from=SUNDAY_NIGHT - 10, clear_until=SUNDAY_NIGHT + 10
    )

    queries.refresh_weeks([slot.schedule_id])

    weeks = BusyWeek.objects.filter(schedule=slot.schedule_id, week__gte=SUNDAY_NIGHT // WEEK - 1)
    assert [any(bytes(week.minutes or b"")) for week in weeks.order_by("week")] == [True, True]
