"""The diary as a calendar, behind a secret link."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from corneum.clinic.calendars import actions
from corneum.clinic.calendars.models import Feed
from corneum.clinic.calendars.reading import read
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment, Slot
from corneum.domain.scheduling.wall import day_window
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Membership, User
from corneum.platform.audit.models import AuditEvent, Change
from corneum.platform.audit.trail import AlreadyDone
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def make_feed(cast: Cast, of: Any = None, *, shows: str = "busy", user: User | None = None, press: str = "") -> Feed:
    """Make a link to Rosa's diary as Owen, unless the test says otherwise."""
    user = user or cast.owen
    return actions.make_feed(
        clinic=cast.manchester, of=of or cast.rosa, shows=shows, user=user, by=Actor.staff(user), at=NOW, press=press
    )


def ask(feed: Feed, *, at: datetime = LATER, prefix: str = "", **headers: str) -> Any:
    """Ask for a feed as a calendar program does."""
    with time_machine.travel(at, tick=False):
        return Client().get(f"{prefix}/calendars/{feed.code}.ics", headers=headers)


def events(answer: Any) -> list[Any]:
    """Read the entries of a feed."""
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def said(answer: Any) -> list[str]:
    """Read what a feed says of each entry: when, in UTC, and what for."""
    return [f"{event['DTSTART'].dt.astimezone(UTC):%m-%d %H:%M} {event['SUMMARY']}" for event in events(answer)]


@pytest.fixture
def booked(cast: Cast) -> Appointment:
    """Alice's consultation with Rosa, tomorrow at ten."""
    return make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.rosa)


def test_feed_says_when_somebody_is_busy_and_nothing_else(cast: Cast, booked: Appointment):
    answer = ask(make_feed(cast))

    [event] = events(answer)
    assert event["SUMMARY"] == "Busy"
    assert event["DTSTART"].dt == booked.starts_at
    assert event["DTEND"].dt == booked.ends_at
    assert set(event) == {
        "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "CLASS",
    }  # fmt: skip
    told = answer.content.decode()
    for secret in ("Alice", "Ashworth", "onsult", "oom", booked.code, booked.reference):
        assert secret not in told


@pytest.mark.parametrize(
    ("shows", "summary"),
    [("busy", "Busy"), ("treatment", "Consultation"), ("names", "Consultation: Alice Ashworth")],
)
def test_feed_shows_what_was_chosen_and_no_more(cast: Cast, booked: Appointment, shows, summary):
    booked.note = "Step-free way in"
    booked.save()

    answer = ask(make_feed(cast, shows=shows))

    [event] = events(answer)
    assert event["SUMMARY"] == summary
    assert event.get("LOCATION") == (None if shows == "busy" else "Consulting room")
    assert "Step-free" not in answer.content.decode()
    assert ("Alice" in answer.content.decode()) == (shows == "names")


def test_feed_of_a_room_a_device_and_the_clinic_says_who_treats(cast: Cast, booked: Appointment):
    make_appointment(
        cast, minute("2026-03-10T10:00"), patient=cast.bea, practitioner=cast.nadia, treatment=cast.microdermabrasion
    )

    told = {
        str(of): said(ask(make_feed(cast, of, shows="treatment")))
        for of in (cast.consulting_room, cast.crystal, cast.manchester, cast.nadia)
    }

    consultation = "03-10 10:00 Consultation (Rosa Lindley)"
    device = "03-10 10:00 Microdermabrasion (Nadia Rahman)"
    assert told == {
        "Consulting room": [consultation],
        "Crystal unit": [device],
        "Manchester": [consultation, device],
        "Nadia Rahman": ["03-10 10:00 Microdermabrasion"],
    }


def test_feed_is_of_one_clinic_only(cast: Cast, booked: Appointment):
    feed, there = make_feed(cast, cast.manchester), make_patient(cast.stockport, "Cara Cole")

    make_appointment(cast, minute("2026-03-10T10:00"), patient=there, practitioner=cast.sian, clinic=cast.stockport)

    assert said(ask(feed)) == ["03-10 10:00 Busy"]
    assert ask(feed, prefix="/stockport").status_code == 404


def test_cancelled_appointment_is_dropped_and_a_request_is_tentative(cast: Cast, booked: Appointment):
    feed = make_feed(cast)
    pending = make_appointment(cast, minute("2026-03-11T10:00"), patient=cast.bea, practitioner=cast.rosa)
    pending.status, pending.request_expires_at = Appointment.Status.PENDING, NOW
    pending.save()

    diary.cancel_appointment(appointment=booked, reason="", by=Actor.staff(cast.dana), at=NOW)

    assert [(event["DTSTART"].dt, event["STATUS"]) for event in events(ask(feed))] == [(pending.starts_at, "TENTATIVE")]


def test_move_keeps_the_name_of_the_entry_and_raises_its_sequence(cast: Cast, booked: Appointment):
    feed = make_feed(cast)
    [before] = events(ask(feed))
    moved_at = NOW + timedelta(minutes=30)

    diary.move_appointment(
        appointment=booked, starts=minute("2026-03-12T14:00"), practitioner=None, by=Actor.staff(cast.dana), at=moved_at
    )

    [after] = events(ask(feed))
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (before["LAST-MODIFIED"].dt, after["LAST-MODIFIED"].dt) == (NOW, moved_at)
    assert after["DTSTART"].dt == datetime(2026, 3, 12, 14, tzinfo=UTC)


def test_feed_reaches_thirty_days_back_and_half_a_year_ahead(cast: Cast, booked: Appointment):
    feed = make_feed(cast)

    def is_in(day: str) -> bool:
        starts = minute(f"{day}T10:00")
        Slot.objects.filter(appointment=booked).delete()
        Appointment.objects.filter(pk=booked.pk).update(starts=starts, ends=starts + 30)
        return bool(events(ask(feed)))

    inside = {day: is_in(day) for day in ("2026-02-06", "2026-02-07", "2026-09-05", "2026-09-06")}

    assert inside == {"2026-02-06": False, "2026-02-07": True, "2026-09-05": True, "2026-09-06": False}


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-04-05", "2026-07-01"])
def test_feed_means_the_same_minutes_to_whoever_reads_it_in_any_zone(cast: Cast, booked: Appointment, zone, day):
    cast.manchester.zone = zone
    cast.manchester.save()
    starts = minute(f"{day}T00:45")
    Appointment.objects.filter(pk=booked.pk).update(starts=starts, ends=starts + 30)

    answer = ask(make_feed(cast))

    window = day_window(NOW.date(), NOW.date() + timedelta(days=150), "UTC")
    assert read(answer.content, window=window, zone="UTC").spans == [(starts, starts + 30)]


def test_words_of_a_feed_come_out_as_they_went_in(cast: Cast, booked: Appointment):
    cast.alice.name = (
        "Ælfthryth O\\'Neill; née Smith, of a house with a very long name indeed, by the sea \U0001f30a" * 2
    )
    cast.alice.name = cast.alice.name[:120]
    cast.alice.save()

    answer = ask(make_feed(cast, shows="names"))

    assert [str(event["SUMMARY"]) for event in events(answer)] == [f"Consultation: {cast.alice.name}"]
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert answer.content.count(b"\n") == answer.content.count(b"\r\n")


# --- asking again ------------------------------------------------------------------------------


def test_feed_that_has_not_changed_is_not_sent_again(cast: Cast, booked: Appointment):
    feed = make_feed(cast)
    first = ask(feed)

    by_etag = ask(feed, **{"If-None-Match": first["ETag"]})
    by_date = ask(feed, **{"If-Modified-Since": first["Last-Modified"]})

    assert (by_etag.status_code, by_date.status_code) == (304, 304)
    assert by_etag.content == b""
    assert by_etag["ETag"] == first["ETag"]
    assert ask(feed, at=LATER + timedelta(minutes=5)).content == first.content


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
@pytest.mark.parametrize("change", ["move", "cancel", "to another person", "book"])
def test_feed_that_has_changed_is_sent_again(cast: Cast, booked: Appointment, header, change):
    feed = make_feed(cast)
    first, by, at = ask(feed), Actor.staff(cast.dana), LATER + timedelta(minutes=1)
    asks = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]

    if change == "cancel":
        diary.cancel_appointment(appointment=booked, reason="", by=by, at=at)
    elif change == "book":
        make_appointment(cast, minute("2026-03-11T10:00"), patient=cast.bea, practitioner=cast.rosa, at=at)
    else:
        to = cast.nadia if change == "to another person" else cast.rosa
        starts = booked.starts if change == "to another person" else booked.starts + 60
        diary.move_appointment(appointment=booked, starts=starts, practitioner=to, by=by, at=at)
    second = ask(feed, at=at + timedelta(minutes=1), **{asks: first[header]})

    assert second.status_code == 200
    assert said(second) != said(first)


def test_feed_says_no_date_in_the_second_in_which_something_changed(cast: Cast, booked: Appointment):
    assert "Last-Modified" not in ask(make_feed(cast), at=NOW)
    assert "ETag" in ask(make_feed(cast), at=NOW)


def test_feed_with_names_is_told_by_its_mark_alone_because_names_change_too(cast: Cast, booked: Appointment):
    feed = make_feed(cast, shows="names")
    first = ask(feed)
    cast.alice.name = "Alice Barlow"
    cast.alice.save()

    second = ask(feed, **{"If-None-Match": first["ETag"]})

    assert "Last-Modified" not in first
    assert said(second) == ["03-10 10:00 Consultation: Alice Barlow"]


def test_feed_is_kept_by_nobody_on_the_way_and_found_by_no_search_engine(cast: Cast):
    answer = ask(make_feed(cast))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_asking_for_a_feed_writes_nothing(cast: Cast, booked: Appointment):
    feed = make_feed(cast, shows="names")
    before = (AuditEvent.objects.count(), Change.objects.count(), Feed.objects.values().get())

    ask(feed)

    assert (AuditEvent.objects.count(), Change.objects.count(), Feed.objects.values().get()) == before


def test_feed_of_many_appointments_asks_as_many_questions_as_of_one(
    cast: Cast, booked: Appointment, django_assert_max_num_queries
):
    feed = make_feed(cast, cast.manchester, shows="names")
    for day in range(11, 15):
        make_appointment(cast, minute(f"2026-03-{day}T10:00"), practitioner=cast.rosa)

    with django_assert_max_num_queries(12):
        assert len(events(ask(feed))) == 5


# --- who may -----------------------------------------------------------------------------------


def test_revoked_link_leads_nowhere(cast: Cast):
    feed = make_feed(cast)

    actions.revoke_feed(feed=feed, user=cast.owen, by=Actor.staff(cast.owen), at=NOW)

    assert ask(feed).status_code == 404
    with pytest.raises(actions.Revoked):
        actions.revoke_feed(feed=feed, user=cast.owen, by=Actor.staff(cast.owen), at=NOW)


def test_link_ends_with_the_rights_of_whoever_made_it(cast: Cast):
    feed = make_feed(cast, user=cast.dana)
    assert ask(feed).status_code == 200

    Membership.objects.filter(user=cast.dana).delete()

    assert ask(feed).status_code == 404


def test_link_ends_when_the_account_of_its_maker_is_closed(cast: Cast):
    feed = make_feed(cast, user=cast.dana)

    User.objects.filter(pk=cast.dana.pk).update(is_active=False)

    assert ask(feed).status_code == 404


def test_nobody_from_elsewhere_shows_anything(cast: Cast):
    for shows in Feed.Shows:
        with pytest.raises(actions.NotYours):
            make_feed(cast, shows=shows, user=cast.mallory)

    assert Feed.objects.count() == 0


def test_choice_of_what_is_shown_is_in_the_trail(cast: Cast, booked: Appointment):
    feed = make_feed(cast, user=cast.dana)

    actions.choose_what_feed_shows(feed=feed, shows="names", user=cast.dana, by=Actor.staff(cast.dana), at=NOW)

    assert said(ask(feed)) == ["03-10 10:00 Consultation: Alice Ashworth"]
    event = AuditEvent.objects.get(action="calendars.choose_what_feed_shows")
    assert (event.actor_user, event.detail) == (cast.dana, {"shows": "names", "was": "busy"})
    assert feed.code not in str(list(AuditEvent.objects.values())) + str(list(Change.objects.values()))


def test_link_is_changed_by_whoever_made_it_or_by_the_owner(cast: Cast):
    feed = make_feed(cast, user=cast.dana)

    with pytest.raises(actions.NotYourLink):
        actions.choose_what_feed_shows(feed=feed, shows="names", user=cast.priya, by=Actor.staff(cast.priya), at=NOW)
    with pytest.raises(actions.NotYourLink):
        actions.revoke_feed(feed=feed, user=cast.priya, by=Actor.staff(cast.priya), at=NOW)
    actions.revoke_feed(feed=feed, user=cast.owen, by=Actor.staff(cast.owen), at=NOW)

    assert Feed.objects.get().revoked_by == cast.owen


def test_same_press_makes_one_link(cast: Cast):
    make_feed(cast, press="once")
    with pytest.raises(AlreadyDone):
        make_feed(cast, press="once")

    assert Feed.objects.count() == 1


def test_what_is_nobodys_code_leads_nowhere(cast: Cast):
    assert Client().get(f"/calendars/{'0' * 26}.ics").status_code == 404
