"""How long a text message is, as the networks count it (GSM 03.38)."""

import unicodedata

LONGEST = 160  # letters of one text
LONGEST_OTHER = 70  # of one that has a letter which is not among the networks' own
_EACH, _EACH_OTHER = 153, 67  # of one of several: the rest says how they belong together

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape goes before each: they count twice
_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"',  # curly quotes
        "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-",  # hyphens and dashes
        "\u2026": "...", "\u00a0": " ", "\u202f": " ", "\t": " ",
    }
)  # fmt: skip


def simplified(text: str) -> str:
    """
    Write a text with the networks' own letters where that loses nothing a reader would miss.

    One curly quote or one ë would otherwise cut the room from 160 characters to 70.
    """
    return "".join(_nearest(letter) for letter in text.translate(_PLAIN))


def length(text: str) -> int:
    """
    Count a text message: one for each letter of GSM-7, two for ^{}\\[~]|€.

    A text with other letters, such as a name in Greek small letters, is counted in UTF-16, as it is sent.
    """
    if is_gsm(text):
        return sum(2 if letter in _EXTENDED else 1 for letter in text)
    return len(text.encode("utf-16-be")) // 2


def parts(text: str) -> int:
    """Say as how many texts the networks carry it, and charge for it."""
    most, each = (LONGEST, _EACH) if is_gsm(text) else (LONGEST_OTHER, _EACH_OTHER)
    letters = length(text)
    return 1 if letters <= most else -(-letters // each)


def is_gsm(text: str) -> bool:
    """Say whether every letter is one of the networks' own."""
    return all(letter in _BASIC or letter in _EXTENDED for letter in text)


def _nearest(letter: str) -> str:
    if is_gsm(letter):
        return letter
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return bare if is_gsm(bare) else letter
