"""A sitting ends: after half an hour of nothing, after twelve hours, and when somebody is signed out from elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from corneum.platform.accounts import sittings
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import DeskClient

pytestmark = pytest.mark.usefixtures("rooms")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    """Stop the clock at the fixed moment; `clock.shift` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _seen(client: DeskClient) -> datetime:
    return datetime.fromtimestamp(client.session[sittings.KEY]["seen"], UTC)


def test_sitting_ends_after_half_an_hour_of_nothing(client: DeskClient, cast: Cast, clock):
    client.force_login(cast.dana)

    clock.shift(29 * MINUTE)
    just_in_time = client.get("/desk/").status_code
    clock.shift(30 * MINUTE)
    late = client.get("/desk/")

    assert just_in_time == 200
    assert (late.status_code, late["Location"]) == (302, "/accounts/login/?next=%2Fdesk%2F")
    assert Session.objects.count() == 0


def test_sitting_ends_after_as_many_minutes_as_the_setting_says(
    client: DeskClient, cast: Cast, clock, settings: Settings
):
    settings.SESSION_IDLE_MINUTES = 5
    client.force_login(cast.dana)

    clock.shift(5 * MINUTE)

    assert client.get("/desk/").status_code == 302


def test_sitting_ends_after_twelve_hours_however_busy(client: DeskClient, cast: Cast, clock):
    client.force_login(cast.dana)

    answers = []
    for _ in range(72):
        clock.shift(10 * MINUTE)
        answers.append(client.get("/desk/").status_code)

    assert answers == [200] * 71 + [302]


def test_sitting_of_which_nothing_is_known_is_over(client: DeskClient, cast: Cast, clock):
    client.force_login(cast.dana)
    session = client.session
    del session[sittings.KEY]
    session.save()

    assert client.get("/desk/").status_code == 302
    assert SESSION_KEY not in client.session


def test_sitting_ends_on_a_public_page_too_and_takes_its_cookie_along(
    client: DeskClient, cast: Cast, clock, settings: Settings
):
    client.force_login(cast.dana)

    clock.shift(31 * MINUTE)
    page = client.get("/hall/")

    assert page.status_code == 200
    assert page.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0


def test_sitting_is_written_once_a_minute_at_most(client: DeskClient, cast: Cast, clock):
    client.force_login(cast.dana)
    client.get("/desk/")

    clock.shift(timedelta(seconds=59))
    soon = client.get("/desk/")
    seen_soon = _seen(client)
    clock.shift(timedelta(seconds=1))
    later = client.get("/desk/")

    assert (soon.cookies, seen_soon) == ({}, NOW)
    assert (bool(later.cookies), _seen(client)) == (True, NOW + MINUTE)


def test_sitting_is_not_prolonged_by_reading_public_pages(client: DeskClient, cast: Cast, clock):
    client.force_login(cast.dana)

    clock.shift(20 * MINUTE)
    page = client.get("/hall/")
    clock.shift(10 * MINUTE)

    assert page.cookies == {}
    assert client.get("/desk/").status_code == 302


def test_sitting_is_not_prolonged_by_what_an_open_page_asks_by_itself(
    client: DeskClient, cast: Cast, clock, settings: Settings
):
    settings.ROOT_URLCONF = "corneum.config.urls"
    client.force_login(cast.dana)

    clock.shift(20 * MINUTE)
    asked = client.get("/desk/diary/version/")
    read_anew = client.get("/desk/diary/2026-03-09/", headers={"X-By-Itself": "yes"})
    clock.shift(10 * MINUTE)

    assert (asked.status_code, read_anew.status_code) == (200, 200)
    assert client.get("/desk/diary/version/").status_code == 302


def test_public_page_asks_the_database_about_nobody(client: DeskClient, cast: Cast):
    with CaptureQueriesContext(connection) as asked:
        client.get("/hall/")

    tables = {query["sql"].split('"')[1] for query in asked.captured_queries if "FROM" in query["sql"]}
    assert tables == {"accounts_clinic"}


def test_end_all_of_somebody_signs_out_that_person_and_nobody_else(cast: Cast):
    browsers = [DeskClient(), DeskClient(), DeskClient()]
    for browser, user in zip(browsers, (cast.dana, cast.dana, cast.owen), strict=True):
        browser.force_login(user)

    ended = sittings.end_all_of(cast.dana)

    assert ended == 2
    assert [browser.get("/desk/").status_code for browser in browsers] == [302, 302, 200]


def test_somebody_disabled_is_out_at_once(client: DeskClient, cast: Cast):
    client.force_login(cast.dana)
    cast.dana.is_active = False
    cast.dana.save()

    assert client.get("/desk/").status_code == 302


def test_sweep_deletes_sessions_whose_time_is_over(client: DeskClient, cast: Cast):
    client.force_login(cast.dana)
    kept, over = DeskClient(), DeskClient()
    kept.force_login(cast.owen)
    over.force_login(cast.mallory)
    Session.objects.filter(pk=over.session.session_key).update(expire_date=NOW)

    assert sittings.sweep(at=NOW) == 1
    assert Session.objects.count() == 2


def test_demo_proof_counts_for_nothing_outside_the_demonstration(client: DeskClient, cast: Cast, settings: Settings):
    client.force_login(cast.dana)
    client.sit_down(proof=sittings.DEMO)

    settings.DEMO = True
    inside = client.get("/desk/").status_code
    settings.DEMO = False
    outside = client.get("/desk/").status_code

    assert (inside, outside) == (200, 302)
