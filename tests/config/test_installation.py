"""`corneum check` says in sentences what is wrong, and nothing when nothing is."""

import os
import stat
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured

from corneum.config import installation
from corneum.config.secrets import sealing_keys
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record
from tests.factories.cast import Cast
from tests.platform.messages.conftest import free_port


def sentences(look) -> list[tuple[str, bool]]:
    return [(finding.sentence, finding.blocks) for finding in look()]


@pytest.mark.django_db
@pytest.mark.parametrize("look", [installation.migrations, installation.own_checks, installation.clock])
def test_a_healthy_installation_has_nothing_to_say(look):
    assert sentences(look) == []


def test_mail_to_a_folder_is_advice(settings):
    settings.MAIL_URL, settings.DEMO = "folder:/tmp/x", False

    assert [blocks for _, blocks in sentences(installation.mail)] == [False]


def test_mail_server_that_does_not_answer_is_named(settings):
    settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}"

    ((sentence, blocks),) = sentences(installation.mail)

    assert ("The mail server 127.0.0.1 does not answer" in sentence, blocks) == (True, False)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (
            "http://clinic.example",
            [("The site's address is not https. Health data must not travel in the open.", True)],
        ),
        ("https://clinic.example", []),
    ],
)
def test_address_must_be_encrypted(settings, url, found):
    settings.SITE_URL, settings.DEMO = url, False

    assert sentences(installation.address) == found


def test_short_key_blocks(settings):
    settings.SECRET_KEY = "short"

    assert sentences(installation.secret_key_is_kept)[0] == (
        "CORNEUM_SECRET_KEY is too short to be a secret: use at least 50 random characters.", True,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["secret-key", "sealing-key"])
def test_key_that_others_can_read_blocks(settings, tmp_path: Path, name: str):
    settings.HOME = tmp_path
    key = tmp_path / name
    key.write_text("x" * 60)
    key.chmod(0o644)
    open_to_others = sentences(installation.secret_key_is_kept)
    key.chmod(stat.S_IRUSR | stat.S_IWUSR)

    assert open_to_others == [(f"Others on this machine can read {key}. Run: chmod 600 {key}", True)]
    assert sentences(installation.secret_key_is_kept) == []


def test_sealing_keys_are_made_once_and_read_as_they_are_written(tmp_path: Path):
    made = sealing_keys(tmp_path, [])
    rotated = sealing_keys(
        tmp_path, [f"b:{urlsafe_b64encode(b'x' * 32).decode()}", (tmp_path / "sealing-key").read_text()]
    )

    assert [len(key) for key in made.values()] == [32]
    assert sealing_keys(tmp_path, []) == made
    assert rotated == {"b": b"x" * 32} | made
    assert next(iter(rotated)) == "b"
    with pytest.raises(ValueError, match="Look at CORNEUM_SEALING_KEYS"):
        sealing_keys(tmp_path, ["b:c2hvcnQ="])


def test_home_of_the_tests_can_be_written_to():
    assert os.access(configured.HOME, os.W_OK)
    assert [found for found in sentences(installation.permissions) if found[1]] == []


@action
def _something(*, clinic, by: Actor, at: datetime) -> None:
    record("tests.something", entity=clinic, by=by, at=at, clinic=clinic)


def test_clock_that_stands_before_the_trails_last_event_is_doubted(cast: Cast):
    _something(clinic=cast.manchester, by=Actor.system("test"), at=datetime.now(UTC) + timedelta(days=2))

    ((sentence, blocks),) = sentences(installation.clock)

    assert ("which is still to come" in sentence, blocks) == (True, False)


@pytest.mark.django_db
def test_no_worker_is_said():
    assert [blocks for _, blocks in sentences(installation.worker)] == [False]
