"""Sample: the guide to the superficial chemical peel."""

from corneum.clinic.guides.sample.alternatives import CARE_AT_HOME, NOTHING
from corneum.clinic.guides.written import GuideWritten, PartWritten

SUPERFICIAL_PEEL = GuideWritten(
    treatment="superficial-peel",
    title="Superficial chemical peel",
    lead="A mild acid loosens the outer layer of the skin, which then flakes away over some days. A light peel stays in "
    "that outer layer.",
    description="What a light chemical peel can and cannot do, how it feels, how long skin flakes, what can go wrong, "
    "and what else you could choose.",
    depth="Within the outer layer",
    reach="epidermis",
    figure_says="A light peel works in the outer layer of the skin, the epidermis. Microdermabrasion stays nearer to "
    "the surface. Stronger peels go deeper, and we do not give them.",
    risks_in_short="Stinging, flaking, redness or warmth; sometimes dark or pale patches, cold sores; rarely a burn",
    beside=("microdermabrasion", "microneedling"),
    instead=(CARE_AT_HOME, NOTHING),
    parts=(
        PartWritten(
            "step",
            "A look and a few questions",
            "We ask whether anything has changed, look at your skin and, if you agree, take a photograph.",
            10,
        ),
        PartWritten("step", "Cleaning", "We clean your skin and put a balm on your lips and by your eyes.", 5),
        PartWritten(
            "step",
            "The acid, for some minutes",
            "We brush it on and watch your skin. It stings or tingles. We take it off after a few minutes, or at once "
            "if you ask.",
            15,
        ),
        PartWritten(
            "step",
            "Cooling, moisturiser and sun cream",
            "Your skin may look pink and feel hot and tight. On brown and black skin the heat tells you more than the "
            "colour.",
            10,
        ),
        PartWritten(
            "step",
            "What to do at home",
            "You leave with written steps for the next seven days. Skin that flakes is left to fall by itself.",
            5,
        ),
        PartWritten(
            "wait",
            "You have a cold sore now, or often get them",
            "A peel can bring one out. Come once it has healed, and tell us how often you get them.",
        ),
        PartWritten(
            "wait",
            "The skin is broken, sunburnt, infected or flaring",
            "Wait until it has healed. A pharmacist or GP can help with an infection, eczema or psoriasis.",
        ),
        PartWritten(
            "wait",
            "You take isotretinoin capsules, or took them in the last 6 months",
            "Our doctor decides with you whether to wait.",
        ),
        PartWritten(
            "wait",
            "You put a retinoid, an acid or benzoyl peroxide on your face",
            "We leave 3 days before and 3 days after. If it is prescribed, ask whoever prescribed it before you stop.",
        ),
        PartWritten(
            "wait",
            "You are pregnant",
            "Some acids are not used in pregnancy. Most people wait until after the birth.",
        ),
        PartWritten("wait", "Aspirin gives you a reaction", "Tell us. We would not use salicylic acid."),
        PartWritten(
            "wait",
            "You have been in strong sun, or have a sun holiday soon",
            "Wait two weeks after the sun, and keep a week clear before it.",
        ),
        PartWritten(
            "wait",
            "A mole, spot or sore is new, growing, changing, bleeding or not healing",
            "See your GP soon. We do not treat over it.",
        ),
        PartWritten(
            "risk", "Stinging, then pink, hot or tight skin", "Usual. The stinging ends when the acid comes off."
        ),
        PartWritten("risk", "Flaking", "Usual for 2 to 5 days. It can be easy to see, so choose your week."),
        PartWritten("risk", "A cold sore comes out", "If you get them. Ring us the same day."),
        PartWritten(
            "risk",
            "Darker or paler patches",
            "Sometimes, and more often on brown and black skin or after sun. They can last for months. We begin with "
            "weak acids and a small patch.",
        ),
        PartWritten(
            "risk",
            "A burn, blisters, an infection or a scar",
            "Rare. Ring us the same day. For trouble breathing, or a swollen face, lips or tongue, ring 999.",
        ),
        PartWritten("risk", "It does less than you hoped", "Changes are small, and they fade when you stop."),
        PartWritten(
            "question",
            "Will people see that I have had it?",
            "Perhaps. Many people flake for 2 to 5 days. A very light one may show little.",
        ),
        PartWritten(
            "question",
            "Peel or microdermabrasion?",
            "They reach about as deep. In a small trial people liked the peel more, and photographs showed no "
            "difference. Flaking, stinging and price may decide it for you.",
        ),
        PartWritten(
            "question",
            "Can I have it with brown or black skin?",
            "Yes, with care. We use weak acids, try a small patch first, and look again at four weeks.",
        ),
        PartWritten(
            "question",
            "Why do I see somebody first?",
            "Because it does not help everyone. A practitioner looks at your skin, asks about your health, and says so "
            "if something else, or nothing, would do more for you.",
        ),
    ),
)
