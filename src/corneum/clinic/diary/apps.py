"""The area's entry in Django's list."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """Known to Django as `diary`."""

    name = "corneum.clinic.diary"
    label = "diary"
