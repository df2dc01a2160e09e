"""Signing in with a real Chromium: with a passkey, and without any script at all."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from corneum.platform.accounts.models import Role, User
from tests.browser import faults, sideways
from tests.factories.cast import make_clinic, make_user
from tests.factories.sign_in import PASSWORD, code_now, give_app, give_password

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("rooms"),
]
DESK = re.compile(r"/desk/$")


@pytest.fixture
def dana() -> User:
    """Dana, with a password and no second factor yet."""
    user = make_user("Dana Okafor", {make_clinic("Manchester", is_main=True): Role.DESK})
    give_password(user)
    return user


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Any]:
    """Open a page at this width, in a window of its own, and note what the browser complains about."""
    contexts = []

    def opened(path: str, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.extend([line.text] if _is_complaint(line) else []))
        page.complaints = complaints  # type: ignore[attr-defined]
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _is_complaint(line: ConsoleMessage) -> bool:
    """Overhear errors and warnings; the sample desk has no icon, and a browser looks for one."""
    return line.type in {"error", "warning"} and not line.location["url"].endswith("/favicon.ico")


def _plug_in_a_key(page: Page) -> None:
    """Give the browser a device of its own that keeps passkeys and asks for a fingerprint."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def _enter_password(page: Page, user: User) -> None:
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/$"))


def test_passkey_is_added_then_signs_in_alone_then_is_a_second_factor(visit, dana):
    page = visit("/desk/")
    _plug_in_a_key(page)
    _enter_password(page, dana)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("Reception")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(DESK)

    _sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(DESK)

    _sign_out(page)
    _enter_password(page, dana)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(DESK)

    key = Authenticator.objects.get(user=dana, type="webauthn").wrap()
    assert (key.name, key.is_passwordless) == ("Reception", True)
    assert page.complaints == []


def test_passkey_is_renewed_proof_and_can_be_removed(visit, dana):
    page = visit("/accounts/login/")
    _plug_in_a_key(page)
    _enter_password(page, dana)
    page.goto("/accounts/2fa/passkeys/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")

    page.goto("/accounts/2fa/passkeys/reauthenticate/?next=/accounts/2fa/passkeys/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove Passkey").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()

    assert Authenticator.objects.count() == 0
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    assert page.complaints == []


def test_passkey_that_nobody_has_says_so_in_a_sentence(visit, dana):
    page = visit("/accounts/login/")
    page.evaluate(
        "() => { navigator.credentials.get = async () => { throw new DOMException('no', 'NotAllowedError') } }"
    )

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_have_text("No passkey was used. Try again, or sign in another way.")


def test_everything_but_passkeys_works_without_script(visit, dana):
    page = visit("/desk/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    _enter_password(page, dana)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Use this app").click()
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(DESK)

    _sign_out(page)
    _enter_password(page, dana)
    page.get_by_label("Code").fill(code_now(secret, steps=1))
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_url(DESK)


def test_wrong_password_is_said_in_the_summary_and_takes_the_focus(visit, dana):
    page = visit("/accounts/login/")
    page.get_by_label("E-mail address").fill(dana.email)
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Sign in", exact=True).click()

    summary = page.get_by_role("alert").first
    expect(summary).to_contain_text("do not go together")
    expect(summary).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value(dana.email)
    assert faults(page) == []


def test_axe_finds_nothing_on_any_page_of_the_account(visit, dana, settings):
    settings.DEMO = True
    give_app(dana)
    page = visit("/accounts/login/", width=320)
    found = {"login": faults(page), "login sideways": sideways(page)}
    _enter_password(page, dana)
    found["authenticate"] = faults(page)
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(DESK)
    pages = ["logout/", "inactive/", "password/reset/", "password/reset/done/", "password/change/", "reauthenticate/",
             "2fa/", "2fa/app/deactivate/", "2fa/passkeys/", "2fa/passkeys/add/", "2fa/reauthenticate/",
             "2fa/recovery-codes/generate/", "password/reset/key/1-nothing/"]  # fmt: skip
    for address in pages:
        page.goto(f"/accounts/{address}")
        found[address] = faults(page)
        found[f"{address} sideways"] = sideways(page)
    page.goto("/accounts/2fa/recovery-codes/generate/")
    page.get_by_role("button", name="Make new ones").click()
    found["recovery codes"] = faults(page)

    assert {where: what for where, what in found.items() if what} == {}
    assert page.complaints == []
