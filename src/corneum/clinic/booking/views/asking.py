"""What the pages of the journey share: who asks, for which clinic, with which press."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac

from corneum.domain.errors import NotFound
from corneum.platform.ui.forms import new_press

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic


def clinic_in(request: HttpRequest) -> "Clinic":
    """This will answer with the clinic in the address."""
    clinic: Clinic | None = getattr(request, "clinic", None)
    if clinic is None:
        raise Http404
    return clinic


@contextmanager
def missing_is_404() -> Iterator[None]:
    """This will show the page for what is missing, which is also the page for what is somebody else's."""
    try:
        yield
    except NotFound as missing:
        raise Http404 from missing


def see_other(name: str, *args: str) -> HttpResponse:
    """This will send the browser on after a form was pressed, so that reloading presses nothing."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def pressed(request: HttpRequest, *parts: object) -> str:
    """
    This will name a press: the same button of the same page, in the same browser.

    The browser's own secret is part of it, so that a page somebody else got hold of is nothing to
    them; without one, or without a token, the press is like no other.
    """
    token = request.POST.get("press", "") or new_press()
    secret = request.META.get("CSRF_COOKIE") or new_press()
    said = "\n".join([secret, token, *map(str, parts)])
    return salted_hmac("corneum.booking.press", said, algorithm="sha256").hexdigest()
