"""The area's entry in Django's list."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Known to Django as `consent`."""

    name = "corneum.clinic.consent"
    label = "consent"
