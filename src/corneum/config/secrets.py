"""The installation's secrets: made on first run, kept beside the database, never in the repository."""

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

SEALING_KEY_BYTES = 32  # AES-256


def secret_key(home: Path, given: str) -> str:
    """Answer with the key of CORNEUM_SECRET_KEY, or the one in `home`, or a new one written there."""
    return given or _kept(home / "secret-key", new=secrets.token_urlsafe(64))


def sealing_keys(home: Path, given: list[str]) -> dict[str, bytes]:
    """
    Answer with the keys of CORNEUM_SEALING_KEYS, or the one in `home`, or a new one written there.

    :param given: `name:key` each, the key 32 bytes in base64url; the first seals, all of them open
    """
    if not given:
        fresh = urlsafe_b64encode(secrets.token_bytes(SEALING_KEY_BYTES)).decode()
        given = _kept(home / "sealing-key", new=f"a:{fresh}").split(",")
    return dict(_read(each) for each in given)


def _read(written: str) -> tuple[str, bytes]:
    name, _, text = written.strip().partition(":")
    try:
        key = urlsafe_b64decode(text)
    except ValueError:
        key = b""
    if not re.fullmatch(r"[a-z0-9]{1,8}", name) or len(key) != SEALING_KEY_BYTES:
        raise ValueError(
            "A sealing key is written name:key, the name up to eight small letters or digits, the key 32 bytes in "
            "base64url. Look at CORNEUM_SEALING_KEYS, or at the file sealing-key in CORNEUM_HOME."
        )
    return name, key


def _kept(path: Path, *, new: str) -> str:
    """
    Read a secret from its file, which is made first if it is not there.

    The file is made in one step and readable by its owner alone, so that two processes starting
    at once agree on one secret.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}-{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(new)
        try:
            os.link(draft, path)  # fails if another process was first, and then its secret is ours too
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
