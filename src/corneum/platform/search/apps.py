"""The component's entry in Django's list."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Known to Django as `search`."""

    name = "corneum.platform.search"
    label = "search"
