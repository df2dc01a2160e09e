"""Sample: the guide to intense pulsed light."""

from corneum.clinic.guides.sample.alternatives import CARE_AT_HOME, NOTHING, PHARMACIST_OR_GP
from corneum.clinic.guides.written import GuideWritten, PartWritten

IPL = GuideWritten(
    treatment="ipl",
    title="Intense pulsed light (IPL)",
    lead="Short flashes of bright light warm brown marks and fine veins. The skin then clears some of them away over days "
    "or weeks. It is not for a tan, and not for every skin tone.",
    description="What intense pulsed light can and cannot do for sun spots and fine veins, who should wait, what can go "
    "wrong, and what else you could choose.",
    depth="Light, as far as the dermis",
    reach="dermis",
    figure_says="The light goes through the outer layer and is taken up by colour and by fine veins, mostly in the layer "
    "below. Nothing cuts the skin. The warmth is what changes it.",
    risks_in_short="Warmth, swelling; sometimes blisters, dark or pale patches; rarely a burn, a scar or an eye injury",
    beside=("superficial-peel", "microdermabrasion"),
    instead=(PHARMACIST_OR_GP, CARE_AT_HOME, NOTHING),
    parts=(
        PartWritten(
            "step",
            "A look and a few questions",
            "We ask about sun and medicines, and look at every brown mark. A mark that needs a doctor is not treated.",
            10,
        ),
        PartWritten(
            "step",
            "Goggles and cool gel",
            "Your eyes are covered the whole time. If you have not had it before, we try a small patch and stop for the day.",
            5,
        ),
        PartWritten(
            "step",
            "The flashes",
            "Each one feels like the snap of a warm rubber band. Tell us to stop at any moment, and we stop.",
            15,
        ),
        PartWritten(
            "step",
            "Cooling and sun cream",
            "Skin can look red, or feel hot and tight on brown and black skin. You leave with written steps and a number "
            "to ring.",
            10,
        ),
        PartWritten(
            "wait",
            "You have a tan, or were in strong sun or on a sunbed in the last 30 days",
            "Tanned skin takes up the light and can burn. Wait until the tan has gone. Self-tan counts too.",
        ),
        PartWritten(
            "wait",
            "You have dark brown or black skin",
            "The light can burn it or leave marks. We do not give it without a device made for your skin tone. Ask us what "
            "else there is.",
        ),
        PartWritten(
            "wait",
            "A brown mark is new, growing, changing, bleeding or not the same on both sides",
            "See your GP soon. Light must not hide a mark that a doctor should see.",
        ),
        PartWritten(
            "wait",
            "You have melasma: large brown patches on both sides of the face",
            "Heat can make it darker. Sun cream and a doctor come first.",
        ),
        PartWritten(
            "wait",
            "Flashing light gives you fits, or light makes your skin react",
            "Do not have this. Lupus and some medicines, such as some antibiotics, make skin react to light. Ask your "
            "pharmacist about yours.",
        ),
        PartWritten(
            "wait",
            "You take isotretinoin capsules, or took them in the last 6 months",
            "Our doctor decides with you whether to wait.",
        ),
        PartWritten("wait", "You are pregnant", "Wait until after the birth."),
        PartWritten(
            "risk",
            "Red, hot or swollen skin",
            "Usual for some hours. On brown skin you may feel the heat more than see it.",
        ),
        PartWritten(
            "risk", "Marks look darker at first", "Usual. They then flake over about a week. Leave them to fall."
        ),
        PartWritten("risk", "Blisters or a crust", "Sometimes. Ring us the same day, and do not pick."),
        PartWritten(
            "risk",
            "Dark or pale patches",
            "Sometimes, and more often after sun or on darker skin. They can last for months.",
        ),
        PartWritten(
            "risk", "A burn, a scar or an eye injury", "Rare. For a change in your sight, get help the same day."
        ),
        PartWritten("risk", "It does less than you hoped", "Some marks and veins stay, and new ones can come."),
        PartWritten(
            "question",
            "Is it a laser?",
            "No. A laser gives one colour of light. This gives many colours at once, in a short flash.",
        ),
        PartWritten(
            "question",
            "How many sessions will I need?",
            "Often 3 to 6, four weeks apart. We look at your skin before each one. You pay session by session and can stop.",
        ),
        PartWritten(
            "question",
            "Is it the same as LED light?",
            "No. LED light is gentle and does not heat the skin. It does not fade brown marks or close fine veins.",
        ),
        PartWritten(
            "question",
            "Does redness need a doctor?",
            "Often, yes. If you flush, burn or have spots with it, a doctor can say what it is. Some creams help.",
        ),
    ),
)
