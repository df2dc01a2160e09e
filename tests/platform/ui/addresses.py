"""The addresses that these tests open: ui's own, one form that checks its token, and one page that fails."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from corneum.platform.accounts import access

handler400 = "corneum.platform.ui.views.bad_request"
handler403 = "corneum.platform.ui.views.forbidden"
handler404 = "corneum.platform.ui.views.not_found"
handler500 = "corneum.platform.ui.views.server_error"


@access.public
def fails(request: HttpRequest) -> HttpResponse:
    """Fail as an unforeseen mistake would."""
    raise RuntimeError("unforeseen")


@access.public
def takes_a_form(request: HttpRequest) -> HttpResponse:
    """Take a form."""
    return HttpResponse("taken")


urlpatterns = [
    path("accounts/", include("corneum.platform.accounts.identity_urls")),
    path("", include("corneum.platform.ui.urls")),
    path("fails/", fails),
    path("ask/", takes_a_form),
]
