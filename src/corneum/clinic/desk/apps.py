"""The area's entry in Django's list."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Known to Django as `desk`."""

    name = "corneum.clinic.desk"
    label = "desk"
