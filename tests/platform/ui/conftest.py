"""What the tests of pages share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_addresses(settings: "Settings") -> None:
    """Open ui's own addresses only, in the demonstration, where the components are shown."""
    settings.ROOT_URLCONF = "tests.platform.ui.addresses"
    settings.DEMO = True


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Give tests one browser."""
    from tests.browser import chromium

    with chromium() as opened:
        yield opened
