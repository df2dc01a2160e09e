"""The two addresses that machines ask, the components page, and the page for every error."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.forms.utils import pretty_name
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.views.decorators.http import require_safe

from corneum.platform.accounts import access
from corneum.platform.accounts.request_id import current_request_id
from corneum.platform.ui import health, samples
from corneum.platform.ui.at_hand import at_hand

# --- for machines -----------------------------------------------------------------------------


@require_safe
@access.public
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers, and nothing about the rest."""
    return _never_kept(HttpResponse("ok", content_type="text/plain"))


@require_safe
@access.public
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether people may be sent here: 200, or 503 and in sentences why not."""
    wrong = health.what_is_wrong(datetime.now(UTC))
    return _never_kept(JsonResponse({"ready": not wrong, "wrong": wrong}, status=503 if wrong else 200))


# --- for whoever builds pages -----------------------------------------------------------------


@require_safe
@access.public
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    _only_where_pages_are_built()
    return render(request, "ui/samples/components.html", samples.components())


@require_safe
@access.public
def sample(request: HttpRequest, layout: str) -> HttpResponse:
    """Show a layout with invented words in it."""
    _only_where_pages_are_built()
    if layout not in samples.LAYOUTS:
        raise Http404
    return render(request, f"ui/samples/{layout}.html", samples.page(layout))


def _only_where_pages_are_built() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


# --- when something is wrong ------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's own
    """Answer a request that makes no sense."""
    return _trouble(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's own
    """Answer somebody who may not do this."""
    return _trouble(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's own
    """Answer for an address that leads nowhere."""
    return _trouble(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed: without the database, which may be what failed."""
    return _trouble(request, 500)


def foreign_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's own
    """
    Answer a form whose token is missing or old: open too long, or not from our page at all.

    What was typed is shown to be copied, but only if our own page sent it; and it is never put back
    into a form, because then a page elsewhere could fill that form in somebody's name.
    """
    return _trouble(request, 403, page="foreign_form", typed=_typed(request), again=_own_referrer(request))


def _trouble(request: HttpRequest, status: int, page: str = "", **more: Any) -> HttpResponse:
    """Draw an error page from what is at hand: no database, no session, no context processors."""
    clinic = at_hand(request)
    context = {
        "clinic": clinic,
        "clinic_page": clinic,
        "home_url": get_script_prefix(),
        "status": status,
        "reference": current_request_id()[:8],
        **more,
    }
    html = render_to_string(f"ui/errors/{page or status}.html", context)
    return _never_kept(HttpResponse(html, status=status))


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


NOT_TYPED = re.compile(r"[1-9][0-9]*|[0-9a-z]{26}")  # numbers and refs that a form carries for itself


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    if not _own_referrer(request):
        return []
    fields = [(name, str(value)) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    return [
        (pretty_name(name), value)
        for name, value in fields
        if value.strip() and "password" not in name and not NOT_TYPED.fullmatch(value)
    ][:20]


def _own_referrer(request: HttpRequest) -> str:
    """Answer with the path of the page the form was on, if that page is ours."""
    origin = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    referrer = urlsplit(request.headers.get("Referer", ""))
    ours = request.get_host()
    if origin.netloc != ours or referrer.netloc not in {"", ours}:
        return ""
    return referrer.path or request.path
