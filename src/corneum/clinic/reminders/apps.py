"""The area's entry in Django's list."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Known to Django as `reminders`."""

    name = "corneum.clinic.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Declare the messages that a clinic may word, and what is asked of each before it leaves."""
        from corneum.clinic.reminders import samples, still_true  # noqa: F401, PLC0415 -- needs every model to be there
