"""The area's entry in Django's list."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Known to Django as `accounts`."""

    name = "corneum.platform.accounts"
    label = "accounts"
