"""The area's entry in Django's list."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Known to Django as `patients`."""

    name = "corneum.clinic.patients"
    label = "patients"
