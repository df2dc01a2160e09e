"""A sitting at the desk: it ends after half an hour of doing nothing, and needs a second factor."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from corneum.platform.accounts.models import User

KEY = "sitting"  # in the session: when it began, when something was last done, and what proved the second factor
DEMO = "demo"
PENDING = "account_login"  # where the sign-in library keeps somebody who has yet to give their second factor
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
COUNTS_AS_DOING = frozenset({"staff", "identity"})
BY_ITSELF = "X-By-Itself"  # an open page reads itself anew with this header: that is nobody's doing


def begin(request: HttpRequest, user: User, *, at: datetime, proof: str = "") -> None:
    """
    Begin a sitting for somebody who has just signed in.

    :param proof: what proved the second factor; found in what the sign-in library noted, if not given
    """
    moment = at.timestamp()
    proof = proof or _second_factor_of(request, user)
    request.session[KEY] = {"began": moment, "seen": moment, "proof": proof}
    request.session.set_expiry(0)  # the cookie goes when the browser closes


def is_proven(request: HttpRequest) -> bool:
    """Say whether whoever sits here has shown a second factor; the demonstration's one press is one there alone."""
    proof = _of(request.session).get("proof")
    return bool(proof) and (proof != DEMO or settings.DEMO)


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Say whether somebody signed in so lately that asking for the password again would only annoy."""
    age = at.timestamp() - _of(request.session).get("began", 0)
    return bool(0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def factors_changed(request: HttpRequest, user: User) -> None:
    """
    Take note that somebody added or removed a second factor in this sitting.

    The first one proves this sitting, and ends every other: whoever sat there had the password alone.
    Without any the sitting is no longer proven, and the next page at the desk asks for a new one.
    """
    sitting = _of(request.session)
    if sitting.get("proof") == DEMO:
        return
    kinds = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    kind = kinds.values_list("type", flat=True).first() or ""
    if kind and not sitting.get("proof"):
        end_all_of(user, but=request.session.session_key or "")
    request.session[KEY] = {**sitting, "proof": sitting.get("proof") or kind if kind else ""}


def end_all_of(user: User, *, but: str = "") -> int:
    """Sign somebody out everywhere, at once; sign-ins that wait for the second factor end too. Says how many."""
    ended = 0
    for session in Session.objects.exclude(session_key=but).iterator():
        kept = session.get_decoded()
        if str(kept.get(SESSION_KEY)) == str(user.pk) or _is_pending(kept.get(PENDING), user):
            session.delete()
            ended += 1
    return ended


def sweep(*, at: datetime) -> int:
    """Delete the sessions whose time is over, and say how many there were."""
    return Session.objects.filter(expire_date__lte=at).delete()[0]


class Sitting:
    """
    End a sitting that has been idle or has lasted twelve hours, and note that something is being done.

    Runs outside the read-only guard. A reader of public pages has no session and is given none; for
    somebody signed in the session is written at most once a minute, and by pages of the desk only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _is_signed_in(request) and _is_over(_of(request.session), _now()):
            logout(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object) -> None:
        """Note that something is being done at the desk."""
        access = getattr(view, "access", None)
        is_doing = getattr(access, "kind", "") in COUNTS_AS_DOING and getattr(access, "is_doing", True)
        if is_doing and BY_ITSELF not in request.headers and _is_signed_in(request):
            sitting, moment = _of(request.session), _now().timestamp()
            if moment - sitting.get("seen", 0) >= NOTED_EVERY.total_seconds():
                request.session[KEY] = {**sitting, "seen": moment}


def _is_signed_in(request: HttpRequest) -> bool:
    """Ask for the user only where there is a cookie: an anonymous page then touches no session at all."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and bool(request.user.is_authenticated)


def _is_over(sitting: dict[str, Any], at: datetime) -> bool:
    """Say whether a sitting is over; a signed-in session that never began as one is, too."""
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds()
    moment = at.timestamp()
    is_idle = moment - sitting.get("seen", 0) >= idle
    return bool(is_idle or moment - sitting.get("began", 0) >= LONGEST.total_seconds())


def _of(session: SessionBase) -> dict[str, Any]:
    kept = session.get(KEY)
    return kept if isinstance(kept, dict) else {}


def _second_factor_of(request: HttpRequest, user: User) -> str:
    used = [record.get("type", "") for record in get_authentication_records(request, user) if record["method"] == "mfa"]
    return str(used[-1]) if used else ""


def _is_pending(login: object, user: User) -> bool:
    return isinstance(login, dict) and login.get("user_pk") == user_pk_to_url_str(user)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- the moment of a request begins here
