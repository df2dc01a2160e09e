"""What a patient opens by a private link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneum.clinic.aftercare import queries
from corneum.clinic.premises.queries import clinic_page
from corneum.domain.aftercare.signs import CALL_NOW
from corneum.domain.aftercare.wording import Section
from corneum.domain.errors import NotFound
from corneum.domain.facts import fill
from corneum.platform.accounts import access


@access.link
@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Show what to do before or after a visit, to be read on a telephone or printed."""
    try:
        found = queries.sheet_by_code(request.clinic, code)  # type: ignore[attr-defined]
    except NotFound as missing:
        raise Http404 from missing
    visit = found.appointment
    page = {
        "sheet": found,
        "visit": visit,
        "sections": [
            Section(
                section.heading,
                tuple(fill(line, minutes=visit.treatment.minutes, pence=None) for line in section.lines),
            )
            for section in found.text.sections
        ],
        "calls": CALL_NOW,
        "place": clinic_page(visit.clinic),
    }
    return render(request, "aftercare/sheet.html", page)
