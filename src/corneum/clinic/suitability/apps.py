"""The area's entry in Django's list."""

from django.apps import AppConfig


class SuitabilityConfig(AppConfig):
    """Known to Django as `suitability`."""

    name = "corneum.clinic.suitability"
    label = "suitability"
