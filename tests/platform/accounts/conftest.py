"""The rooms to try doors on."""

import pytest
from pytest_django import Settings


@pytest.fixture
def rooms(settings: Settings) -> None:
    """Browse the sample rooms in place of the whole installation."""
    settings.ROOT_URLCONF = "tests.platform.accounts.rooms"


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    """Hash passwords quickly: how slowly it is done in earnest is tested where the settings are."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
