"""Where the sign-in library's pages need a word of ours before or after."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.models import AnonymousUser
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from corneum.platform.accounts import sittings
from corneum.platform.accounts.models import User

View = Callable[..., HttpResponseBase]
WAIT_SECONDS = "300"


def plainly(view: View) -> View:
    """Answer as our own pages do: 303 after a post, 422 for a form with mistakes, 429 with when to come back."""

    @wraps(view)
    def said_plainly(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 429:
            response["Retry-After"] = WAIT_SECONDS
        elif request.method == "POST" and response.status_code == 302:
            response.status_code = 303
        elif request.method == "POST" and response.status_code == 200 and _has_mistakes(response):
            response.status_code = 422
        return response

    return said_plainly


def changes_factors(view: View) -> View:
    """After a post, take note of which second factors there are now."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(request.user, User):
            sittings.factors_changed(request, request.user)
            _show_codes_with_get(request.user)
        return response

    return noted


def logout(request: HttpRequest) -> HttpResponseBase:
    """
    Sign out, and have the browser forget the pages it was shown.

    Cookies are not in the list: that would also take those of the organisation's other sites. The
    session's own is deleted by name, and its row with it.
    """
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def password_change(request: HttpRequest) -> HttpResponseBase:
    """Change the password; who never chose one is sent to the link by e-mail."""
    if isinstance(request.user, User) and not request.user.has_usable_password():
        return HttpResponseRedirect(reverse("account_reset_password"))
    response: HttpResponseBase = account.password_change(request)
    return response


def password_reset_from_key(request: HttpRequest, uidb36: str, key: str) -> HttpResponseBase:
    """
    Choose a new password by the link, as nobody in particular.

    The library signs whoever else is signed in here out, in a GET; a link in a mail must not be
    able to do that to anybody.
    """
    request.user = AnonymousUser()
    response: HttpResponseBase = account.password_reset_from_key(request, uidb36=uidb36, key=key)
    return response


def remove_passkey(request: HttpRequest) -> HttpResponseBase:
    """Remove the passkey whose number was posted: numbers of rows stand in no address."""
    number = request.POST.get("key", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    response: HttpResponseBase = webauthn.remove_webauthn(request, pk=int(number))
    return response


def _has_mistakes(response: HttpResponseBase) -> bool:
    context = getattr(response, "context_data", None) or {}
    return any(isinstance(value, BaseForm) and value.is_bound and value.errors for value in context.values())


def _show_codes_with_get(user: User) -> None:
    """Mark recovery codes as seen when they are made: the library would do it when they are shown, in a GET."""
    for codes in Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES):
        codes.wrap().mark_as_viewed()
