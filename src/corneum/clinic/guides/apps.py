"""The area's entry in Django's list."""

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """Known to Django as `guides`."""

    name = "corneum.clinic.guides"
    label = "guides"
