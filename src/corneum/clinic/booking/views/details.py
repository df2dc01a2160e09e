"""Saying who comes and how to reach them, while the time is kept. Nothing typed here is ever lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from corneum.clinic.booking import actions, queries
from corneum.clinic.booking.forms import LONGEST_NOTE, DetailsForm
from corneum.clinic.booking.queries import Wish
from corneum.clinic.booking.views.asking import clinic_in, missing_is_404, see_other
from corneum.clinic.booking.views.showing import Lost, board_context, lost_time, wish_in
from corneum.clinic.booking.views.times import chosen_in, too_many
from corneum.clinic.diary.actions import TimeRefused
from corneum.domain.errors import ClinicError
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import VISITOR
from corneum.platform.accounts.address import client_network

if TYPE_CHECKING:
    from corneum.clinic.booking.models import Draft
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Offer

TYPED = {"name": 120, "contact": 254, "note": 4 * LONGEST_NOTE}  # how much of what was typed is kept


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, code: str) -> HttpResponse:
    """Ask who comes; then go on to check it."""
    at = datetime.now(UTC)
    draft = draft_in(request, code)
    if draft.appointment is not None:
        return see_other("booking:mine", draft.appointment.code)
    if request.method != "POST":
        return details_page(request, draft, DetailsForm(initial=typed_in(draft)), at=at)
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return details_page(request, draft, form, at=at, status=422)
    draft = actions.keep_details(draft=draft, **form.cleaned_data, by=VISITOR, at=at)
    if lost := lost_unless_kept(draft, at=at):
        return details_page(request, draft, form, at=at, lost=lost, status=409)
    return see_other("booking:check", draft.code)


@access.link
@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the time ten minutes more, and all that was typed."""
    at = datetime.now(UTC)
    draft = _keep_typed(request, draft_in(request, code), at=at)
    if draft.appointment_id is None:
        if lost := lost_unless_kept(draft, at=at):
            return details_page(request, draft, DetailsForm(initial=typed_in(draft)), at=at, lost=lost, status=409)
        actions.keep_time(draft=draft, by=VISITOR, at=at)
    return see_other("booking:check" if request.POST.get("page") == "check" else "booking:details", draft.code)


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Choose another time for what is typed already; the one that is kept stays until another is."""
    at = datetime.now(UTC)
    draft = draft_in(request, code)
    if draft.appointment is not None:
        return see_other("booking:mine", draft.appointment.code)
    offer = offer_of(draft)
    with missing_is_404():
        people = queries.people_for(offer, at)
        wish = wish_in(
            request.POST if request.method == "POST" else request.GET, people, kindly=request.method != "POST"
        )
    if request.method != "POST":
        wish = wish if "with" in request.GET else _as_asked_for(draft, wish, people)
        return _board(request, draft, offer, people, wish, at=at)
    draft = _keep_typed(request, draft, at=at)
    if "starts" not in request.POST:
        return see_other("booking:again", draft.code)
    starts = chosen_in(request)
    try:
        draft = actions.choose_time(
            draft=draft,
            starts=starts,
            practitioner=wish.practitioner,
            network=client_network(request),
            by=VISITOR,
            at=at,
        )
    except TimeRefused as refused:
        lost = lost_time(offer, starts, practitioner=wish.practitioner, at=at, refused=refused)
        return _board(request, draft, offer, people, wish, at=at, lost=lost, status=409)
    except actions.TooManyHolds as refused:
        return too_many(request, refused)
    return see_other("booking:check" if is_complete(draft) else "booking:details", draft.code)


@access.link
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Give the time back, forget what was typed, and show the times again."""
    draft = draft_in(request, code)
    actions.leave_draft(draft=draft, by=VISITOR, at=datetime.now(UTC))
    return see_other("booking:times", draft.treatment.slug)


def draft_in(request: HttpRequest, code: str) -> "Draft":
    """This will find the draft in the address, or show what is missing."""
    with missing_is_404():
        return queries.draft_at(clinic_in(request), code)


def offer_of(draft: "Draft") -> "Offer":
    """This will find what the draft is to book."""
    with missing_is_404():
        return queries.offer_called(draft.clinic, draft.treatment.slug)


def typed_in(draft: "Draft") -> dict[str, str]:
    """This will give back what was typed."""
    return {"name": draft.name, "contact": draft.contact, "note": draft.note}


def is_complete(draft: "Draft") -> bool:
    """This will say whether the details would pass as they are."""
    return DetailsForm(typed_in(draft)).is_valid()


def lost_unless_kept(draft: "Draft", *, at: datetime) -> Lost | None:
    """This will take the time again when it is kept no longer, and say which are nearest when it has gone."""
    if queries.is_kept(draft, at):
        return None
    try:
        actions.take_time_again(draft=draft, by=VISITOR, at=at)
    except TimeRefused as refused:
        return lost_of(draft, refused, at=at)
    return None


def lost_of(draft: "Draft", refused: ClinicError, *, at: datetime) -> Lost:
    """This will say that the draft's time has gone and which are nearest, for whom it was asked for."""
    practitioner = None if draft.is_for_anyone else draft.practitioner
    return lost_time(offer_of(draft), draft.starts, practitioner=practitioner, at=at, refused=refused)


def kept_context(draft: "Draft", at: datetime) -> dict[str, Any]:
    """This will gather what every page of a draft shows of its time."""
    return {
        "draft": draft,
        "treatment": draft.treatment,
        "zone": draft.clinic.zone,
        "is_kept": queries.is_kept(draft, at),
        "minutes_kept": queries.minutes_kept(draft, at),
        "may_extend": draft.hold is not None and not draft.hold.extended,
        "until": int(draft.hold.expires_at.timestamp()) if draft.hold else 0,
        "now": int(at.timestamp()),
    }


def details_page(
    request: HttpRequest,
    draft: "Draft",
    form: DetailsForm,
    *,
    at: datetime,
    lost: Lost | None = None,
    status: int = 200,
) -> HttpResponse:
    """This will show the form, with the time that is kept or the ones nearest to it."""
    context = kept_context(draft, at) | {
        "form": form,
        "lost": lost,
        "again_url": reverse("booking:again", args=[draft.code]),
    }
    return render(request, "booking/details.html", context, status=status)


def _keep_typed(request: HttpRequest, draft: "Draft", *, at: datetime) -> "Draft":
    """Keep what is in the form, finished or not, when the button that was pressed belongs to it."""
    if not TYPED.keys() <= request.POST.keys():
        return draft
    typed = {field: request.POST[field].replace("\x00", "")[:most] for field, most in TYPED.items()}
    return actions.keep_details(draft=draft, **typed, by=VISITOR, at=at)


def _as_asked_for(draft: "Draft", wish: Wish, people: "Sequence[Practitioner]") -> Wish:
    """Begin with the person who was asked for, if anybody was."""
    if draft.is_for_anyone or draft.practitioner not in people:
        return wish
    return replace(wish, practitioner=draft.practitioner)


def _board(
    request: HttpRequest,
    draft: "Draft",
    offer: "Offer",
    people: "Sequence[Practitioner]",
    wish: Wish,
    *,
    at: datetime,
    lost: Lost | None = None,
    status: int = 200,
) -> HttpResponse:
    here = reverse("booking:again", args=[draft.code])
    context = board_context(offer, people, wish, queries.board_for(offer, wish, at=at), about=draft.about)
    context |= kept_context(draft, at)
    context |= {"lost": lost, "choose_url": here, "board_url": here, "details_kept": any(typed_in(draft).values())}
    return render(request, "booking/again.html", context, status=status)
