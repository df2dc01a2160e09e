"""The area's entry in Django's list."""

from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Known to Django as `treatments`."""

    name = "corneum.clinic.treatments"
    label = "treatments"
