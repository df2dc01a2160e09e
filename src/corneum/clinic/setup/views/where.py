"""Where the clinic is on the map, so that patients are told how far it is to the group's others."""

from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from corneum.clinic.premises import actions
from corneum.clinic.premises import queries as premises
from corneum.clinic.setup.forms import PlaceForm
from corneum.clinic.setup.views.settling import Warned, draw, go, settle
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right

if TYPE_CHECKING:
    from corneum.clinic.setup.views.settling import DeskRequest

back = partial(go, "setup:where")


@access.staff(Right.CHANGE_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: "DeskRequest") -> HttpResponse:
    if request.method != "POST":
        return _show(request)
    form = PlaceForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_place(clinic=request.clinic, place=form.cleaned_data["place"], by=by, at=at),
        done="The place is saved.",
        show=partial(_show, request),
        back=back,
    )


def _show(request: "DeskRequest", sent: forms.Form | None = None, *, warned: Warned | None = None) -> HttpResponse:
    """Draw the page, with the form that was sent in the place of its own."""
    page = premises.clinic_page(request.clinic)
    written = f"{page.latitude}, {page.longitude}" if page.place else ""
    context = {
        "page": page,
        "where": sent or PlaceForm(initial={"place": written}),
        "others": premises.others_near(request.clinic),
        "warned": warned,
    }
    return draw(request, "setup/where.html", context, sent)
