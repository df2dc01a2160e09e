"""The area's entry in Django's list."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Known to Django as `records`."""

    name = "corneum.clinic.records"
    label = "records"
