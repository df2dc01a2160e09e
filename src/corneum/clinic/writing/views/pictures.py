"""The desk's page of pictures: those that pages may show, and adding one."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from corneum.clinic.guides import actions, queries
from corneum.clinic.guides.pictures import pictures_called
from corneum.clinic.treatments.wording import SaysTooMuch
from corneum.clinic.writing.forms import PictureForm
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid
from corneum.platform.ui.uploads import takes_file

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


MOST = 15 * 1024 * 1024
FIELD_OF = {actions.NeedsWords: "alt", actions.NeedsConsent: "consent_note", SaysTooMuch: "alt"}


@takes_file(MOST)
@access.staff(Right.WRITE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: "DeskRequest") -> HttpResponse:
    if request.method != "POST":
        return render(request, "writing/pictures.html", _context(PictureForm()))
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_picture(**form.cleaned_data, by=Actor.staff(request.user), at=datetime.now(UTC))
        except ClinicError as refusal:
            form.add_error(FIELD_OF.get(type(refusal), "file"), str(refusal))
        else:
            tell(request, "The picture is kept in every size that pages show.")
            response = redirect("writing:pictures")
            response.status_code = 303
            return response
    return render_invalid(request, "writing/pictures.html", _context(form))


@access.staff(Right.WRITE_PAGES)
@require_POST
def withdraw_picture(request: "DeskRequest", picture: str) -> HttpResponse:
    if not request.clinic.is_main:  # pictures are the group's, as pages are (ADR 15)
        raise Http404
    try:
        found = queries.picture_kept(picture)
    except NotFound as missing:
        raise Http404 from missing
    actions.withdraw_picture(picture=found, by=Actor.staff(request.user), at=datetime.now(UTC))
    tell(request, f"{found.name} is off every page.")
    response = redirect("writing:pictures")
    response.status_code = 303
    return response


def _context(form: PictureForm) -> dict[str, Any]:
    rows = list(queries.pictures())
    shown = pictures_called([each.ref for each in rows], "wide")
    return {"place": "pages", "form": form, "pictures": [(each, shown.get(each.ref)) for each in rows]}
