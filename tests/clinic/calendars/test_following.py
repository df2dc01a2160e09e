"""Following a foreign calendar from a real server into the diary, and back out of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from corneum.clinic.calendars import actions, due, following
from corneum.clinic.calendars.fetching import NotAnAddress
from corneum.clinic.calendars.models import Fetch, ForeignCalendar
from corneum.clinic.calendars.reading import NotACalendar
from corneum.clinic.diary.actions import TimeRefused
from corneum.clinic.diary.models import Block
from corneum.clinic.diary.queries import openings_for
from corneum.clinic.practitioners.models import Practitioner
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.models import AuditEvent, Change
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.jobs.models import Job
from corneum.platform.jobs.worker import Worker
from tests.clinic.calendars.provider import HERE, Provider
from tests.clinic.calendars.test_reading import calendar, event
from tests.factories.cast import NOW, Cast
from tests.factories.diary import clocks, make_appointment, minute

pytestmark = pytest.mark.django_db

QUARTER = timedelta(minutes=15)
DENTIST = calendar(event("DTSTART:20260310T100000Z", "DTEND:20260310T113000Z", "LOCATION:Deansgate"))
NOTHING = calendar()
TUESDAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _here(settings: Settings) -> None:
    settings.CALENDARS_PRIVATE = HERE


@pytest.fixture
def connected(cast: Cast, provider: Provider) -> ForeignCalendar:
    """Nadia's own calendar, connected by herself and not yet fetched."""
    provider.say(DENTIST, ETag='"one"')
    return connect(cast, url=provider.url)


def connect(
    cast: Cast, *, url: str, user: User | None = None, practitioner: Practitioner | None = None, press: str = ""
) -> ForeignCalendar:
    """Connect a calendar as Nadia, unless the test says otherwise."""
    user = user or cast.priya
    return actions.connect_calendar(
        clinic=cast.manchester, practitioner=practitioner or cast.nadia, url=url, name="Hospital rota", user=user,
        by=Actor.staff(user), at=NOW, press=press,
    )  # fmt: skip


def busy(calendar: ForeignCalendar) -> list[Interval]:
    """Read the live blocks that a calendar has in the diary."""
    rows = Block.objects.filter(series=calendar.ref, lifted_at=None).order_by("starts")
    return [Interval(row.starts, row.ends) for row in rows]


def state_of(calendar: ForeignCalendar) -> Fetch:
    """Read how fetching a calendar stands."""
    return Fetch.objects.get(calendar=calendar)


AT_THE_DENTIST = [Interval(minute("2026-03-10T10:00"), minute("2026-03-10T11:30"))]


def test_busy_time_elsewhere_becomes_blocks_of_the_practitioner(cast: Cast, connected: ForeignCalendar):
    following.follow(connected.ref, at=NOW)

    assert busy(connected) == AT_THE_DENTIST
    block = Block.objects.get()
    assert (block.kind, block.schedule.practitioner, block.note) == ("other-calendar", cast.nadia, "")
    state = state_of(connected)
    assert (state.last_ok_at, state.failures, state.last_error, state.next_at) == (NOW, 0, "", NOW + QUARTER)


def test_no_title_and_no_place_is_kept_anywhere(connected: ForeignCalendar):
    following.follow(connected.ref, at=NOW)

    for model in (Block, Fetch, ForeignCalendar, AuditEvent, Change, Job):
        rows = str(list(model._default_manager.values()))
        assert "Dentist" not in rows
        assert "Deansgate" not in rows


def test_secret_address_is_in_no_trail_and_no_job(connected: ForeignCalendar):
    following.follow(connected.ref, at=NOW)

    for model in (Block, Fetch, AuditEvent, Change, Job):
        assert "secret-token" not in str(list(model._default_manager.values()))


def test_unchanged_calendar_is_asked_for_with_its_mark_and_leaves_no_event(
    connected: ForeignCalendar, provider: Provider
):
    following.follow(connected.ref, at=NOW)
    events = AuditEvent.objects.count()

    following.follow(connected.ref, at=NOW + QUARTER)

    assert provider.asked[1]["If-None-Match"] == '"one"'
    assert busy(connected) == AT_THE_DENTIST
    assert state_of(connected).last_ok_at == NOW + QUARTER
    assert AuditEvent.objects.count() == events


def test_calendar_whose_server_stamps_it_anew_each_time_is_not_read_anew(
    connected: ForeignCalendar, provider: Provider, monkeypatch
):
    provider.say(DENTIST.replace(b"SUMMARY", b"DTSTAMP:20260309T080000Z\r\nSUMMARY"))
    following.follow(connected.ref, at=NOW)
    provider.say(DENTIST.replace(b"SUMMARY", b"DTSTAMP:20260309T081500Z\r\nSUMMARY"))
    monkeypatch.setattr(following, "SECONDS_TO_READ", 0)  # whatever were read would now fail

    following.follow(connected.ref, at=NOW + QUARTER)

    assert (state_of(connected).failures, state_of(connected).last_ok_at) == (0, NOW + QUARTER)
    assert busy(connected) == AT_THE_DENTIST


def test_calendar_is_read_anew_each_day_though_it_has_not_changed(connected: ForeignCalendar, provider: Provider):
    following.follow(connected.ref, at=NOW)

    following.follow(connected.ref, at=NOW + timedelta(days=1))

    assert "If-None-Match" not in provider.asked[1]
    assert state_of(connected).read_on == (NOW + timedelta(days=1)).date()


def test_what_is_gone_from_the_calendar_is_free_again(connected: ForeignCalendar, provider: Provider):
    """Cal.com #1919: what is deleted elsewhere is not seen."""
    following.follow(connected.ref, at=NOW)
    provider.say(NOTHING, ETag='"two"')

    following.follow(connected.ref, at=NOW + QUARTER)

    assert busy(connected) == []


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"status": 500}, "The calendar's server says that it cannot answer just now."),
        (
            {"status": 404},
            "The calendar is no longer at this address. Share it anew, and give Corneum the new address.",
        ),
        ({"body": b"<html>Sign in</html>"}, "What came from this address is not a whole calendar file."),
        ({"body": DENTIST[:-30]}, "What came from this address is not a whole calendar file."),
        (
            {"status": 302, "Location": "https://127.0.0.2/"},
            "The address leads into a private network, and Corneum does not look there.",
        ),
        ({"body": b"x" * 5_000_001}, "The calendar is larger than 5 MB."),
    ],
    ids=["500", "404", "no calendar", "cut off", "into a private network", "huge"],
)
def test_failing_calendar_keeps_what_was_last_known_and_says_what_is_the_matter(
    connected: ForeignCalendar, provider: Provider, answer: dict[str, Any], sentence: str
):
    following.follow(connected.ref, at=NOW)
    provider.say(**answer)

    following.follow(connected.ref, at=NOW + QUARTER)

    assert busy(connected) == AT_THE_DENTIST
    state = state_of(connected)
    assert (state.failures, state.last_error, state.is_stale) == (1, sentence, False)
    assert state.last_ok_at == NOW


def test_failing_calendar_is_asked_less_and_less_often_and_is_stale_after_three(
    connected: ForeignCalendar, provider: Provider
):
    provider.say(b"", status=503)
    pauses, at = [], NOW
    for _ in range(8):
        following.follow(connected.ref, at=at)
        state = state_of(connected)
        pauses.append((state.next_at - at) // timedelta(minutes=1))
        at = state.next_at

    assert pauses == [15, 30, 60, 120, 240, 360, 360, 360]
    assert state_of(connected).is_stale


def test_calendar_that_answers_again_is_well_again(connected: ForeignCalendar, provider: Provider):
    provider.say(b"", status=503)
    following.follow(connected.ref, at=NOW)
    provider.say(DENTIST)

    following.follow(connected.ref, at=NOW + QUARTER)

    state = state_of(connected)
    assert (state.failures, state.last_error, state.next_at) == (0, "", NOW + 2 * QUARTER)
    assert busy(connected) == AT_THE_DENTIST


def test_entries_that_make_no_sense_are_counted_beside_the_calendar(connected: ForeignCalendar, provider: Provider):
    provider.say(calendar(event("DTSTART:soon", uid="x"), event("DTSTART:20260310T100000Z", "DTEND:20260310T113000Z")))

    following.follow(connected.ref, at=NOW)

    assert state_of(connected).unread == 1
    assert busy(connected) == AT_THE_DENTIST


def test_disconnected_calendar_gives_its_time_back_and_its_address_is_gone(cast: Cast, connected: ForeignCalendar):
    following.follow(connected.ref, at=NOW)

    actions.disconnect_calendar(calendar=connected, user=cast.priya, by=Actor.staff(cast.priya), at=NOW)

    assert Block.objects.filter(lifted_at=None).count() == 0
    assert ForeignCalendar.objects.count() == 0
    assert Fetch.objects.count() == 0


def test_calendar_that_was_disconnected_while_it_was_fetched_leaves_nothing(
    cast: Cast, connected: ForeignCalendar, provider: Provider
):
    actions.disconnect_calendar(calendar=connected, user=cast.priya, by=Actor.staff(cast.priya), at=NOW)

    with pytest.raises(actions.Disconnected):
        actions.keep_busy_times(
            calendar=connected, spans=AT_THE_DENTIST, unread=0, digest="", by=following.PART, at=NOW
        )
    following.follow("0" * 26, at=NOW)

    assert Block.objects.filter(lifted_at=None).count() == 0
    assert provider.asked == []


def test_two_calendars_of_one_person_do_not_touch_each_others_time(
    cast: Cast, connected: ForeignCalendar, provider: Provider
):
    second = connect(cast, url=provider.url)
    for each in (connected, second):
        following.follow(each.ref, at=NOW)

    actions.disconnect_calendar(calendar=second, user=cast.priya, by=Actor.staff(cast.priya), at=NOW)

    assert (busy(connected), busy(second)) == (AT_THE_DENTIST, [])


# --- who may, and how often -------------------------------------------------------------------


def test_calendar_is_connected_by_whose_it_is_or_by_the_owner_and_by_nobody_else(cast: Cast):
    url = "https://calendar.example/a.ics"
    connect(cast, url=url, user=cast.owen)

    for user, practitioner in ((cast.dana, cast.nadia), (cast.priya, cast.rosa), (cast.mallory, cast.nadia)):
        with pytest.raises(actions.NotYourCalendar):
            connect(cast, url=url, user=user, practitioner=practitioner)
    assert ForeignCalendar.objects.count() == 1


def test_calendar_is_disconnected_and_fetched_by_nobody_else_either(cast: Cast, connected: ForeignCalendar):
    refused: list[Callable[..., object]] = [actions.disconnect_calendar, actions.fetch_again]
    for act in refused:
        with pytest.raises(actions.NotYourCalendar):
            act(calendar=connected, user=cast.dana, by=Actor.staff(cast.dana), at=NOW)
    assert ForeignCalendar.objects.get() == connected


def test_ten_calendars_are_enough(cast: Cast):
    for number in range(10):
        connect(cast, url=f"https://calendar.example/{number}.ics")

    with pytest.raises(actions.TooManyCalendars):
        connect(cast, url="https://calendar.example/11.ics")


def test_connecting_needs_an_address_and_the_same_press_connects_once(cast: Cast):
    with pytest.raises(NotAnAddress):
        connect(cast, url="my calendar")
    connect(cast, url="webcal://calendar.example/a.ics", press="once")
    with pytest.raises(AlreadyDone):
        connect(cast, url="webcal://calendar.example/a.ics", press="once")

    assert ForeignCalendar.objects.get().url == "https://calendar.example/a.ics"


# --- the clock ---------------------------------------------------------------------------------


def test_connected_calendar_is_queued_at_once_and_due_ones_every_five_minutes_each_once(connected: ForeignCalendar):
    assert Job.objects.filter(kind=due.KIND).count() == 1

    assert due.queue_due_fetches(NOW) == 1  # it is waiting in the queue, and is asked for once
    assert Job.objects.filter(kind=due.KIND).count() == 1
    following.follow(connected.ref, at=NOW)
    assert due.queue_due_fetches(NOW + timedelta(minutes=14)) == 0
    assert due.queue_due_fetches(NOW + QUARTER) == 1
    assert Job.objects.filter(kind=due.KIND).count() == 2


def test_worker_fetches_what_is_due(connected: ForeignCalendar):
    Worker(clock=lambda: NOW).run_until_idle()

    assert busy(connected) == AT_THE_DENTIST
    assert list(Job.objects.filter(kind=due.KIND).values_list("state", flat=True)) == ["done"]


def test_fetch_again_reads_it_anew_whatever_the_marks_say(cast: Cast, connected: ForeignCalendar, provider: Provider):
    Worker(clock=lambda: NOW).run_until_idle()
    later = NOW + timedelta(minutes=1)

    actions.fetch_again(calendar=connected, user=cast.priya, by=Actor.staff(cast.priya), at=later)
    Worker(clock=lambda: later).run_until_idle()

    assert [("If-None-Match" in asked) for asked in provider.asked] == [False, False]


def test_fault_of_ours_is_told_beside_the_calendar_and_it_is_tried_again_later(connected: ForeignCalendar):
    following.give_up(connected.ref, at=NOW)

    state = state_of(connected)
    assert state.last_error == "Something on our side is wrong. Tell whoever looks after Corneum."
    assert state.next_at == NOW + QUARTER


# --- a process of its own ----------------------------------------------------------------------

SPRING = Interval(minute("2026-03-09T00:00"), minute("2026-05-09T00:00"))


def test_file_is_read_in_a_process_of_its_own_to_the_same_end():
    assert following.read_apart(DENTIST, window=SPRING, zone="Europe/London").spans == AT_THE_DENTIST


def test_process_says_what_is_no_calendar():
    with pytest.raises(NotACalendar):
        following.read_apart(b"no", window=SPRING, zone="Europe/London")


def test_file_made_to_keep_its_reader_busy_is_given_up(monkeypatch):
    monkeypatch.setattr(following, "SECONDS_TO_READ", 2)
    never = event("DTSTART:19700101T000000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30")
    endless = calendar(*(never.replace("one@", f"{number}@") for number in range(50)))

    with pytest.raises(following.Unreadable):
        following.read_apart(endless, window=SPRING, zone="Europe/London")


def test_late_summer_is_in_the_diary_as_far_as_anybody_can_book(
    cast: Cast, connected: ForeignCalendar, provider: Provider
):
    last = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)  # sixty days from now: the horizon of what is offered
    provider.say(calendar(event(f"DTSTART:{last:%Y%m%dT%H%M%SZ}", "DURATION:PT1H")))

    following.follow(connected.ref, at=NOW)

    assert busy(connected) == [Interval(minute("2026-05-08T09:00"), minute("2026-05-08T10:00"))]


def test_nothing_is_offered_while_somebody_is_busy_elsewhere_nor_in_the_buffers_beside_it(
    cast: Cast, connected: ForeignCalendar
):
    """SergeyMosin/Appointments #328, #403: buffers that do not keep their distance from other calendars."""

    def offered() -> set[str]:
        times = openings_for(
            clinic=cast.manchester, treatment=cast.consultation, practitioner=cast.nadia, first=TUESDAY, last=TUESDAY,
            at=NOW,
        )  # fmt: skip
        return set(clocks([time.starts for time in times]))

    before = offered()
    following.follow(connected.ref, at=NOW)

    # A consultation takes half an hour and five minutes after it: one at half past nine would reach into the dentist's.
    assert before - offered() == {"09:30", "09:45", "10:00", "10:15", "10:30", "10:45", "11:00", "11:15"}
    with pytest.raises(TimeRefused):
        make_appointment(cast, minute("2026-03-10T09:30"), practitioner=cast.nadia)
    assert make_appointment(cast, minute("2026-03-10T11:30"), practitioner=cast.nadia).practitioner == cast.nadia
