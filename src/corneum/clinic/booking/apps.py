"""The area's entry in Django's list."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Known to Django as `booking`."""

    name = "corneum.clinic.booking"
    label = "booking"

    def ready(self) -> None:
        """Declare the letters that a clinic may word."""
        from corneum.clinic.booking import samples  # noqa: F401, PLC0415 -- needs every model to be there
