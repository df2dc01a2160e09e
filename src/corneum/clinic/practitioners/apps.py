"""The area's entry in Django's list."""

from django.apps import AppConfig


class PractitionersConfig(AppConfig):
    """Known to Django as `practitioners`."""

    name = "corneum.clinic.practitioners"
    label = "practitioners"
