"""Choosing one of the times that are kept for somebody. Looking at the page books nothing."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.booking import words as say
from corneum.clinic.booking.views.asking import clinic_in, missing_is_404, pressed, see_other
from corneum.clinic.diary.actions import BeyondLimits, PatientBusy, TimeRefused
from corneum.clinic.holding import actions, queries
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import PATIENT
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press

if TYPE_CHECKING:
    from corneum.clinic.holding.models import HeldTimes


@access.link
@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Show the times that are kept, or where the one that was chosen stands."""
    found = _times_in(request, code)
    if found.appointment is not None:
        return see_other("booking:mine", found.appointment.code)
    return _page(request, found)


@access.link
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Book one of them, once; whatever is in the way is said, and the others stay."""
    found, at, ref = _times_in(request, code), datetime.now(UTC), request.POST.get("time", "")
    try:
        appointment = actions.choose_time(times=found, ref=ref, by=PATIENT, at=at, press=pressed(request, found.ref))
    except AlreadyDone:
        return see_other("holding:choose", found.code)  # which leads on to the appointment
    except (actions.TimesOver, TimeRefused):
        sentence = str(actions.TimesOver())
    except (PatientBusy, BeyondLimits) as refused:
        sentence = str(refused)
    else:
        return see_other("booking:mine", appointment.code)
    return _page(request, found, refused=sentence, status=409)


@access.link
@require_POST
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """Say that none of them suits; pressed again, or too late, it is said already."""
    found = _times_in(request, code)
    actions.decline_times(times=found, by=PATIENT, at=datetime.now(UTC))
    return see_other("holding:choose", found.code)


def _page(request: HttpRequest, found: "HeldTimes", *, refused: str = "", status: int = 200) -> HttpResponse:
    at, zone = datetime.now(UTC), found.clinic.zone
    page = {
        "times": found,
        "kept": queries.still_kept(found, at=at),
        "zone": zone,
        "first_name": say.first_name(found.enquiry.name),
        "until": say.moment(minute_of(found.expires_at), zone),
        "refused": refused,
        "press": new_press(),
    }
    return render(request, "holding/choose.html", page, status=status)


def _times_in(request: HttpRequest, code: str) -> "HeldTimes":
    with missing_is_404():
        return queries.times_at(clinic_in(request), code)
