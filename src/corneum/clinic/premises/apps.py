"""The area's entry in Django's list."""

from django.apps import AppConfig


class PremisesConfig(AppConfig):
    """Known to Django as `premises`."""

    name = "corneum.clinic.premises"
    label = "premises"
