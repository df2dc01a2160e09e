"""
Who may open an address. Every view says so, or the installation does not start.

    @access.public                     anybody
    @access.link                       whoever holds the secret in the address
    @access.staff(Right.SEE_DIARY)     staff with this right at the clinic in the address

Missing and forbidden look the same: 404. Somebody not signed in at all is asked to sign in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from corneum.platform.accounts import policy
from corneum.platform.accounts.policy import Right

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open an address: `kind` is public, link, staff or identity; `right` goes with staff."""

    kind: str
    right: Right | None = None


def public(view: View) -> View:
    """Open to anybody."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def link(view: View) -> View:
    """Open to whoever holds the secret in the address; never kept by a browser, never found by a search engine."""

    @wraps(view)
    def kept_private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _private(view(request, *args, **kwargs))

    kept_private.access = Access("link")  # type: ignore[attr-defined]
    return kept_private


def staff(right: Right) -> Callable[[View], View]:
    """Open to staff who hold this right at the clinic in the address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not policy.may(request.user, right, request.clinic):  # type: ignore[attr-defined]
                raise Http404
            return _private(view(request, *args, **kwargs))

        guarded.access = Access("staff", right)  # type: ignore[attr-defined]
        return guarded

    return decorate


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


class Door:
    """The last thing before a page: refuse a view that does not say who may open it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
