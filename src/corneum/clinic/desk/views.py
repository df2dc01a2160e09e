"""The desk's first pages."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.desk import actions, queries
from corneum.clinic.desk.forms import PackForm
from corneum.domain.errors import NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, rights_of
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


SOUGHT = "sought"  # in the session: what is looked for never stands in an address, which others' logs keep
MOST_ON_A_PAGE = 50
MOST_BESIDE_THE_FIELD = 8


@access.staff(Right.SEE_DIARY)
@require_safe
def home(request: "DeskRequest") -> HttpResponse:
    """Open what somebody begins with: the front desk the diary, everybody else Today."""
    rights = rights_of(request.user, request.clinic)
    is_desk = Right.ANSWER_ENQUIRIES in rights and Right.CHANGE_CLINIC not in rights
    return redirect("diary:today" if is_desk else "desk:today")


@access.staff(Right.SEE_DIARY)
@require_safe
def today(request: "DeskRequest") -> HttpResponse:
    """Show what somebody has to know today."""
    at = datetime.now(UTC)
    known = {"place": "diary", "today": queries.today_for(request.user, request.clinic, at=at), "at": at}
    return render(request, "desk/today.html", known)


@access.staff(Right.SEE_DIARY)
@require_safe
def pack(request: "DeskRequest", pack: str) -> HttpResponse:
    """Lead from a letter to the sheets of its day."""
    try:
        day = queries.pack_day(request.user, request.clinic, pack)
    except NotFound as missing:
        raise Http404 from missing
    return redirect("diary:print", day)


@access.staff(Right.CHANGE_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def pack_hour(request: "DeskRequest") -> HttpResponse:
    """Say when the next day's pack is made ready."""
    hour = queries.pack_hour(request.clinic)
    form = PackForm(request.POST or None, initial={"hour": f"{hour:%H:%M}" if hour else ""})
    if request.method != "POST" or not form.is_valid():
        known = {"place": "clinic", "form": form}
        return (
            render_invalid(request, "desk/pack_hour.html", known)
            if form.errors
            else render(request, "desk/pack_hour.html", known)
        )
    actions.set_pack_hour(
        clinic=request.clinic, hour=form.cleaned_data["hour"], by=Actor.staff(request.user), at=datetime.now(UTC)
    )
    tell(request, "The hour is saved.")
    return redirect("desk:pack_hour")


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
