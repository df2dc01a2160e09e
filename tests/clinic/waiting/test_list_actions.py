"""Joining the list, leaving it, standing first in it, and being forgotten by it."""

from datetime import date, timedelta

import pytest

from corneum.clinic.diary.models import Hold
from corneum.clinic.waiting import actions, queries
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.domain.waiting import Window
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW
from tests.factories.diary import WORKER, make_appointment, minute
from tests.factories.waiting import TUESDAY, at_ten, make_wait, offer_times

pytestmark = pytest.mark.django_db


def test_join_waiting_list_keeps_every_window_and_tells_how_to_leave(cast):
    mornings = Window(date(2026, 3, 9), date(2026, 3, 31), weekdays=0b11111, closes=12 * 60)

    wait = make_wait(cast, windows=[at_ten(), mornings], practitioner=cast.rosa)

    wait = queries.wait_at(cast.manchester, wait.code)
    assert [queries.window_of(row) for row in wait.windows.all()] == [mornings, at_ten()]
    assert (wait.name, wait.email, wait.phone, wait.state) == ("Hannah Doyle", "hannah@mail.example", "", "waiting")
    message = Message.objects.get(about_ref=wait.ref)
    assert message.subject == "You are on the waiting list at Manchester"
    assert f"/w/{wait.code}/" in message.text
    assert "onsultation" not in message.text + message.subject + message.html


def test_join_waiting_list_by_telephone_is_told_by_text(cast):
    wait = make_wait(cast, contact="07700 900982")

    message = Message.objects.get(about_ref=wait.ref)
    assert (message.channel, message.to) == ("text", "+447700900982")
    assert message.text == f"Hannah, you are on the waiting list at Manchester. See it or leave it: {link(message)}"
    assert link(message).endswith(f"/w/{wait.code}/")


def link(message: Message) -> str:
    return str(message.text.rsplit(" ", 1)[1])


def test_join_waiting_list_leaves_out_windows_that_are_over(cast):
    wait = make_wait(cast, windows=[at_ten(date(2026, 3, 8)), at_ten()])

    assert [row.first for row in wait.windows.all()] == [TUESDAY]


@pytest.mark.parametrize(
    "facts",
    [{"windows": [at_ten(date(2026, 3, 8))]}, {"until": date(2026, 3, 8)}, {"windows": [at_ten(date(2026, 4, 7))]}],
)
def test_join_waiting_list_refuses_what_is_over_or_beyond_the_last_day(cast, facts):
    with pytest.raises(actions.NoTimeLeft):
        make_wait(cast, **facts)

    assert not Wait.objects.exists()


def test_join_waiting_list_refuses_to_give_up_what_has_begun(cast):
    later = make_appointment(cast, minute("2026-03-09T11:00"))

    with pytest.raises(actions.NoTimeLeft):
        make_wait(cast, later=later, at=NOW + timedelta(hours=3))


def test_join_waiting_list_refuses_the_same_contact_a_fourth_time_however_it_is_written(cast):
    for name in ("Hannah Doyle", "Anna Doyle", "H D"):
        make_wait(cast, name, contact="doyles@mail.example")

    with pytest.raises(actions.TooManyWaits):
        make_wait(cast, contact="Doyles@mail.example")

    assert Wait.objects.count() == 3
    make_wait(cast, contact="Doyles@mail.example", clinic=cast.stockport)  # another clinic knows nothing of it


def test_leave_waiting_list_frees_what_was_kept_and_takes_back_what_has_not_left(cast):
    wait = make_wait(cast)
    (offer,) = offer_times(cast)

    left = actions.leave_waiting_list(wait=wait, by=PATIENT, at=NOW)
    again = actions.leave_waiting_list(wait=wait, by=PATIENT, at=NOW + timedelta(hours=1))

    offer.refresh_from_db()
    assert (left.state, left.ended_at) == (again.state, again.ended_at) == ("left", NOW)
    assert (offer.state, offer.hold) == ("withdrawn", None)
    assert not Hold.objects.exists()
    assert {message.state for message in Message.objects.all()} == {"withdrawn"}


def test_leave_waiting_list_by_the_desk_says_so(cast):
    wait = make_wait(cast)

    removed = actions.leave_waiting_list(wait=wait, by=Actor.staff(cast.dana), at=NOW)

    assert removed.state == "removed"
    assert offer_times(cast) == []


def test_mark_urgent_keeps_who_and_why_and_can_be_taken_back(cast):
    wait, by = make_wait(cast), Actor.staff(cast.dana)

    actions.mark_urgent(wait=wait, reason=" Wedding on Friday ", user=cast.dana, by=by, at=NOW)

    wait.refresh_from_db()
    assert (wait.is_urgent, wait.urgent_reason, wait.urgent_by) == (True, "Wedding on Friday", cast.dana)
    actions.mark_not_urgent(wait=wait, by=by, at=NOW)
    wait.refresh_from_db()
    assert (wait.is_urgent, wait.urgent_reason, wait.urgent_by) == (False, "", None)
    events = AuditEvent.objects.filter(entity_ref=wait.ref).order_by("pk").values_list("action", flat=True)
    assert list(events) == ["waiting.join_waiting_list", "waiting.mark_urgent", "waiting.mark_not_urgent"]
    assert "Wedding" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_mark_urgent_refuses_without_a_reason_and_for_who_has_left(cast):
    wait, by = make_wait(cast), Actor.staff(cast.dana)

    with pytest.raises(actions.NoReason):
        actions.mark_urgent(wait=wait, reason="  ", user=cast.dana, by=by, at=NOW)
    actions.leave_waiting_list(wait=wait, by=by, at=NOW)
    with pytest.raises(actions.NotOnTheList):
        actions.mark_urgent(wait=wait, reason="Soon", user=cast.dana, by=by, at=NOW)


def test_forget_waits_deletes_all_that_was_typed(cast):
    wait = make_wait(cast)
    kept = make_wait(cast, "Bea Birch")
    offer_times(cast)
    actions.leave_waiting_list(wait=wait, by=PATIENT, at=NOW)
    soon = queries.waits_to_forget(ended_before=NOW)
    due = queries.waits_to_forget(ended_before=NOW + timedelta(seconds=1))

    forgotten = actions.forget_waits(waits=due, by=WORKER, at=NOW + timedelta(days=15))

    assert (soon, forgotten) == ([], 1)
    assert list(Wait.objects.all()) == [kept]
    assert not FreedOffer.objects.filter(wait=wait.pk).exists()
