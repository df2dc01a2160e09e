"""The question form that every page may carry."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from corneum.clinic.enquiries import actions
from corneum.clinic.enquiries.forms import AskForm
from corneum.clinic.enquiries.noticing import noticed
from corneum.clinic.enquiries.verdict import Verdict, judge
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import VISITOR
from corneum.platform.accounts.address import client_network
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.pages import render_invalid


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
