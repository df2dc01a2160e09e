"""Sample: the guide that sells nothing, to care at home and to whom to see first."""

from corneum.clinic.guides.sample.alternatives import NOTHING, PHARMACIST_OR_GP
from corneum.clinic.guides.written import GuideWritten, PartWritten

CARE = GuideWritten(
    treatment="care-at-home",
    title="Care at home, or your GP first",
    lead="For many people a gentle wash, a plain moisturiser and sun cream every day are enough. For spots, sore skin and "
    "marks that change, a pharmacist or GP comes before any clinic.",
    description="What you can do for your skin at home, what a pharmacist or GP can do, and when to see one first. Nothing "
    "on this page is for sale.",
    depth="On the skin",
    risks_in_short="A product may sting or bring out spots",
    beside=("superficial-peel", "microdermabrasion"),
    instead=(PHARMACIST_OR_GP, NOTHING),
    parts=(
        PartWritten(
            "step",
            "Wash gently, twice a day",
            "Use a mild wash that is not soap, with lukewarm water and your hands. Pat dry. Scrubs and brushes do more "
            "harm than good on sore skin.",
            2,
        ),
        PartWritten(
            "step",
            "A plain moisturiser",
            "Choose one without scent. If you get spots, look for the words non-comedogenic, which means that it is made "
            "not to block pores.",
            1,
        ),
        PartWritten(
            "step",
            "Sun cream in the morning, every day",
            "Choose factor 30 or more, for UVA and UVB. It keeps dark marks from getting darker, on every skin tone. A hat "
            "and shade help too.",
            1,
        ),
        PartWritten(
            "step",
            "One new thing at a time",
            "Try it on a small patch first. Give it some weeks before you judge it. Leave spots alone: picking can scar.",
            1,
        ),
        PartWritten(
            "wait",
            "A mole, spot or sore is new, growing, changing, bleeding or not healing",
            "See your GP soon, and have nothing done to it before.",
        ),
        PartWritten(
            "wait",
            "You have many sore spots, or deep painful lumps, or spots that leave scars",
            "See your GP. There are stronger creams and tablets, and some need a skin specialist.",
        ),
        PartWritten(
            "wait",
            "Spots make you very unhappy",
            "Tell your GP. That counts as much as how many there are.",
        ),
        PartWritten(
            "wait",
            "Skin is crusted, weeping, hot or spreading",
            "This can be an infection. See a pharmacist or GP the same day. If you feel unwell with it, ring 111.",
        ),
        PartWritten(
            "wait",
            "Large brown or grey-brown patches came on both sides of your face",
            "This may be melasma. A doctor can tell, and can give you creams for it.",
        ),
        PartWritten(
            "wait",
            "Your face flushes, burns or stings often",
            "This may be rosacea. On brown and black skin it is easy to miss, so go by what you feel.",
        ),
        PartWritten(
            "wait",
            "You think about how you look for an hour a day or more",
            "Talk to your GP. A treatment on the skin seldom helps with that, and other help does.",
        ),
        PartWritten(
            "risk",
            "Stinging, dryness or flaking",
            "Common when you begin an acid or a retinoid. Use it less often, or stop.",
        ),
        PartWritten("risk", "A rash or hives", "Stop what is new. For a swollen face, lips or tongue, ring 999."),
        PartWritten(
            "risk",
            "A cream that is not for pregnancy",
            "Creams with a retinoid must not be used in pregnancy. Ask a pharmacist about any you have.",
        ),
        PartWritten(
            "risk",
            "Lightening creams bought online",
            "Some hold strong steroids or mercury that the label does not name. Do not use them.",
        ),
        PartWritten(
            "question",
            "What can a pharmacist do for spots?",
            "Sell you creams that do not need a prescription, and say when you should see a GP. Give a cream 12 weeks.",
        ),
        PartWritten(
            "question",
            "Do I need sun cream if I have brown or black skin?",
            "Yes, above all if marks or patches bother you. Sun makes them darker and last longer.",
        ),
        PartWritten(
            "question",
            "Why does a clinic publish this?",
            "Because it is often the right first step, and it is yours to know before you pay anybody.",
        ),
        PartWritten(
            "question",
            "What if I do nothing?",
            "Some marks fade with time. Lines and scars mostly stay as they are. None of it harms you.",
        ),
    ),
)
