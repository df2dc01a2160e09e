"""The question form that every page may carry, and the inbox that answers it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.enquiries import actions, queries
from corneum.clinic.enquiries.forms import AskForm, NoteForm, ReplyForm
from corneum.clinic.enquiries.noticing import noticed
from corneum.clinic.enquiries.verdict import Verdict, judge
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.accounts.address import client_network
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.reads import saw
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.enquiries.models import Enquiry
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


LATE_AFTER = timedelta(minutes=30)


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        initial = {"about": request.GET.get("about", "")[:80], "page": request.path}
        return render(request, "enquiries/contact.html", {"form": AskForm(initial=initial)})
    form = AskForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "enquiries/contact.html", {"form": form})
    asked, at = form.cleaned_data, datetime.now(UTC)
    verdict = judge(noticed(asked, network=client_network(request), at=at))
    try:
        _receive(request, asked, verdict, at=at, press=asked["press"])
    except AlreadyDone:
        # A second press of one form. The same words are known by themselves; other words are another question.
        _receive(request, asked, verdict, at=at, press="")
    return redirect("enquiries:sent")


def _receive(request: HttpRequest, asked: dict[str, Any], verdict: Verdict, *, at: datetime, press: str) -> None:
    actions.receive_enquiry(
        clinic=request.clinic,  # type: ignore[attr-defined]
        name=asked["name"],
        email=asked["contact"].email,
        phone=asked["contact"].phone,
        text=asked["text"],
        page=asked["page"],
        about=" ".join(asked["about"].split()),
        verdict=verdict,
        by=VISITOR,
        at=at,
        press=press,
    )


@access.public
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "enquiries/sent.html")


@access.staff(Right.ANSWER_ENQUIRIES)
@require_GET
def inbox(request: "DeskRequest") -> HttpResponse:
    return render(request, "enquiries/inbox.html", _inbox(request))


@access.staff(Right.ANSWER_ENQUIRIES)
@require_GET
def thread(request: "DeskRequest", enquiry: str) -> HttpResponse:
    return render(request, "enquiries/inbox.html", _inbox(request, _found(request, enquiry)))


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def reply(request: "DeskRequest", enquiry: str) -> HttpResponse:
    found, form = _found(request, enquiry), ReplyForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "enquiries/inbox.html", _inbox(request, found, reply_form=form))
    return _do(
        request,
        found,
        lambda by, at: actions.reply_to_enquiry(
            enquiry=found,
            text=form.cleaned_data["text"],
            user=request.user,
            by=by,
            at=at,
            press=form.cleaned_data["press"],
        ),
        "Your reply is on its way.",
        reply_form=form,
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def note(request: "DeskRequest", enquiry: str) -> HttpResponse:
    found, form = _found(request, enquiry), NoteForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "enquiries/inbox.html", _inbox(request, found, note_form=form))
    return _do(
        request,
        found,
        lambda by, at: actions.note_on_enquiry(
            enquiry=found,
            text=form.cleaned_data["text"],
            answers=form.cleaned_data["answers"],
            user=request.user,
            by=by,
            at=at,
            press=form.cleaned_data["press"],
        ),
        "Noted for the team.",
        note_form=form,
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def take(request: "DeskRequest", enquiry: str) -> HttpResponse:
    found = _found(request, enquiry)
    return _do(
        request,
        found,
        lambda by, at: actions.take_enquiry(enquiry=found, user=request.user, by=by, at=at),
        "This one is yours.",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def close(request: "DeskRequest", enquiry: str) -> HttpResponse:
    found = _found(request, enquiry)
    return _do(
        request, found, lambda by, at: actions.close_enquiry(enquiry=found, by=by, at=at), "Closed.", undo="reopen"
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def reopen(request: "DeskRequest", enquiry: str) -> HttpResponse:
    found = _found(request, enquiry)
    return _do(
        request, found, lambda by, at: actions.reopen_enquiry(enquiry=found, by=by, at=at), "Back among the open ones."
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def release(request: "DeskRequest", enquiry: str) -> HttpResponse:
    found = _found(request, enquiry)
    return _do(
        request,
        found,
        lambda by, at: actions.release_enquiry(enquiry=found, by=by, at=at),
        "Released into the inbox.",
        undo="apart",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def apart(request: "DeskRequest", enquiry: str) -> HttpResponse:
    found = _found(request, enquiry)
    return _do(
        request,
        found,
        lambda by, at: actions.keep_enquiry_apart(enquiry=found, by=by, at=at),
        "Kept apart as spam.",
        undo="release",
    )


def _found(request: "DeskRequest", ref: str) -> "Enquiry":
    try:
        return queries.enquiry_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _do(
    request: "DeskRequest",
    enquiry: "Enquiry",
    act: Callable[[Actor, datetime], Any],
    sentence: str,
    *,
    undo: str = "",
    **forms: Any,
) -> HttpResponse:
    """Do one thing to a conversation and come back to it; a refusal is said beside what was typed."""
    try:
        act(Actor.staff(request.user), datetime.now(UTC))
    except AlreadyDone as before:
        said = {form.cleaned_data["text"].strip() for form in forms.values()}
        if before.event.entity_ref == enquiry.ref and said <= {entry.text for entry in enquiry.entries.all()}:
            return redirect("enquiries:thread", enquiry.ref)  # the same press of the same words
        for form in forms.values():
            form.data = form.data.copy()
            form.data[form.add_prefix("press")] = new_press()
            form.add_error("text", "Something else was sent with this form before. Look again, and send it once more")
        return render_invalid(request, "enquiries/inbox.html", _inbox(request, enquiry, **forms))
    except ClinicError as refusal:
        if not forms:
            tell(request, str(refusal))
            return redirect("enquiries:thread", enquiry.ref)
        for form in forms.values():
            form.add_error("text", str(refusal))
        return render_invalid(request, "enquiries/inbox.html", _inbox(request, enquiry, **forms))
    else:
        tell(request, sentence, undo=reverse(f"enquiries:{undo}", args=[enquiry.ref]) if undo else "")
    return redirect("enquiries:thread", enquiry.ref)


def _inbox(request: "DeskRequest", enquiry: "Enquiry | None" = None, **forms: Any) -> dict[str, Any]:
    at, show = datetime.now(UTC), request.GET.get("show", "open")
    if enquiry is not None and enquiry.state in {"closed", "spam"} and "show" not in request.GET:
        show = enquiry.state
    text = request.GET.get("q", "")[:100]
    try:
        found = queries.inbox(request.user, request.clinic, show=show, text=text, at=at)
    except NotFound as missing:
        raise Http404 from missing
    known = {
        "place": "inbox",
        "inbox": found,
        "show": show,
        "q": text,
        "now": at,
        "late_before": at - LATE_AFTER,
        "waiting": queries.waiting_count(request.user, request.clinic),
    }
    if enquiry is None:
        return known
    patients = list(queries.patients_with_contact(enquiry))
    saw(request, *(patient.ref for patient in patients))
    return known | {
        "enquiry": enquiry,
        "patients": patients,
        "earlier": list(queries.earlier_from(enquiry)),
        "reply_form": ReplyForm(initial={"text": _opening(enquiry, request.user)}),
        "note_form": NoteForm(),
        **forms,
        "form": next(iter(forms.values()), None),
    }


def _opening(enquiry: "Enquiry", user: "User") -> str:
    first = enquiry.name.split(maxsplit=1)[0]
    return f"Hello {first},\n\n\n\n{user.name.split(maxsplit=1)[0]}, {enquiry.clinic.name}"
