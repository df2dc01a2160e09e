"""What happened, never to whom: every line and every traceback is blacked out before it is written."""

import logging
import re
from typing import Any

from corneum.platform.accounts.request_id import current_request_id

# What a line may not hold, and what stands in its place. Secrets in addresses (26 letters, db/ref.py, and the
# library's reset links) keep their first four letters, by which the same one can be followed through a log.
BLACKED_OUT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-][\w.+'-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"), "(e-mail)"),
    (re.compile(r"(?<![\w.:-])(?:\+|0)\d[\d ()-]{7,18}\d(?![\w.:-])"), "(number)"),
    (re.compile(r"(/reset/key/)[^\s/?#\"']+"), r"\1(secret)"),
    (re.compile(r"\b([a-z0-9]{4})[a-z0-9]{22}\b"), r"\1…"),
    (re.compile(r"(/[^\s?#\"']*)\?[^\s\"']*"), r"\1?…"),
    (re.compile(r"(Key \([^)]*\)=)\([^)]*\)"), r"\1(…)"),  # PostgreSQL shows the row that broke a constraint
    (re.compile(r"(Failing row contains )\(.*\)"), r"\1(…)"),
)


class BlackedOut(logging.Formatter):
    """Write a line with the request it belongs to, and without anybody's data."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- Python's own name
        """Write the line; its own moment and the request's name are nobody's data."""
        record.message = black_out(record.message)
        request = current_request_id()
        return super().formatMessage(record) + (f" [{request}]" if request else "")

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- Python's own name
        """Write a traceback, whose last line often quotes what somebody typed."""
        return black_out(super().formatException(ei))


class StrangersMistakes(logging.Filter):
    """
    Keep alarm for what is ours to mend.

    Anybody may send a host that is not ours or a form that is none. Django calls some of that an error and
    shows where in our code it stood; here it is one line of warning, so that an error always means a fault.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, those about a refused request calmed."""
        is_refused = record.name.startswith("django.security") and record.levelno <= logging.ERROR
        if is_refused or (record.name == "django.request" and record.levelno < logging.ERROR):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True


def black_out(text: str) -> str:
    """Take addresses, numbers, secrets and queries out of a text."""
    for pattern, instead in BLACKED_OUT:
        text = pattern.sub(instead, text)
    return text
