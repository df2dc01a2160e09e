"""What can be wrong with an installation, each as a sentence a person can act on."""

import os
import smtplib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong; `blocks` if the clinic cannot work with it."""

    sentence: str
    blocks: bool


def blocker(sentence: str) -> Finding:
    """Say what the clinic cannot work with."""
    return Finding(sentence, blocks=True)


def advice(sentence: str) -> Finding:
    """Say what should be better."""
    return Finding(sentence, blocks=False)


def findings() -> list[Finding]:
    """Look at everything, and answer with what is wrong: an empty list is a healthy installation."""
    found: list[Finding] = []
    for look in LOOKS:
        found.extend(look())
        if found and found[-1].blocks and look is database:
            break  # nothing below can be asked without a database
    return found


def database() -> Iterator[Finding]:
    """Can it be reached, and does it keep what it is told?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            if connection.vendor == "sqlite":
                yield from _sqlite(cursor)
            else:
                yield from _postgresql(cursor)
    except DatabaseError as error:
        yield blocker(f"The database cannot be opened: {error}. Look at CORNEUM_DATABASE_URL and CORNEUM_HOME.")


def _sqlite(cursor: object) -> Iterator[Finding]:
    execute, fetchone = cursor.execute, cursor.fetchone  # type: ignore[attr-defined]
    execute("PRAGMA journal_mode")
    if fetchone()[0] != "wal":
        yield blocker("SQLite is not in WAL mode; is the database on a network drive? Put it on a local disk.")
    execute("PRAGMA synchronous")
    if fetchone()[0] < 2:
        yield blocker("SQLite does not wait for the disk: a power cut could lose a confirmed booking.")
    execute("PRAGMA quick_check(1)")
    if (answer := fetchone()[0]) != "ok":
        yield blocker(f"The database file is damaged ({answer}). Restore the last backup.")


def _postgresql(cursor: object) -> Iterator[Finding]:
    execute, fetchone = cursor.execute, cursor.fetchone  # type: ignore[attr-defined]
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        execute(f"SHOW {name}")  # one of three words of our own
        if fetchone()[0] == "off":
            yield blocker(f"PostgreSQL runs with {name} = off: a power cut could lose a confirmed booking. Turn it on.")


def migrations() -> Iterator[Finding]:
    """Is the schema the one that this code expects?"""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield blocker("The database is of an older version. Run `corneum manage migrate`.")


def own_checks() -> Iterator[Finding]:
    """Does the code itself find something wrong, such as an address without an owner?"""
    for message in checks.run_checks(databases=["default"]):
        if message.level >= checks.ERROR:
            yield blocker(f"{message.msg} ({message.id})")


def rules() -> Iterator[Finding]:
    """Does the database still keep the rules and the trail that it was told to?"""
    from corneum.platform.audit.checks import missing_triggers

    yield from map(blocker, missing_triggers(connection))


def signatures() -> Iterator[Finding]:
    """Is everything that was signed as it was signed?"""
    from corneum.clinic.records.chain import breaks

    if "records_link" in connection.introspection.table_names():
        yield from map(blocker, breaks())


def signed_consent() -> Iterator[Finding]:
    """Are the texts that patients were given and signed the same, word for word, as they were then?"""
    from corneum.clinic.consent.queries import broken

    if found := broken():
        yield blocker(
            f"{len(found)} consent texts are no longer what was given or signed, beginning with {found[0]}. Somebody has "
            "changed the database past its own rules: keep it as it is, and compare it with a backup."
        )


def mail() -> Iterator[Finding]:
    """Can a message leave?"""
    url = urlsplit(settings.MAIL_URL)
    if url.scheme in {"folder", "console"} and not settings.DEMO:
        yield advice(
            "E-mails are written to a folder or to the terminal, not sent. Set CORNEUM_MAIL_URL to your mail server."
        )
    if url.scheme in {"smtp", "smtps"}:
        connect = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
        try:
            with connect(url.hostname or "", url.port or (465 if url.scheme == "smtps" else 25), timeout=5) as server:
                server.noop()
        except OSError as error:
            yield advice(f"The mail server {url.hostname} does not answer ({error}). Messages wait until it does.")


def static_files() -> Iterator[Finding]:
    """Are the style sheets there?"""
    if not settings.DEMO and not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield blocker("The static files have not been gathered. Run `corneum manage collectstatic`.")


def clock() -> Iterator[Finding]:
    """Is the clock plausible? A time before the last event in the trail, or before there was a Corneum, is not."""
    now = datetime.now(UTC)
    if now.year < 2026:
        yield blocker(f"The clock says {now:%d %B %Y}. Set it, and keep it right with an NTP service.")
    from corneum.platform.audit.queries import last_event_at

    last = last_event_at()
    if last is not None and last > now + timedelta(minutes=5):
        yield advice(
            f"The trail's last event is of {last:%d %B %Y, %H:%M} UTC, which is still to come. Look at the clock."
        )


def secret_key_is_kept() -> Iterator[Finding]:
    """Is the key long, and are the keys readable by nobody else?"""
    if len(settings.SECRET_KEY) < 50:
        yield blocker("CORNEUM_SECRET_KEY is too short to be a secret: use at least 50 random characters.")
    for path in (Path(settings.HOME) / "secret-key", Path(settings.HOME) / "sealing-key"):
        if path.exists() and os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield blocker(f"Others on this machine can read {path}. Run: chmod 600 {path}")


def permissions() -> Iterator[Finding]:
    """Can we write where we must, and can others not read it?"""
    home = Path(settings.HOME)
    if not os.access(home, os.W_OK):
        yield blocker(f"{home} cannot be written to by this user.")
    database_file = home / "corneum.sqlite3"
    if database_file.exists() and os.name == "posix" and database_file.stat().st_mode & stat.S_IRWXO:
        yield advice(f"Everybody on this machine can read {database_file}. Run: chmod 600 {database_file}")


def address() -> Iterator[Finding]:
    """Is the address in messages one that a patient can open, and is it encrypted?"""
    site = urlsplit(settings.SITE_URL)
    if settings.DEMO:
        return
    if site.hostname in {"localhost", "127.0.0.1"}:
        yield advice("Links in messages lead to localhost. Set CORNEUM_SITE_URL to the clinic's address.")
    elif site.scheme != "https":
        yield blocker("The site's address is not https. Health data must not travel in the open.")


def worker() -> Iterator[Finding]:
    """Is somebody sending what was queued?"""
    from corneum.platform.jobs.queries import worker_is_running

    if not worker_is_running(datetime.now(UTC)):
        yield advice("No worker is running, so no message leaves and held times are not freed. Start `corneum serve`.")


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database,
    migrations,
    rules,
    signatures,
    signed_consent,
    own_checks,
    mail,
    static_files,
    clock,
    secret_key_is_kept,
    permissions,
    address,
    worker,
)
