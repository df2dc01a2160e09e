"""How the clinic reminds, and whom not to, at the desk."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from corneum.clinic.patients.queries import patient_for
from corneum.clinic.reminders import actions, queries
from corneum.clinic.reminders.forms import RulesForm, WaysForm
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.reads import saw
from corneum.platform.messages.provider import text_provider
from corneum.platform.messages.queries import texts_within_a_day, wants_no_texts
from corneum.platform.messages.wordings import all_editable, has_own, wording_of
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User
    from corneum.platform.messages.wordings import Editable

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.CHANGE_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: "DeskRequest") -> HttpResponse:
    """Say how long before a visit, and when nobody is written to; and see what the messages say."""
    kept, at = queries.rules_of(request.clinic), datetime.now(UTC)
    names = ("email_hours", "text_hours", "quiet_from", "quiet_until")
    form = RulesForm(request.POST or None, initial={name: getattr(kept, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with suppress(ClinicError):  # pressed twice
            actions.change_rules(
                clinic=request.clinic, **{name: form.cleaned_data[name] for name in names}, user=request.user,
                by=Actor.staff(request.user), at=at, press=form.cleaned_data["press"],
            )  # fmt: skip
            tell(request, "Saved. It holds for every reminder that has not been sent.")
        return _go("reminders:rules")
    context = {
        "place": "clinic",
        "form": form,
        "rules": kept,
        "messages_worded": [_shown(request.clinic, message) for message in _reminders_first()],
        "has_provider": text_provider() is not None,
        "texts_today": texts_within_a_day(at),
        "ceiling": settings.TEXTS_PER_DAY,
    }
    draw = render_invalid if form.is_bound and form.errors else render
    return draw(request, "reminders/rules.html", context)


@access.staff(Right.SEE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def patient(request: "DeskRequest", patient: str) -> HttpResponse:
    """Say for a patient how they want to be reminded."""
    try:
        found = patient_for(request.user, request.clinic, patient)
    except NotFound as missing:
        raise Http404 from missing
    saw(request, found.ref)
    form = WaysForm(request.POST or None, initial={"ways": queries.choice_of(found)})
    if request.method == "POST" and form.is_valid():
        by, at = Actor.staff(request.user), datetime.now(UTC)
        with suppress(ClinicError):  # pressed twice
            actions.choose_ways(
                patient=found, ways=form.cleaned_data["ways"], by=by, at=at, press=form.cleaned_data["press"]
            )
            tell(request, "Saved.")
        return _go("diary:patient", found.ref)
    context = {
        "place": "patients",
        "patient": found,
        "form": form,
        "has_stopped": bool(found.phone) and wants_no_texts(found.phone),
    }
    draw = render_invalid if form.is_bound and form.errors else render
    return draw(request, "reminders/patient.html", context)


def _reminders_first() -> "list[Editable]":
    return sorted(all_editable(), key=lambda message: not message.template.startswith("reminders/"))


def _shown(clinic: "Clinic", message: "Editable") -> dict[str, object]:
    subject, text = wording_of(clinic, message)
    area, name = message.template.split("/")
    is_own = has_own(clinic, message)
    return {
        "message": message, "area": area, "name": name, "words": subject or text,
        "is_own": is_own,
    }  # fmt: skip


def _go(name: str, *args: object) -> HttpResponse:
    response = redirect(name, *args)
    response.status_code = 303
    return response
