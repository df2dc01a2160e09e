"""The area's entry in Django's list."""

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """Known to Django as `enquiries`."""

    name = "corneum.clinic.enquiries"
    label = "enquiries"
