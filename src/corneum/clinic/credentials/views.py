"""The page for whoever answers for who treats."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneum.clinic.credentials import queries
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic

    class DeskRequest(HttpRequest):
        """A request whose clinic the door has made sure of."""

        clinic: Clinic


@access.staff(Right.CHANGE_CLINIC)
@require_safe
def standings(request: "DeskRequest") -> HttpResponse:
    """Show whose registration and training ends when, and the visits that are booked for later."""
    found = queries.standings(request.clinic, at=datetime.now(UTC))
    must_move = sum(len(one.visits) for one in found)
    return render(request, "credentials/list.html", {"standings": found, "must_move": must_move})
