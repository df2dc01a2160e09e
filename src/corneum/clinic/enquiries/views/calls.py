"""Writing down who rang, so that a call is answered like every other question."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from corneum.clinic.enquiries.actions import write_down_call
from corneum.clinic.enquiries.forms import CallForm
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.enquiries.views.pages import DeskRequest


@access.staff(Right.ANSWER_ENQUIRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: "DeskRequest") -> HttpResponse:
    form = CallForm(request.POST or None)
    if request.method != "POST":
        return render(request, "enquiries/call.html", {"place": "inbox", "form": form})
    if not form.is_valid():
        return render_invalid(request, "enquiries/call.html", {"place": "inbox", "form": form})
    said = form.cleaned_data
    try:
        written = write_down_call(
            clinic=request.clinic,
            name=said["name"],
            email=said["contact"].email,
            phone=said["contact"].phone,
            text=said["text"],
            user=request.user,
            by=Actor.staff(request.user),
            at=datetime.now(UTC),
            press=said["press"],
        )
    except AlreadyDone as before:
        return redirect("enquiries:thread", before.event.entity_ref)
    tell(request, "Written down. It waits for an answer like every other question.")
    return redirect("enquiries:thread", written.ref)
