"""
When to call, and whom: the same on every sheet, whatever a clinic writes above it.

These are facts of first aid and of the services' own numbers, not advice about a person: 999 is for what
threatens life, 111 is the NHS's urgent line when the clinic does not answer. The sentences are a sample that a
clinician must approve with the text they stand under.
"""

from dataclasses import dataclass
from enum import StrEnum


class Call(StrEnum):
    """Whom, and how soon."""

    EMERGENCY = "999"  # at once
    SAME_DAY = "same-day"  # the clinic, and 111 when it does not answer
    NEXT_DAY = "next-day"  # the clinic, within a day


@dataclass(frozen=True, slots=True)
class Signs:
    """What somebody may notice, and whom they then call."""

    call: Call
    heading: str
    signs: tuple[str, ...]


CALL_NOW = (
    Signs(
        Call.EMERGENCY,
        "Call 999 now",
        (
            "You find it hard to breathe, or your throat is closing.",
            "Your lips, tongue or face swell.",
            "You feel faint, confused or very unwell.",
        ),
    ),
    Signs(
        Call.SAME_DAY,
        "Call us today, and 111 if we do not answer",
        (
            "An eye hurts, feels gritty, or you see less well. Rinse it with clean water first.",
            "Blisters, or a cluster of sore spots: it may be a cold sore.",
            "Soreness that spreads, pus, or skin that is hot and hurts more each hour; a fever.",
            "Hives: raised, itchy patches that come within the hour.",
        ),
    ),
    Signs(
        Call.NEXT_DAY,
        "Call us within a day",
        (
            "It still burns, throbs or feels hot three days later, or looks red, darker than around it, purple or grey.",
            "Skin that weeps, is raw, or forms a crust.",
            "New patches that are darker or paler than the skin around them.",
        ),
    ),
)
