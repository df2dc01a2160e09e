"""How a test sits somebody down at the desk, and how it goes the long way."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import SESSION_KEY
from django.test import Client

from corneum.platform.accounts import sittings
from corneum.platform.accounts.models import User

PASSWORD = "alder buckthorn cinder"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class DeskClient(Client):
    """Django's client, whose force_login sits somebody down the way signing in does: with a second factor shown."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        """Sign somebody in, and begin their sitting now."""
        super().force_login(user, backend)
        self.sit_down()

    def sit_down(self, *, at: datetime | None = None, proof: str = "totp") -> None:
        """Begin the sitting of whoever is signed in anew: at another moment, or without a second factor."""
        moment = (at or datetime.now(UTC)).timestamp()
        session = self.session
        assert session[SESSION_KEY]
        session[sittings.KEY] = {"began": moment, "seen": moment, "proof": proof}
        session.save()


def give_password(user: User, password: str = PASSWORD) -> None:
    """Give somebody of the cast a password and a proven address, as staff.add_user does."""
    user.set_password(password)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def give_app(user: User, secret: str = SECRET) -> Authenticator:
    """Give somebody an authenticator app."""
    made: Authenticator = TOTP.activate(user, secret).instance
    return made


def code_now(secret: str = SECRET, steps: int = 0) -> str:
    """Say what an authenticator app shows now, or some half minutes later."""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2] + steps)))
