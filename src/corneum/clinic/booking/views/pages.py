"""The two public pages that show times: the first page and the guides, which stand one floor below."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneum.clinic.booking.views.asking import clinic_in, missing_is_404
from corneum.clinic.diary import queries as diary_queries
from corneum.clinic.guides import pages
from corneum.clinic.suitability import queries as suitability
from corneum.platform.accounts import access
from corneum.platform.ui.forms import new_press

if TYPE_CHECKING:
    from corneum.clinic.diary.queries import DayOfTimes, TimeOffered
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Offer
    from corneum.platform.accounts.models import Clinic


DAYS = 2  # on the card
SHOWN = 3  # times a day
WHOLE_DAY = 24 * 60  # more times than a day can have


@dataclass(frozen=True, slots=True)
class WithPerson:
    """A few times of one day with one person: what a line of the card shows and each button says."""

    day: date
    person: "Practitioner"
    times: "list[TimeOffered]"


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
    is_checkable = context["offer"] is not None and suitability.method_of(context["treatment"]) is not None
    return render(request, "booking/guide.html", {**context, **times, "is_checkable": is_checkable})


def _next_times(clinic: "Clinic", offer: "Offer | None", *, at: datetime, about: str = "") -> dict[str, Any]:
    found = (
        diary_queries.next_openings(clinic=clinic, treatment=offer.treatment, at=at, days=DAYS, per_day=WHOLE_DAY)
        if offer
        else []
    )
    return {"next_times": list(_lines(found)), "press": new_press(), "about": about}


def _lines(days: "Iterable[DayOfTimes]") -> Iterator[WithPerson]:
    """Show one person's times a day, and the next day another's where there is one: somebody to choose between."""
    before: Practitioner | None = None
    for day in days:
        free = [
            (person, [time for time in day.times if person.pk in time.practitioner_ids]) for person in day.practitioners
        ]
        person, times = max(free, key=lambda found: (found[0] != before, len(found[1])))
        yield WithPerson(day.day, person, _spread(times))
        before = person


def _spread(times: "Sequence[TimeOffered]") -> "list[TimeOffered]":
    """Choose the first time of each third of the day: three that lie side by side are one choice."""
    return [times[len(times) * part // SHOWN] for part in range(SHOWN)] if len(times) > SHOWN else list(times)
