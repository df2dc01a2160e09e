"""One press into the demonstration, and into nothing else."""

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from pytest_django import Settings

from corneum.platform.accounts import sittings
from corneum.platform.accounts.models import Membership
from tests.factories.cast import Cast
from tests.factories.sign_in import DeskClient

pytestmark = pytest.mark.usefixtures("rooms")


@pytest.fixture
def demo(settings: Settings) -> None:
    """Make this installation a demonstration."""
    settings.DEMO = True


def _press(client: DeskClient, ref: str, **fields: str):
    return client.post("/accounts/demo/", {"who": ref, **fields})


@pytest.mark.usefixtures("demo")
def test_one_press_sits_down_at_ones_own_desk(client: DeskClient, cast: Cast):
    answers = {name: _press(DeskClient(), getattr(cast, name).ref)["Location"] for name in ("dana", "owen", "mallory")}
    page = _press(client, cast.dana.ref)

    assert answers == {"dana": "/desk/", "owen": "/desk/", "mallory": "/stockport/desk/"}
    assert (page.status_code, client.session[sittings.KEY]["proof"]) == (303, sittings.DEMO)
    assert page.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""  # goes when the browser closes
    assert client.get("/desk/").status_code == 200


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "wanted, leads",
    [
        ("/desk/office/", "/desk/office/"),
        ("/stockport/desk/", "/desk/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_one_press_leads_to_the_page_that_was_wanted(client: DeskClient, cast: Cast, wanted: str, leads: str):
    assert _press(client, cast.dana.ref, next=wanted)["Location"] == leads


@pytest.mark.usefixtures("demo")
def test_sign_in_page_lists_everybody_who_can_be_pressed(client: DeskClient, cast: Cast):
    page = client.get("/accounts/login/?next=/desk/office/").content.decode()

    assert [name for name in ("Dana Okafor", "Priya Raman", "Owen Price", "Mallory Quinn") if name not in page] == []
    assert "Owner, Manchester and Stockport" in page
    assert page.count('name="next" value="/desk/office/"') == 7  # five people, the password and the passkey


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("change", ["disabled", "without a role", "real", "unknown", "empty"])
def test_one_press_opens_nobody_else(client: DeskClient, cast: Cast, change: str):
    dana, ref = cast.dana, cast.dana.ref
    if change == "disabled":
        dana.is_active = False
    elif change == "without a role":
        Membership.objects.filter(user=dana).delete()
    elif change == "real":
        dana.email = "dana@alderskin.co.uk"
    elif change == "unknown":
        ref = "x" * 26
    else:
        ref = ""
    dana.save()

    page = _press(client, ref)

    assert (page.status_code, SESSION_KEY in client.session) == (404, False)


@pytest.mark.usefixtures("demo")
def test_one_press_needs_a_press(client: DeskClient, cast: Cast):
    assert client.get(f"/accounts/demo/?who={cast.dana.ref}").status_code == 405


@pytest.mark.usefixtures("demo")
def test_one_press_from_another_site_is_refused(cast: Cast):
    stranger = DeskClient(enforce_csrf_checks=True)

    assert _press(stranger, cast.dana.ref).status_code == 403


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT"])
def test_without_the_demonstration_there_is_no_such_page(client: DeskClient, cast: Cast, method: str):
    page = client.generic(
        method, "/accounts/demo/", f"who={cast.dana.ref}", content_type="application/x-www-form-urlencoded"
    )

    assert (page.status_code, SESSION_KEY in client.session) == (404, False)


def test_without_the_demonstration_the_sign_in_page_lists_nobody(client: DeskClient, cast: Cast):
    page = client.get("/accounts/login/").content.decode()

    assert "Dana" not in page
    assert "/accounts/demo/" not in page
