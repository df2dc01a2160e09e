"""The desk's list of who needs a practitioner, and the page on which one decides. Every look is noted."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from corneum.clinic.patients.queries import patient_for
from corneum.clinic.suitability import actions, queries, words
from corneum.clinic.suitability.forms import DecideForm, SpokenForm
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import Kind
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.reads import saw
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.suitability.models import Screening
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


PAGE = "suitability/screening.html"


@access.staff(Right.SEE_PATIENTS)
@require_GET
def every(request: "DeskRequest") -> HttpResponse:
    """Show for whom a practitioner is needed: to the desk their names, to those who decide the way to the answers."""
    page = {
        "place": "suitability",
        "found": queries.waiting_for_practitioner(request.user, request.clinic),
        "may_decide": may(request.user, Right.DECIDE_SUITABILITY, request.clinic),
    }
    return render(request, "suitability/list.html", page)


@access.staff(Right.DECIDE_SUITABILITY)
@require_GET
def screening(request: "DeskRequest", screening: str) -> HttpResponse:
    """Show what fired and why, and the answers."""
    return render(request, PAGE, _page(request, _found(request, screening)))


@access.staff(Right.DECIDE_SUITABILITY)
@require_POST
def decide(request: "DeskRequest", screening: str) -> HttpResponse:
    """Decide in one's own name."""
    found, form = _found(request, screening), DecideForm(request.POST)
    return _write(request, found, "decide_form", form, actions.decide_screening, done="Decided, in your name.")


@access.staff(Right.DECIDE_SUITABILITY)
@require_POST
def spoken(request: "DeskRequest", screening: str) -> HttpResponse:
    """Say that one has spoken with somebody whose words called a person."""
    found, form = _found(request, screening), SpokenForm(request.POST)
    return _write(request, found, "spoken_form", form, actions.answer_alarm, done="Noted that you have spoken.")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def ask(request: "DeskRequest", patient: str) -> HttpResponse:
    """Send a patient the private link to the questions."""
    try:
        whom = patient_for(request.user, request.clinic, patient)
    except NotFound as missing:
        raise Http404 from missing
    treatment = queries.asked_about(request.clinic)
    if treatment is None:
        tell(request, "The clinic asks these questions before no treatment. A treatment has to be set so first.")
        return redirect("diary:patient", whom.ref)
    with suppress(AlreadyDone):  # a second press of the same button
        actions.ask_for_answers(
            clinic=request.clinic, patient=whom, treatment=treatment, by=Actor.staff(request.user),
            at=datetime.now(UTC), press=request.POST.get("press", "")[:40],
        )  # fmt: skip
    tell(request, f"{whom.name} is sent a private link to the questions.")
    return redirect("diary:patient", whom.ref)


def _write(
    request: "DeskRequest", found: "Screening", name: str, form: Any, act: Callable[..., object], *, done: str
) -> HttpResponse:
    """Do what a form says; if that cannot be, show the page again with everything typed still there."""
    if not form.is_valid():
        return render_invalid(request, PAGE, _page(request, found, form=form, **{name: form}))
    try:
        act(screening=found, user=request.user, by=Actor.staff(request.user), at=datetime.now(UTC), **form.cleaned_data)
    except AlreadyDone:
        pass  # a second press of the same form
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return render_invalid(request, PAGE, _page(request, _found(request, found.ref), form=form, **{name: form}))
    tell(request, done)
    return redirect("suitability:screening", found.ref)


def _found(request: "DeskRequest", ref: str) -> "Screening":
    try:
        found = queries.screening_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing
    saw(request, found.patient.ref)
    return found


def _page(request: "DeskRequest", found: "Screening", **forms: Any) -> dict[str, Any]:
    today = local(minute_of(datetime.now(UTC)), request.clinic.zone).date()
    look = queries.look_at(found, on=today)
    return {
        "place": "suitability",
        "screening": found,
        "look": look,
        "fired": list(words.for_practitioner(look.verdict)),
        "told": list(queries.walk_of(found).told_each()),
        "role": queries.role_of(request.user, request.clinic, today),
        "clears": words.who_clears(look.verdict),
        "is_kept_back": look.verdict.kind >= Kind.POSTPONE,
        "changed_since": words.changed_since(found, look.verdict),
        "decide_form": DecideForm(),
        "spoken_form": SpokenForm(initial={"press": new_press()}),
        **forms,
    }
