"""The short form within 48 hours before every session: eight questions."""

from corneum.domain.suitability.answers import NONE, NOT_SURE
from corneum.domain.suitability.forms import Choice, Item, Kind, Part, any_of, yes_no

MANY, TEXT = Kind.MANY, Kind.TEXT
LAST = "When was the last time?"

SESSION_ITEMS = (
    Item("S1", (
        Part("S1", "Do you take a new medicine?", "Some change how skin heals. Never stop a medicine because of us.", MANY, any_of(
            Choice("light-sensitive", "One that makes skin burn in the sun (such as doxycycline), or St John's wort"), Choice("blood-thinner", "A blood thinner or aspirin"),
            Choice("isotretinoin-now", "Isotretinoin capsules", "When is your last capsule planned for?"), Choice("immune-medicine", "One that calms the immune system, or steroid tablets"),
            none="No new medicine")),
        Part("S1.list", "Which one?", "A person here reads what you write. You can leave it empty.", TEXT, is_optional=True),
    )),
    Item("S2", (Part("S2", "Is any of this on the skin to be treated?", "Skin that is sore or infected has to heal first.", MANY, any_of(
        Choice("cold-sore-now", "A cold sore"), Choice("cold-sore-healed", "A cold sore that has healed since last time", "When had it healed fully?"),
        Choice("infection-now", "Crusts, boils or another infection"), Choice("warts-now", "Flat warts or pearly bumps"), Choice("wound-open", "A cut, graze or sore"),
        Choice("eczema-flare", "Eczema, dermatitis or psoriasis that is sore now"), Choice("spots-few", "A few inflamed spots"), Choice("spots-many", "Many inflamed spots, 35 or more"),
        Choice("changing-mole", "A mole, spot or sore that is new, changing, bleeding or not healing"), Choice("unwell", "I have a fever, feel unwell, or was vaccinated", "When was it?"))),)),
    Item("S3", (Part("S3", "Sunburn, strong sun or a sunbed since last time?", "Sun before treatment can leave dark marks.", MANY, any_of(
        Choice("sunburn-now", "I am sunburnt"), Choice("sun", "Strong sun, a sunbed or a new tan", LAST), none="No")),)),
    Item("S4", (Part("S4", "Retinol, vitamin A cream, acids or benzoyl peroxide in the last three days?", "They make the skin sore more easily.", choices=yes_no("retinoid-cream", "When did you last use it?")),)),
    Item("S5", (Part("S5", "Has anything been done to the skin there since last time?", "Each needs its own time to heal.", MANY, any_of(
        Choice("hair-removed", "Waxing, threading or other hair removal", LAST), Choice("peel-light", "A peel", LAST), Choice("needling", "Microneedling, laser or light", LAST),
        Choice("toxin", "Botulinum toxin", LAST), Choice("filler", "Filler", LAST), Choice("surgery", "Surgery", LAST), Choice("eye-surgery", "An eye operation", "When?"),
        Choice("lenses", "I wear contact lenses now"), none="No")),)),
    Item("S6", (Part("S6", "Could you be pregnant?", "Most people wait until after the birth.", choices=(
        Choice("pregnant", "Yes, or I could be", "When is the baby due?"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"), Choice("pregnancy-not-said", "I'd rather not say"))),)),
    Item("S7", (
        Part("S7", "Did anything bad happen after last time?", "Your practitioner looks at it before going on.", choices=yes_no("bad-reaction")),
        Part("S7.more", "What happened?", "A person here reads what you write. You can leave it empty.", TEXT, follows=("S7", frozenset({"bad-reaction", NOT_SURE})), is_optional=True),
    )),
    Item("S8", (Part("S8", "Do you still want to go ahead?", "You can stop at any time, and nobody minds.", choices=(
        Choice("goes-ahead", "Yes, and it is my own choice"), Choice("pressure", "Somebody is pushing me"), Choice("not-today", "No, or not today"),
        Choice("not-able", "I have had drink or something else that makes it hard to decide"), Choice(NOT_SURE, "I'm not sure"))),)),
)  # fmt: skip
