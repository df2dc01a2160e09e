"""What the tests of pages share."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_addresses(settings: "Settings") -> None:
    """Open ui's own addresses only, in the demonstration, where the components are shown."""
    settings.ROOT_URLCONF = "tests.platform.ui.addresses"
    settings.DEMO = True
