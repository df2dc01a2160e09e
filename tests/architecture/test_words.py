"""Names that say nothing, promises to do it later and rules switched off without a reason stay out."""

import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.architecture.sources import HOUSE, imported, named, python_files

EVERYWHERE = ("src", "tests", "benchmarks")
SAY_NOTHING = {"utils", "util", "common", "helpers", "helper", "signals", "core", "shared", "misc"}
LATER = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")  # written so that it does not find itself
SUPPRESSION = re.compile(r"(noqa|type: ignore|pragma: no cover|nosec|fmt: off)(.*)")
# What switches a rule off, says which one and, unless the type checker's own words say it, why.
WITH_A_REASON = re.compile(r"noqa: [A-Z]+\d+(, [A-Z]+\d+)* -- \w.*|type: ignore\[[\w, -]+\].*|pragma: no cover -- \w.*")


def test_no_module_or_folder_is_named_for_nothing():
    paths = [
        path for path in python_files(*EVERYWHERE) if SAY_NOTHING & {*path.with_suffix("").parts[len(HOUSE.parts) :]}
    ]

    assert [named(path) for path in paths] == []


def test_nobody_promises_to_do_it_later():
    files = [
        *python_files(*EVERYWHERE),
        HOUSE / "dev.py",
        *HOUSE.glob("docs/**/*.md"),
        *HOUSE.glob("src/**/static/**/*.*s"),
    ]
    promises = [
        named(path, number)
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if LATER.search(line)
    ]

    assert promises == []


def comments(path: Path) -> list[tuple[int, str]]:
    """List a file's comments with their lines; what stands in a string is none."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def test_a_rule_switched_off_says_which_and_why():
    bare = [
        f"{named(path, line)} {comment}"
        for path in [*python_files(*EVERYWHERE), HOUSE / "dev.py"]
        for line, comment in comments(path)
        if (found := SUPPRESSION.search(comment)) and not WITH_A_REASON.fullmatch(found.group(0).strip())
    ]

    assert bare == []


# ruff's rule against these imports is lifted where the clock may be read, and with it both of these.
ONLY_IN = {
    "django.core.mail": ("src/corneum/platform/messages/",),
    "django.db.models.signals": ("src/corneum/platform/audit/apps.py",),  # tables have just changed: no code did it
    "django.dispatch": (),
}


@pytest.mark.parametrize("module", ONLY_IN)
def test_only_those_who_may_import_it_do(module):
    importers = {
        named(path)
        for path in python_files("src")
        for name in imported(path)
        if name == module or name.startswith(f"{module}.")
    }

    assert {name for name in importers if not name.startswith(ONLY_IN[module])} == set()
