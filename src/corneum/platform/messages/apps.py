"""The area's entry in Django's list."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Known to Django as `outbox`."""

    name = "corneum.platform.messages"
    label = "outbox"  # Django has a "messages" of its own

    def ready(self) -> None:
        """Register the checks that an installation must pass to start."""
        from corneum.platform.messages import checks  # noqa: F401, PLC0415 -- needs every model to be there
