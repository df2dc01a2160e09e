"""When a visit is reminded of, on the clinic's own clock, and never in the night."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.reminding import Quiet, Step, Verdict, decide, due_at, night_at, way_for
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.texting import Meaning, meaning_of

LONDON = "Europe/London"
NIGHT = Quiet(time(20), time(8))
DAY_BEFORE, TWO_DAYS = Step("text", 24), Step("email", 48)


def at(wall: str, zone: str = LONDON) -> int:
    return minute_of(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)))


def wall(minute: int, zone: str = LONDON) -> str:
    return local(minute, zone).strftime("%a %H:%M")


@pytest.mark.parametrize(
    ("visit", "step", "due"),
    [
        ("2026-03-12T09:30", DAY_BEFORE, "Wed 09:30"),
        ("2026-03-12T09:30", TWO_DAYS, "Tue 09:30"),
        ("2026-03-12T07:30", DAY_BEFORE, "Tue 19:30"),  # in the night: the evening before it
        ("2026-03-12T21:00", DAY_BEFORE, "Wed 19:30"),
        ("2026-03-12T20:00", DAY_BEFORE, "Wed 19:30"),
        ("2026-03-12T08:00", DAY_BEFORE, "Wed 08:00"),
        ("2026-03-12T09:30", Step("text", 2), "Wed 19:30"),
        ("2026-03-29T10:00", DAY_BEFORE, "Sat 10:00"),  # the clocks go forward between
        ("2026-10-25T10:00", DAY_BEFORE, "Sat 10:00"),  # and back
    ],
)
def test_reminder_is_due_by_the_clock_on_the_wall(visit, step, due):
    assert wall(due_at(at(visit), step, zone=LONDON, quiet=NIGHT)) == due


@given(
    visit=st.integers(at("2026-01-01T00:00"), at("2027-12-31T00:00")),
    hours=st.integers(1, 336),
    zone=st.sampled_from([LONDON, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    begins=st.times(),
    ends=st.times(),
)
def test_reminder_is_never_due_after_its_visit_nor_in_the_night(visit, hours, zone, begins, ends):
    quiet = Quiet(begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0))

    due = due_at(visit, Step("text", hours), zone=zone, quiet=quiet)

    assert due < visit
    night = night_at(due, zone, quiet)
    assert night is None or night.ends - night.starts > 23 * 60  # unless nearly the whole day is night


def test_no_night_where_it_ends_when_it_begins():
    assert night_at(at("2026-03-12T03:00"), LONDON, Quiet(time(8), time(8))) is None


@pytest.mark.parametrize(
    ("now", "agreed", "verdict"),
    [
        ("2026-03-11T09:29", "2026-03-01T09:00", Verdict.WAIT),
        ("2026-03-11T09:30", "2026-03-01T09:00", Verdict.SEND),
        ("2026-03-11T19:59", "2026-03-01T09:00", Verdict.SEND),  # late, but still in time
        ("2026-03-11T20:00", "2026-03-01T09:00", Verdict.WAIT),  # night
        ("2026-03-12T08:00", "2026-03-01T09:00", Verdict.SEND),
        ("2026-03-11T12:00", "2026-03-11T10:00", Verdict.BOOKED_SINCE),
        ("2026-03-12T09:30", "2026-03-01T09:00", Verdict.BEGUN),
    ],
)
def test_reminder_is_decided_about_as_things_stand(now, agreed, verdict):
    visit, due = at("2026-03-12T09:30"), at("2026-03-11T09:30")

    decided = decide(starts=visit, agreed=at(agreed), due=due, following=None, now=at(now), zone=LONDON, quiet=NIGHT)

    assert decided == verdict


def test_earlier_reminder_is_left_out_when_the_later_is_due_as_well():
    visit = at("2026-03-12T09:30")

    decided = decide(
        starts=visit, agreed=at("2026-03-01T09:00"), due=at("2026-03-10T09:30"), following=at("2026-03-11T09:30"),
        now=at("2026-03-11T09:30"), zone=LONDON, quiet=NIGHT,
    )  # fmt: skip

    assert decided == Verdict.LATER_SAYS_IT


@pytest.mark.parametrize(
    ("reachable", "ways"),
    [
        (["email", "text"], ["email", "text"]),
        (["email"], ["email", ""]),
        (["text"], ["", "text"]),
        ([], ["", ""]),
    ],
)
def test_each_reminder_goes_its_own_way(reachable, ways):
    steps = [TWO_DAYS, DAY_BEFORE]

    assert [way_for(step, steps, reachable) for step in steps] == ways


def test_whoever_no_reminder_reaches_gets_the_last_by_the_other_way():
    assert way_for(DAY_BEFORE, [DAY_BEFORE], ["email"]) == "email"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", (Meaning.YES, 1)),
        (" 1. ", (Meaning.YES, 1)),
        ("YES", (Meaning.YES, 0)),
        ("Yes, thanks!", (Meaning.YES, 0)),
        ("y", (Meaning.YES, 0)),
        ("2", (Meaning.CHOICE, 2)),
        ("Stop", (Meaning.STOP, 0)),
        ("START", (Meaning.START, 0)),
        ("cancel", (Meaning.OTHER, 0)),
        ("Yes but can it be later?", (Meaning.OTHER, 0)),
        ("stop by at 5?", (Meaning.OTHER, 0)),
        ("12", (Meaning.OTHER, 0)),
        ("\u00b2", (Meaning.OTHER, 0)),
        ("", (Meaning.OTHER, 0)),
    ],
)
def test_answer_counts_only_as_a_whole(text, meaning):
    assert meaning_of(text) == meaning
