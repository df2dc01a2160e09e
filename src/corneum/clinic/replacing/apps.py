"""The area's entry in Django's list."""

from django.apps import AppConfig


class ReplacingConfig(AppConfig):
    """Known to Django as `replacing`."""

    name = "corneum.clinic.replacing"
    label = "replacing"

    def ready(self) -> None:
        """Be asked when booking takes back what waits to be sent about a visit."""
        from corneum.clinic.booking.letters import about_several  # noqa: PLC0415 -- models are loaded by now
        from corneum.clinic.replacing.letters import take_back_shared  # noqa: PLC0415 -- the same

        about_several(take_back_shared)
