"""Letters as they are compared: small, and without what stands above, below or through them."""

import unicodedata

# Letters that Unicode does not take apart, though people type them as these.
_WRITTEN_AS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i"})


def bare(text: str, *, apart: str = "") -> str:
    """
    Write a text in small letters without accents and apostrophes.

    :param apart: apostrophes that part words here, instead of going without a trace
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("\u00ad", ""))
    for mark in apart:
        plain = plain.replace(mark, " ")
    kept = (letter for letter in plain if not unicodedata.combining(letter) and letter not in "'\u2019")
    return "".join(kept).translate(_WRITTEN_AS)
