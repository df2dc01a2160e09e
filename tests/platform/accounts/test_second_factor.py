"""Setting up a second factor: it proves the sitting, and ends those that had the password alone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from corneum.platform.accounts import sittings
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import PASSWORD, DeskClient, code_now, give_app, give_password

NONSENSE = [
    "",
    "x",
    "null",
    "7",
    "[]",
    "{}",
    '"text"',
    '{"id": 1}',
    '{"response": []}',
    '{"response": {"userHandle": "MQ"}}',
    '{"response": {"userHandle": "\\u0000"}}',
    (
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30",'
        ' "authenticatorData": "AA", "signature": "AA", "attestationObject": "oA"}}'
    ),
    "[" * 15_000,
    "9" * 15_000,
    '{"id": "' + "A" * 30_000 + '"}',
]
pytestmark = pytest.mark.usefixtures("rooms")


@pytest.fixture
def dana(client: DeskClient, cast: Cast):
    """Dana, signed in by her password alone."""
    give_password(cast.dana)
    client.post("/accounts/login/", {"login": cast.dana.email, "password": PASSWORD})
    return cast.dana


def _set_up_app(client: DeskClient):
    secret = client.get("/accounts/2fa/app/activate/").context["form"].secret
    return client.post("/accounts/2fa/app/activate/", {"code": code_now(secret)})


def _codes(user) -> list[str]:
    return RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()


def _sign_in(client: DeskClient, user, code: str):
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def test_app_is_set_up_and_opens_the_desk(client: DeskClient, dana):
    shut = client.get("/desk/").status_code

    page = _set_up_app(client)

    assert (shut, page.status_code, page["Location"]) == (302, 303, "/accounts/2fa/recovery-codes/")
    assert client.get("/desk/").status_code == 200
    assert set(Authenticator.objects.filter(user=dana).values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_app_is_set_up_with_a_code_to_scan_and_its_letters(client: DeskClient, dana):
    page = client.get("/accounts/2fa/app/activate/")

    label = urlsplit(page.context["totp_url"])
    asked = parse_qs(label.query)
    assert (label.scheme, asked["issuer"], asked["secret"]) == ("otpauth", ["Corneum"], [page.context["form"].secret])
    assert page.content.count(page.context["form"].secret.encode()) == 1
    assert b'src="data:image/svg+xml;base64,' in page.content


def test_app_with_a_wrong_code_is_not_set_up(client: DeskClient, dana):
    client.get("/accounts/2fa/app/activate/")

    page = client.post("/accounts/2fa/app/activate/", {"code": "000000"})

    assert (page.status_code, Authenticator.objects.count()) == (422, 0)
    assert client.get("/desk/").status_code == 302


def test_first_factor_ends_the_sittings_that_had_the_password_alone(client: DeskClient, dana):
    elsewhere = DeskClient()
    elsewhere.post("/accounts/login/", {"login": dana.email, "password": PASSWORD})

    _set_up_app(client)

    assert elsewhere.get("/accounts/2fa/").status_code == 302
    assert client.get("/desk/").status_code == 200


def test_another_persons_factor_proves_nothing(client: DeskClient, dana, cast: Cast):
    give_app(cast.owen)

    assert client.get("/desk/").status_code == 302


def test_factor_set_up_elsewhere_proves_nothing_here(client: DeskClient, dana):
    give_app(dana)

    assert client.get("/desk/").status_code == 302


def test_app_taken_away_shuts_the_desk(client: DeskClient, dana):
    _set_up_app(client)

    page = client.post("/accounts/2fa/app/deactivate/")

    assert (page.status_code, Authenticator.objects.count()) == (303, 0)
    assert client.get("/desk/")["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize(
    "address", ["app/activate/", "app/deactivate/", "passkeys/add/", "recovery-codes/generate/", "recovery-codes/"]
)
def test_change_of_factors_asks_for_the_password_again_after_five_minutes(client: DeskClient, cast: Cast, address: str):
    give_password(cast.dana)
    if address not in {"app/activate/", "passkeys/add/"}:
        give_app(cast.dana)
        RecoveryCodes.activate(cast.dana).mark_as_viewed()
    with time_machine.travel(NOW, tick=False) as clock:
        client.force_login(cast.dana)
        clock.shift(timedelta(minutes=4))
        soon = client.get(f"/accounts/2fa/{address}")
        clock.shift(timedelta(minutes=2))
        later = client.get(f"/accounts/2fa/{address}")
        posted = client.post(f"/accounts/2fa/{address}")

    assert soon.status_code == 200
    assert urlsplit(later["Location"]).path == "/accounts/reauthenticate/"
    assert posted.status_code in {302, 303, 405}


def test_password_given_again_lets_the_change_go_on(client: DeskClient, cast: Cast):
    give_password(cast.dana)
    give_app(cast.dana)
    with time_machine.travel(NOW, tick=False) as clock:
        client.force_login(cast.dana)
        clock.shift(timedelta(minutes=6))
        asked = client.post("/accounts/2fa/app/deactivate/")
        there = asked["Location"]
        wrong = client.post(there, {"password": "not this", "next": "/accounts/2fa/app/deactivate/"})
        still = Authenticator.objects.count()
        client.post(there, {"password": PASSWORD, "next": "/accounts/2fa/app/deactivate/"})

    assert (wrong.status_code, still, Authenticator.objects.count()) == (422, 1, 0)


def test_recovery_code_opens_once(client: DeskClient, dana):
    _set_up_app(client)
    code = _codes(dana)[0]
    client.post("/accounts/logout/")

    first = _sign_in(client, dana, code)
    proof = client.session[sittings.KEY]["proof"]
    client.post("/accounts/logout/")
    second = _sign_in(client, dana, code)

    assert (first["Location"], proof, second.status_code) == ("/desk/", "recovery_codes", 422)
    assert len(_codes(dana)) == 9


def test_recovery_codes_are_shown_and_saved_and_replaced(client: DeskClient, dana):
    _set_up_app(client)
    codes = _codes(dana)

    shown = client.get("/accounts/2fa/recovery-codes/").content.decode()
    saved = client.get("/accounts/2fa/recovery-codes/download/")
    client.post("/accounts/2fa/recovery-codes/generate/")

    assert [code for code in codes if code not in shown] == []
    assert saved.content.decode().split() == codes
    assert saved["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert set(_codes(dana)).isdisjoint(codes)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # the library tells when the transaction is done
def test_owner_of_the_account_is_told_of_each_change(client: DeskClient, dana):
    _set_up_app(client)
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/app/deactivate/")

    assert sorted((message.to, message.subject) for message in Message.objects.all()) == [
        (dana.email, "You have new recovery codes"),
        (dana.email, "You sign in with an authenticator app now"),
        (dana.email, "Your authenticator app is no longer asked for"),
    ]


@pytest.mark.parametrize("key", ["", "x", "-1", "1e3", "\uff19", "9" * 30])
def test_removing_a_passkey_that_cannot_be_is_a_404(client: DeskClient, dana, key: str):
    assert client.post("/accounts/2fa/passkeys/remove/", {"key": key}).status_code == 404


def test_nobody_removes_somebody_elses_passkey(client: DeskClient, dana, cast: Cast):
    owens = Authenticator.objects.create(user=cast.owen, type="webauthn", data={"name": "Owen's", "credential": {}})

    page = client.post("/accounts/2fa/passkeys/remove/", {"key": owens.pk})

    assert (page.status_code, Authenticator.objects.count()) == (404, 1)


@pytest.mark.parametrize("credential", NONSENSE)
def test_passkey_that_is_none_opens_nothing(client: DeskClient, cast: Cast, credential: str):
    client.get("/accounts/2fa/passkeys/login/", HTTP_ACCEPT="application/json")

    page = client.post("/accounts/2fa/passkeys/login/", {"credential": credential})

    assert (page.status_code, page["Location"]) == (303, "/accounts/login/")
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("credential", NONSENSE)
def test_passkey_that_is_none_is_not_added(client: DeskClient, dana, credential: str):
    client.get("/accounts/2fa/passkeys/add/")

    page = client.post("/accounts/2fa/passkeys/add/", {"credential": credential, "name": "Phone", "passwordless": "on"})

    assert (page.status_code, Authenticator.objects.count()) == (422, 0)
