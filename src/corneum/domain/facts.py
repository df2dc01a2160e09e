"""One fact, one place: a treatment's own minutes and price are named in prose by a placeholder, never typed."""

import re
from dataclasses import dataclass

from corneum.domain.money.amounts import pounds

PLACEHOLDERS = ("{minutes}", "{price}")
_PLACEHOLDER = re.compile(r"\{[^{}\n]{0,40}\}")


@dataclass(frozen=True, slots=True)
class Copy:
    """A fact typed into prose, and the placeholder that is to stand there."""

    word: str
    placeholder: str
    start: int = 0  # at which letter of the text


def copies(text: str, *, minutes: int, prices: frozenset[int]) -> list[Copy]:
    """
    Find where a text repeats a treatment's length or price.

    :param prices: in pence, at every clinic that offers it
    """
    lengths = [rf"\b{minutes}[ -]?min(?:ute)?s?\b", *([r"\bhalf an hour\b"] if minutes == 30 else [])]
    if minutes % 60 == 0:
        lengths.append(rf"\b{minutes // 60}[ -]hours?\b" if minutes > 60 else r"\b(?:an|one|1) hour\b")
    amounts = [rf"£\s?{pence // 100:d}(?:\.{pence % 100:02d})?(?![\d.,]*\d)" for pence in sorted(prices) if pence]
    found = [
        Copy(match.group(), placeholder, match.start())
        for placeholder, patterns in zip(PLACEHOLDERS, (lengths, amounts), strict=True)
        for pattern in patterns
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    return sorted(found, key=lambda copy: copy.start)


def placeholders(text: str) -> list[tuple[int, str]]:
    """Find everything that is written as a placeholder, known or not, and at which letter it begins."""
    return [(match.start(), match.group()) for match in _PLACEHOLDER.finditer(text)]


def fill(text: str, *, minutes: int, pence: int | None) -> str:
    """Write a treatment's facts where their placeholders stand; without a price it says to ask for it."""
    price = pounds(pence) if pence is not None else "a price that we tell you"
    return text.replace("{minutes}", _minutes(minutes)).replace("{price}", price)


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    return " ".join([*said, f"{rest} minute{'s' if rest > 1 else ''}"] if rest else said)
