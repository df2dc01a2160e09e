"""Who read which patient's record: noted by the page, written when the page has been made."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from corneum.platform.accounts.models import User
from corneum.platform.accounts.request_id import current_request_id
from corneum.platform.audit.models import RecordRead

logger = logging.getLogger(__name__)


def saw(request: HttpRequest, *patient_refs: str) -> None:
    """Note that this page shows these patients' records to whoever is signed in."""
    request.patients_seen = {*getattr(request, "patients_seen", ()), *patient_refs}  # type: ignore[attr-defined]


class RecordReads:
    """
    Write what `saw` noted, after the page and outside its read-only guard.

    A patient who follows their own secret link is nobody's reader. If the reads cannot be written,
    the page is shown all the same and the log says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        patients_seen = getattr(request, "patients_seen", ())
        if patients_seen and isinstance(request.user, User):
            try:
                with transaction.atomic():
                    RecordRead.objects.bulk_create(_reads(request, request.user, sorted(patients_seen)))
            except DatabaseError:
                logger.exception("%d reads of patients' records could not be written", len(patients_seen))
        return response


def _reads(request: HttpRequest, user: User, patient_refs: list[str]) -> list[RecordRead]:
    match = request.resolver_match
    moment = datetime.now(UTC)  # noqa: TID251 -- the moment of a request begins here
    return [
        RecordRead(
            at=moment,
            user=user,
            clinic=request.clinic,  # type: ignore[attr-defined]
            patient_ref=patient_ref,
            page=match.view_name if match else "",
            request_id=current_request_id(),
        )
        for patient_ref in patient_refs
    ]
