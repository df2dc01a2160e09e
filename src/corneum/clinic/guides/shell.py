"""What stands around every page that patients see: the menu, the foot, the address and the hours."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from corneum.clinic.premises import queries as premises_queries
from corneum.clinic.premises.models import Premises
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic
from corneum.platform.ui.at_hand import keep_at_hand

MENU = (
    ("Treatments", "guides:treatments"),
    ("Concerns", "guides:concerns"),
    ("Our team", "guides:team"),
    ("Prices", "guides:prices"),
    ("Visit us", "guides:visit"),
)
FOOT = (
    ("Search", "guides:search"),
    ("Articles", "guides:articles"),
    ("Questions", "guides:questions"),
    ("Results", "guides:results"),
    ("Our registration", "guides:registration"),
    ("Privacy", "guides:privacy"),
    ("Accessibility", "guides:accessibility"),
    ("Complaints", "guides:complaints"),
)


def around(request: HttpRequest, clinic: Clinic) -> dict[str, Any]:
    """Gather what the layouts show around a page of this clinic; rows are read only when a page shows them."""
    return {
        "home_url": reverse("booking:home"),
        "book_url": reverse("booking:what"),
        "ask_url": reverse("enquiries:contact"),
        "menu": [_entry(request, name, page) for name, page in MENU],
        "foot": [_entry(request, name, page) for name, page in FOOT],
        "clinic_page": SimpleLazyObject(lambda: _page_of(clinic)),
        "clinic_hours": SimpleLazyObject(lambda: premises_queries.hours_in_words(clinic)),
    }


def _entry(request: HttpRequest, name: str, page: str) -> dict[str, Any]:
    url = reverse(page)
    return {"name": name, "url": url, "here": request.path.startswith(url)}


def _page_of(clinic: Clinic) -> Premises | None:
    try:
        page = premises_queries.clinic_page(clinic)
    except NotFound:
        return None
    keep_at_hand(clinic, page.phone, page.line1, page.town)  # for an error page that cannot ask
    return page
