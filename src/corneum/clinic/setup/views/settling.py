"""Settling a change: first the visits that would no longer fit are shown, then it is saved."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from corneum.clinic.setup.fitting import Misfit, visits_that_would_not_fit
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


T = TypeVar("T")
Change = Callable[[Actor, datetime], object]
Show = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Warned:
    """The visits that a change would leave where they no longer fit: those that this person may see, and how many more."""

    misfits: Sequence[tuple[Misfit, str]]  # each with its address
    hidden: int
    seen: str  # sent back with the second press: the same visits as were shown
    form: str  # which form on the page the second press belongs to

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.misfits) + self.hidden


def settle(
    request: "DeskRequest",
    form: forms.Form,
    *,
    change: Change,
    done: str,
    show: Show,
    back: Callable[[], HttpResponse],
    clinics: Iterable["Clinic"] | None = None,
) -> HttpResponse:
    """
    Save what a form says, once whoever sent it has seen which visits would no longer fit.

    If there are none it is saved at once. If others have been booked since they were shown, they are
    shown again.

    :param clinics: where visits are looked for; the clinic of the page unless said otherwise
    :param show: draws the page with this form, and `warned` if there is something to be warned of
    """
    if not form.is_valid():
        return show(form)
    by, at = Actor.staff(request.user), datetime.now(UTC)
    try:
        misfits = visits_that_would_not_fit(
            lambda: change(by, at), clinics=[request.clinic] if clinics is None else clinics, at=at
        )
        if misfits and request.POST.get("seen") != _stamp(misfits):
            return show(form, warned=_warned(request, misfits, form))
        change(by, at)
    except AlreadyDone:
        return back()  # the same press: the page shows what came of the first
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return show(form)
    tell(request, done)
    return back()


def draw(request: "DeskRequest", template: str, context: dict[str, Any], sent: forms.Form | None) -> HttpResponse:
    """Draw a page, with what is wrong in the form that was sent, if anything is."""
    context |= {"place": "clinic", "form": sent}
    if sent is not None and sent.errors:
        return render_invalid(request, template, context)
    return render(request, template, context)


def go(name: str, *args: object) -> HttpResponse:
    """Go on to a page, to read it."""
    response = redirect(name, *args)
    response.status_code = 303
    return response


def found_or_404(find: Callable[[], T]) -> T:
    """Find something, or say that there is no such page."""
    try:
        return find()
    except NotFound as missing:
        raise Http404 from missing


def _warned(request: "DeskRequest", misfits: Sequence[Misfit], form: forms.Form) -> Warned:
    visible = {
        clinic: may(request.user, Right.SEE_DIARY, clinic) for clinic in {misfit.visit.clinic for misfit in misfits}
    }
    shown = [
        (misfit, address(misfit.visit.clinic, "diary:appointment", misfit.visit.ref))
        for misfit in misfits
        if visible[misfit.visit.clinic]
    ]
    return Warned(shown, len(misfits) - len(shown), _stamp(misfits), str(form.prefix))


def _stamp(misfits: Sequence[Misfit]) -> str:
    said = ",".join(f"{misfit.visit.ref}{misfit.elsewhere}" for misfit in misfits)
    return sha256(said.encode()).hexdigest()[:20]
