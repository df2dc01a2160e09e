"""What somebody means who answers with a text message."""

from enum import StrEnum

# Whole answers, in small letters, without the signs round them.
_YES = frozenset({"y", "yes", "yes please", "yes thanks", "yes thank you"})
# What the networks' own rules name; "cancel" is left out, because here it is about the visit.
_STOP = frozenset({"stop", "stopall", "stop all", "unsubscribe", "end", "quit", "optout", "opt out", "revoke"})
_START = frozenset({"start", "unstop"})


class Meaning(StrEnum):
    """What an answer means."""

    YES = "yes"
    CHOICE = "choice"
    STOP = "stop"
    START = "start"
    OTHER = "other"


def meaning_of(text: str) -> tuple[Meaning, int]:
    """
    Read an answer: what it means, and the number that was chosen, if one was. 1 is a yes as well.

    Only the whole answer counts. "Yes but later?" is a question, and somebody reads it.
    """
    said = " ".join("".join(letter if letter.isalnum() else " " for letter in text).split()).casefold()
    if said in _YES or said == "1":
        return Meaning.YES, int(said == "1")
    if said in _STOP:
        return Meaning.STOP, 0
    if said in _START:
        return Meaning.START, 0
    if len(said) == 1 and said in "23456789":
        return Meaning.CHOICE, int(said)
    return Meaning.OTHER, 0
