"""Templates hold no style and no script of their own, and nothing is called safe that a person wrote."""

import re

import pytest

from tests.architecture.sources import SOURCE, named, python_files, templates

PAGES = [path for path in templates() if path.suffix == ".html" and "messages" not in path.parts]
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without an address": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a script with words of its own": re.compile(r"<script[^>]*>\s*[^\s<]", re.IGNORECASE),
    "an event attribute": re.compile(r"""[\s"']on[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
}
# Where markup is called safe, and what it is made of.
MADE_BY_US = {
    "src/corneum/platform/ui/templatetags/ui.py",  # icons and marks, drawn by us
    "src/corneum/clinic/guides/prose.py",  # Markdown, cleaned by nh3
    "src/corneum/clinic/guides/structured.py",  # JSON, with its angle brackets escaped
    "src/corneum/platform/ui/templates/ui/_field_words.html",  # a form field's help text, written in Python
}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_has_no_style_or_script_of_its_own(path):
    text = path.read_text()

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_letter_has_no_script_at_all():
    letters = [path for path in templates() if path.suffix == ".html" and path not in PAGES]

    assert [named(path) for path in letters if "<script" in path.read_text().lower()] == []


def test_markup_is_called_safe_only_where_we_made_it():
    called_safe = re.compile(r"\bmark_safe\b|\bSafeString\(|\|\s*safe\b|\bautoescape\s+off\b")
    files = [*python_files("src"), *(path for path in templates() if path.suffix == ".html")]

    callers = {named(path) for path in files if called_safe.search(path.read_text())}

    assert callers == MADE_BY_US


def test_templates_were_found():
    assert len(PAGES) > 30
    assert (SOURCE / "platform/ui/templates/ui/base.html") in PAGES
