"""The rules as a clinician reads them: their numbers, their sources, and who signed which version."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from corneum.clinic.suitability import actions, queries, words
from corneum.clinic.suitability.forms import NumbersForm
from corneum.domain.errors import ClinicError
from corneum.domain.suitability import RULES
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


PAGE = "suitability/rules.html"


@access.staff(Right.DECIDE_SUITABILITY)
@require_GET
def rules(request: "DeskRequest") -> HttpResponse:
    """Show the rules in force."""
    return render(request, PAGE, _page(request))


@access.staff(Right.SIGN_RULES)
@require_POST
def change(request: "DeskRequest") -> HttpResponse:
    """Make rules more cautious, in a new version that nobody has signed."""
    form = NumbersForm(request.POST, shipped=RULES, rules=queries.rules_of(request.clinic))
    if not form.is_valid():
        return render_invalid(request, PAGE, _page(request, form=form))
    try:
        actions.change_rules(
            clinic=request.clinic, numbers=form.numbers(), user=request.user, by=Actor.staff(request.user),
            at=datetime.now(UTC), press=form.cleaned_data["press"],
        )  # fmt: skip
    except AlreadyDone:
        pass  # a second press of the same form
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return render_invalid(request, PAGE, _page(request, form=form))
    tell(request, "Changed. Until you sign this version, a practitioner looks at every answer.")
    return redirect("suitability:rules")


@access.staff(Right.SIGN_RULES)
@require_POST
def sign(request: "DeskRequest") -> HttpResponse:
    """Sign the version that was read, in one's own name."""
    number = request.POST.get("number", "")
    try:
        actions.sign_rules(
            clinic=request.clinic, number=int(number) if number.isdecimal() and len(number) < 9 else -1, user=request.user,
            by=Actor.staff(request.user), at=datetime.now(UTC), press=request.POST.get("press", "")[:40],
        )  # fmt: skip
    except AlreadyDone:
        pass  # a second press of the same button
    except ClinicError as refusal:
        tell(request, str(refusal))
        return redirect("suitability:rules")
    tell(request, "Signed, in your name. Everybody's answers are looked at again by these rules.")
    return redirect("suitability:rules")


def _page(request: "DeskRequest", **more: Any) -> dict[str, Any]:
    version, in_force = queries.latest_rules(request.clinic), queries.rules_of(request.clinic)
    may_sign = may(request.user, Right.SIGN_RULES, request.clinic)
    return {
        "place": "suitability",
        "version": version,
        "rules": list(words.rules_in_words(in_force)),
        "is_signed": in_force.is_signed,
        "number": version.number if version else 0,
        "versions": queries.versions_of(request.clinic),
        "may_sign": may_sign,
        "press": new_press(),
        "form": NumbersForm(shipped=RULES, rules=in_force) if may_sign else None,
        **more,
    }
