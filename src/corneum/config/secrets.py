"""The installation's secret key: made on first run, kept beside the database, never in the repository."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path, given: str) -> str:
    """
    Answer with the key of CORNEUM_SECRET_KEY, or the one in `home`, or a new one written there.

    The file is made in one step and readable by its owner alone, so that two processes starting
    at once agree on one key.
    """
    if given:
        return given
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f".secret-key-{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # fails if another process was first, and then its key is ours too
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
