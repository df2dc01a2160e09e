"""The area's entry in Django's list."""

from django.apps import AppConfig


class WaitingConfig(AppConfig):
    """Known to Django as `waiting`."""

    name = "corneum.clinic.waiting"
    label = "waiting"
