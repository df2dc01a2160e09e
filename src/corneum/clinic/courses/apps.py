"""The area's entry in Django's list."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Known to Django as `courses`."""

    name = "corneum.clinic.courses"
    label = "courses"
