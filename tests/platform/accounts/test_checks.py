"""What keeps an installation from starting, and what it is warned of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from corneum.platform.accounts import checks


@pytest.fixture
def safe(settings: Settings) -> Settings:
    """Be an installation with nothing wrong."""
    settings.SITE_URL = "https://clinic.example"
    settings.TRUSTED_PROXIES = ["127.0.0.1/32", "fd00::/8", "unix"]
    settings.DEBUG = settings.DEMO = False
    settings.SECRET_KEY = "x" * 86
    return settings


def _ids() -> list[str | None]:
    found = [*checks.proxies_are_networks(), *checks.secrets_travel_encrypted()]
    return [message.id for message in found]


def test_checks_find_nothing_where_nothing_is_wrong(safe: Settings):
    assert _ids() == []


@pytest.mark.parametrize(
    "name, value, ids",
    [
        ("TRUSTED_PROXIES", ["10.0.0.0/8", "proxy.local"], ["corneum.E002"]),
        ("TRUSTED_PROXIES", [], ["corneum.W002"]),
        ("SITE_URL", "http://clinic.example", ["corneum.E003"]),
        ("SITE_URL", "http://localhost:8000", []),
        ("SITE_URL", "http://[::1]:8000", []),
        ("DEBUG", True, ["corneum.E004"]),
        ("DEMO", True, ["corneum.W001"]),
        ("SECRET_KEY", "x" * 49, ["corneum.E005"]),
    ],
)
def test_checks_find_what_is_wrong(safe: Settings, name: str, value: object, ids: list[str]):
    setattr(safe, name, value)

    assert _ids() == ids


@pytest.mark.slow
def test_django_finds_nothing_to_say_about_an_installation_in_earnest(tmp_path: Path):
    given = {
        "CORNEUM_HOME": str(tmp_path),
        "CORNEUM_SITE_URL": "https://clinic.example",
        "CORNEUM_TRUSTED_PROXIES": "127.0.0.1/32",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CORNEUM_", "DJANGO_"))}

    run = subprocess.run(
        [sys.executable, "-m", "corneum", "manage", "check", "--deploy", "--fail-level", "WARNING"],
        env={**kept, **given, "PYTHONPATH": "src"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (run.returncode, run.stdout) == (0, "System check identified no issues (2 silenced).\n"), run.stderr
