"""A calendar server of somebody else's, for the tests that need one."""

from collections.abc import Iterator

import pytest

from tests.clinic.calendars.provider import Provider, serving


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Somebody else's server, on this machine."""
    with serving() as provider:
        yield provider
