"""Writing what patients read around a visit, and approving it by name."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.aftercare import actions, queries
from corneum.clinic.aftercare.forms import CareTextForm
from corneum.clinic.aftercare.sample import sample_for
from corneum.domain.aftercare.signs import CALL_NOW
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.aftercare.queries import Told
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.WRITE_PAGES)
@require_GET
def every(request: "DeskRequest") -> HttpResponse:
    """List the treatments given here, with what is said before and after each."""
    page = {"place": "pages", "found": queries.all_told(request.user, request.clinic)}
    return render(request, "aftercare/texts.html", page)


@access.staff(Right.WRITE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: "DeskRequest", treatment: str, when: str) -> HttpResponse:
    """Show what is said before or after one treatment, and save a new version of it."""
    found = _found(request, treatment, when)
    if request.method != "POST":
        return render(request, "aftercare/text.html", _page(request, found, _fresh(found)))
    form = CareTextForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "aftercare/text.html", _page(request, found, form))
    try:
        actions.save_care_text(
            clinic=request.clinic, treatment=found.treatment, when=found.when, user=request.user,
            by=Actor.staff(request.user), at=datetime.now(UTC), **form.cleaned_data,
        )  # fmt: skip
    except AlreadyDone:
        pass  # a second press of the same form
    except actions.SomebodySaved as refusal:
        newer = _found(request, treatment, when)
        again = CareTextForm({**request.POST.dict(), "based_on": newer.last.number if newer.last else 0})
        again.add_error(None, str(refusal))
        return render_invalid(request, "aftercare/text.html", _page(request, newer, again))
    except ClinicError as refusal:
        form.add_error("body", str(refusal))
        return render_invalid(request, "aftercare/text.html", _page(request, found, form))
    tell(request, "Saved. Patients read it once a practitioner has approved it.")
    return redirect("aftercare:text", treatment, when)


@access.staff(Right.APPROVE_PAGES)
@require_POST
def approve(request: "DeskRequest", treatment: str, when: str) -> HttpResponse:
    """Put one's own name under the last version."""
    found = _found(request, treatment, when)
    shown = request.POST.get("number", "")
    if found.last is None or str(found.last.number) != shown:
        tell(request, str(actions.AnotherVersionIsNewer()))
        return redirect("aftercare:text", treatment, when)
    try:
        actions.approve_care_text(
            text=found.last, user=request.user, by=Actor.staff(request.user), at=datetime.now(UTC)
        )
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, "Approved in your name. Patients are given it from now on.")
    return redirect("aftercare:text", treatment, when)


def _found(request: "DeskRequest", treatment: str, when: str) -> "Told":
    try:
        return queries.told(request.user, request.clinic, treatment, when)
    except NotFound as missing:
        raise Http404 from missing


def _fresh(found: "Told") -> CareTextForm:
    body = found.last.body if found.last else sample_for(found.treatment, found.when)
    return CareTextForm(initial={"body": body, "based_on": found.last.number if found.last else 0})


def _page(request: "DeskRequest", found: "Told", form: CareTextForm) -> dict[str, Any]:
    return {
        "place": "pages",
        "told": found,
        "form": form,
        "is_sample": found.last is None,
        "calls": CALL_NOW,
        "may_approve": may(request.user, Right.APPROVE_PAGES, request.clinic),
    }
