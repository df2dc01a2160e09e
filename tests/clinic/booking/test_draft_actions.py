"""Keeping a time, filling in who comes, leaving, forgetting: without a page."""

from datetime import timedelta

import pytest

from corneum.clinic.booking import actions, queries
from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.actions import (
    NotOffered,
    SlotTaken,
)
from corneum.clinic.diary.models import Hold, Slot
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.trail import AlreadyDone
from tests.factories.booking import begin_draft, confirm, filled_draft
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
AT_10 = minute("2026-03-10T10:00")
AT_11 = minute("2026-03-10T11:00")


def test_begin_draft_keeps_the_time_for_ten_minutes_and_names_the_person(cast):
    draft = begin_draft(cast, AT_10)

    assert draft.hold is not None
    assert draft.hold.expires_at == NOW + timedelta(minutes=10)
    assert (draft.starts, draft.practitioner, draft.is_for_anyone) == (AT_10, cast.rosa, True)
    assert queries.minutes_kept(draft, NOW) == 10


def test_begin_draft_remembers_that_somebody_was_asked_for(cast):
    draft = begin_draft(cast, AT_10, practitioner=cast.nadia)

    assert (draft.practitioner, draft.is_for_anyone) == (cast.nadia, False)


def test_begin_draft_does_the_same_press_once(cast):
    first = begin_draft(cast, AT_10, press="press")

    with pytest.raises(AlreadyDone) as done:
        begin_draft(cast, AT_10, press="press")

    assert done.value.event.entity_ref == first.ref
    assert Hold.objects.count() == 1


def test_begin_draft_again_from_the_same_page_changes_the_draft_and_frees_its_first_time(cast):
    first = filled_draft(cast, AT_10)

    second = begin_draft(cast, AT_11)

    assert second.code == first.code
    assert (second.starts, second.name) == (AT_11, "Hannah Doyle")
    assert list(Hold.objects.values_list("starts", flat=True)) == [AT_11]


def test_begin_draft_from_another_page_is_another_draft(cast):
    first = begin_draft(cast, AT_10, page="one")

    second = begin_draft(cast, AT_11, page="two")

    assert second.code != first.code
    assert set(Hold.objects.values_list("starts", flat=True)) == {AT_10, AT_11}


def test_begin_draft_leaves_nothing_when_the_time_has_gone(cast):
    make_appointment(cast, AT_10)  # takes the one consulting room

    with pytest.raises(SlotTaken):
        begin_draft(cast, AT_10)

    assert (Draft.objects.count(), Hold.objects.count()) == (0, 0)


def test_begin_draft_refuses_what_is_not_offered(cast):
    with pytest.raises(NotOffered):
        begin_draft(cast, AT_10 + 1)


def test_begin_draft_lets_one_network_keep_so_many_times_and_no_more(cast, settings):
    settings.HOLDS_PER_NETWORK = 2
    begin_draft(cast, AT_10, page="one")
    begin_draft(cast, AT_11, page="two")

    with pytest.raises(actions.TooManyHolds):
        begin_draft(cast, minute("2026-03-10T14:00"), page="three")

    assert Hold.objects.count() == 2
    assert begin_draft(cast, minute("2026-03-10T14:00"), page="three", at=NOW + timedelta(minutes=21)).hold


def test_begin_draft_counts_only_times_that_were_really_kept(cast, settings):
    settings.HOLDS_PER_NETWORK = 1
    for _ in range(3):
        with pytest.raises(NotOffered):
            begin_draft(cast, AT_10 + 1)

    assert begin_draft(cast, AT_10).hold


def test_choose_time_changes_to_a_time_that_overlaps_its_own(cast):
    draft = filled_draft(cast, AT_10, practitioner=cast.rosa)

    changed = actions.choose_time(
        draft=draft, starts=AT_10 + 15, practitioner=cast.rosa, network="192.0.2.1", by=VISITOR, at=NOW
    )

    assert (changed.starts, changed.name) == (AT_10 + 15, "Hannah Doyle")
    assert Hold.objects.count() == 1


def test_choose_time_keeps_the_time_it_has_when_the_other_has_gone(cast):
    draft = begin_draft(cast, AT_10)
    make_appointment(cast, AT_11)

    with pytest.raises(SlotTaken):
        actions.choose_time(draft=draft, starts=AT_11, practitioner=None, network="192.0.2.1", by=VISITOR, at=NOW)

    draft.refresh_from_db()
    assert queries.is_kept(draft, NOW)
    assert draft.starts == AT_10


def test_choose_time_does_nothing_for_the_time_it_keeps_already(cast):
    draft = begin_draft(cast, AT_10)
    hold = draft.hold

    same = actions.choose_time(draft=draft, starts=AT_10, practitioner=None, network="192.0.2.1", by=VISITOR, at=NOW)

    assert same.hold == hold


def test_take_time_again_keeps_the_person_who_was_named_and_whom_was_asked_for(cast):
    draft = begin_draft(cast, AT_10)
    later = NOW + timedelta(minutes=11)

    again = actions.take_time_again(draft=draft, by=VISITOR, at=later)

    assert queries.is_kept(again, later)
    assert (again.practitioner, again.is_for_anyone) == (cast.rosa, True)


def test_take_time_again_refuses_when_somebody_else_has_it(cast):
    draft = begin_draft(cast, AT_10)
    later = NOW + timedelta(minutes=11)
    make_hold(cast, AT_10, at=later)

    with pytest.raises(SlotTaken):
        actions.take_time_again(draft=draft, by=VISITOR, at=later)


def test_keep_time_keeps_it_ten_minutes_more_and_only_once(cast):
    draft = begin_draft(cast, AT_10)
    for minutes in (1, 2):
        draft = actions.keep_time(draft=draft, by=VISITOR, at=NOW + timedelta(minutes=minutes))

    assert draft.hold is not None
    assert draft.hold.expires_at == NOW + timedelta(minutes=20)


def test_leave_draft_gives_the_time_back_and_forgets_what_was_typed(cast):
    draft = filled_draft(cast, AT_10)

    actions.leave_draft(draft=draft, by=VISITOR, at=NOW)
    actions.leave_draft(draft=draft, by=VISITOR, at=NOW)

    draft.refresh_from_db()
    assert (draft.name, draft.contact, draft.note, draft.hold) == ("", "", "", None)
    assert begin_draft(cast, AT_10, page="another").starts == AT_10


def test_forget_drafts_deletes_what_was_typed_and_frees_the_time(cast):
    draft = filled_draft(cast, AT_10)

    forgotten = actions.forget_drafts(drafts=[draft], by=Actor.system("worker"), at=NOW)

    assert forgotten == 1
    assert (Draft.objects.count(), Hold.objects.count(), Slot.objects.count()) == (0, 0, 0)
    assert AuditEvent.objects.get(action="booking.forget_draft").entity_ref == draft.ref


def test_drafts_to_forget_are_the_ones_that_led_nowhere_a_day_ago(cast):
    booked, old = filled_draft(cast, AT_10, page="booked"), filled_draft(cast, AT_11, page="old")
    confirm(booked)
    filled_draft(cast, minute("2026-03-11T14:00"), page="new", at=NOW + timedelta(hours=20))
    now = NOW + timedelta(hours=25)

    found = queries.drafts_to_forget(unfinished_before=now - timedelta(days=1), any_before=now - timedelta(days=30))

    assert found == [old]


def test_drafts_to_forget_are_all_after_a_month(cast):
    booked = filled_draft(cast, AT_10)
    confirm(booked)
    now = NOW + timedelta(days=31)

    found = queries.drafts_to_forget(unfinished_before=now - timedelta(days=1), any_before=now - timedelta(days=30))

    assert found == [booked]
