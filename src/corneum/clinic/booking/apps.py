"""The area's entry in Django's list."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Known to Django as `booking`."""

    name = "corneum.clinic.booking"
    label = "booking"
