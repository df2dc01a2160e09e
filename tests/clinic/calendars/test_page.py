"""The desk's page of links out and calendars in."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from corneum.clinic.calendars import actions
from corneum.clinic.calendars.models import Feed, Fetch, ForeignCalendar
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import DeskClient

pytestmark = pytest.mark.django_db

PAGE = "/desk/calendars/"
SECRET = "https://calendar.example/very-secret/basic.ics"


def at_desk(user: User) -> DeskClient:
    """Sit somebody down at the desk."""
    client = DeskClient()
    client.force_login(user)
    return client


def page(user: User) -> str:
    """Read the page as somebody."""
    answer = at_desk(user).get(PAGE)
    assert answer.status_code == 200
    return str(answer.content.decode())


def make(user: User, **sent: str) -> Any:
    """Send the form that makes a link."""
    return at_desk(user).post(f"{PAGE}make/", {f"feed-{name}": value for name, value in sent.items()})


def connect(user: User, **sent: str) -> Any:
    """Send the form that connects a calendar."""
    return at_desk(user).post(f"{PAGE}connect/", {f"other-{name}": value for name, value in sent.items()})


def connected(cast: Cast) -> ForeignCalendar:
    """Connect a calendar of Nadia's."""
    return actions.connect_calendar(
        clinic=cast.manchester, practitioner=cast.nadia, url=SECRET, name="Hospital rota", user=cast.priya,
        by=Actor.staff(cast.priya), at=NOW,
    )  # fmt: skip


def test_link_is_made_shown_to_its_maker_and_opens(cast: Cast):
    answer = make(cast.dana, of=f"practitioner:{cast.rosa.ref}", shows="busy", press="p1")

    feed = Feed.objects.get()
    link = f"http://localhost:8000/calendars/{feed.code}.ics"
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert (feed.practitioner, feed.shows, feed.created_by) == (cast.rosa, "busy", cast.dana)
    assert link in page(cast.dana)
    assert DeskClient().get(link.removeprefix("http://localhost:8000")).status_code == 200


def test_link_at_another_clinic_names_that_clinic(cast: Cast):
    at_desk(cast.mallory).post(
        f"/stockport{PAGE}make/", {"feed-of": f"clinic:{cast.stockport.ref}", "feed-shows": "busy", "feed-press": "p"}
    )

    shown = at_desk(cast.mallory).get(f"/stockport{PAGE}").content.decode()

    assert f"http://localhost:8000/stockport/calendars/{Feed.objects.get().code}.ics" in shown


def test_link_itself_is_seen_by_nobody_but_its_maker(cast: Cast):
    make(cast.dana, of=f"clinic:{cast.manchester.ref}", shows="names", press="p1")
    code = Feed.objects.get().code

    assert code in page(cast.dana)
    assert "Only Dana Okafor sees the link itself." in page(cast.owen)
    assert code not in page(cast.owen)
    assert "Dana Okafor sees" not in page(cast.priya)


def test_form_offers_everybody_and_everything_of_this_clinic_and_nothing_of_the_other(cast: Cast):
    shown = page(cast.dana)

    for name in ("Manchester", "Rosa Lindley", "Nadia Rahman", "Treatment room 1", "Crystal unit"):
        assert f">{name}</option>" in shown
    assert "Sian Howell" not in shown


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"shows": "busy"}, "Choose whose time"),
        ({"of": "practitioner:nobody", "shows": "busy"}, "Select a valid choice"),
        ({"of": "clinic", "shows": "everything"}, "Select a valid choice"),
    ],
)
def test_link_is_not_made_of_what_is_not_offered(cast: Cast, sent, sentence):
    answer = make(cast.dana, **sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Feed.objects.count() == 0


def test_link_is_changed_and_revoked_on_the_page(cast: Cast):
    make(cast.dana, of=f"clinic:{cast.manchester.ref}", shows="busy", press="p1")
    feed = Feed.objects.get()

    at_desk(cast.dana).post(f"{PAGE}{feed.ref}/show/", {"shows": "treatment"})
    assert Feed.objects.get().shows == "treatment"
    at_desk(cast.dana).post(f"{PAGE}{feed.ref}/revoke/")

    assert feed.code not in page(cast.dana)
    assert DeskClient().get(f"/calendars/{feed.code}.ics").status_code == 404


def test_colleague_who_may_not_change_a_link_is_told_so(cast: Cast):
    make(cast.dana, of=f"clinic:{cast.manchester.ref}", shows="busy", press="p1")
    client, feed = at_desk(cast.priya), Feed.objects.get()

    client.post(f"{PAGE}{feed.ref}/revoke/")

    assert "Only whoever made this link, or sets the clinic up, may change it." in client.get(PAGE).content.decode()
    assert Feed.objects.get().revoked_at is None


def test_practitioner_connects_their_own_calendar_and_its_address_is_never_shown(cast: Cast):
    with time_machine.travel(NOW, tick=False):
        answer = connect(cast.priya, practitioner=cast.nadia.ref, name="Hospital rota", url=SECRET, press="p1")
        shown = page(cast.priya)

    assert answer.status_code == 303
    assert ForeignCalendar.objects.get().practitioner == cast.nadia
    assert "Hospital rota" in shown
    assert "kept at calendar.example" in shown
    assert "very-secret" not in shown


def test_practitioner_is_offered_only_their_own_and_the_owner_everybodys(cast: Cast):
    assert connect(cast.priya, practitioner=cast.rosa.ref, name="x", url=SECRET).status_code == 422
    assert connect(cast.dana, practitioner=cast.nadia.ref, name="x", url=SECRET).status_code == 422
    assert connect(cast.owen, practitioner=cast.rosa.ref, name="Rota", url=SECRET, press="p").status_code == 303
    assert ForeignCalendar.objects.get().practitioner == cast.rosa


def test_desk_without_a_calendar_of_its_own_sees_no_other_calendars(cast: Cast):
    connected(cast)

    assert "Hospital rota" not in page(cast.dana)
    assert "Connect a calendar" not in page(cast.dana)


def test_what_is_no_address_is_said_beside_it_and_kept(cast: Cast):
    answer = connect(cast.priya, practitioner=cast.nadia.ref, name="Hospital rota", url="calendar.example/a.ics")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not the secret address of a calendar: that begins with https:// or webcal://." in shown
    assert 'value="calendar.example/a.ics"' in shown


def test_calendar_that_has_failed_three_times_raises_a_sentence(cast: Cast):
    calendar = connected(cast)
    sentence = "The calendar's server does not answer."
    state = Fetch.objects.filter(calendar=calendar)

    state.update(failures=2, last_error=sentence)
    twice = page(cast.priya)
    state.update(failures=3, last_ok_at=NOW - timedelta(days=1))
    thrice = page(cast.priya)

    assert "Trying again" in twice
    assert "Not up to date" not in twice
    assert "Not up to date" in thrice
    assert "The calendar&#x27;s server does not answer." in thrice
    assert "What was busy then still counts; what is new there, Corneum does not know." in thrice


def test_entries_that_could_not_be_read_are_said(cast: Cast):
    Fetch.objects.filter(calendar=connected(cast)).update(unread=2, last_ok_at=NOW)

    assert "2 entries could not be understood and may be missing from the diary." in page(cast.priya)


def test_calendar_is_fetched_and_disconnected_on_the_page(cast: Cast):
    calendar = connected(cast)
    client = at_desk(cast.priya)

    client.post(f"{PAGE}other/{calendar.ref}/fetch/")
    assert "It is being fetched now" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}other/{calendar.ref}/disconnect/")

    assert ForeignCalendar.objects.count() == 0
    assert "Disconnected: its address is forgotten" in client.get(PAGE).content.decode()


def test_page_is_found_under_your_own_name(cast: Cast):
    assert f'<a href="{PAGE}">Calendars</a>' in page(cast.dana)
