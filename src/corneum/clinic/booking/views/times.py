"""Choosing: what to book, and when. The time that is pressed is kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.defaultfilters import slugify
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.booking import actions, queries, words
from corneum.clinic.booking.forms import ChoiceForm
from corneum.clinic.booking.views.asking import clinic_in, missing_is_404, pressed, see_other
from corneum.clinic.booking.views.showing import Lost, board_context, lost_time, wish_in
from corneum.clinic.diary.actions import TimeRefused
from corneum.domain.errors import NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import VISITOR
from corneum.platform.accounts.address import client_network
from corneum.platform.accounts.clinics import path_at
from corneum.platform.audit.trail import AlreadyDone

if TYPE_CHECKING:
    from corneum.clinic.booking.models import Draft
    from corneum.clinic.booking.queries import Wish
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Offer
    from corneum.platform.accounts.models import Clinic


@access.public
@require_safe
def what(request: HttpRequest) -> HttpResponse:
    """Let somebody choose what to book; one thing to choose is no choice."""
    offers = queries.online_offers(clinic_in(request))
    about = about_in(request.GET.get("about", ""))
    query = f"?about={about}" if about else ""
    if len(offers) == 1:
        return redirect(reverse("booking:times", args=[offers[0].treatment.slug]) + query)
    return render(request, "booking/what.html", {"offers": offers, "query": query})


@access.public
@require_safe
def times(request: HttpRequest, treatment: str) -> HttpResponse:
    """Show the times that can be booked."""
    at = datetime.now(UTC)
    with missing_is_404():
        offer = queries.offer_called(clinic_in(request), treatment)
        if not offer.treatment.is_bookable_online:
            return _consultation_first(request, offer)
        people = queries.people_for(offer, at)
        wish = wish_in(request.GET, people, kindly=True)
    return _board(request, offer, people, wish, at=at, about=about_in(request.GET.get("about", "")))


@access.public
@require_POST
def hold(request: HttpRequest, treatment: str) -> HttpResponse:
    """Keep the time that was pressed, and ask who comes."""
    at = datetime.now(UTC)
    sent = pressed_in(request)
    with missing_is_404():
        offer = queries.offer_called(clinic_in(request), treatment)
        if not offer.treatment.is_bookable_online:
            raise NotFound
        people = queries.people_for(offer, at)
        wish = wish_in(sent, people, kindly=False)
    about = about_in(sent.get("about", ""))
    starts = chosen_in(request)
    try:
        draft = _begin(request, offer, starts, wish, about=about, at=at)
    except TimeRefused as refused:
        lost = lost_time(offer, starts, practitioner=wish.practitioner, at=at, refused=refused)
        return _board(request, offer, people, wish, at=at, about=about, lost=lost, status=409)
    except actions.TwoTimesAtOnce as refused:
        lost = Lost("Two times were chosen at once", str(refused))
        return _board(request, offer, people, wish, at=at, about=about, lost=lost, status=409)
    except actions.TooManyHolds as refused:
        return too_many(request, refused)
    return see_other("booking:details", draft.code)


def pressed_in(request: HttpRequest) -> QueryDict:
    """This will read a press; a button beside several people's times names its person too: minute.person."""
    sent = request.POST.copy()
    minute, _, person = sent.get("starts", "").partition(".")
    if person:
        sent["starts"], sent["with"] = minute, person
    return sent


def chosen_in(request: HttpRequest) -> int:
    """This will read which minute was pressed; what no button says is a minute that nobody offers."""
    form = ChoiceForm(pressed_in(request))
    return int(form.cleaned_data["starts"]) if form.is_valid() else 0


def about_in(text: str) -> str:
    """This will read which guide somebody came from; what is no name of one is none."""
    return text if text and len(text) <= 50 and slugify(text) == text else ""


def too_many(request: HttpRequest, refused: actions.TooManyHolds) -> HttpResponse:
    """This will ask for patience."""
    response = render(request, "booking/busy.html", {"sentence": str(refused)}, status=429)
    response["Retry-After"] = "600"
    return response


def _begin(request: HttpRequest, offer: "Offer", starts: int, wish: "Wish", *, about: str, at: datetime) -> "Draft":
    """Keep the time once for each press; the same press again finds its draft, whatever happened to it since."""
    network = client_network(request)
    try:
        return actions.begin_draft(
            clinic=offer.clinic,
            treatment=offer.treatment,
            about=about,
            starts=starts,
            practitioner=wish.practitioner,
            page=pressed(request),
            network=network,
            by=VISITOR,
            at=at,
            press=pressed(request, starts),
        )
    except AlreadyDone as done:
        with missing_is_404():
            draft = queries.draft_called(done.event.entity_ref)
        return actions.choose_time(
            draft=draft, starts=starts, practitioner=wish.practitioner, network=network, by=VISITOR, at=at
        )


def _board(
    request: HttpRequest,
    offer: "Offer",
    people: "Sequence[Practitioner]",
    wish: "Wish",
    *,
    at: datetime,
    about: str,
    lost: Lost | None = None,
    status: int = 200,
) -> HttpResponse:
    board = queries.board_for(offer, wish, at=at)
    context: dict[str, Any] = board_context(offer, people, wish, board, about=about)
    context |= {
        "lost": lost,
        "elsewhere": [_beside(other, offer) for other in queries.elsewhere(offer, at=at)],
        "about_query": f"?about={about}" if about else "",
        "about_name": _name_of(offer.clinic, about),
        "choose_url": reverse("booking:hold", args=[offer.treatment.slug]),
        "board_url": reverse("booking:times", args=[offer.treatment.slug]),
        "may_change_what": len(queries.online_offers(offer.clinic)) > 1,
    }
    return render(request, "booking/times.html", context, status=status)


def _beside(other: queries.Elsewhere, offer: "Offer") -> tuple[queries.Elsewhere, str, str]:
    """Say of another clinic where its times stand, and when the next is."""
    url = path_at(other.clinic, "booking:times", offer.treatment.slug)
    return other, url, words.moment(other.next_free, other.clinic.zone)


def _name_of(clinic: "Clinic", about: str) -> str:
    """Say what somebody has read about, if the clinic offers it."""
    try:
        return words.in_a_sentence(queries.offer_called(clinic, about).treatment.short_name) if about else ""
    except NotFound:
        return ""


def _consultation_first(request: HttpRequest, offer: "Offer") -> HttpResponse:
    """Say kindly that this is booked with a practitioner, and where to begin."""
    offers = queries.online_offers(offer.clinic)
    return render(request, "booking/consultation_first.html", {"offer": offer, "offers": offers})
