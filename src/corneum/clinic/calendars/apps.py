"""The area's entry in Django's list."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Known to Django as `calendars`."""

    name = "corneum.clinic.calendars"
    label = "calendars"
