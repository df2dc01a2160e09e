"""A URL conf of a few rooms with every kind of door, so that doors are tested apart from the areas behind them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from corneum.config import urls
from corneum.platform.accounts import access
from corneum.platform.accounts.models import Clinic
from corneum.platform.accounts.policy import Right


@access.public
def hall(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hall")


@access.link
def letter(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("letter")


@access.staff(Right.SEE_DIARY)
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"desk of {request.clinic.name}")  # type: ignore[attr-defined]


@access.staff(Right.CHANGE_CLINIC)
def office(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("office")


@access.staff(Right.SEE_DIARY)
def drawer(_request: HttpRequest) -> HttpResponse:
    raise Http404


@access.public
def cellar(_request: HttpRequest) -> HttpResponse:
    Clinic.objects.get(slug="nowhere")
    return HttpResponse("never")


OWN = [
    path("accounts/", include("corneum.platform.accounts.identity_urls")),
    path("", include("corneum.platform.accounts.urls")),
    path("hall/", hall, name="hall"),
    path("letter/", letter, name="letter"),
    path("desk/", desk, name="desk"),
    path("desk/office/", office, name="office"),
    path("desk/drawer/", drawer, name="drawer"),
    path("cellar/", cellar, name="cellar"),
]
# The rest of the installation behind them, because the frame of a page names its addresses.
urlpatterns = [*OWN, *urls.urlpatterns]
