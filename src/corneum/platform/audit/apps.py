"""The area's entry in Django's list."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Known to Django as `audit`."""

    name = "corneum.platform.audit"
    label = "audit"
