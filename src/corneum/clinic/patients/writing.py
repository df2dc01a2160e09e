"""What people type: what of it was meant to be read, and whether there is anything."""

import unicodedata

# Invisible letters that turn a line round or hide in a name; joiners that scripts and emoji need stay.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF])
_BLANK = "\u2800\u3164\u115f\u1160\uffa0"  # signs and letters that look like nothing


def readable(text: str) -> str:
    """Take out what nobody typed to be read: control letters, and letters that turn the line round."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TURNING)
    return "".join(letter for letter in kept if letter == "\n" or unicodedata.category(letter) != "Cc").strip()


def on_one_line(text: str) -> str:
    """Take out the same from a name, and keep it on one line with single spaces."""
    return " ".join(readable(text).split())


def says_something(text: str) -> bool:
    """Say whether there is a letter, a digit or a sign in it: something that can be seen."""
    return any(unicodedata.category(letter)[0] in "LNSP" and letter not in _BLANK for letter in text)
