"""The area's entry in Django's list."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """Known to Django as `writing`."""

    name = "corneum.clinic.writing"
    label = "writing"
