"""What every page knows: the clinic in the address, what stands around the page, and the places of the desk."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from corneum.clinic.enquiries import queries as enquiries
from corneum.clinic.guides.shell import around
from corneum.clinic.suitability import queries as suitability
from corneum.platform.accounts import policy
from corneum.platform.accounts.models import Clinic
from corneum.platform.accounts.policy import Right
from corneum.platform.messages import queries as messages

# key, name, address, icon, the right that it needs
PLACES = (
    ("diary", "Diary", "diary:today", "calendar", Right.SEE_DIARY),
    ("inbox", "Inbox", "enquiries:inbox", "inbox", Right.ANSWER_ENQUIRIES),
    ("waiting", "Waiting", "waiting:list", "clock", Right.SEE_PATIENTS),
    ("suitability", "To decide", "suitability:list", "form", Right.SEE_PATIENTS),
    ("patients", "Patients", "diary:patients", "people", Right.SEE_PATIENTS),
    ("messages", "Messages", "messages:sent", "message", Right.SEE_MESSAGES),
    ("pages", "Pages", "writing:list", "document", Right.WRITE_PAGES),
    ("clinic", "Clinic", "setup:overview", "gear", Right.CHANGE_CLINIC),
)


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Give each page what its layout shows; what costs a query is asked only by the page that shows it."""
    clinic: Clinic | None = getattr(request, "clinic", None)
    known: dict[str, Any] = {"clinic": clinic, "is_demo": settings.DEMO, "site_url": settings.SITE_URL}
    if clinic is None:
        return known
    known |= around(request, clinic)
    access = getattr(request.resolver_match.func, "access", None) if request.resolver_match else None
    if access is not None and access.kind == "staff":
        known |= _desk(request, clinic)
    return known


def _desk(request: HttpRequest, clinic: Clinic) -> dict[str, Any]:
    """Give a page of the desk the places that this person may go to, each with how much waits there."""
    rights = policy.rights_of(request.user, clinic)
    waits = {
        "inbox": lambda: enquiries.waiting_count(request.user, clinic, at=datetime.now(UTC)),
        "suitability": lambda: suitability.waiting_for_practitioner(request.user, clinic).count(),
        "messages": lambda: messages.troubles(clinic).total,
    }
    return {
        "places": [
            {
                "key": key,
                "name": name,
                "url": reverse(address),
                "icon": icon,
                "count": waits[key]() if key in waits else 0,
                "is_trouble": key == "messages",
            }
            for key, name, address, icon, right in PLACES
            if right in rights
        ],
        "account_links": [
            *([{"name": "Calendars", "url": reverse("calendars:mine")}] if Right.SEE_DIARY in rights else []),
            *(
                [{"name": "Visits without consent", "url": reverse("diary:consents")}]
                if Right.SEE_DIARY in rights
                else []
            ),
            *([{"name": "Consent texts", "url": reverse("consent:texts")}] if Right.WRITE_PAGES in rights else []),
            *(
                [{"name": "Complaints", "url": reverse("complaints:list")}]
                if Right.DEAL_WITH_COMPLAINTS in rights
                else []
            ),
            {"name": "Second factor and passkeys", "url": reverse("mfa_index")},
            {"name": "Change your password", "url": reverse("account_change_password")},
        ],
        "find_url": reverse("desk:find") if Right.SEE_PATIENTS in rights else "",
    }
