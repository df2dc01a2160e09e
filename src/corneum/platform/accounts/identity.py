"""How the sign-in library behaves here: nobody signs up, every limit is per network, a sitting begins."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from corneum.db.ref import new_ref
from corneum.platform.accounts import sittings
from corneum.platform.accounts.address import client_address, client_network
from corneum.platform.accounts.clinics import at_clinic
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import clinics_of, home_clinic

SENTENCES = {
    "email_password_mismatch": "This e-mail address and password do not go together. Check both and try again.",
    "incorrect_password": "This is not your password. Try again.",
    "enter_current_password": "This is not the password you have now. Try again.",
    "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
    "rate_limited": "Too many tries. Wait five minutes, then try again.",
    "incorrect_code": "This code is not right, or was used already. Wait for the next one and try again.",
    "invalid_password_reset": "This link has been used already, or is more than an hour old.",
}


class IdentityAdapter(DefaultAccountAdapter):
    """Everything but the mails, which leave through the outbox (platform/messages/identity.py)."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SENTENCES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- the library's signature
        """Nobody signs up: whoever works here is given an account."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count tries by the address that our own proxies say."""
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer with data to one script alone, which asks for a passkey's challenge; all others get pages."""
        return request.method == "GET" and request.META.get("HTTP_ACCEPT") == "application/json"

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in and begin their sitting."""
        super().login(request, user)
        assert isinstance(user, User)
        sittings.begin(request, user, at=_now())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before something that matters, unless it was given a moment ago."""
        if sittings.is_fresh(self.request, at=_now()):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the desk where whoever signed in works."""
        return desk_of(request)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Lead to the page that was wanted; to one's own desk, if that was the desk of another clinic."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if "Location" in response.headers:
            response["Location"] = own_desk_if_another(request, response["Location"])
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- the library's signature
        """Changing a password signs out everywhere; the next thing is to sign in with the new one."""
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Write the link with the address that the installation knows itself by, whatever the browser sent."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords for one address from one network: nobody locks out somebody elsewhere."""
        return f"{client_network(request)}:{str(credentials.get('email', '')).lower()}"


class FactorsAdapter(DefaultMFAAdapter):
    """Second factors, in our words and with our name."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": SENTENCES["incorrect_code"]}

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002, ARG002 -- the library's signature
        """Call a passkey that was given no name just that."""
        return "Passkey"


def rehearse_a_reset(request: HttpRequest, email: str) -> None:
    """
    Do for an address that nobody has all that is done for one that somebody has, so that time does not tell them apart.

    A link is made and a mail written and queued for somebody who does not exist; then all of it is
    taken back.
    """
    with transaction.atomic():
        nobody = User(email=f"{new_ref()}@nobody.invalid", name="Nobody", created_at=_now())
        nobody.set_unusable_password()
        nobody.save()
        request_password_reset(request, email, [nobody], None)
        transaction.set_rollback(True)


def desk_of(request: HttpRequest) -> str:
    """Say where the desk of whoever is signed in is; without a role anywhere, their own account's page."""
    user = request.user
    home = home_clinic(user, getattr(request, "clinic", None)) if isinstance(user, User) else None
    return at_clinic(home, settings.LOGIN_REDIRECT_URL) if home else reverse("mfa_index")


def own_desk_if_another(request: HttpRequest, wanted: str) -> str:
    """Answer with the page that was wanted, unless it is the desk of a clinic where they have no role."""
    user = request.user
    if not isinstance(user, User):
        return wanted
    foreign = Clinic.objects.exclude(pk__in=clinics_of(user).values("pk"))
    desks = {at_clinic(clinic, settings.LOGIN_REDIRECT_URL) for clinic in foreign}
    return desk_of(request) if wanted in desks else wanted


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- the library calls us in the middle of a page
