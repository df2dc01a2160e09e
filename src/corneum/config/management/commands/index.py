"""`corneum index`: bring the search of the public pages to what they say."""

from typing import Any

from django.core.management.base import BaseCommand

from corneum.clinic.guides.finding import renew_index


class Command(BaseCommand):
    """Renew the index at once; the worker does so by itself every five minutes."""

    help = __doc__ or ""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Renew it, and say how much was out of date."""
        changed = renew_index()
        self.stdout.write(f"{changed} pages were out of date." if changed else "Every page can be found as it stands.")
