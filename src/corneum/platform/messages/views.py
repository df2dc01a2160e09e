"""The desk's view of what was sent, and the two decisions about what may not have arrived."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.jobs.queries import given_up_count, worker_is_running
from corneum.platform.messages import actions, queries
from corneum.platform.messages.forms import WordingForm
from corneum.platform.messages.provider import NotTheProvider, TooManyForged, told_in
from corneum.platform.messages.wordings import (
    Editable,
    clinic_facts,
    editable_called,
    filled_letter,
    filled_text,
    fitted,
    measure,
    wording_of,
)
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User
    from corneum.platform.messages.models import Message

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


PER_PAGE = 50
MOST_VERSIONS = 30
LABELS = {"all": "All", "waiting": "Waiting", "uncertain": "Uncertain", "failed": "Failed"}


@access.staff(Right.SEE_MESSAGES)
@require_safe
def sent(request: "DeskRequest") -> HttpResponse:
    show = request.GET.get("show", "all")
    try:
        shown = queries.messages_shown(request.user, request.clinic, show)
    except NotFound as missing:
        raise Http404 from missing
    counts = queries.counts(request.user, request.clinic)
    pages = Paginator(shown, PER_PAGE)
    pages.count = counts[show]  # counted already, with the other groups
    context = {
        "place": "messages",
        "show": show,
        "groups": [(name, label, counts[name]) for name, label in LABELS.items()],
        "page": pages.get_page(request.GET.get("page")),
        "nobody_sends": bool(counts["waiting"]) and not worker_is_running(datetime.now(UTC)),
        "given_up": given_up_count(),
        "ceiling": settings.TEXTS_PER_DAY if queries.texts_are_held_back(datetime.now(UTC)) else 0,
    }
    return render(request, "messages/sent.html", context)


@access.staff(Right.SEE_MESSAGES)
@require_safe
def message(request: "DeskRequest", message: str) -> HttpResponse:
    return _page(request, _found(request, message))


@access.staff(Right.SEE_MESSAGES)
@require_safe
def attachment(request: "DeskRequest", message: str, part: str) -> HttpResponse:
    """Give a part as text to keep: never as something that a browser would act upon."""
    for attached in queries.attachments_of(_found(request, message)):
        if attached.slug == part:
            response = HttpResponse(attached.text, content_type="text/plain; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{attached.slug}.txt"'
            response["X-Content-Type-Options"] = "nosniff"
            return response
    raise Http404


@csrf_exempt  # it comes from no page of ours: the provider's signature stands in the token's place
@access.public
@require_POST
def report(request: HttpRequest, message: str) -> HttpResponse:
    """Hear from the text provider what became of a message."""
    at = datetime.now(UTC)
    try:
        told = told_in(request, at=at)
        found = queries.message_of_provider(message, told.get("MessageSid", ""))
    except (NotTheProvider, NotFound) as nobody:
        raise Http404 from nobody
    except TooManyForged:
        return HttpResponse(status=429)
    actions.report_delivery(
        message=found, status=told.get("MessageStatus", ""), provider_id=told.get("MessageSid", "")[:64],
        code=told.get("ErrorCode", ""), by=Actor.system("the text provider"), at=at,
    )  # fmt: skip
    return HttpResponse(status=204)


@access.staff(Right.SEE_MESSAGES)
@require_POST
def again(request: "DeskRequest", message: str) -> HttpResponse:
    return _decide(request, message, actions.send_again, "It is being sent again.")


@access.staff(Right.SEE_MESSAGES)
@require_POST
def arrived(request: "DeskRequest", message: str) -> HttpResponse:
    return _decide(request, message, actions.mark_arrived, "Noted: it arrived.")


@access.staff(Right.CHANGE_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: "DeskRequest", area: str, name: str) -> HttpResponse:
    """Put a message into the clinic's own words: see it as it would be read, and save it as a new version."""
    message = _editable(area, name)
    subject, text = wording_of(request.clinic, message)
    form = WordingForm(request.POST or None, message=message, initial={"subject": subject, "text": text})
    if request.method != "POST":
        return _wording_page(request, message, form, subject, text)
    typed = {"subject": request.POST.get("subject", ""), "text": request.POST.get("text", "")}
    if "preview" in request.POST or not form.is_valid():
        return _wording_page(request, message, form, **typed)
    try:
        actions.word_message(
            clinic=request.clinic, message=message, subject=form.cleaned_data.get("subject", ""),
            text=form.cleaned_data["text"], facts=clinic_facts(request.clinic), user=request.user,
            by=Actor.staff(request.user), at=datetime.now(UTC), press=form.cleaned_data["press"],
        )  # fmt: skip
    except AlreadyDone:
        pass
    except ClinicError as refusal:
        form.add_error("text", str(refusal))
        return _wording_page(request, message, form, **typed)
    tell(request, "Saved. It is sent like this from now on.")
    return _see_wording(area, name)


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def sample(request: "DeskRequest", area: str, name: str) -> HttpResponse:
    """Send the sample again."""
    by, at = Actor.staff(request.user), datetime.now(UTC)
    actions.restore_sample(clinic=request.clinic, message=_editable(area, name), user=request.user, by=by, at=at)
    tell(request, "It is sent as it was shipped again. Your own words stay among the versions.")
    return _see_wording(area, name)


def _editable(area: str, name: str) -> Editable:
    message = editable_called(f"{area}/{name}")
    if message is None:
        raise Http404
    return message


def _see_wording(area: str, name: str) -> HttpResponse:
    response = redirect("messages:wording", area, name)
    response.status_code = 303
    return response


def _wording_page(
    request: "DeskRequest", message: Editable, form: WordingForm, subject: str, text: str
) -> HttpResponse:
    facts = {**message.example, **clinic_facts(request.clinic)}
    is_text = message.channel == "text"
    shown = fitted(text, facts) if is_text else filled_letter(text, facts)
    versions = list(queries.wordings_of(request.user, request.clinic, message.template)[:MOST_VERSIONS])
    context = {
        "place": "clinic",
        "message": message,
        "area_and_name": message.template.split("/"),
        "form": form,
        "preview": {"subject": filled_letter(subject, facts), "text": shown},
        "is_shortened": is_text and shown != filled_text(text, facts),
        "measured": measure(shown) if is_text else None,
        "versions": versions,
        "is_own": bool(versions and versions[0].text),
    }
    if form.is_bound and form.errors:
        return render_invalid(request, "messages/wording.html", context)
    return render(request, "messages/wording.html", context)


def _decide(request: "DeskRequest", ref: str, act: Callable[..., object], sentence: str) -> HttpResponse:
    found = _found(request, ref)
    try:
        act(message=found, by=Actor.staff(request.user), at=datetime.now(UTC))
    except ClinicError as refusal:
        return _page(request, _found(request, ref), refusal=str(refusal), status=409)
    tell(request, sentence)
    response = redirect("messages:message", found.ref)
    response.status_code = 303
    return response


def _found(request: "DeskRequest", ref: str) -> "Message":
    try:
        return queries.message_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _page(request: "DeskRequest", found: "Message", *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "place": "messages",
        "letter": found,
        "parts": queries.attachments_of(found),
        "is_in_doubt": found.state in queries.IN_DOUBT,
        "refusal": refusal,
    }
    return render(request, "messages/message.html", context, status=status)
