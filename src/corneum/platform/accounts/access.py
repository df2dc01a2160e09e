"""
Who may open an address. Every view says so, or the installation does not start.

    @access.public                     anybody
    @access.link                       whoever holds the secret in the address
    @access.staff(Right.SEE_DIARY)     staff with this right at the clinic in the address
    access.identity(name)              the sign-in library's pages, by the table IDENTITY below

Missing and forbidden look the same: 404. Somebody not signed in at all is asked to sign in; somebody
who has not shown a second factor is sent to set one up.

There is no exception for /desk/: at a clinic where somebody has no role it is a 404 like every other
page. Signing in leads to `home_clinic(user)` (policy.py), and a desk page that wants to offer the
other clinics of whoever is signed in asks `clinics_of(user)`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from corneum.platform.accounts import policy, sittings
from corneum.platform.accounts.policy import Right

View = Callable[..., HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# The sign-in library's addresses that we want, and whether one must be signed in already.
# What is not here is not reachable: no sign-up, no changing one's own e-mail address.
IDENTITY: dict[str, bool] = {
    "account_login": False,
    "account_logout": False,
    "account_inactive": False,
    "account_reset_password": False,
    "account_reset_password_done": False,
    "account_reset_password_from_key": False,
    "account_reset_password_from_key_done": False,
    "account_change_password": True,
    "account_reauthenticate": True,
    "mfa_authenticate": False,
    "mfa_login_webauthn": False,
    "mfa_reauthenticate": True,
    "mfa_reauthenticate_webauthn": True,
    "mfa_index": True,
    "mfa_activate_totp": True,
    "mfa_deactivate_totp": True,
    "mfa_list_webauthn": True,
    "mfa_add_webauthn": True,
    "mfa_remove_webauthn": True,
    "mfa_view_recovery_codes": True,
    "mfa_generate_recovery_codes": True,
    "mfa_download_recovery_codes": True,
}


@dataclass(frozen=True, slots=True)
class Access:
    """
    Who may open an address: `kind` is public, link, staff or identity; `right` goes with staff.

    What a page asks for by itself, with nobody doing anything, is no `doing` and keeps no sitting alive.
    """

    kind: str
    right: Right | None = None
    is_doing: bool = True


def public(view: View) -> View:
    """Open to anybody, and asked for anew by everybody: a page with a form has a token that is one person's."""

    @wraps(view)
    def kept_fresh(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    kept_fresh.access = Access("public")  # type: ignore[attr-defined]
    return kept_fresh


def link(view: View) -> View:
    """Open to whoever holds the secret in the address; never kept by a browser, never found by a search engine."""

    @wraps(view)
    def kept_private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return private(view(request, *args, **kwargs))

    kept_private.access = Access("link")  # type: ignore[attr-defined]
    return kept_private


def staff(right: Right, *, is_doing: bool = True) -> Callable[[View], View]:
    """
    Open to staff who hold this right at the clinic in the address.

    :param is_doing: False for what an open page asks by itself
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return private(ask_to_sign_in(request))
            if not policy.may(request.user, right, request.clinic):  # type: ignore[attr-defined]
                raise Http404
            if not sittings.is_proven(request):
                return private(_redirect(request, reverse("mfa_index")))
            return private(view(request, *args, **kwargs))

        guarded.access = Access("staff", right, is_doing)  # type: ignore[attr-defined]
        return guarded

    return decorate


def identity(name: str) -> Callable[[View], View]:
    """
    Open to anybody, or to whoever is signed in, as the table says.

    HEAD is answered as GET is: the sign-in library counts every other method as an attempt to get in.
    """
    for_signed_in = IDENTITY[name]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD", "POST"}:
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            if for_signed_in and not request.user.is_authenticated:
                return private(ask_to_sign_in(request))
            if request.method == "HEAD":
                request.method = "GET"
            return private(view(request, *args, **kwargs))

        guarded.access = Access("identity")  # type: ignore[attr-defined]
        return guarded

    return decorate


def ask_to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Send somebody to sign in, and from there back to the page they were on."""
    wanted = request.get_full_path()
    if request.method not in SAFE:  # what was posted is gone; the page that it was posted from is not
        wanted = _page_before(request)
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return _redirect(request, f"{reverse('account_login')}{query}")


def private(response: HttpResponseBase) -> HttpResponseBase:
    """
    Keep an answer out of caches, search engines and other people's logs.

    The address stays on this site. It is not hidden from our own pages, as no-referrer would have
    it: a browser then posts forms with `Origin: null`, which is how a forged form looks.
    """
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Walk the URL conf: each address with its whole name, such as diary:today."""
    yield from _within(get_resolver().url_patterns, "")


def undeclared() -> list[str]:
    """Say which addresses do not declare who may open them, and where the URL conf and IDENTITY differ."""
    faults, identities = [], set()
    for name, pattern in addresses():
        access = getattr(pattern.callback, "access", None)
        if not isinstance(access, Access):
            faults.append(f"{name or pattern.pattern}: {_source(pattern)} does not say who may open it.")
        elif access.kind == "identity":
            identities.add(name)
    faults += [
        f"{name}: is open as a sign-in page, but not in IDENTITY." for name in sorted(identities - set(IDENTITY))
    ]
    faults += [f"{name}: is in IDENTITY, but has no address." for name in sorted(set(IDENTITY) - identities)]
    return faults


class Door:
    """The last thing before a page: refuse to start, and refuse a view, that does not say who may open it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if faults := undeclared():
            raise ImproperlyConfigured(" ".join(faults))
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, view: View, _args: object, _kwargs: object) -> None:
        """Refuse a view that came in by a way the walk did not see, such as request.urlconf."""
        if not isinstance(getattr(view, "access", None), Access):
            raise Http404


def _redirect(request: HttpRequest, url: str) -> HttpResponseRedirect:
    """Redirect so that the next page is asked for with GET, whatever this was."""
    response = HttpResponseRedirect(url)
    if request.method not in SAFE:
        response.status_code = 303
    return response


def _page_before(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}):
        return ""
    return urlsplit(before).path


def _within(patterns: list[URLPattern | URLResolver], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _within(pattern.url_patterns, inner)
        else:
            yield (f"{namespace}{pattern.name}" if pattern.name else ""), pattern


def _source(pattern: URLPattern) -> str:
    return f"{pattern.callback.__module__}.{getattr(pattern.callback, '__qualname__', '?')}"
