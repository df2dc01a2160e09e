"""How a treatment can be booked at a clinic, how long it takes, and what it takes up."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.setup import queries
from corneum.clinic.setup.forms import LengthForm, RulesForm
from corneum.clinic.setup.views.settling import Warned, draw, found_or_404, go, settle
from corneum.clinic.treatments import actions
from corneum.clinic.treatments import queries as treatments
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right

if TYPE_CHECKING:
    from corneum.clinic.setup.views.settling import DeskRequest
    from corneum.clinic.treatments.models import Offer


@access.staff(Right.CHANGE_CLINIC)
@require_safe
def treatment(request: "DeskRequest", treatment: str) -> HttpResponse:
    return _show(request, _offer(request, treatment))


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def rules(request: "DeskRequest", treatment: str) -> HttpResponse:
    offer = _offer(request, treatment)
    form = RulesForm(request.POST, offer=offer)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_rules(offer=offer, rules=form.rules(), by=by, at=at),
        done="The rules are saved.",
        show=partial(_show, request, offer),
        back=partial(go, "setup:treatment", treatment),
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def length(request: "DeskRequest", treatment: str) -> HttpResponse:
    offer = _offer(request, treatment)
    form = _length_form(offer, request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_length(
            treatment=offer.treatment,
            minutes=form.cleaned_data["minutes"],
            buffers=form.buffers(),
            gap=form.gap(),
            by=by,
            at=at,
        ),
        done="The length is saved, for every clinic.",
        show=partial(_show, request, offer),
        back=partial(go, "setup:treatment", treatment),
        clinics=queries.clinics_offering(offer.treatment),
    )


def _offer(request: "DeskRequest", slug: str) -> "Offer":
    return found_or_404(lambda: treatments.offer_at(request.clinic, slug))


def _length_form(offer: "Offer", sent: Any = None) -> LengthForm:
    return LengthForm(sent, treatment=offer.treatment, needs=queries.needs_of(offer.treatment))


def _show(
    request: "DeskRequest", offer: "Offer", sent: forms.Form | None = None, *, warned: Warned | None = None
) -> HttpResponse:
    """Draw the page, with the form that was sent in the place of its own."""
    page: dict[str, Any] = {"rules": RulesForm(offer=offer), "length": _length_form(offer)}
    if sent is not None and sent.prefix in page:
        page[sent.prefix] = sent
    others = [clinic.name for clinic in queries.clinics_offering(offer.treatment) if clinic != request.clinic]
    page |= {"offer": offer, "others": others, "warned": warned}
    return draw(request, "setup/treatment.html", page, sent)
