"""The desk's view of the list: who waits, who is asked first and why, what was offered, who was passed over."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.treatments import queries as treatments
from corneum.clinic.waiting import actions, queries
from corneum.clinic.waiting.forms import AddForm, UrgentForm
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.reads import saw
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.waiting.models import FreedOffer, Wait
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.SEE_PATIENTS)
@require_GET
def waiting(request: "DeskRequest") -> HttpResponse:
    """Show the list in its order, what was offered, or who left it."""
    show = request.GET.get("show", "waiting")
    asked = {"treatment": request.GET.get("treatment", "")[:50], "practitioner": request.GET.get("with", "")[:50]}
    page: dict[str, Any] = {"place": "waiting", "show": show, **_choices(request), **asked}
    page["may_change"] = may(request.user, Right.CHANGE_DIARY, request.clinic)
    if show == "offers":
        page["offers"] = queries.offers_shown(request.user, request.clinic)
        return render(request, "waiting/offers.html", page)
    try:
        waits = queries.shown(request.user, request.clinic, show=show, **asked)
    except NotFound as missing:
        raise Http404 from missing
    _note_readers(request, waits)
    kept = queries.open_offers(waits)
    page["lines"] = [_line(one, kept) for one in waits]
    return render(request, "waiting/list.html", page)


@access.staff(Right.SEE_PATIENTS)
@require_GET
def entry(request: "DeskRequest", wait: str) -> HttpResponse:
    """Show one person's place on the list."""
    return render(request, "waiting/entry.html", _entry(request, _found(request, wait)))


@access.staff(Right.SEE_PATIENTS)
@require_GET
def passed(request: "DeskRequest", offer: str) -> HttpResponse:
    """Show who stood before the one who was offered a time, and why they were passed over."""
    try:
        found = queries.offer_for(request.user, request.clinic, offer)
    except NotFound as missing:
        raise Http404 from missing
    over = queries.passed_over_for(found)
    _note_readers(request, [found.wait, *(one.wait for one in over)])
    return render(request, "waiting/passed.html", {"place": "waiting", "offer": found, "over": over})


@access.staff(Right.CHANGE_DIARY)
@require_http_methods(["GET", "POST"])
def add(request: "DeskRequest") -> HttpResponse:
    """Put somebody on the list who rang or stands at the desk."""
    at = datetime.now(UTC)
    choices = _choices(request)
    form = AddForm(
        request.POST if request.method == "POST" else None,
        today=local(minute_of(at), request.clinic.zone).date(),
        suits=queries.suits_at(request.clinic, at),
        treatments=[(one.slug, one.name) for one in choices["treatments"]],
        practitioners=[(one.slug, one.name) for one in choices["practitioners"]],
    )
    page = {"place": "waiting", "form": form}
    if request.method != "POST":
        return render(request, "waiting/add.html", page)
    if not form.is_valid():
        return render_invalid(request, "waiting/add.html", page)
    sent = form.cleaned_data
    try:
        joined = actions.join_waiting_list(
            clinic=request.clinic,
            treatment=next(one for one in choices["treatments"] if one.slug == sent["treatment"]),
            practitioner=next((one for one in choices["practitioners"] if one.slug == sent["practitioner"]), None),
            windows=form.windows(), expires_on=sent["until"], name=sent["name"], contact=sent["contact"], later=None,
            by=Actor.staff(request.user), at=at, press=sent["press"],
        )  # fmt: skip
    except AlreadyDone as done:
        return redirect("waiting:entry", done.event.entity_ref)
    except ClinicError as refused:
        form.add_error(None, str(refused))
        return render_invalid(request, "waiting/add.html", page)
    tell(request, f"{joined.name} is on the list.")
    return redirect("waiting:entry", joined.ref)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def urgent(request: "DeskRequest", wait: str) -> HttpResponse:
    """Let somebody be asked first, with a reason."""
    found, form = _found(request, wait), UrgentForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "waiting/entry.html", _entry(request, found, form=form))
    return _do(
        request, found, actions.mark_urgent, "{name} is asked first.", reason=form.cleaned_data["reason"],
        user=request.user,
    )  # fmt: skip


@access.staff(Right.CHANGE_DIARY)
@require_POST
def not_urgent(request: "DeskRequest", wait: str) -> HttpResponse:
    """Put somebody back where the day they joined puts them."""
    return _do(request, _found(request, wait), actions.mark_not_urgent, "{name} is asked in their turn.")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def remove(request: "DeskRequest", wait: str) -> HttpResponse:
    """Take somebody off the list."""
    return _do(request, _found(request, wait), actions.leave_waiting_list, "{name} is off the list.")


def _do(request: "DeskRequest", found: "Wait", act: Any, sentence: str, **facts: Any) -> HttpResponse:
    """Do one thing to a wait and come back to it; a stale one says what has changed."""
    try:
        act(wait=found, by=Actor.staff(request.user), at=datetime.now(UTC), **facts)
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, sentence.format(name=found.name))
    return redirect("waiting:entry", found.ref)


def _found(request: "DeskRequest", ref: str) -> "Wait":
    try:
        return queries.wait_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _choices(request: "DeskRequest") -> dict[str, Any]:
    today = local(minute_of(datetime.now(UTC)), request.clinic.zone).date()
    return {
        "treatments": [offer.treatment for offer in treatments.offers_at(request.clinic)],
        "practitioners": list(practitioners.shown_at(request.clinic, today)),
    }


def _line(wait: "Wait", kept: "dict[int, FreedOffer]") -> dict[str, Any]:
    return {"wait": wait, "windows": queries.windows_in_words(wait), "offer": kept.get(wait.pk)}


def _entry(request: "DeskRequest", found: "Wait", **forms: Any) -> dict[str, Any]:
    _note_readers(request, [found])
    return {
        "place": "waiting",
        "wait": found,
        "windows": queries.windows_in_words(found),
        "offers": queries.offers_of(found),
        "over": queries.passed_over(found),
        "may_change": may(request.user, Right.CHANGE_DIARY, request.clinic),
        "form": UrgentForm(),
        **forms,
    }


def _note_readers(request: "DeskRequest", waits: "list[Wait]") -> None:
    """Note whose records these are, of those who are patients already."""
    saw(request, *(wait.patient.ref for wait in waits if wait.patient is not None))
