"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Give templates the clinic in the address and whether this is the demonstration."""
    return {"clinic": getattr(request, "clinic", None), "is_demo": settings.DEMO, "site_url": settings.SITE_URL}
