"""The desk's first pages."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from corneum.clinic.desk import queries
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


SOUGHT = "sought"  # in the session: what is looked for never stands in an address, which others' logs keep
MOST_ON_A_PAGE = 50
MOST_BESIDE_THE_FIELD = 8


@access.staff(Right.SEE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: "DeskRequest") -> HttpResponse:
    """Take what somebody types, and show whom it may mean; one visit called by its reference opens at once."""
    if request.method == "POST":
        request.session[SOUGHT] = _typed(request)
        return redirect("desk:find")
    text, at = request.session.get(SOUGHT, ""), datetime.now(UTC)
    found = queries.find_anyone(request.user, request.clinic, text, at=at, most=MOST_ON_A_PAGE)
    if len(found.visits) == 1 and not found.people:
        return redirect("diary:appointment", found.visits[0].ref)
    known = {"place": "patients", "q": text, "found": found, "is_full": len(found.people) == MOST_ON_A_PAGE}
    return render(request, "desk/find.html", known)


@access.staff(Right.SEE_PATIENTS)
@require_POST
def found(request: "DeskRequest") -> HttpResponse:
    """Answer with the first few, for the list that opens under the field while somebody types."""
    text, at = _typed(request), datetime.now(UTC)
    few = queries.find_anyone(request.user, request.clinic, text, at=at, most=MOST_BESIDE_THE_FIELD)
    return render(request, "desk/_found.html", {"q": text, "found": few})


def _typed(request: HttpRequest) -> str:
    return request.POST.get("q", "").replace("\x00", "")[:100].strip()
