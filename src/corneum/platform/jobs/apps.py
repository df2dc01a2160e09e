"""The area's entry in Django's list."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Known to Django as `jobs`."""

    name = "corneum.platform.jobs"
    label = "jobs"
