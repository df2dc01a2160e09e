"""What a patient does from their own appointment's page: say that they will come, and how to be reminded."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from corneum.clinic.booking import queries as booking
from corneum.clinic.booking.views.asking import clinic_in, missing_is_404, pressed, see_other
from corneum.clinic.diary.actions import confirm_visit
from corneum.clinic.reminders import actions, queries
from corneum.clinic.reminders.forms import WaysForm
from corneum.domain.errors import ClinicError
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import PATIENT
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment


@access.link
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm the time that was seen. If it has changed since, the page shows how it stands."""
    visit = _visit_in(request, code)
    starts = request.POST.get("starts", "")
    if starts.isdecimal() and len(starts) < 12:
        with suppress(ClinicError):
            confirm_visit(
                appointment=visit, how="link", starts=int(starts), by=PATIENT, at=datetime.now(UTC),
                press=pressed(request),
            )  # fmt: skip
    return see_other("booking:mine", visit.code)


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Choose how to be reminded; what says that a visit has changed comes all the same."""
    visit = _visit_in(request, code)
    form = WaysForm(request.POST or None, initial={"ways": queries.choice_of(visit.patient)})
    context = {"appointment": visit, "form": form}
    if request.method != "POST":
        return render(request, "reminders/choose.html", context)
    if not form.is_valid():
        return render_invalid(request, "reminders/choose.html", context)
    with suppress(ClinicError):  # pressed twice
        actions.choose_ways(
            patient=visit.patient, ways=form.cleaned_data["ways"], by=PATIENT, at=datetime.now(UTC),
            press=form.cleaned_data["press"],
        )  # fmt: skip
    return see_other("booking:mine", visit.code)


def _visit_in(request: HttpRequest, code: str) -> "Appointment":
    with missing_is_404():
        return booking.appointment_at(clinic_in(request), code)
