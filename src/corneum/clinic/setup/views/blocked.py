"""Blocked time: leave, training, cleaning, a device that is broken, for one or for many."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.diary import actions
from corneum.clinic.setup import queries
from corneum.clinic.setup.forms import BlockForm
from corneum.clinic.setup.spans import spans_of
from corneum.clinic.setup.views.settling import Warned, draw, found_or_404, go, settle
from corneum.domain.errors import ClinicError
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.ui.notices import tell

if TYPE_CHECKING:
    from corneum.clinic.setup.views.settling import DeskRequest

back = partial(go, "setup:blocked")


@access.staff(Right.CHANGE_DIARY)
@require_safe
def blocked(request: "DeskRequest") -> HttpResponse:
    return _show(request)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def block(request: "DeskRequest") -> HttpResponse:
    form = _form(request, request.POST)
    owners = {key: owned for _, things in queries.can_be_blocked(request.clinic) for key, _name, owned in things}

    def change(by: Actor, at: datetime) -> str:
        return actions.block_time(
            clinic=request.clinic,
            owners=[owner for key in form.cleaned_data["who"] for owner in owners[key]],
            kind=form.cleaned_data["kind"],
            spans=sorted({span for said in form.said() for span in spans_of(said, request.clinic.zone)}),
            note=form.cleaned_data.get("note", ""),
            by=by,
            at=at,
            press=form.cleaned_data["press"],
        )

    return settle(
        request, form, change=change, done="The time is blocked.", show=partial(_show, request), back=back,
        clinics=queries.clinics_sharing(request.clinic),
    )  # fmt: skip


@access.staff(Right.CHANGE_DIARY)
@require_POST
def lift(request: "DeskRequest", series: str) -> HttpResponse:
    at = datetime.now(UTC)
    found = found_or_404(lambda: queries.series_at(request.clinic, series, at))
    try:
        actions.lift_blocks(series=found, clinic=request.clinic, by=Actor.staff(request.user), at=at)
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, "The time is free again.")
    return back()


def _form(request: "DeskRequest", sent: Any = None) -> BlockForm:
    who = [
        (heading, [(key, name) for key, name, _owned in things])
        for heading, things in queries.can_be_blocked(request.clinic)
    ]
    return BlockForm(sent, who=who, sees_why=may(request.user, Right.CHANGE_CLINIC, request.clinic))


def _show(request: "DeskRequest", sent: forms.Form | None = None, *, warned: Warned | None = None) -> HttpResponse:
    page = {
        "to_block": sent or _form(request),
        "blocks": queries.blocks_ahead(request.user, request.clinic, datetime.now(UTC)),
        "warned": warned,
    }
    return draw(request, "setup/blocked.html", page, sent)
