"""The desk's list of visits to come for which their patients are not cleared."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corneum.clinic.diary.queries import uncleared_visits
from corneum.clinic.suitability.words import standing
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.SEE_DIARY)
@require_GET
def uncleared(request: "DeskRequest") -> HttpResponse:
    """Show whose visits could not be booked now, and what they need: never why."""
    found = uncleared_visits(request.user, request.clinic, at=datetime.now(UTC))
    lines = [(one.visit, standing(one.clearance)) for one in found]
    return render(request, "booking/uncleared.html", {"place": "suitability", "lines": lines})
