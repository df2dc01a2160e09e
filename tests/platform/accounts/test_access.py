"""Every address says who may open it; missing and forbidden look the same."""

from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import include, path
from pytest_django import Settings

from corneum.platform.accounts import access, checks
from corneum.platform.accounts.access import IDENTITY, Door, undeclared
from corneum.platform.accounts.models import Membership
from tests.factories.cast import Cast
from tests.factories.sign_in import DeskClient
from tests.platform.accounts import rooms as sample

pytestmark = pytest.mark.usefixtures("rooms")


def _bare(_request):
    return HttpResponse("open by mistake")


def _use(settings: Settings, *patterns) -> None:
    _use_only(settings, *sample.OWN, *patterns)


def _use_only(settings: Settings, *patterns) -> None:
    conf = ModuleType("conf")
    vars(conf)["urlpatterns"] = list(patterns)
    settings.ROOT_URLCONF = conf


def test_undeclared_finds_nothing_where_every_view_speaks():
    assert undeclared() == []


def test_undeclared_finds_a_view_that_says_nothing_however_deep(settings: Settings):
    _use(settings, path("a/", include(([path("b/", include(([path("c/", _bare, name="c")], "inner")))], "outer"))))

    assert undeclared() == ["outer:inner:c: tests.platform.accounts.test_access._bare does not say who may open it."]


def test_undeclared_finds_a_sign_in_page_that_is_not_in_the_table(settings: Settings):
    _use(settings, path("accounts/more/", access.identity("account_login")(_bare), name="account_signup"))

    assert undeclared() == ["account_signup: is open as a sign-in page, but not in IDENTITY."]


def test_undeclared_finds_a_row_of_the_table_without_an_address(settings: Settings):
    _use_only(settings, path("hall/", sample.hall))

    assert undeclared() == [f"{name}: is in IDENTITY, but has no address." for name in sorted(IDENTITY)]


def test_check_makes_an_error_of_each_undeclared_address(settings: Settings):
    _use(settings, path("x/", _bare, name="x"), path("y/", _bare, name="y"))

    assert [found.id for found in checks.every_address_says_who_may_open_it()] == ["corneum.E001"] * 2


def test_door_does_not_start_with_an_undeclared_address(settings: Settings):
    _use(settings, path("x/", _bare, name="x"))

    with pytest.raises(ImproperlyConfigured, match=r"x: .* does not say who may open it"):
        Door(lambda _request: HttpResponse())


def test_door_refuses_a_view_that_came_in_another_way():
    door = Door(lambda _request: HttpResponse())

    with pytest.raises(Http404):
        door.process_view(RequestFactory().get("/x/"), _bare, (), {})


@pytest.mark.django_db
def test_public_page_is_open_and_gives_no_cookie(client: DeskClient):
    page = client.get("/hall/")

    assert (page.status_code, page.cookies, page.headers.get("Vary")) == (200, {}, None)


@pytest.mark.django_db
def test_link_page_is_open_and_kept_by_nobody(client: DeskClient):
    page = client.get("/letter/")

    assert page.status_code == 200
    assert {name: page[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")} == {
        "Cache-Control": "no-store, private",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "same-origin",
    }


def test_staff_page_opens_for_staff_of_the_clinic_and_is_kept_by_nobody(client: DeskClient, cast: Cast):
    client.force_login(cast.dana)

    page = client.get("/desk/")

    assert (page.status_code, page.content) == (200, b"desk of Manchester")
    assert page["Cache-Control"] == "no-store, private"


def test_staff_page_is_of_the_clinic_in_the_address(client: DeskClient, cast: Cast):
    client.force_login(cast.owen)

    assert client.get("/stockport/desk/").content == b"desk of Stockport"


@pytest.mark.parametrize("who", ["mallory", "dana", "priya"])
def test_staff_page_that_is_not_for_you_looks_like_one_that_is_not_there(client: DeskClient, cast: Cast, who: str):
    client.force_login(getattr(cast, who))
    address = "/desk/" if who == "mallory" else "/desk/office/"

    forbidden, missing = client.get(address), client.get("/desk/no-such-page/")

    assert forbidden.status_code == missing.status_code == 404
    told = [
        page.content.replace(address.encode(), b"").replace(b"/desk/no-such-page/", b"")
        for page in (forbidden, missing)
    ]
    names = [sorted(page.headers) for page in (forbidden, missing)]
    assert names[0] == names[1]
    assert len(told[0]) == len(told[1])


def test_staff_page_is_a_404_for_other_clinics_however_it_is_asked_for(client: DeskClient, cast: Cast):
    client.force_login(cast.mallory)
    overrides = [{}, {"X-HTTP-Method-Override": "GET"}, {"X-Method-Override": "GET"}]

    answers = {
        client.generic(method, "/desk/?_method=GET", headers=override).status_code
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get")
        for override in overrides
    }

    assert answers == {404}


def test_staff_page_is_refused_as_soon_as_the_role_is_taken(client: DeskClient, cast: Cast):
    client.force_login(cast.dana)
    before = client.get("/desk/").status_code
    Membership.objects.filter(user=cast.dana).delete()

    assert (before, client.get("/desk/").status_code) == (200, 404)


def test_staff_page_asks_a_stranger_to_sign_in_and_comes_back(client: DeskClient, cast: Cast):
    page = client.get("/stockport/desk/?day=1")

    assert page.status_code == 302
    assert page["Location"] == "/stockport/accounts/login/?next=%2Fstockport%2Fdesk%2F%3Fday%3D1"
    assert page["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "referer, back",
    [
        ("http://testserver/desk/?q=1", "?next=%2Fdesk%2F"),
        ("http://elsewhere.example/desk/", ""),
        ("//elsewhere.example/", ""),
        ("", ""),
    ],
)
def test_staff_page_sends_a_stranger_who_posts_back_to_the_page_before(
    client: DeskClient, cast: Cast, referer: str, back: str
):
    page = client.post("/desk/", HTTP_REFERER=referer)

    assert (page.status_code, page["Location"]) == (303, f"/accounts/login/{back}")


def test_staff_page_tells_a_stranger_nothing_about_what_is_there(client: DeskClient, cast: Cast):
    assert client.get("/desk/drawer/").status_code == 302


def test_staff_page_sends_whoever_has_no_second_factor_to_set_one_up(client: DeskClient, cast: Cast):
    client.force_login(cast.dana)
    client.sit_down(proof="")

    page = client.get("/desk/")

    assert (page.status_code, page["Location"]) == (302, "/accounts/2fa/")


def test_staff_page_is_a_404_elsewhere_even_without_a_second_factor(client: DeskClient, cast: Cast):
    client.force_login(cast.mallory)
    client.sit_down(proof="")

    assert client.get("/desk/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "confirm-email/", "password/set/", "login/code/", "2fa/webauthn/signup/", "social/", ""],
)
def test_sign_in_library_opens_nothing_that_we_did_not_ask_for(client: DeskClient, address: str):
    assert client.get(f"/accounts/{address}").status_code == 404


def test_identity_pages_answer_head_as_they_answer_get_and_no_other_method(client: DeskClient, cast: Cast):
    answers = [client.generic(method, "/accounts/login/").status_code for method in ("GET", "HEAD", "PUT", "DELETE")]

    assert answers == [200, 200, 405, 405]
