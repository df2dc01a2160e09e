"""Sample: the guide to LED light."""

from corneum.clinic.guides.sample.alternatives import CARE_AT_HOME, PHARMACIST_OR_GP
from corneum.clinic.guides.written import GuideWritten, PartWritten

LED = GuideWritten(
    treatment="led",
    title="LED light",
    lead="Red or blue light shines on clean skin for some minutes. Nothing touches or breaks the skin.",
    description="What LED light can and cannot do for spots and sore skin, how sure anybody is, who waits, and what "
    "else you could choose.",
    depth="Light only",
    risks_in_short="Warmth, dry skin, headache from bright light",
    beside=("superficial-peel",),
    instead=(PHARMACIST_OR_GP, CARE_AT_HOME),
    parts=(
        PartWritten("step", "Clean skin and goggles", "We ask whether anything has changed and cover your eyes.", 5),
        PartWritten("step", "Light", "You lie still under the lamp. It is bright and a little warm.", 10),
        PartWritten("step", "Moisturiser and sun cream", "Usually there is nothing to see afterwards.", 5),
        PartWritten(
            "wait",
            "A medicine or an illness makes your skin react to light",
            "Ask us or your pharmacist first. Some antibiotics do this, and lupus does.",
        ),
        PartWritten(
            "wait",
            "You have many sore spots, deep lumps, or spots that leave scars",
            "See a pharmacist or GP first. Creams come before light.",
        ),
        PartWritten("wait", "You have an eye disease", "Ask your eye clinic first."),
        PartWritten("risk", "Warm or dry skin", "Sometimes, for some hours."),
        PartWritten("risk", "A headache from the bright light", "Tell us, and we stop."),
        PartWritten(
            "risk", "Effects nobody knows yet", "The trials were short. What light does over years is unknown."
        ),
        PartWritten(
            "question",
            "Will it clear my spots?",
            "Perhaps some of them, and mild ones. The trials were small and did not agree. Creams come first.",
        ),
    ),
)
