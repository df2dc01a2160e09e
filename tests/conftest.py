"""The cast: a group of two clinics, and the people who work there. Tests ask for whom they need."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django import Settings

    from tests.factories.cast import Cast
    from tests.factories.sign_in import DeskClient
    from tests.imap import MailFolder
    from tests.texts import TextProvider


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Test on a file of SQLite, as in earnest: the in-memory one knows no WAL and no second process."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = f"{settings.HOME}/test-{worker}.sqlite3"
        from django.db import connections

        connections["default"].settings_dict["TEST"]["NAME"] = name


@pytest.fixture
def cast(db: None) -> "Cast":
    """Make the whole cast: two clinics, their people and two patients."""
    from tests.factories.cast import make_group  # Django is ready only now

    return make_group()


@pytest.fixture
def client() -> "DeskClient":
    """Browse; `client.force_login(cast.dana)` sits Dana down with her second factor shown."""
    from tests.factories.sign_in import DeskClient  # Django is ready only now

    return DeskClient()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Open one browser for all tests; each opens windows of its own in it, which share nothing."""
    from tests.browser import chromium  # a machine without a browser still runs the other tests

    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def imap_port() -> "Iterator[int]":
    """Run one IMAP server for all tests."""
    from tests.imap import imap_server  # only the tests that read a mailbox start one

    with imap_server() as port:
        yield port


@pytest.fixture
def mail_folder(imap_port: int, request: pytest.FixtureRequest, settings: "Settings") -> "MailFolder":
    """An empty folder of its own, which the settings name as the clinic's mailbox."""
    from tests.imap import new_folder

    folder = new_folder(imap_port, f"f{abs(hash(request.node.nodeid))}")
    settings.MAILBOX_URL = folder.url
    settings.MAIL_FROM = "clinic@alder.example"
    return folder


@pytest.fixture
def texts(settings: "Settings") -> "Iterator[TextProvider]":
    """A text provider of this test's own, which the settings name."""
    from tests.texts import text_provider  # only the tests that send texts start one

    with text_provider() as provider:
        settings.TEXT_URL = provider.url
        settings.SITE_URL = "https://alderskin.example"
        yield provider
