"""Error pages, the components page, and the two addresses that machines ask."""

from django.http import HttpRequest, HttpResponse


def foreign_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that did not come from our own page."""
    return HttpResponse(
        "This form came from somewhere else, or was open too long. Go back, reload, and try again.", status=403
    )
