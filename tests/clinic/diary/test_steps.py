"""Steps within a visit: late, in the room, in treatment, gone; each is stamped, each can be taken back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Appointment
from corneum.platform.accounts.actors import Actor
from tests.factories.booking import text_of
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db
TEN = minute("2026-03-09T10:00")


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    """Stop the clock at NOW."""
    with time_machine.travel(NOW, tick=False):
        yield


def at(clock: str) -> datetime:
    """Say what time it is on the day of the visit."""
    return NOW.replace(hour=int(clock[:2]), minute=int(clock[3:]))


def through(visit: Appointment, cast: Cast, *acts: str) -> Appointment:
    """Do one thing after another, five minutes apart, from ten o'clock on."""
    by = Actor.staff(cast.dana)
    for number, act in enumerate(acts):
        getattr(actions, act)(appointment=visit, by=by, at=at("10:00") + timedelta(minutes=5 * number))
    visit.refresh_from_db()
    return visit


def test_a_visit_goes_from_step_to_step_and_each_says_when_and_who(cast: Cast) -> None:
    visit = make_appointment(cast, TEN)

    through(visit, cast, "arrive_appointment", "enter_room", "begin_treatment", "finish_appointment", "leave_clinic")

    assert (visit.stage, visit.stage_in_words, visit.status) == ("left", "Left", "fulfilled")
    stamps = [visit.arrived_at, visit.in_room_at, visit.treating_at, visit.finished_at, visit.left_at]
    assert stamps == [at(clock) for clock in ("10:00", "10:05", "10:10", "10:15", "10:20")]
    assert {visit.in_room_by, visit.treating_by, visit.left_by} == {cast.dana}


def test_each_step_is_taken_back_and_only_the_one_that_was_seen(cast: Cast) -> None:
    by = Actor.staff(cast.dana)
    visit = through(make_appointment(cast, TEN), cast, "arrive_appointment", "enter_room", "begin_treatment")

    with pytest.raises(actions.ChangedMeanwhile, match="being treated already"):
        actions.step_back(appointment=visit, seen="in-room", by=by, at=at("10:20"))
    actions.step_back(appointment=visit, seen="treating", by=by, at=at("10:21"))
    again = actions.step_back(appointment=visit, seen="in-room", by=by, at=at("10:22"))

    assert (again.stage, again.in_room_at, again.treating_by) == ("arrived", None, None)
    with pytest.raises(actions.ChangedMeanwhile, match="marked as arrived"):
        actions.step_back(appointment=visit, seen="arrived", by=by, at=at("10:23"))


def test_who_is_not_here_after_all_is_in_no_room_and_what_is_not_done_has_not_left(cast: Cast) -> None:
    visit = through(make_appointment(cast, TEN), cast, "arrive_appointment", "enter_room", "undo_arrival")
    assert (visit.stage, visit.in_room_at, visit.in_room_by) == ("booked", None, None)

    through(visit, cast, "arrive_appointment", "begin_treatment", "finish_appointment", "leave_clinic")
    through(visit, cast, "undo_outcome")
    assert (visit.stage, visit.left_at) == ("treating", None)


@pytest.mark.parametrize(
    "done, act",
    [
        ((), "enter_room"),
        ((), "begin_treatment"),
        (("arrive_appointment",), "leave_clinic"),
        (("arrive_appointment", "enter_room"), "enter_room"),
        (("arrive_appointment", "begin_treatment"), "enter_room"),
        (("arrive_appointment", "finish_appointment"), "begin_treatment"),
        (("arrive_appointment", "finish_appointment", "leave_clinic"), "leave_clinic"),
    ],
)
def test_no_step_is_done_twice_or_before_the_one_it_follows(cast: Cast, done: tuple[str, ...], act: str) -> None:
    visit = through(make_appointment(cast, TEN), cast, *done)
    before = visit.stage

    with pytest.raises(actions.ChangedMeanwhile):
        through(visit, cast, act)

    visit.refresh_from_db()
    assert visit.stage == before


def test_late_is_noted_for_today_and_forgotten_with_the_time_it_was_said_of(client, cast: Cast) -> None:
    by, visit = Actor.staff(cast.dana), make_appointment(cast, TEN)
    client.force_login(cast.dana)

    client.post(f"/desk/appointments/{visit.ref}/late/", {"minutes": "15"})

    assert "Late 15" in text_of(client.get("/desk/diary/2026-03-09/"))
    assert "Said they will be 15 minutes late" in text_of(client.get(f"/desk/appointments/{visit.ref}/"))
    for typed in ("181", "-5", "soon", ""):
        page = client.post(f"/desk/appointments/{visit.ref}/late/", {"minutes": typed}, follow=True)
        assert "Three hours are the most" in text_of(page)
    with pytest.raises(actions.NotToday):
        actions.note_late(appointment=make_appointment(cast, minute("2026-03-10T10:00")), minutes=5, by=by, at=NOW)
    visit.refresh_from_db()
    moved = actions.move_appointment(
        appointment=visit, starts=minute("2026-03-09T14:00"), practitioner=None, why="patient", by=by, at=NOW
    )
    assert moved.late_minutes == 0


def test_the_desk_walks_a_visit_through_by_its_buttons_and_reads_it_in_the_history(client, cast: Cast) -> None:
    visit = make_appointment(cast, TEN)
    client.force_login(cast.dana)

    for address, button in (("arrive", "In the room"), ("room", "Treatment begins"), ("step-back", "In the room")):
        page = client.post(f"/desk/appointments/{visit.ref}/{address}/", {"seen": "in-room"}, follow=True)
        assert button in text_of(page)

    told = text_of(client.get(f"/desk/appointments/{visit.ref}/"))
    assert "In the room, Dana" in told
    assert "Taken back, Dana" in told


def test_who_has_not_confirmed_stands_in_a_list_until_they_say_so_on_the_telephone(client, cast: Cast) -> None:
    soon, moved_on = make_appointment(cast, TEN), make_appointment(cast, minute("2026-03-11T10:00"))
    make_appointment(cast, minute("2026-03-13T10:00"))  # later than anybody asks about
    client.force_login(cast.dana)
    assert queries.unconfirmed_after(cast.dana, cast.manchester, NOW) == [soon, moved_on]
    assert queries.unconfirmed_after(cast.mallory, cast.manchester, NOW) == []
    assert "1 not confirmed" in text_of(client.get("/desk/diary/2026-03-09/"))

    stale = client.post(f"/desk/appointments/{soon.ref}/confirm/", {"starts": "1"}, follow=True)
    page = client.post(
        f"/desk/appointments/{soon.ref}/confirm/?back=unconfirmed", {"starts": str(soon.starts)}, follow=True
    )

    assert "at another time now" in text_of(stale)
    assert page.context["found"] == [moved_on]
    soon.refresh_from_db()
    assert soon.confirmed_how == "telephone"
    assert "not confirmed" not in text_of(client.get("/desk/diary/2026-03-09/"))
