"""The area's entry in Django's list."""

from django.apps import AppConfig


class AftercareConfig(AppConfig):
    """Known to Django as `aftercare`."""

    name = "corneum.clinic.aftercare"
    label = "aftercare"
