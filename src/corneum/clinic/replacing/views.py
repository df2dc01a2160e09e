"""The pages of outages: taking out, the list of visits, and deciding about each."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.booking.words import moment
from corneum.clinic.diary.actions import PatientBusy, TimeRefused
from corneum.clinic.replacing import actions, queries
from corneum.clinic.replacing.forms import CancelForm, ShortenForm, TakeOutForm
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
    from corneum.clinic.replacing.models import Outage, Replacement
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.SEE_DIARY)
@require_GET
def outages(request: "DeskRequest") -> HttpResponse:
    """Show who and what is or was out, and what is left to decide."""
    known = {
        "place": "diary",
        "outages": queries.outages_shown(request.user, request.clinic),
        "may_change": may(request.user, Right.CHANGE_DIARY, request.clinic),
    }
    return render(request, "replacing/list.html", known)


@access.staff(Right.CHANGE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: "DeskRequest") -> HttpResponse:
    """Ask who or what is out, from when to when, and why; then list what that touches."""
    at, clinic = datetime.now(UTC), request.clinic
    form = TakeOutForm(
        request.POST if request.method == "POST" else None,
        choices=queries.who_and_what(clinic, at),
        zone=clinic.zone,
        at=at,
        initial=_first_guess(request, at),
    )
    page = {"place": "diary", "form": form}
    if request.method != "POST":
        return render(request, "replacing/take_out.html", page)
    if not form.is_valid():
        return render_invalid(request, "replacing/take_out.html", page)
    span, sent, by = form.span(form.cleaned_data), form.cleaned_data, Actor.staff(request.user)
    try:
        outage = actions.take_out(
            clinic=clinic, what=queries.thing_called(clinic, sent["what"], at), kind=sent["kind"], starts=span.starts,
            ends=span.ends, by=by, at=at, press=sent["press"],
        )  # fmt: skip
    except AlreadyDone as done:
        return redirect("replacing:outage", done.event.entity_ref)
    except ClinicError as refused:
        form.add_error(None, str(refused))
        return render_invalid(request, "replacing/take_out.html", page)
    actions.propose(outage=outage, proposals=queries.work_out(outage, at=at), by=by, at=at)
    return redirect("replacing:outage", outage.ref)


@access.staff(Right.SEE_DIARY)
@require_GET
def outage(request: "DeskRequest", outage: str) -> HttpResponse:
    """Show every visit that an outage touches, with what is proposed for each."""
    return render(request, "replacing/outage.html", _page(request, _outage(request, outage)))


@access.staff(Right.CHANGE_DIARY)
@require_POST
def propose(request: "DeskRequest", outage: str) -> HttpResponse:
    """Look for places anew."""
    found, at = _outage(request, outage), datetime.now(UTC)
    try:
        # twice: what is listed only now is proposed for, too
        actions.propose(outage=found, proposals={}, by=Actor.staff(request.user), at=at)
        many = actions.propose(
            outage=found, proposals=queries.work_out(found, at=at), by=Actor.staff(request.user), at=at
        )
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, f"{_count(many, 'visit has', 'visits have')} a proposal.")
    return redirect("replacing:outage", found.ref)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def accept_all(request: "DeskRequest", outage: str) -> HttpResponse:
    """Accept what is proposed for each visit, one after the other; what has gone meanwhile is proposed anew."""
    found, at, by = _outage(request, outage), datetime.now(UTC), Actor.staff(request.user)
    accepted = lost = 0
    for row in queries.replacements_of(found):
        if row.state == "proposed":
            try:
                actions.accept_replacement(replacement=row, by=by, at=at)
                accepted += 1
            except ClinicError:
                lost += 1
    if lost:
        _propose_anew(found, by=by, at=at)
    gone = f" {_count(lost, 'place', 'places')} had gone meanwhile: see what is proposed now." if lost else ""
    tell(request, f"{_count(accepted, 'visit is', 'visits are')} placed anew.{gone}")
    return redirect("replacing:outage", found.ref)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def accept(request: "DeskRequest", visit: str) -> HttpResponse:
    """Accept what is proposed for one visit."""
    return _decide(request, _visit(request, visit), actions.accept_replacement, _placed)


@access.staff(Right.CHANGE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: "DeskRequest", visit: str) -> HttpResponse:
    """Show other places for one visit, and the ways to deal with it otherwise; POSTed, give it one of them."""
    found, at = _visit(request, visit), datetime.now(UTC)
    if request.method != "POST":
        return render(request, "replacing/visit.html", _visit_page(request, found, at=at))
    starts, who = _chosen(request)
    person = queries.person_free(found, starts, who, at=at)
    if person is None:
        tell(request, "That time has gone meanwhile. Choose another.")
        return redirect("replacing:visit", found.ref)

    def change(**known: Any) -> "Replacement":
        return actions.change_replacement(starts=starts, practitioner=person, **known)

    return _decide(request, found, change, _placed)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def leave(request: "DeskRequest", visit: str) -> HttpResponse:
    """Leave it until its patient has been rung."""
    return _decide(
        request, _visit(request, visit), actions.leave_replacement, lambda _row: "Ring them: nothing is sent."
    )


@access.staff(Right.CHANGE_DIARY)
@require_POST
def cancel(request: "DeskRequest", visit: str) -> HttpResponse:
    """Cancel it, for a reason."""
    found, form = _visit(request, visit), CancelForm(request.POST)
    if not form.is_valid():
        known = _visit_page(request, found, at=datetime.now(UTC), form=form)
        return render_invalid(request, "replacing/visit.html", known)

    def end(**known: Any) -> "Replacement":
        return actions.cancel_replacement(reason=form.cleaned_data["reason"], **known)

    return _decide(request, found, end, lambda row: f"Cancelled. {_heard(row)}")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def shorten(request: "DeskRequest", outage: str) -> HttpResponse:
    """Let it end earlier."""
    found, form = _outage(request, outage), ShortenForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "replacing/outage.html", _page(request, found, form=form))
    ends, zone = form.minute(request.clinic.zone), request.clinic.zone
    try:
        actions.shorten_outage(outage=found, ends=ends, by=Actor.staff(request.user), at=datetime.now(UTC))
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, f"{found.name} is back from {moment(max(ends, found.starts), zone)}. Visits that fit again stay.")
    return redirect("replacing:outage", found.ref)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def close(request: "DeskRequest", outage: str) -> HttpResponse:
    """Put it away."""
    found = _outage(request, outage)
    try:
        actions.close_outage(outage=found, by=Actor.staff(request.user), at=datetime.now(UTC))
    except ClinicError as refusal:
        tell(request, str(refusal))
        return redirect("replacing:outage", found.ref)
    tell(request, "Everything is dealt with, and this is closed.")
    return redirect("replacing:list")


def _decide(
    request: "DeskRequest", found: "Replacement", act: Callable[..., "Replacement"], say: Callable[["Replacement"], str]
) -> HttpResponse:
    """Do one thing about a visit and come back to the list; what has gone meanwhile is proposed anew."""
    by, at = Actor.staff(request.user), datetime.now(UTC)
    name = found.appointment.patient.name
    try:
        row = act(replacement=found, by=by, at=at)
    except (TimeRefused, PatientBusy):
        _propose_anew(found.outage, by=by, at=at, only=found)
        tell(request, f"The place for {name} has gone meanwhile. See what is proposed now.")
    except ClinicError as refusal:
        tell(request, f"{name}: {refusal}")
    else:
        tell(request, f"{name}: {say(row)}")
    return redirect("replacing:outage", found.outage.ref)


def _propose_anew(found: "Outage", *, by: Actor, at: datetime, only: "Replacement | None" = None) -> None:
    proposals = queries.work_out(found, at=at, only=only)
    actions.propose(outage=found, proposals=proposals, by=by, at=at)


def _placed(row: "Replacement") -> str:
    if not queries.is_seen_changed(row):
        return "placed anew. Nothing that they were promised has changed, so no message leaves."
    return f"placed anew. {_heard(row)}"


def _heard(row: "Replacement") -> str:
    return "They are told in three minutes." if row.letters else "No message can reach them: ring them."


def _page(request: "DeskRequest", found: "Outage", form: ShortenForm | None = None) -> dict[str, Any]:
    at, lines = datetime.now(UTC), queries.lines_of(found)
    saw(request, *{line.replacement.appointment.patient.ref for line in lines})
    progress = queries.progress_of(lines)
    to_decide = sum(line.replacement.state in queries.TO_DECIDE and not line.is_changed_elsewhere for line in lines)
    return {
        "place": "diary",
        "outage": found,
        "lines": lines,
        "progress": progress,
        "to_decide": to_decide,
        "dealt_with": len(lines) - to_decide,
        "missing": len(queries.missing_from(found, at=at)) if found.closed_at is None else 0,
        "is_lifted": queries.is_lifted(found),
        "why": queries.kind_in_words(found, sees_why=may(request.user, Right.CHANGE_CLINIC, request.clinic)),
        "may_change": may(request.user, Right.CHANGE_DIARY, request.clinic),
        "form": form or ShortenForm(initial={"last": local(minute_of(at), request.clinic.zone).date()}),
    }


def _visit_page(
    request: "DeskRequest", found: "Replacement", *, at: datetime, form: CancelForm | None = None
) -> dict[str, Any]:
    saw(request, found.appointment.patient.ref)
    options = queries.times_to_choose(found, at=at)
    names, zone = queries.names_of(options), request.clinic.zone
    days: dict[date, list[dict[str, Any]]] = {}
    for option in sorted(options, key=lambda each: (each.starts, each.practitioner_id)):
        choice = {"starts": option.starts, "key": option.practitioner_id, "name": names[option.practitioner_id]}
        days.setdefault(local(option.starts, zone).date(), []).append(choice)
    return {"place": "diary", "row": found, "outage": found.outage, "days": days, "form": form or CancelForm()}


def _chosen(request: "DeskRequest") -> tuple[int, int]:
    parts = request.POST.get("time", "").split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 13 for part in parts):
        return 0, 0  # nobody, never: said like a time that has gone
    return int(parts[0]), int(parts[1])


def _first_guess(request: "DeskRequest", at: datetime) -> dict[str, Any]:
    """Begin with what the page that led here knows, and with today."""
    today = local(minute_of(at), request.clinic.zone).date()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    return {"what": request.GET.get("what", "")[:60], "first": day, "last": day}


def _outage(request: "DeskRequest", ref: str) -> "Outage":
    try:
        return queries.outage_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _visit(request: "DeskRequest", ref: str) -> "Replacement":
    try:
        return queries.replacement_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _count(many: int, one: str, several: str) -> str:
    return f"{many} {one if many == 1 else several}"
