"""The area's entry in Django's list."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Known to Django as `accounts`."""

    name = "corneum.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the checks that an installation must pass to start."""
        from corneum.platform.accounts import checks  # noqa: F401, PLC0415 -- needs every model to be there
