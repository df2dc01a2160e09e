"""Which clinic an address is about: the main one, or the one whose slug it begins with."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, reverse, set_script_prefix

from corneum.platform.accounts.models import Clinic


class ClinicInAddress:
    """
    Set `request.clinic` from the address and nothing else.

    /treatments/ is the main clinic's; /stockport/treatments/ is Stockport's. The slug is taken off
    before Django looks for the page, and every address that the page then makes begins with it again.
    No clinic is ever kept in the session: two tabs can show two clinics, and Back tells no lies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first, _, rest = request.path_info.removeprefix("/").partition("/")
        clinics = list(Clinic.objects.all())
        named = next((clinic for clinic in clinics if clinic.slug == first and not clinic.is_main), None)
        request.clinic = named or next((clinic for clinic in clinics if clinic.is_main), None)  # type: ignore[attr-defined]
        if named is None:
            return self.get_response(request)
        if not request.path_info.endswith("/") and not rest:
            return HttpResponsePermanentRedirect(f"/{named.slug}/")
        before = get_script_prefix()
        request.path_info = f"/{rest}"
        set_script_prefix(f"/{named.slug}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)  # whoever answers next in this thread writes addresses of their own clinic


def at_clinic(clinic: Clinic, path: str) -> str:
    """Write the path of a page at a clinic: /desk/ at Stockport is /stockport/desk/."""
    return path if clinic.is_main else f"/{clinic.slug}{path}"


def path_at(clinic: Clinic, name: str, *args: str) -> str:
    """Write the path of a named page at any clinic, whichever one the request in hand is about."""
    return at_clinic(clinic, "/" + reverse(name, args=args).removeprefix(get_script_prefix()))


def address(clinic: Clinic, name: str, *args: str) -> str:
    """
    Write a page's whole address for a message: scheme, host, clinic, path.

    :param name: the page's name, such as booking:mine
    """
    return f"{settings.SITE_URL}{path_at(clinic, name, *args)}"
