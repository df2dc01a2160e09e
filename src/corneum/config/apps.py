"""Corneum's entry in Django's list, for its commands and checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Known to Django as `config`."""

    name = "corneum.config"
    label = "config"
