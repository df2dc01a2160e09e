"""What a browser is told, on every answer: over https, by the settings that an installation reads."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.test import Client
from pytest_django import Settings

from tests.factories.cast import Cast
from tests.factories.sign_in import PASSWORD, DeskClient, code_now, give_app, give_password

pytestmark = pytest.mark.usefixtures("rooms")
HOST = "clinic.example"
READ = (
    "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER",
    "TRUSTED_PROXIES", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
)  # fmt: skip


def _read_settings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    for name, value in environment.items():
        monkeypatch.setenv(f"CORNEUM_{name}", value)
    return runpy.run_path(str(Path(installed.SOURCE) / "config" / "settings.py"))


@pytest.fixture
def https(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Be an installation at https://clinic.example behind one proxy."""
    read = _read_settings(monkeypatch, SITE_URL=f"https://{HOST}", TRUSTED_PROXIES="127.0.0.1/32")
    for name in READ:
        setattr(settings, name, read[name])


def _browse(path: str, browser: Client | None = None, **extra: Any):
    browser = browser or DeskClient(raise_request_exception=False)
    return browser.get(path, secure=True, headers={"Host": HOST}, **extra)


@pytest.mark.usefixtures("https", "cast")
@pytest.mark.parametrize(
    "path, status",
    [
        ("/hall/", 200),
        ("/letter/", 200),
        ("/accounts/login/", 200),
        ("/desk/", 302),
        ("/no-such-page/", 404),
        ("/cellar/", 500),
        ("/healthz", 200),
    ],
)
def test_every_answer_tells_the_browser_to_be_strict(path: str, status: int):
    page = _browse(path)

    assert page.status_code == status
    policy = dict(part.split(" ", 1) for part in page["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    assert page["Referrer-Policy"] in {"same-origin", "strict-origin-when-cross-origin"}
    assert "geolocation=()" in page["Permissions-Policy"]
    assert "charset=utf-8" in page["Content-Type"] or page["Content-Type"] == "text/plain"
    assert not {"Server", "X-Powered-By"} & set(page.headers)


@pytest.mark.usefixtures("https")
def test_foreign_form_and_wrong_host_are_refused_as_strictly(cast: Cast):
    browser = Client(enforce_csrf_checks=True)
    foreign = browser.post(
        "/accounts/login/", {}, secure=True, headers={"Host": HOST, "Origin": "https://evil.example"}
    )
    misled = browser.get("/hall/", secure=True, headers={"Host": "evil.example"})

    assert (foreign.status_code, misled.status_code) == (403, 400)
    assert {"Content-Security-Policy", "Permissions-Policy"} <= set(foreign.headers) & set(misled.headers)


@pytest.mark.usefixtures("https")
def test_cookies_are_for_this_site_alone_and_out_of_every_scripts_reach(cast: Cast):
    give_password(cast.dana)
    give_app(cast.dana)
    browser = DeskClient(headers={"host": HOST})
    browser.get("/accounts/login/", secure=True)
    browser.post("/accounts/login/", {"login": cast.dana.email, "password": PASSWORD}, secure=True)
    browser.post("/accounts/2fa/authenticate/", {"code": code_now()}, secure=True)

    flags = {
        name: (
            cookie["secure"],
            cookie["httponly"],
            cookie["samesite"],
            cookie["path"],
            cookie["domain"],
            cookie["max-age"],
        )
        for name, cookie in browser.cookies.items()
    }
    assert flags == {
        "__Host-session": (True, True, "Lax", "/", "", ""),
        "__Host-csrf": (True, True, "Lax", "/", "", ""),
    }


@pytest.mark.usefixtures("https")
def test_form_is_ours_even_when_the_proxy_forgets_to_say_https(cast: Cast):
    browser = Client(enforce_csrf_checks=True, headers={"host": HOST})
    token = browser.get("/accounts/login/").context["csrf_token"]

    page = browser.post(
        "/accounts/login/", {"csrfmiddlewaretoken": token}, headers={"Origin": f"https://{HOST}", "Host": HOST}
    )

    assert page.status_code == 422  # the form itself, with what is missing


def test_settings_over_http_set_cookies_that_work_there(monkeypatch: pytest.MonkeyPatch):
    read = _read_settings(monkeypatch, SITE_URL="http://localhost:8000")

    assert (read["SESSION_COOKIE_SECURE"], read["SESSION_COOKIE_NAME"], read["SECURE_HSTS_SECONDS"]) == (
        False,
        "corneum-session",
        0,
    )


def test_settings_keep_lifetimes_short_and_hashes_slow(monkeypatch: pytest.MonkeyPatch):
    read = _read_settings(monkeypatch, SITE_URL=f"https://{HOST}")

    assert read["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert read["PASSWORD_RESET_TIMEOUT"] == 60 * 60
    assert (read["SESSION_COOKIE_AGE"], read["SESSION_IDLE_MINUTES"]) == (12 * 60 * 60, 30)
    assert read["ACCOUNT_SESSION_REMEMBER"] is False
    assert read["ALLOWED_HOSTS"] == [HOST]
    assert read["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False
    assert read["DEBUG"] is False


def test_settings_make_a_key_of_their_own_on_first_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    keys = {_read_settings(monkeypatch, HOME=str(tmp_path / name))["SECRET_KEY"] for name in ("a", "b", "a")}

    assert len(keys) == 2
    assert {len(key) >= 50 for key in keys} == {True}
    assert (tmp_path / "a" / "secret-key").stat().st_mode & 0o777 == 0o600
