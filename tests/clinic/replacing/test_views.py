"""The desk takes somebody out and deals with every visit: all of it without a script."""

import pytest
import time_machine

from corneum.clinic.diary.models import Appointment
from corneum.clinic.replacing.models import Outage, Replacement
from corneum.platform.audit.models import RecordRead
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute
from tests.factories.replacing import propose, take_out

pytestmark = pytest.mark.django_db
TEN = minute("2026-03-10T10:00")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client, cast):
    """Sit Dana down."""
    client.force_login(cast.dana)
    return client


def asked(cast, **changes) -> dict[str, str]:
    """Take Rosa out for all Tuesday."""
    return {
        "what": f"practitioner-{cast.rosa.ref}", "kind": "sickness", "first": "2026-03-10", "last": "2026-03-10",
        "press": "01J00000000000000000000000",
    } | changes  # fmt: skip


def micro(cast, clock="10:00", patient=None) -> Appointment:
    return make_appointment(
        cast, minute(f"2026-03-10T{clock}"), patient=patient, practitioner=cast.rosa,
        treatment=cast.microdermabrasion,
    )  # fmt: skip


def told(page) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def test_take_out_begins_with_whom_the_diary_named(desk, cast):
    page = desk.get("/desk/outages/new/", {"what": f"practitioner-{cast.rosa.ref}", "day": "2026-03-12"})

    assert page.status_code == 200
    assert page.context["form"]["what"].value() == f"practitioner-{cast.rosa.ref}"
    assert '<option value="practitioner-' + cast.rosa.ref + '" selected>' in page.content.decode()
    assert 'value="2026-03-12"' in page.content.decode()


def test_the_diary_leads_to_taking_somebody_out(desk, cast):
    micro(cast)

    page = desk.get("/desk/diary/2026-03-10/").content.decode()

    assert f"/desk/outages/new/?what=practitioner-{cast.rosa.ref}&amp;day=2026-03-10" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": ""}, "Choose who or what is out"),
        ({"last": "2026-03-08"}, "The last day must be today or later"),
        ({"last": "2026-03-09"}, "within a year of the first, and not before it"),
        ({"starts": "12:00", "ends": "11:00"}, "The end must be after the start"),
        ({"kind": "out-of-order"}, "Choose a reason that goes with who or what is out"),
        ({"starts": "noon"}, "Enter a time, such as 13:30"),
    ],
)
def test_take_out_says_what_is_not_right(desk, cast, changes, sentence):
    page = desk.post("/desk/outages/new/", asked(cast, **changes))

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert Outage.objects.count() == 0


def test_take_out_lists_and_proposes_and_a_second_press_takes_out_once(desk, cast):
    micro(cast)

    first = desk.post("/desk/outages/new/", asked(cast))
    second = desk.post("/desk/outages/new/", asked(cast))

    outage = Outage.objects.get()
    assert first.url == second.url == f"/desk/outages/{outage.ref}/"
    page = desk.get(first.url).content.decode()
    for words in (
        "Alice Ashworth",
        "Proposed",
        "Same time, another person",
        "all Tuesday 10 March",
        "Accept",
        "Other time",
        "Ring",
    ):
        assert words in page
    assert Replacement.objects.get().state == "proposed"
    assert RecordRead.objects.filter(patient_ref=cast.alice.ref).exists()


def test_take_out_reads_hours_on_the_clinics_clock(desk, cast):
    desk.post("/desk/outages/new/", asked(cast, first="2026-03-31", last="2026-03-31", starts="10:00", ends="12:00"))

    outage = Outage.objects.get()
    assert (outage.starts, outage.ends) == (minute("2026-03-31T09:00"), minute("2026-03-31T11:00"))  # summer time


def test_accept_all_places_everybody_and_close_puts_it_away(desk, cast):
    micro(cast)
    micro(cast, "14:00", cast.bea)
    outage = take_out(cast, cast.rosa)
    propose(cast, outage)

    page = desk.post(f"/desk/outages/{outage.ref}/accept-all/", follow=True)

    assert "2 visits are placed anew." in told(page)
    assert "2 dealt with, 0 to decide" in page.content.decode()
    assert Message.objects.filter(template="replacing/changed", state="queued").count() == 2
    closed = desk.post(f"/desk/outages/{outage.ref}/close/", follow=True)
    assert "this is closed" in told(closed)
    assert Outage.objects.get().closed_by == cast.dana


def test_accept_says_when_the_place_has_gone_and_shows_another(desk, cast):
    micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]
    make_appointment(cast, TEN, patient=cast.bea, practitioner=cast.nadia)

    page = desk.post(f"/desk/outages/visits/{row.ref}/accept/", follow=True)

    assert "The place for Alice Ashworth has gone meanwhile" in told(page)
    row.refresh_from_db()
    assert (row.state, row.starts != TEN) == ("proposed", True)


def test_accept_says_who_was_quicker(desk, cast):
    micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]
    desk.post(f"/desk/outages/visits/{row.ref}/accept/")

    page = desk.post(f"/desk/outages/visits/{row.ref}/leave/", follow=True)

    assert "Dana Okafor has decided about this visit already: it has a new place." in told(page)


def test_a_room_is_swapped_without_a_word(desk, cast):
    visit = micro(cast)
    room = visit.slots.get(schedule__room__isnull=False).schedule.room
    row = propose(cast, take_out(cast, room))["Alice"]

    page = desk.post(f"/desk/outages/visits/{row.ref}/accept/", follow=True)

    assert "Nothing that they were promised has changed, so no message leaves." in told(page)
    assert Message.objects.filter(template__startswith="replacing").count() == 0


def test_visit_offers_other_times_and_takes_one(desk, cast):
    visit = micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]
    address = f"/desk/outages/visits/{row.ref}/"

    page = desk.get(address)
    choices = [choice for day in page.context["days"].values() for choice in day]
    assert (TEN, "Nadia Rahman") in [(choice["starts"], choice["name"]) for choice in choices]
    assert [choice["starts"] for choice in choices] == sorted(choice["starts"] for choice in choices)
    desk.post(address, {"time": f"{TEN}-{cast.nadia.pk}"})

    visit.refresh_from_db()
    assert (visit.starts, visit.practitioner) == (TEN, cast.nadia)


@pytest.mark.parametrize("time", ["", "x-1", "1", "99999999999999-1"])
def test_visit_refuses_what_is_no_choice(desk, cast, time):
    micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]

    page = desk.post(f"/desk/outages/visits/{row.ref}/", {"time": time}, follow=True)

    assert "That time has gone meanwhile" in told(page)
    assert Replacement.objects.get().state == "proposed"


def test_visit_says_when_a_time_has_gone(desk, cast):
    micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]

    page = desk.post(f"/desk/outages/visits/{row.ref}/", {"time": f"{TEN}-{cast.rosa.pk}"}, follow=True)

    assert "That time has gone meanwhile" in told(page)


def test_cancel_needs_a_reason_and_keeps_it_at_the_desk(desk, cast):
    visit = micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]
    address = f"/desk/outages/visits/{row.ref}/cancel/"

    assert "Enter a reason" in desk.post(address, {"reason": ""}).content.decode()
    page = desk.post(address, {"reason": "She is travelling"}, follow=True)

    visit.refresh_from_db()
    assert (visit.status, visit.cancel_reason) == ("cancelled", "She is travelling")
    assert "They are told in three minutes." in told(page)
    letter = Message.objects.get(template="replacing/changed")
    assert ("travelling" in letter.text + letter.html, "cancelled" in letter.text) == (False, True)


def test_shorten_gives_the_time_back(desk, cast):
    micro(cast)
    outage = take_out(cast, cast.rosa)

    page = desk.post(f"/desk/outages/{outage.ref}/shorten/", {"last": "2026-03-10"}, follow=True)

    assert "Rosa Lindley is back from 12am on Tuesday 10 March" in told(page)
    assert "is here after all" in page.content.decode()
    assert Replacement.objects.get().state == "settled"


def test_look_again_lists_what_slipped_in(desk, cast):
    outage = take_out(cast, cast.rosa)
    Replacement.objects.all().delete()

    page = desk.post(f"/desk/outages/{outage.ref}/propose/", follow=True)

    assert "0 visits have a proposal." in told(page)


@pytest.mark.parametrize(("who", "words"), [("dana", "Not available"), ("owen", "Training")])
def test_why_somebody_is_out_is_for_whoever_sets_the_clinic_up(client, cast, who, words):
    outage = take_out(cast, cast.rosa, kind="training")
    client.force_login(getattr(cast, who))

    for url in ("/desk/outages/", f"/desk/outages/{outage.ref}/"):
        page = client.get(url).content.decode()
        assert [each in page for each in ("Not available", "Training")] == [
            each == words for each in ("Not available", "Training")
        ]


def test_another_clinics_desk_finds_no_outage(client, cast):
    outage = take_out(cast, cast.rosa)
    client.force_login(cast.mallory)

    assert client.get(f"/desk/outages/{outage.ref}/").status_code == 404
    assert client.get(f"/stockport/desk/outages/{outage.ref}/").status_code == 404
    assert "Rosa" not in client.get("/stockport/desk/outages/").content.decode()
