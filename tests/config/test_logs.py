"""A log says what happened, never to whom."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from corneum.config.logs import BlackedOut, black_out
from corneum.platform.accounts.request_id import _current


@pytest.mark.parametrize(
    "line, written",
    [
        ("mail to alice.o'hara+x@mail.example failed", "mail to (e-mail) failed"),
        ("text to +447700900123 failed", "text to (number) failed"),
        ("text to 07700 900 123, again", "text to (number), again"),
        ("Not Found: /b/abcdefghijklmnopqrstuvwxy7/", "Not Found: /b/abcd…/"),
        ("GET /desk/patients/?q=Alice HTTP/1.1", "GET /desk/patients/?… HTTP/1.1"),
        ("Bad: /accounts/password/reset/key/1-c0ffee-0123456789abcdef/", "Bad: /accounts/password/reset/key/(secret)/"),
        ("DETAIL:  Key (email)=(alice) already exists.", "DETAIL:  Key (email)=(…) already exists."),
        ("DETAIL:  Failing row contains (1, Alice, 12 March).", "DETAIL:  Failing row contains (…)."),
        ("booked 12 of 30 in 1.5 s at 2026-03-09 08:00:00", "booked 12 of 30 in 1.5 s at 2026-03-09 08:00:00"),
        ("listening on 127.0.0.1:8000", "listening on 127.0.0.1:8000"),
    ],
)
def test_black_out_leaves_what_happened_and_takes_to_whom(line: str, written: str):
    assert black_out(line) == written


def test_blacked_out_line_keeps_its_moment_and_its_request():
    formatter = BlackedOut("{asctime} {levelname} {message}", style="{")
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "sent to %s", ("alice@mail.example",), None)
    record.created = 1_773_043_200.0
    token = _current.set("r" * 26)

    line = formatter.format(record)

    _current.reset(token)
    assert line.split(" ", 2)[2] == f"INFO sent to (e-mail) [{'r' * 26}]"
    assert line.startswith("2026-03-09 ")


def test_blacked_out_traceback_quotes_nobody():
    formatter = BlackedOut("{message}", style="{")
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), None)
    try:
        int("alice@mail.example")
    except ValueError:
        record.exc_info = sys.exc_info()

    written = formatter.format(record)

    assert "alice" not in written.splitlines()[-1]
    assert written.splitlines()[-1] == "ValueError: invalid literal for int() with base 10: '(e-mail)'"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("a" * 100_000, "a" * 100_000),
        ("@" * 100_000, "@" * 100_000),
        ("1" * 100_000, "1" * 100_000),
        ("1 " * 50_000, "1 " * 50_000),
        ("/?" * 50_000, "/?…"),
        ("a.b-" * 25_000 + "@", "a.b-" * 25_000 + "@"),
    ],
    ids=["letters", "at signs", "digits", "numbers", "queries", "half an address"],
)
def test_black_out_comes_to_the_end_of_a_hostile_line(line: str, written: str):
    """Where a pattern went back over what it has read, these would not end before the suite's own patience does."""
    assert black_out(line) == written


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Read what the configured handler writes."""
    handler = next(each for each in logging.getLogger().handlers if isinstance(each.formatter, BlackedOut))
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.django_db
def test_log_of_a_strangers_host_is_one_line_of_warning(client, log: io.StringIO):
    answer = client.get("/", headers={"host": "evil.example"})

    levels = [line.split(" ")[2:4] for line in log.getvalue().splitlines()]
    assert answer.status_code == 400
    assert ["WARNING", "django.security.DisallowedHost"] in levels
    assert {level for level, _ in levels} == {"WARNING"}
    assert "Traceback" not in log.getvalue()


def test_log_of_a_fault_of_ours_is_an_error_with_its_traceback(log: io.StringIO):
    nothing: dict[str, str] = {}
    try:
        nothing["there"]
    except LookupError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/")

    assert log.getvalue().splitlines()[0].split(" ")[2:4] == ["ERROR", "django.request"]
    assert log.getvalue().splitlines()[-1] == "KeyError: 'there'"
