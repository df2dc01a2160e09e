"""The style sheets keep their promises: small, layered, one place for colours, nothing inline."""

import re

import pytest

from corneum.platform.ui.grid import rows
from tests.platform.ui.sheets import STATIC, every_page, every_sheet, sheet, zipped

KILOBYTE = 1024
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LAYERS = ["tokens", "reset", "base", "layout", "components", "screens", "utilities"]


def test_public_styles_fit_their_budget():
    assert zipped("tokens.css", "core.css", "public.css") <= 14 * KILOBYTE


def test_desk_styles_fit_their_budget():
    assert zipped("tokens.css", "core.css", "desk.css") <= 14 * KILOBYTE
    assert zipped("grid.css") <= 2 * KILOBYTE


def test_script_fits_its_budget():
    assert (STATIC / "page.js").stat().st_size <= 6 * KILOBYTE


def test_font_is_one_file_of_34_kilobytes_with_its_licence():
    fonts = {path.name: path.stat().st_size for path in (STATIC / "fonts").iterdir()}

    assert fonts == {"atkinson-next.woff2": 33996, "OFL.txt": 4599}


def test_layers_are_ordered_once_and_first():
    ordered = re.findall(r"@layer ([\w, ]+);", "".join(COMMENT.sub("", path.read_text()) for path in every_sheet()))

    assert ordered == [", ".join(LAYERS)]
    assert COMMENT.sub("", sheet("tokens")).strip().startswith("@layer tokens, reset")


@pytest.mark.parametrize("path", every_sheet(), ids=lambda path: path.name)
def test_sheet_stands_in_known_layers_and_forces_nothing(path):
    css = COMMENT.sub("", path.read_text())

    assert set(re.findall(r"@layer (\w+)\s*{", css)) - set(LAYERS) == set()
    assert "!important" not in css
    assert "@import" not in css
    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", css) == []


@pytest.mark.parametrize("path", every_sheet(), ids=lambda path: path.name)
def test_sheet_styles_no_ids(path):
    css = re.sub(r"{[^{}]*}", "{}", COMMENT.sub("", path.read_text()))  # selectors only

    assert re.findall(r"#[a-z][\w-]*", css) == []


@pytest.mark.parametrize("name", ["core", "public", "desk"])
def test_sheet_flows_with_the_script_it_is_read_in(name):
    css = COMMENT.sub("", sheet(name))

    physical = re.findall(r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right):", css)

    assert physical == []


@pytest.mark.parametrize("name", ["core", "public", "desk"])
def test_sheet_names_no_colour_of_its_own_on_screens(name):
    css = COMMENT.sub("", sheet(name)).split("@media print")[0]
    css = re.sub(r"url\(\"data:.*?\"\)", "", css)

    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", css) == []


def test_grid_is_what_its_maker_makes():
    assert sheet("grid") == rows()


def test_grid_has_a_row_for_every_five_minutes_of_the_day():
    css = sheet("grid")

    assert len(re.findall(r"\.at-\d+\{grid-row-start:\d+\}", css)) == 288
    assert len(re.findall(r"\.for-\d+\{grid-row-end:span \d+\}", css)) == 96


@pytest.mark.parametrize("path", every_page(), ids=lambda path: "/".join(path.parts[-2:]))
def test_page_has_nothing_inline(path):
    html = path.read_text()

    assert re.findall(r"<[^>]*\sstyle\s*=", html) == []
    assert re.findall(r"<style\b", html) == []
    assert re.findall(r"<[^>]*\son[a-z]+\s*=\s*[\"']", html) == []
    assert re.findall(r"<script(?![^>]*(?:\bsrc=|application/ld\+json))[^>]*>", html) == []
    assert re.findall(r"<(?:script|link|img|source|iframe|video|audio)\b[^>]*=[\"'](?:https?:)?//", html) == []
