"""Reading everything once more, and confirming it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from corneum.clinic.booking import actions, queries
from corneum.clinic.booking.standing import terms_of
from corneum.clinic.booking.views.asking import pressed, see_other
from corneum.clinic.booking.views.details import draft_in, is_complete, kept_context, lost_of, offer_of
from corneum.clinic.booking.views.showing import Lost
from corneum.clinic.diary.actions import BeyondLimits, PatientBusy, TimeRefused
from corneum.clinic.patients.contact import parse_contact
from corneum.domain.booking import notice_ends
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import VISITOR
from corneum.platform.accounts.address import client_network
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press

if TYPE_CHECKING:
    from corneum.clinic.booking.models import Draft


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show what will be booked; book it, once, when that is confirmed."""
    at = datetime.now(UTC)
    draft = draft_in(request, code)
    if draft.appointment is not None:
        return see_other("booking:mine", draft.appointment.code)
    if not is_complete(draft):
        return see_other("booking:details", draft.code)
    if request.method != "POST":
        return _page(request, draft, at=at)
    return _confirm(request, draft, at=at)


def _confirm(request: HttpRequest, draft: "Draft", *, at: datetime) -> HttpResponse:
    """Book it, or say what is in the way with everything typed still there."""
    try:
        appointment = actions.confirm_draft(
            draft=draft, by=VISITOR, at=at, press=pressed(request), network=client_network(request)
        )
    except AlreadyDone:
        return see_other("booking:check", draft.code)  # which leads on to the appointment
    except (TimeRefused, PatientBusy) as refused:
        return _page(request, draft, at=at, lost=lost_of(draft, refused, at=at), status=409)
    except (actions.TooManyBookings, BeyondLimits) as refused:
        return _page(request, draft, at=at, refused=str(refused), status=409)
    except actions.TooManyFromNetwork as refused:
        return _page(request, draft, at=at, refused=str(refused), status=429)
    return see_other("booking:mine", appointment.code)


def _page(
    request: HttpRequest,
    draft: "Draft",
    *,
    at: datetime,
    lost: Lost | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    contact, offer = parse_contact(draft.contact), offer_of(draft)
    until = notice_ends(draft.starts, terms=terms_of(offer), zone=draft.clinic.zone)
    context = kept_context(draft, at) | {
        "offer": offer,
        "free_until": until if until > minute_of(at) else None,
        "contact": contact,
        "lost": lost,
        "refused": refused,
        "press": new_press(),
        "again_url": reverse("booking:again", args=[draft.code]),
        "details_kept": True,
        "may_change_what": len(queries.online_offers(draft.clinic)) > 1,
    }
    return render(request, "booking/check.html", context, status=status)
