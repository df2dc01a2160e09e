"""What is done to one conversation: answer, note, give, snooze, close, keep apart, join with a patient."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from corneum.clinic.enquiries import actions, queries
from corneum.clinic.enquiries.forms import NoteForm, ReplyForm, SnoozeForm
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.snoozing import moments, morning_of
from corneum.clinic.enquiries.views.pages import PAGE, facts_for, found, inbox_context
from corneum.clinic.patients.queries import patient_for
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.saved_words import filled
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.enquiries.models import Enquiry
    from corneum.clinic.enquiries.views.pages import DeskRequest

GAP = "\n\n\n\n"  # between the greeting and the name below a reply


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def reply(request: "DeskRequest", enquiry: str) -> HttpResponse:
    answered, form = found(request, enquiry), ReplyForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, PAGE, inbox_context(request, answered, reply_form=form))
    said = {key: form.cleaned_data[key] for key in ("text", "seen", "press")}
    return _do(
        request,
        answered,
        lambda by, at: actions.reply_to_enquiry(enquiry=answered, user=request.user, by=by, at=at, **said),
        "Your reply is on its way.",
        reply_form=form,
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def insert(request: "DeskRequest", enquiry: str) -> HttpResponse:
    """Put a saved reply into what is being typed: shows the page again, and sends and keeps nothing."""
    answered = found(request, enquiry)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        saved = queries.saved_reply_for(request.user, request.clinic, request.POST.get("saved", ""))
    except NotFound:
        tell(request, "That saved reply is no longer kept. What you typed is still here.")
    else:
        words = filled(saved.text, facts_for(answered, request.user))
        text = text.replace(GAP, f"\n\n{words}\n\n", 1) if GAP in text else f"{text.rstrip()}\n\n{words}".lstrip()
    given = {"text": text, "seen": request.POST.get("seen", "")}
    context = inbox_context(request, answered) | {"reply_form": ReplyForm(initial=given), "is_filled": True}
    return render(request, PAGE, context)


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def note(request: "DeskRequest", enquiry: str) -> HttpResponse:
    noted, form = found(request, enquiry), NoteForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, PAGE, inbox_context(request, noted, note_form=form))
    said = {key: form.cleaned_data[key] for key in ("text", "answers", "seen", "press")}
    return _do(
        request,
        noted,
        lambda by, at: actions.note_on_enquiry(enquiry=noted, user=request.user, by=by, at=at, **said),
        "Noted for the team.",
        note_form=form,
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def take(request: "DeskRequest", enquiry: str) -> HttpResponse:
    taken = found(request, enquiry)
    return _do(
        request,
        taken,
        lambda by, at: actions.assign_enquiry(enquiry=taken, to=request.user, by=by, at=at),
        "This one is yours.",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def assign(request: "DeskRequest", enquiry: str) -> HttpResponse:
    given, ref = found(request, enquiry), request.POST.get("to", "")
    try:
        to = queries.colleague_by_ref(request.clinic, ref) if ref else None
    except NotFound as missing:
        raise Http404 from missing
    return _do(
        request,
        given,
        lambda by, at: actions.assign_enquiry(enquiry=given, to=to, by=by, at=at),
        f"{to.name} has it now." if to else "Nobody has it now.",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def snooze(request: "DeskRequest", enquiry: str) -> HttpResponse:
    snoozed, form = found(request, enquiry), SnoozeForm(request.POST)
    offered = {moment.key: moment.at for moment in moments(request.clinic, datetime.now(UTC))}
    until = offered.get(form.cleaned_data["until"]) if form.is_valid() else None
    if form.is_valid() and form.cleaned_data["day"]:
        until = morning_of(request.clinic, form.cleaned_data["day"])
    if until is None:
        tell(request, str(actions.NotLater()))
        return redirect("enquiries:thread", snoozed.ref)
    return _do(
        request,
        snoozed,
        lambda by, at: actions.snooze_enquiry(enquiry=snoozed, until=until, by=by, at=at),
        "Snoozed. It comes back by itself, and at once if they write.",
        undo="wake",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def wake(request: "DeskRequest", enquiry: str) -> HttpResponse:
    woken = found(request, enquiry)
    return _do(request, woken, lambda by, at: actions.wake_enquiry(enquiry=woken, by=by, at=at), "Back in its queue.")


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def close(request: "DeskRequest", enquiry: str) -> HttpResponse:
    closed = found(request, enquiry)
    return _do(
        request, closed, lambda by, at: actions.close_enquiry(enquiry=closed, by=by, at=at), "Closed.", undo="reopen"
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def reopen(request: "DeskRequest", enquiry: str) -> HttpResponse:
    opened = found(request, enquiry)
    return _do(
        request,
        opened,
        lambda by, at: actions.reopen_enquiry(enquiry=opened, by=by, at=at),
        "Back among those that wait for us.",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def release(request: "DeskRequest", enquiry: str) -> HttpResponse:
    released = found(request, enquiry)
    return _do(
        request,
        released,
        lambda by, at: actions.release_enquiry(enquiry=released, by=by, at=at),
        "Released into the inbox.",
        undo="apart",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def apart(request: "DeskRequest", enquiry: str) -> HttpResponse:
    kept = found(request, enquiry)
    return _do(
        request,
        kept,
        lambda by, at: actions.keep_enquiry_apart(enquiry=kept, by=by, at=at),
        "Kept apart as spam.",
        undo="release",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def join(request: "DeskRequest", enquiry: str) -> HttpResponse:
    joined = found(request, enquiry)
    try:
        patient = patient_for(request.user, request.clinic, request.POST.get("patient", ""))
    except NotFound:
        tell(request, "That record is not here. Look for it again.")
        return redirect("enquiries:thread", joined.ref)
    return _do(
        request,
        joined,
        lambda by, at: actions.join_enquiry(enquiry=joined, patient=patient, by=by, at=at),
        f"This is {patient.name}.",
        undo="part",
    )


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def part(request: "DeskRequest", enquiry: str) -> HttpResponse:
    parted = found(request, enquiry)
    return _do(
        request,
        parted,
        lambda by, at: actions.part_enquiry(enquiry=parted, by=by, at=at),
        "No longer joined with a patient.",
    )


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
        refusal = "Something else was sent with this form before. Look again, and send it once more"
        return _again(request, enquiry, refusal, forms, press=new_press())
    except actions.ChangedMeanwhile as refusal:
        if forms:  # shown with what is new, so a second press has seen it
            return _again(request, enquiry, str(refusal), forms, seen=last_entry(enquiry))
        tell(request, str(refusal))
    except ClinicError as refusal:
        if forms:
            return _again(request, enquiry, str(refusal), forms)
        tell(request, str(refusal))
    else:
        tell(request, sentence, undo=reverse(f"enquiries:{undo}", args=[enquiry.ref]) if undo else "")
    return redirect("enquiries:thread", enquiry.ref)


def _again(
    request: "DeskRequest", enquiry: "Enquiry", refusal: str, forms: dict[str, Any], **changed: str
) -> HttpResponse:
    """Show the conversation as it is now, what was typed still there, and why it was not done."""
    for form in forms.values():
        form.data = form.data.copy()
        for name, value in changed.items():
            form.data[form.add_prefix(name)] = value
        form.add_error("text", refusal)
    return render_invalid(request, PAGE, inbox_context(request, found(request, enquiry.ref), **forms))
