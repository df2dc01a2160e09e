"""The door at which the text provider hands over what patients have answered."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from corneum.clinic.reminders import actions
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.limits import allow
from corneum.platform.messages.provider import NotTheProvider, TooManyForged, told_in

LONGEST = 2_000  # letters; a text of many parts has fewer
MOST_AN_HOUR = 60  # from one number: more is a machine that answers ours
NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'  # what we answer goes by the outbox


@csrf_exempt  # it comes from no page of ours: the provider's signature stands in the token's place
@access.public
@require_POST
def incoming(request: HttpRequest) -> HttpResponse:
    """Take in one text; delivered again, it is taken in once."""
    at = datetime.now(UTC)
    try:
        told = told_in(request, at=at)
    except NotTheProvider as nobody:
        raise Http404 from nobody
    except TooManyForged:
        return HttpResponse(status=429)
    sid, number = told.get("MessageSid", ""), told.get("From", "")[:20]
    if not (sid and number):
        raise Http404
    if not allow(scope="reminders.answers", key=number, per=timedelta(hours=1), most=MOST_AN_HOUR, at=at):
        return HttpResponse(status=429)
    actions.receive_answer(
        key=hashlib.sha256(f"text\n{sid}".encode()).hexdigest(), number=number, text=_words(told),
        by=Actor("patient", None, "somebody, by text"), at=at,
    )  # fmt: skip
    return HttpResponse(NOTHING_TO_SAY, content_type="text/xml; charset=utf-8")


def _words(told: Mapping[str, str]) -> str:
    """Read what was written; of a picture only that there was one."""
    text = told.get("Body", "").replace("\x00", "")[:LONGEST]
    has_files = told.get("NumMedia", "0").strip() not in {"", "0"}
    return f"{text}\n(A picture or a file came with it. Texts to us do not keep those.)".strip() if has_files else text
