"""Sample: the guide to microneedling."""

from corneum.clinic.guides.sample.alternatives import CARE_AT_HOME, NOTHING
from corneum.clinic.guides.written import GuideWritten, PartWritten

MICRONEEDLING = GuideWritten(
    treatment="microneedling",
    title="Microneedling",
    lead="Very fine needles make tiny channels in the skin, and the skin repairs itself over some weeks. It goes deeper "
    "than a peel or microdermabrasion.",
    description="What microneedling can and cannot do for acne scars and rough skin, how it feels, how long it takes to "
    "settle, and what can go wrong.",
    depth="Into the dermis",
    reach="dermis",
    figure_says="Microneedling goes through the outer layer into the dermis below it. A light peel stays in the outer "
    "layer.",
    risks_in_short="Redness or warmth, pinpoint bleeding, bruises; sometimes dark patches, cold sores, infection",
    beside=("superficial-peel", "microdermabrasion"),
    instead=(CARE_AT_HOME, NOTHING),
    parts=(
        PartWritten(
            "step",
            "A look and a few questions",
            "We ask whether anything has changed, look at your skin and, if you agree, take a photograph.",
            10,
        ),
        PartWritten("step", "Numbing cream", "We put it on and give it time to work.", 25),
        PartWritten(
            "step",
            "The needles",
            "A pen with fine, new needles moves over your skin. It prickles. Small points of blood are usual.",
            15,
        ),
        PartWritten(
            "step",
            "Cooling and what to do at home",
            "Your skin looks like sunburn, or feels hot and tight on brown and black skin. You leave with written steps.",
            10,
        ),
        PartWritten(
            "wait",
            "You have sore spots, a cold sore, an infection or a flare of eczema or rosacea",
            "Needles can spread it. Wait until it has settled.",
        ),
        PartWritten(
            "wait",
            "Your scars grow raised, you bleed easily or you take a blood thinner",
            "A nurse or doctor here looks at this with you first. Keep taking your medicine.",
        ),
        PartWritten(
            "wait",
            "You take isotretinoin capsules, or took them in the last 6 months",
            "Our doctor decides with you whether to wait.",
        ),
        PartWritten("wait", "You are pregnant", "Most people wait until after the birth."),
        PartWritten("risk", "Redness or warmth", "Usual for 1 to 3 days."),
        PartWritten("risk", "Pinpoint bleeding and small bruises", "Usual on the day, and gone within days."),
        PartWritten("risk", "Dark patches", "Sometimes. Sun cream every day makes them less likely."),
        PartWritten("risk", "A cold sore or an infection", "Ring us the same day."),
        PartWritten(
            "question",
            "When would I see a change?",
            "Not at once. Skin repairs itself over weeks, so we look together before the next session.",
        ),
        PartWritten(
            "question",
            "Does it hurt?",
            "It prickles, and more over bone. That is why we use a numbing cream. Tell us to stop, and we stop.",
        ),
    ),
)
