"""The area's entry in Django's list."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Known to Django as `ui`."""

    name = "corneum.platform.ui"
    label = "ui"
