"""
How a name sounds, roughly: Smith and Smyth, Catherine and Kathryn, Stephen and Steven come out the same.

After the idea of Metaphone (Philips 1990), cut down to what front desks mishear in British names: consonants in
their order, vowels only at the beginning and all alike. It finds candidates; how near they are, letters decide.
"""

import re
from functools import lru_cache

_HEARD = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^ma?c(?=[^eiy])", "mak"),
        (r"^x", "s"),
        (r"x", "ks"),
        (r"chr", "kr"),
        (r"sch|tch|ch|sh", "9"),  # one sound and one sign
        (r"ph|v", "f"),
        (r"gh(?=t|$)", ""),
        (r"d?g(?=[eiy])", "j"),
        (r"ck|c(?![eiy])|q", "k"),
        (r"[cz]", "s"),
        (r"(?<=.)h", ""),
        (r"^[aeiouy]+", "a"),
        (r"(?<=.)[aeiouyw]", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Write how a word sounds, given in small letters without accents."""
    for pattern, instead in _HEARD:
        word = pattern.sub(instead, word)
    return word
