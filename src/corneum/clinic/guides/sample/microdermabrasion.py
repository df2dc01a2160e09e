"""Sample: the guide to microdermabrasion."""

from corneum.clinic.guides.sample.alternatives import CARE_AT_HOME, NOTHING
from corneum.clinic.guides.written import GuideWritten, PartWritten

MICRODERMABRASION = GuideWritten(
    treatment="microdermabrasion",
    title="Medical microdermabrasion",
    lead="Fine crystals and light suction lift away the dead outer cells of the skin. It works on the surface, so most "
    "people go straight back to their day.",
    description="What medical microdermabrasion can and cannot do for your skin, what happens on the day, what can go "
    "wrong, and what else you could choose.",
    depth="Outermost cells",
    reach="surface",
    figure_says="Microdermabrasion works on the outermost cells. A light peel is about as gentle: it works in the same "
    "outer layer, and some reach a little further down. Stronger peels go deeper, and we do not give them.",
    risks_in_short="Redness or warmth, dryness, small bruises; rarely dark or pale patches, cold sores",
    beside=("superficial-peel", "microneedling"),
    instead=(CARE_AT_HOME, NOTHING),
    parts=(
        PartWritten(
            "step",
            "A look and a few questions",
            "We ask whether anything has changed since we met, look at your skin and, if you agree, take a photograph. "
            "Contact lenses come out. Then we clean your skin.",
            5,
        ),
        PartWritten(
            "step",
            "Crystals, then suction",
            "A hand-held tip passes fine crystals over your skin. Light suction carries them away with the dead cells "
            "they loosen. You feel scratching and a gentle pull. Tell us to stop at any moment, and we stop.",
            15,
        ),
        PartWritten(
            "step",
            "Moisturiser and sun cream",
            "Your skin may look pink or a little swollen. On brown and black skin the change can be harder to see, and "
            "may feel warm or tight instead.",
            5,
        ),
        PartWritten(
            "step",
            "What to do at home",
            "You leave with written steps for the next seven days, and a number to ring if something worries you.",
            5,
        ),
        PartWritten(
            "wait",
            "You have a cold sore now, or often get them",
            "Treating over one can spread it. Come once it has healed, and tell us how often you get them.",
        ),
        PartWritten(
            "wait",
            "The skin is broken, sunburnt or infected there",
            "Wait until it has healed. A pharmacist or GP can help with an infection.",
        ),
        PartWritten(
            "wait",
            "You have many sore spots, or deep painful lumps",
            "A pharmacist or GP has better things for these. See one first.",
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
            "You have been in strong sun or on a sunbed in the last 2 weeks",
            "Wait until two weeks have passed. Tanned skin marks more easily.",
        ),
        PartWritten(
            "wait",
            "You are pregnant",
            "Most people wait until after the birth. Talk to us about what is gentle enough meanwhile.",
        ),
        PartWritten(
            "wait",
            "Your scars grow raised, you take a blood thinner, or your immune system is weak",
            "A nurse or doctor here looks at this with you first. Keep taking your medicine.",
        ),
        PartWritten(
            "wait",
            "A mole, spot or sore is new, growing, changing, bleeding or not healing",
            "See your GP soon. We do not treat over it.",
        ),
        PartWritten(
            "risk",
            "Pink, warm, tight or slightly swollen skin",
            "Usual, for hours to a day. For a few days it can feel like mild sunburn.",
        ),
        PartWritten("risk", "Dry or flaking skin", "Common for 1 to 4 days. A plain moisturiser helps."),
        PartWritten("risk", "Small bruises or streaks", "Sometimes, from the suction. They fade by themselves."),
        PartWritten("risk", "A cold sore comes out", "If you get them. Ring us the same day."),
        PartWritten(
            "risk",
            "Darker or paler patches",
            "Not common. They show more on brown and black skin and can last for months. Sun cream every day makes "
            "them less likely.",
        ),
        PartWritten(
            "risk",
            "Raw skin, an infection, hives, or a crystal in the eye",
            "Rare. Ring us the same day. For trouble breathing, or a swollen face, lips or tongue, ring 999.",
        ),
        PartWritten("risk", "It does less than you hoped", "Changes are small, and they fade when you stop."),
        PartWritten(
            "question",
            "How many sessions will I need?",
            "Studies used 6 to 10, often two weeks apart. We look at your skin together after the third. You pay session "
            "by session and can stop at any time.",
        ),
        PartWritten(
            "question",
            "Does it hurt?",
            "Most people feel scratching and a gentle pull, and need no anaesthetic. If it hurts, say so: we turn it "
            "down or stop.",
        ),
        PartWritten(
            "question",
            "How long does it last?",
            "The effect fades. In one small study some of it was still there 90 days after the last session, but less "
            "than at first.",
        ),
        PartWritten(
            "question",
            "Can I have it with brown or black skin?",
            "It is used on all skin tones. On darker skin, or if spots leave marks on you, we use lower settings, ask "
            "how you are after three days, and look again at four weeks.",
        ),
        PartWritten(
            "question",
            "Can I wear make-up afterwards?",
            "Leave it until the next day, and until any raw skin has closed.",
        ),
        PartWritten(
            "question",
            "Is it the same as dermabrasion?",
            "No. Dermabrasion goes deep into the skin, needs an anaesthetic and takes a week or more to heal.",
        ),
        PartWritten(
            "question",
            "Why do I see somebody first?",
            "Because it does not help everyone. A practitioner looks at your skin, asks about your health, and says so "
            "if something else, or nothing, would do more for you.",
        ),
    ),
)
