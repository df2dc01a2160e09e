"""The area's entry in Django's list."""

from django.apps import AppConfig


class HoldingConfig(AppConfig):
    """Known to Django as `holding`."""

    name = "corneum.clinic.holding"
    label = "holding"
