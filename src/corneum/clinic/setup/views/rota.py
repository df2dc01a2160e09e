"""When somebody works at a clinic, and whether they can be booked at all."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.diary.actions import VisitsRemain, activate, deactivate
from corneum.clinic.practitioners import actions
from corneum.clinic.setup import queries
from corneum.clinic.setup.forms import DayForm, RotaDayForm, RotaForm, written
from corneum.clinic.setup.views.settling import Warned, draw, found_or_404, go, settle
from corneum.domain.errors import ClinicError
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.accounts.policy import Right, may
from corneum.platform.ui.notices import tell

if TYPE_CHECKING:
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.setup.views.settling import DeskRequest


@access.staff(Right.CHANGE_CLINIC)
@require_safe
def rota(request: "DeskRequest", practitioner: str) -> HttpResponse:
    return _show(request, _person(request, practitioner))


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def rota_weeks(request: "DeskRequest", practitioner: str) -> HttpResponse:
    person, form = _person(request, practitioner), RotaForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_rota(
            practitioner=person,
            clinic=request.clinic,
            weeks=form.weeks(),
            valid_from=form.cleaned_data["valid_from"],
            by=by,
            at=at,
        ),
        done="The rota is saved.",
        show=partial(_show, request, person),
        back=partial(go, "setup:rota", person.ref),
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def different_day(request: "DeskRequest", practitioner: str) -> HttpResponse:
    person, form = _person(request, practitioner), RotaDayForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_rota_day(
            practitioner=person,
            clinic=request.clinic,
            day=form.cleaned_data["on"],
            stretches=form.cleaned_data["hours"],
            by=by,
            at=at,
        ),
        done="That day is saved.",
        show=partial(_show, request, person),
        back=partial(go, "setup:rota", person.ref),
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def rota_as_usual(request: "DeskRequest", practitioner: str) -> HttpResponse:
    person, form = _person(request, practitioner), DayForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.clear_rota_day(
            practitioner=person, clinic=request.clinic, day=form.cleaned_data["on"], by=by, at=at
        ),
        done="That day is as the week says again.",
        show=partial(_show, request, person),
        back=partial(go, "setup:rota", person.ref),
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def switch_off(request: "DeskRequest", practitioner: str) -> HttpResponse:
    person = _person(request, practitioner)
    by, at = Actor.staff(request.user), datetime.now(UTC)
    try:
        deactivate(practitioner=person, clinic=request.clinic, by=by, at=at)
    except VisitsRemain as refusal:
        return _show(request, person, refusal=refusal)
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, f"{person.name} can no longer be booked.")
    return go("setup:rota", person.ref)


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def switch_on(request: "DeskRequest", practitioner: str) -> HttpResponse:
    person = _person(request, practitioner)
    activate(practitioner=person, clinic=request.clinic, by=Actor.staff(request.user), at=datetime.now(UTC))
    tell(request, f"{person.name} can be booked again.")
    return go("setup:rota", person.ref)


def _person(request: "DeskRequest", ref: str) -> "Practitioner":
    return found_or_404(lambda: queries.person_at(request.clinic, ref))


def _show(
    request: "DeskRequest",
    person: "Practitioner",
    sent: forms.Form | None = None,
    *,
    warned: Warned | None = None,
    refusal: VisitsRemain | None = None,
) -> HttpResponse:
    """Draw the page, with the form that was sent in the place of its own."""
    clinic, today = request.clinic, queries.today_at(request.clinic, datetime.now(UTC))
    page: dict[str, Any] = {
        "rota": RotaForm(weeks=queries.rota_now(person, clinic, today), initial={"valid_from": today}),
        "day": RotaDayForm(),
    }
    if sent is not None and sent.prefix in page:
        page[sent.prefix] = sent
    page |= {
        "person": person,
        "weeks": queries.weeks_ahead(person, clinic, today),
        "today": today,
        "exceptions": [(day, written(hours)) for day, hours in queries.exceptions_ahead(person, clinic, today)],
        "warned": warned,
        "remaining": _remaining(request, refusal) if refusal else None,
    }
    response = draw(request, "setup/rota.html", page, sent)
    if refusal:
        response.status_code = 409
    return response


def _remaining(request: "DeskRequest", refusal: VisitsRemain) -> dict[str, Any]:
    """List the visits in the way that this person may see, and count the others."""
    visible = [visit for visit in refusal.visits if may(request.user, Right.SEE_DIARY, visit.clinic)]
    return {
        "said": str(refusal),
        "visits": [(visit, address(visit.clinic, "diary:appointment", visit.ref)) for visit in visible],
        "hidden": len(refusal.visits) - len(visible),
    }
