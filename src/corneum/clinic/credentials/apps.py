"""The area's entry in Django's list."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Known to Django as `credentials`."""

    name = "corneum.clinic.credentials"
    label = "credentials"
