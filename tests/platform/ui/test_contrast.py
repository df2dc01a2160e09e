"""Every pair of colours that stand on each other can be told apart, by day and by night."""

import re

import pytest

from tests.platform.ui.sheets import sheet

TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("bg", "surface", "sunken")],
    ("brand-ink", "bg"), ("brand-ink", "surface"), ("brand-ink", "brand-tint"), ("ink", "brand-tint"),
    ("on-brand", "brand"), ("on-brand", "brand-strong"), ("on-danger", "danger"),
    *[(tone, ground) for tone in ("danger", "warn", "ok", "info") for ground in (f"{tone}-tint", "surface")],
    *[(ink, f"cat{n}-tint") for n in range(1, 6) for ink in (f"cat{n}", "ink", "ink-2")],
]  # fmt: skip
SHAPES = [
    ("control", "surface"), ("control", "bg"), ("brand", "surface"), ("brand", "bg"),
    ("focus-out", "bg"), ("focus-out", "surface"), ("focus-in", "focus-out"),
    *[(f"cat{n}", "surface") for n in range(1, 6)],
]  # fmt: skip
PAIRS = [(4.5, *pair) for pair in TEXT] + [(3.0, *pair) for pair in SHAPES]


def colours(theme: str) -> dict[str, str]:
    """Read one theme's colours from tokens.css."""
    block = re.search(rf"/\* {theme} \*/(.*?)}}", sheet("tokens"), re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block.group(1)))


def luminance(colour: str) -> float:
    """Compute WCAG's relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Compute WCAG's contrast ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_counts_the_pairs_of_the_design():
    assert (len(PAIRS) * 2, contrast("#000000", "#FFFFFF")) == (102, 21.0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_is_enough_for_every_pair(theme):
    colour = colours(theme)

    too_low = [
        (front, ground, round(contrast(colour[front], colour[ground]), 2))
        for least, front, ground in PAIRS
        if contrast(colour[front], colour[ground]) < least
    ]

    assert too_low == []


def test_themes_name_the_same_colours():
    assert set(colours("light")) == set(colours("dark"))


def test_pinned_dark_is_the_systems_dark():
    themes = re.findall(r"/\* dark(?:, pinned: the same again)? \*/(.*?)}", sheet("tokens"), re.DOTALL)

    declared = [re.findall(r"(--[\w-]+|color-scheme): ([^;]+);", theme) for theme in themes]

    assert len(declared) == 2
    assert declared[0] == declared[1]
