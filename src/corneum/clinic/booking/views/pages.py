"""The two public pages that show times: the first page and the guides, which stand one floor below."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneum.clinic.booking.views.asking import clinic_in, missing_is_404
from corneum.clinic.diary import queries as diary_queries
from corneum.clinic.guides import pages
from corneum.platform.accounts import access
from corneum.platform.ui.forms import new_press

if TYPE_CHECKING:
    from corneum.clinic.diary.queries import DayOfTimes, TimeOffered
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Offer
    from corneum.platform.accounts.models import Clinic


@dataclass(slots=True)
class WithPerson:
    """A few times of one day with one person: what a line of the card shows and each button says."""

    day: date
    person: "Practitioner"
    times: "list[TimeOffered]" = field(default_factory=list)


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    clinic, at = clinic_in(request), datetime.now(UTC)
    with missing_is_404():
        context = pages.home_context(clinic, at=at)
    return render(request, "booking/home.html", {**context, **_next_times(clinic, context["consultation"], at=at)})


@access.public
@require_safe
def guide(request: HttpRequest, treatment: str) -> HttpResponse:
    """Show the guide to a treatment, and when a practitioner could look at the reader's skin."""
    clinic, at = clinic_in(request), datetime.now(UTC)
    with missing_is_404():
        context = pages.guide_context(clinic, treatment, at=at)
    times = _next_times(clinic, context["consultation"], at=at, about=treatment)
    return render(request, "booking/guide.html", {**context, **times})


def _next_times(clinic: "Clinic", offer: "Offer | None", *, at: datetime, about: str = "") -> dict[str, Any]:
    days = diary_queries.next_openings(clinic=clinic, treatment=offer.treatment, at=at) if offer else []
    return {"next_times": list(_lines(days)), "press": new_press(), "about": about}


def _lines(days: "Iterable[DayOfTimes]") -> "Iterable[WithPerson]":
    """Say with whom each time is: the same person as the time before it where they can."""
    for day in days:
        names = {person.pk: person for person in day.practitioners}
        lines: list[WithPerson] = []
        for time in day.times:
            known = next((line for line in lines if line.person.pk in time.practitioner_ids), None)
            if known is None:
                known = WithPerson(day.day, names[time.practitioner_ids[0]])
                lines.append(known)
            known.times.append(time)
        yield from lines
