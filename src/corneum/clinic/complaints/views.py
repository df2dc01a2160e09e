"""The form that anybody may send, and the desk's list of what is due."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.complaints import actions, queries
from corneum.clinic.complaints.forms import AnswerForm, ComplaintForm, LaterForm, NoteForm
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.accounts.address import client_network
from corneum.platform.accounts.limits import allow
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.complaints.models import Complaint
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


HOUR = timedelta(hours=1)
PAGE = "complaints/complaint.html"


# --- whoever complains --------------------------------------------------------------------------


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Take a complaint or a request about data."""
    if getattr(request, "clinic", None) is None:
        raise Http404
    kind = request.GET.get("about", "")
    form = ComplaintForm(request.POST) if request.method == "POST" else ComplaintForm(initial={"kind": kind})
    if request.method != "POST":
        return render(request, "complaints/make.html", {"form": form})
    if not form.is_valid():
        return render_invalid(request, "complaints/make.html", {"form": form})
    at = datetime.now(UTC)
    with suppress(AlreadyDone):  # a second press of the same form: it is with us
        _receive(request, form, tells=_may_tell(request, form, at), by=VISITOR, at=at)
    return redirect("complaints:sent")


@access.public
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """Say that it is with us, and what happens now."""
    return render(request, "complaints/sent.html")


def _may_tell(request: HttpRequest, form: ComplaintForm, at: datetime) -> bool:
    """Keep our receipts from being sent to somebody again and again; what was written is taken in all the same."""
    email = form.cleaned_data["contact"].email
    return bool(
        email
        and allow(scope="complaints.receipt_to", key=email.lower(), per=HOUR, most=2, at=at)
        and allow(scope="complaints.receipt_from", key=client_network(request), per=HOUR, most=10, at=at)
    )


def _receive(request: Any, form: ComplaintForm, *, tells: bool, by: Actor, at: datetime) -> "Complaint":
    said = form.cleaned_data
    return actions.receive_complaint(
        clinic=request.clinic, kind=said["kind"], name=said["name"], email=said["contact"].email,
        phone=said["contact"].phone, for_whom=said["for_whom"], text=said["text"], tells=tells, by=by, at=at,
        press=said["press"],
    )  # fmt: skip


# --- whoever deals with it ----------------------------------------------------------------------


@access.staff(Right.DEAL_WITH_COMPLAINTS)
@require_GET
def every(request: "DeskRequest") -> HttpResponse:
    """Show what waits for an answer and by when, or what was answered."""
    show = request.GET.get("show", "open")
    find = queries.answered_complaints if show == "answered" else queries.open_complaints
    page = {"place": "complaints", "show": show, "found": find(request.user, request.clinic), "today": _today(request)}
    return render(request, "complaints/list.html", page)


@access.staff(Right.DEAL_WITH_COMPLAINTS)
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: "DeskRequest") -> HttpResponse:
    """Write down a complaint that was made at the desk, by telephone or by letter."""
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    page = {"place": "complaints", "form": form}
    if request.method != "POST":
        return render(request, "complaints/write_down.html", page)
    if not form.is_valid():
        return render_invalid(request, "complaints/write_down.html", page)
    try:
        made = _receive(request, form, tells=True, by=Actor.staff(request.user), at=datetime.now(UTC))
    except AlreadyDone as before:
        return redirect("complaints:complaint", before.event.entity_ref)
    tell(request, "Written down. Its clock runs from today.")
    return redirect("complaints:complaint", made.ref)


@access.staff(Right.DEAL_WITH_COMPLAINTS)
@require_GET
def complaint(request: "DeskRequest", complaint: str) -> HttpResponse:
    """Show one, with what was done about it."""
    return render(request, PAGE, _page(request, _found(request, complaint)))


@access.staff(Right.DEAL_WITH_COMPLAINTS)
@require_POST
def acknowledge(request: "DeskRequest", complaint: str) -> HttpResponse:
    """Say in one's own name that one deals with it."""
    found = _found(request, complaint)

    def act(by: Actor, at: datetime) -> None:
        actions.acknowledge_complaint(complaint=found, user=request.user, by=by, at=at)

    done = "They are told by email that you deal with it." if found.contact_email else "Noted that you have told them."
    return _do(request, found, act, done)


@access.staff(Right.DEAL_WITH_COMPLAINTS)
@require_POST
def note(request: "DeskRequest", complaint: str) -> HttpResponse:
    """Write down what was found or done."""
    found, form = _found(request, complaint), NoteForm(request.POST)
    return _write(request, found, "note_form", form, actions.note_on_complaint, done="Noted.")


@access.staff(Right.DEAL_WITH_COMPLAINTS)
@require_POST
def later(request: "DeskRequest", complaint: str) -> HttpResponse:
    """Put the answer off, with a reason."""
    found, form = _found(request, complaint), LaterForm(request.POST)
    return _write(request, found, "later_form", form, actions.take_more_time, done="The answer is due later.")


@access.staff(Right.DEAL_WITH_COMPLAINTS)
@require_POST
def answer(request: "DeskRequest", complaint: str) -> HttpResponse:
    """Write down the answer that was given."""
    found, form = _found(request, complaint), AnswerForm(request.POST)
    return _write(
        request, found, "answer_form", form, actions.answer_complaint, done="Answered. Its clock has stopped."
    )


def _write(
    request: "DeskRequest", found: "Complaint", name: str, form: Any, act: Callable[..., None], *, done: str
) -> HttpResponse:
    """Do what a form says; if that cannot be, show the page again with everything typed still there."""
    if not form.is_valid():
        return render_invalid(request, PAGE, _page(request, found, form=form, **{name: form}))
    try:
        act(complaint=found, user=request.user, by=Actor.staff(request.user), at=datetime.now(UTC), **form.cleaned_data)
    except AlreadyDone:
        pass  # a second press of the same form
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return render_invalid(request, PAGE, _page(request, _found(request, found.ref), form=form, **{name: form}))
    tell(request, done)
    return redirect("complaints:complaint", found.ref)


def _do(request: "DeskRequest", found: "Complaint", act: Callable[[Actor, datetime], None], done: str) -> HttpResponse:
    try:
        act(Actor.staff(request.user), datetime.now(UTC))
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, done)
    return redirect("complaints:complaint", found.ref)


def _found(request: "DeskRequest", ref: str) -> "Complaint":
    try:
        return queries.complaint_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _page(request: "DeskRequest", found: "Complaint", **forms: Any) -> dict[str, Any]:
    return {
        "place": "complaints",
        "complaint": found,
        "today": _today(request),
        "note_form": NoteForm(),
        "later_form": LaterForm(),
        "answer_form": AnswerForm(),
        **forms,
    }


def _today(request: "DeskRequest") -> Any:
    return local(minute_of(datetime.now(UTC)), request.clinic.zone).date()
