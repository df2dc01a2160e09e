"""The desk's view of what was sent, and the two decisions about what may not have arrived."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right
from corneum.platform.jobs.queries import given_up_count, worker_is_running
from corneum.platform.messages import actions, queries
from corneum.platform.ui.notices import tell

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User
    from corneum.platform.messages.models import Message

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


PER_PAGE = 50
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


@access.staff(Right.SEE_MESSAGES)
@require_POST
def again(request: "DeskRequest", message: str) -> HttpResponse:
    return _decide(request, message, actions.send_again, "It is being sent again.")


@access.staff(Right.SEE_MESSAGES)
@require_POST
def arrived(request: "DeskRequest", message: str) -> HttpResponse:
    return _decide(request, message, actions.mark_arrived, "Noted: it arrived.")


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
