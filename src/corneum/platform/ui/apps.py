"""The area's entry in Django's list."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    """Known to Django as `ui`."""

    name = "corneum.platform.ui"
    label = "ui"

    def ready(self) -> None:
        """Find what every app asks about its own health."""
        autodiscover_modules("health")
