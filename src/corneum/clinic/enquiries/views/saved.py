"""What is kept for the next conversation: saved replies, and how soon the clinic promises to answer."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.enquiries import actions, queries
from corneum.clinic.enquiries.forms import SavedReplyForm
from corneum.clinic.enquiries.promised import promise_of
from corneum.clinic.premises.actions import promise_answers
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.promise import PROMISES
from corneum.domain.saved_words import PLACEHOLDERS
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.enquiries.models import SavedReply
    from corneum.clinic.enquiries.views.pages import DeskRequest


@access.staff(Right.ANSWER_ENQUIRIES)
@require_GET
def saved(request: "DeskRequest") -> HttpResponse:
    context = {
        "place": "inbox",
        "saved_replies": queries.saved_replies(request.user, request.clinic),
        "promise": promise_of(request.clinic),
        "promises": PROMISES,
        "may_promise": may(request.user, Right.CHANGE_CLINIC, request.clinic),
    }
    return render(request, "enquiries/saved.html", context)


@access.staff(Right.ANSWER_ENQUIRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_saved(request: "DeskRequest") -> HttpResponse:
    return _write(request, None)


@access.staff(Right.ANSWER_ENQUIRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def change_saved(request: "DeskRequest", saved: str) -> HttpResponse:
    return _write(request, _found(request, saved))


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def remove_saved(request: "DeskRequest", saved: str) -> HttpResponse:
    kept = _found(request, saved)
    actions.remove_saved_reply(saved=kept, by=Actor.staff(request.user), at=datetime.now(UTC))
    tell(request, f"“{kept.title}” is no longer kept.")
    return redirect("enquiries:saved")


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def promise(request: "DeskRequest") -> HttpResponse:
    within = request.POST.get("within", "")
    try:
        promise_answers(clinic=request.clinic, within=within, by=Actor.staff(request.user), at=datetime.now(UTC))
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, f"Your pages now promise an answer within {within}.")
    return redirect("enquiries:saved")


def _write(request: "DeskRequest", kept: "SavedReply | None") -> HttpResponse:
    initial = {"title": kept.title, "text": kept.text} if kept else {}
    form = SavedReplyForm(request.POST or None, initial=initial)
    context = {"place": "inbox", "form": form, "kept": kept, "placeholders": PLACEHOLDERS}
    if request.method != "POST":
        return render(request, "enquiries/saved_reply.html", context)
    if form.is_valid():
        try:
            actions.save_reply(
                clinic=request.clinic,
                title=form.cleaned_data["title"],
                text=form.cleaned_data["text"],
                changes=kept,
                user=request.user,
                by=Actor.staff(request.user),
                at=datetime.now(UTC),
            )
        except ClinicError as refusal:
            form.add_error("title", str(refusal))
        else:
            tell(request, "Kept for the next time.")
            return redirect("enquiries:saved")
    return render_invalid(request, "enquiries/saved_reply.html", context)


def _found(request: "DeskRequest", ref: str) -> "SavedReply":
    try:
        return queries.saved_reply_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing
