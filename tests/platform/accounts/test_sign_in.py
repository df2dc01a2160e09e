"""Signing in: password, then a second factor; nothing tells a stranger who works here."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.platform.accounts import sittings
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import CacheEntry, Membership, User
from corneum.platform.audit import staff
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import PASSWORD, DeskClient, code_now, give_app, give_password

pytestmark = pytest.mark.usefixtures("rooms")
WRONG = "This e-mail address and password do not go together. Check both and try again."
TOO_MANY = "Too many tries. Wait five minutes, then try again."
STRANGER = "nobody@corneum.example"
INTO = re.compile(r'INSERT INTO "?(\w+)')


@pytest.fixture
def dana(cast: Cast):
    """Dana with a password and an authenticator app."""
    give_password(cast.dana)
    give_app(cast.dana)
    return cast.dana


def _password(client: DeskClient, email: str, password: str = PASSWORD, **extra):
    return client.post("/accounts/login/", {"login": email, "password": password}, **extra)


def _code(client: DeskClient, code: str):
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def _said(page) -> list[str]:
    form = page.context["form"]
    return [str(error) for name in [*form.fields, "__all__"] for error in form.errors.get(name, [])]


def _is_in(client: DeskClient) -> bool:
    return SESSION_KEY in client.session


def test_sign_in_takes_password_then_code_and_leads_to_the_desk(client: DeskClient, dana):
    first = _password(client, dana.email)
    half_way = _is_in(client)
    second = _code(client, code_now())

    assert (first.status_code, first["Location"], half_way) == (303, "/accounts/2fa/authenticate/", False)
    assert (second.status_code, second["Location"], _is_in(client)) == (303, "/desk/", True)
    assert client.session[sittings.KEY]["proof"] == "totp"
    assert client.get("/desk/").status_code == 200


def test_sign_in_takes_the_address_in_any_capitals_and_with_spaces_around(client: DeskClient, dana):
    assert _password(client, f" {dana.email.upper()} ").status_code == 303


def test_sign_in_leads_to_the_page_that_was_wanted(client: DeskClient, dana):
    client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD, "next": "/desk/office/"})

    assert _code(client, code_now())["Location"] == "/desk/office/"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_sign_in_leads_nowhere_else(client: DeskClient, dana, wanted: str):
    client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD, "next": wanted})

    assert _code(client, code_now())["Location"] == "/desk/"


def test_sign_in_leads_to_the_desk_of_ones_own_clinic(client: DeskClient, cast: Cast):
    give_password(cast.mallory)
    give_app(cast.mallory)

    client.post("/accounts/login/", {"login": cast.mallory.email, "password": PASSWORD, "next": "/desk/"})

    assert _code(client, code_now())["Location"] == "/stockport/desk/"


def test_sign_in_of_somebody_without_a_role_leads_to_their_account(client: DeskClient, dana):
    Membership.objects.filter(user=dana).delete()
    _password(client, dana.email)

    assert _code(client, code_now())["Location"] == "/accounts/2fa/"


def test_sign_in_gives_the_session_a_new_name(client: DeskClient, dana):
    _password(client, dana.email)
    before = client.session.session_key
    _code(client, code_now())

    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_wrong_password_and_unknown_address_get_the_same_answer(client: DeskClient, dana):
    wrong, unknown = _password(client, dana.email, "not the password"), _password(client, STRANGER)

    assert (wrong.status_code, _said(wrong)) == (unknown.status_code, _said(unknown)) == (422, [WRONG])
    told = [
        page.content.replace(email.encode(), b"").replace(page.context["csrf_token"].encode(), b"")
        for page, email in ((wrong, dana.email), (unknown, STRANGER))
    ]
    assert told[0] == told[1]


def test_empty_form_says_what_is_missing(client: DeskClient, cast: Cast):
    page = _password(client, "", "")

    assert (page.status_code, _said(page)) == (422, ["Enter your e-mail address", "Enter your password"])


def test_disabled_account_does_not_open_with_the_right_password(client: DeskClient, dana):
    dana.is_active = False
    dana.save()

    page = _password(client, dana.email)

    assert (page["Location"], _is_in(client)) == ("/accounts/inactive/", False)
    assert client.get(page["Location"]).status_code == 200


def test_too_many_wrong_passwords_are_refused_even_the_right_one(client: DeskClient, dana):
    answers = [_said(_password(client, dana.email, f"wrong {number}")) for number in range(7)]

    assert answers == [[WRONG]] * 5 + [[TOO_MANY]] * 2
    assert _said(_password(client, dana.email)) == [TOO_MANY]


def test_too_many_wrong_passwords_keep_nobody_out_elsewhere(client: DeskClient, dana):
    for number in range(8):
        _password(client, dana.email, f"wrong {number}", REMOTE_ADDR="203.0.113.66")

    assert _password(client, dana.email, REMOTE_ADDR="198.51.100.7").status_code == 303


def test_a_forwarded_address_opens_no_second_account_of_tries(client: DeskClient, dana):
    answers = [
        _said(_password(client, dana.email, f"wrong {number}", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"))
        for number in range(7)
    ]

    assert answers[-1] == [TOO_MANY]


def test_too_many_wrong_passwords_are_forgotten_after_five_minutes(client: DeskClient, dana):
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(7):
            _password(client, dana.email, f"wrong {number}")
        clock.shift(timedelta(minutes=5, seconds=1))

        assert _password(client, dana.email).status_code == 303


def test_spraying_one_password_over_many_addresses_is_stopped(client: DeskClient, cast: Cast):
    answers = [_said(_password(client, f"u{number}@corneum.example")) for number in range(12)]

    assert answers[9:] == [[WRONG], [TOO_MANY], [TOO_MANY]]


def test_wrong_codes_are_counted_for_the_account_wherever_they_come_from(client: DeskClient, dana):
    _password(client, dana.email)

    answers = [_said(_code(client, "000000"))[0] for _ in range(6)]

    assert answers == ["This code is not right, or was used already. Wait for the next one and try again."] * 5 + [
        TOO_MANY
    ]
    assert _said(_code(client, code_now())) == [TOO_MANY]
    assert not _is_in(client)


def test_code_opens_once(client: DeskClient, dana):
    with time_machine.travel(NOW, tick=False) as clock:
        code = code_now()
        _password(client, dana.email)
        _code(client, code)
        client.post("/accounts/logout/")
        _password(client, dana.email)
        clock.shift(timedelta(seconds=31))  # still taken, as half a minute late

        again = _code(client, code)

    assert (again.status_code, _is_in(client)) == (422, False)


@pytest.mark.parametrize("steps, opens", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_code_may_be_half_a_minute_early_or_late(client: DeskClient, dana, steps: int, opens: bool):
    with time_machine.travel(NOW, tick=False):
        _password(client, dana.email)
        _code(client, code_now(steps=steps))

        assert _is_in(client) is opens


def test_code_page_without_a_password_leads_back_to_the_start(client: DeskClient, dana):
    page = _code(client, code_now())

    assert (page["Location"], _is_in(client)) == ("/accounts/login/", False)


def test_password_waits_a_quarter_of_an_hour_for_the_code(client: DeskClient, dana):
    with time_machine.travel(NOW, tick=False) as clock:
        _password(client, dana.email)
        clock.shift(timedelta(minutes=16))
        page = _code(client, code_now())

    assert (page["Location"], _is_in(client)) == ("/accounts/login/", False)


def test_without_a_second_factor_the_desk_stays_shut(client: DeskClient, cast: Cast):
    give_password(cast.dana)

    _password(client, cast.dana.email)

    assert _is_in(client)
    assert client.get("/desk/")["Location"] == "/accounts/2fa/"


def test_sign_out_ends_the_session_and_has_the_browser_forget(client: DeskClient, dana):
    client.force_login(dana)
    old = client.session.session_key

    page = client.post("/accounts/logout/")

    assert (page.status_code, page["Location"]) == (303, "/accounts/login/")
    assert page["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(pk=old).exists()
    assert client.get("/desk/").status_code == 302


def test_sign_out_happens_on_a_press_and_never_on_a_look(client: DeskClient, dana):
    client.force_login(dana)

    page = client.get("/accounts/logout/")

    assert (page.status_code, _is_in(client)) == (200, True)


def test_identity_pages_write_nothing_when_they_are_looked_at(client: DeskClient, dana):
    client.force_login(dana)
    sample = ["login/", "logout/", "inactive/", "password/change/", "password/reset/", "password/reset/done/", "2fa/",
              "2fa/app/activate/", "2fa/app/deactivate/", "2fa/passkeys/", "2fa/passkeys/add/", "2fa/recovery-codes/",
              "2fa/recovery-codes/generate/", "2fa/reauthenticate/", "reauthenticate/"]  # fmt: skip

    with CaptureQueriesContext(connection) as asked:
        statuses = {
            f"{method} {address}": client.generic(method, f"/accounts/{address}").status_code
            for address in sample
            for method in ("GET", "HEAD")
        }

    assert {status for status in statuses.values() if status >= 500} == set()
    written = {
        query["sql"] for query in asked.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }
    # What a page keeps of its challenge goes into the session, after the page and outside its read-only guard.
    assert {statement.split('"')[1] for statement in written} <= {"django_session"}
    assert CacheEntry.objects.count() == 0


def test_passkey_challenge_is_handed_out_without_writing(client: DeskClient, cast: Cast):
    page = client.get("/accounts/2fa/passkeys/login/", HTTP_ACCEPT="application/json")

    assert page.status_code == 200
    assert page.json()["request_options"]["publicKey"]["userVerification"] == "required"


# --- forgotten passwords ----------------------------------------------------------------------


def _ask(client: DeskClient, email: str, **extra):
    return client.post("/accounts/password/reset/", {"email": email}, **extra)


def _link_in(message: Message) -> str:
    start = message.text.index("http://localhost:8000/accounts/password/reset/key/")
    return str(urlsplit(message.text[start:].split()[0]).path)


def _follow(client: DeskClient, link: str, password: str):
    form = client.get(link, follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_reset_queues_one_mail_and_changes_nothing_yet(client: DeskClient, dana):
    before = dana.password

    page = _ask(client, dana.email)

    dana.refresh_from_db()
    assert (page.status_code, page["Location"]) == (303, "/accounts/password/reset/done/")
    assert [message.to for message in Message.objects.all()] == [dana.email]
    assert dana.password == before


def test_reset_gives_the_same_answer_for_an_address_nobody_has_and_keeps_nothing(client: DeskClient, dana):
    users = User.objects.count()

    known, unknown = _ask(client, dana.email), _ask(client, STRANGER)

    assert (User.objects.count(), EmailAddress.objects.count()) == (users, 1)
    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    assert [message.to for message in Message.objects.all()] == [dana.email]


def test_reset_for_an_account_that_is_closed_is_answered_the_same_and_sends_nothing(client: DeskClient, dana):
    dana.is_active = False
    dana.save()

    page = _ask(client, dana.email)

    assert (page.status_code, page["Location"]) == (303, "/accounts/password/reset/done/")
    assert Message.objects.count() == 0


def test_reset_for_an_address_nobody_has_does_the_same_work(client: DeskClient, dana):
    told = []
    for email in (dana.email, STRANGER):
        with CaptureQueriesContext(connection) as asked:
            _ask(client, email)
        told.append({found[1] for query in asked.captured_queries if (found := INTO.match(query["sql"]))})

    assert {"outbox_message", "audit_auditevent"} <= told[0] & told[1]


def test_reset_link_is_ours_whatever_host_was_asked(client: DeskClient, dana, settings):
    settings.ALLOWED_HOSTS = ["localhost", "other.example"]

    _ask(client, dana.email, HTTP_HOST="other.example", HTTP_X_FORWARDED_HOST="evil.example")

    assert "http://localhost:8000/accounts/password/reset/key/" in Message.objects.get().text
    assert "evil.example" not in Message.objects.get().text
    assert "other.example" not in Message.objects.get().text


def test_reset_link_lets_choose_a_password_once_and_signs_out_everywhere(client: DeskClient, dana):
    elsewhere = DeskClient()
    elsewhere.force_login(dana)
    _ask(client, dana.email)
    link = _link_in(Message.objects.get())

    changed = _follow(client, link, "larch meadow pumice")
    again = DeskClient().get(link)

    dana.refresh_from_db()
    assert changed["Location"] == "/accounts/password/reset/key/done/"
    assert dana.check_password("larch meadow pumice")
    assert elsewhere.get("/desk/").status_code == 302
    assert b"This link no longer works" in again.content
    assert not _is_in(client)


def test_reset_link_works_for_an_hour(client: DeskClient, dana):
    with time_machine.travel(NOW, tick=False) as clock:
        _ask(client, dana.email)
        link = _link_in(Message.objects.latest("pk"))
        clock.shift(timedelta(minutes=59))
        in_time = client.get(link).status_code
        clock.shift(timedelta(minutes=2))
        late = DeskClient().get(link)

    assert in_time == 302
    assert b"This link no longer works" in late.content


def test_reset_link_signs_nobody_out_who_only_looks(client: DeskClient, dana, cast: Cast):
    _ask(client, dana.email)
    owens = DeskClient()
    owens.force_login(cast.owen)

    page = owens.get(_link_in(Message.objects.get()), follow=True)

    assert page.status_code == 200
    assert owens.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    "password, sentence",
    [
        ("short", "This password is too short. It must contain at least 10 characters."),
        ("dana okafor", "The password is too similar to the name."),
        ("1234567890", "This password is too common."),
    ],
)
def test_reset_refuses_a_weak_password(client: DeskClient, dana, password: str, sentence: str):
    _ask(client, dana.email)

    page = _follow(client, _link_in(Message.objects.get()), password)

    assert page.status_code == 422
    assert sentence in _said(page)


def test_reset_takes_a_long_password_of_any_characters(client: DeskClient, dana):
    _ask(client, dana.email)
    password = "Wörter 🌲 " * 20 + " <&\"'>"

    _follow(client, _link_in(Message.objects.get()), password)

    dana.refresh_from_db()
    assert dana.check_password(password)


def test_reset_may_be_asked_for_three_times_and_no_more_within_ten_minutes(client: DeskClient, dana):
    answers = [_ask(client, dana.email) for _ in range(5)]

    assert [page.status_code for page in answers] == [303, 303, 303, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert Message.objects.count() == 3


def test_reset_is_how_somebody_just_added_chooses_their_first_password(client: DeskClient, cast: Cast):
    user = staff.add_user(
        email="new@corneum.example", name="New Person", password=None, by=Actor.system("test"), at=NOW
    )
    _ask(client, user.email)

    _follow(client, _link_in(Message.objects.get()), "larch meadow pumice")

    assert _password(client, user.email, "larch meadow pumice").status_code == 303
    assert _is_in(client)


def test_changed_password_signs_out_everywhere_and_tells_its_owner(client: DeskClient, dana):
    client.force_login(dana)
    elsewhere = DeskClient()
    elsewhere.force_login(dana)

    page = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "larch meadow pumice", "password2": "larch meadow pumice"},
    )

    assert (page.status_code, page["Location"]) == (303, "/accounts/login/")
    assert [browser.get("/desk/").status_code for browser in (client, elsewhere)] == [302, 302]
    assert [message.to for message in Message.objects.all()] == [dana.email]
