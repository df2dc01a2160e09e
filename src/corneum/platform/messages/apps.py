"""The area's entry in Django's list."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Known to Django as `outbox`."""

    name = "corneum.platform.messages"
    label = "outbox"  # Django has a "messages" of its own
