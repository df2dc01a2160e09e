"""What the pages of consent share: finding what an address is about, or 404, and going on after a form."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from corneum.domain.errors import NotFound

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@contextmanager
def missing_is_404() -> Iterator[None]:
    """This will show the page for what is missing, which is also the page for what is somebody else's."""
    try:
        yield
    except NotFound as missing:
        raise Http404 from missing


def clinic_in(request: HttpRequest) -> "Clinic":
    """This will answer with the clinic in the address."""
    clinic: Clinic | None = getattr(request, "clinic", None)
    if clinic is None:
        raise Http404
    return clinic


def see_other(name: str, *args: Any, query: str = "") -> HttpResponse:
    """This will send the browser on after a form was pressed, so that reloading presses nothing."""
    return HttpResponseRedirect(f"{reverse(name, args=args)}{query}", status=303)
