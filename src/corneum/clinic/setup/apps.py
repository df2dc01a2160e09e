"""The area's entry in Django's list."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """Known to Django as `setup`."""

    name = "corneum.clinic.setup"
    label = "setup"
