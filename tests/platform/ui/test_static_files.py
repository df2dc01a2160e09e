"""Gathered files: each layout's sheets are one, named by its content, and smaller on the wire."""

import json

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from corneum.platform.ui.templatetags.ui import sheets
from tests.platform.ui.sheets import sheet


@pytest.fixture
def gathered(settings, tmp_path):
    """Gather the static files as an installation does."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "corneum.platform.ui.static_files.BundledFiles"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


LINKED = ("ui/fonts/atkinson-next.woff2", "ui/mark.svg")  # from the sheets


@pytest.mark.slow
def test_gathering_joins_the_sheets_of_a_layout(gathered):
    names = json.loads((gathered / "staticfiles.json").read_text())["paths"]
    called = {name.removeprefix("ui/"): names[name].removeprefix("ui/") for name in LINKED}

    joined = (gathered / names["ui/public-all.css"]).read_text()

    parts = [sheet(name) + "\n" for name in ("tokens", "core", "public")]
    linked = "".join(parts)
    for plain, hashed in called.items():
        linked = linked.replace(f'url("{plain}")', f'url("{hashed}")')
    assert joined == linked
    assert (gathered / f"{names['ui/public-all.css']}.gz").exists()
    assert str(sheets("public")) == f'<link rel="stylesheet" href="/static/{names["ui/public-all.css"]}">'


@pytest.mark.slow
def test_gathering_twice_gives_the_same_names(gathered):
    once = (gathered / "staticfiles.json").read_text()

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (gathered / "staticfiles.json").read_text() == once


def test_sheets_are_linked_one_by_one_while_developing():
    assert str(sheets("public", "desk")) == "".join(
        f'<link rel="stylesheet" href="/static/ui/{name}.css">' for name in ("tokens", "core", "public", "desk")
    )


def test_page_preloads_the_font_that_its_sheet_asks_for(gathered):
    names = json.loads((gathered / "staticfiles.json").read_text())["paths"]

    html = render_to_string("ui/plain.html")

    assert f'<link rel="preload" href="/static/{names["ui/fonts/atkinson-next.woff2"]}" as="font"' in html
    assert html.count('rel="stylesheet"') == 1
