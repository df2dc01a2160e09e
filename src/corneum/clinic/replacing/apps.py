"""The area's entry in Django's list."""

from django.apps import AppConfig


class ReplacingConfig(AppConfig):
    """Known to Django as `replacing`."""

    name = "corneum.clinic.replacing"
    label = "replacing"
