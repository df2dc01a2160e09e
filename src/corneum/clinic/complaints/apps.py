"""The area's entry in Django's list."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Known to Django as `complaints`."""

    name = "corneum.clinic.complaints"
    label = "complaints"
