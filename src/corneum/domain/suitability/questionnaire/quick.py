"""The quick check beside a guide: five questions, nothing of which is kept unless somebody books."""

from corneum.domain.suitability.answers import NONE, NOT_SURE
from corneum.domain.suitability.forms import Choice, Item, Kind, Part, any_of, yes_no

MANY = Kind.MANY
LAST = "When was the last time?"

QUICK_ITEMS = (
    Item("K1", (Part("K1", "Are you 18 or older?", "We treat adults only.", choices=(
        Choice(NONE, "Yes"), Choice("under-age", "No"), Choice(NOT_SURE, "I'd rather say it to a person"))),)),
    Item("K2", (Part("K2", "Is any mole, spot or sore new, changing, bleeding or not healing?", "Your GP should look at it before anybody treats your skin.", choices=yes_no("changing-mole")),)),
    Item("K3", (Part("K3", "Is any of this on the skin to be treated?", "Skin that is sore or infected has to heal first.", MANY, any_of(
        Choice("cold-sore-now", "A cold sore"), Choice("infection-now", "An infection: crusts, boils or a rash"), Choice("wound-open", "A cut, graze or sore"),
        Choice("eczema-flare", "Eczema, dermatitis or psoriasis that is sore now"), Choice("spots-many", "Many inflamed spots, 35 or more"), Choice("sunburn-now", "Sunburn"),
        Choice("sun", "A new tan, strong sun or a sunbed", LAST), Choice("melasma", "Brown patches"))),)),
    Item("K4", (Part("K4", "Do you take any of these, or did you?", "Some change how skin heals. Never stop a medicine because of us.", MANY, any_of(
        Choice("isotretinoin-now", "Isotretinoin capsules (Roaccutane, Accutane) now", "When is your last capsule planned for?"),
        Choice("isotretinoin-stopped", "Isotretinoin in the past", "When was your last capsule?"), Choice("blood-thinner", "Blood thinners or aspirin"),
        Choice("immune-medicine", "Medicine that calms the immune system, or steroid tablets"), Choice("retinoid-cream", "Retinol, vitamin A or acid creams", "When did you last use it?"))),)),
    Item("K5", (Part("K5", "Is any of this true for you?", "Then a practitioner talks with you first, or treats more gently.", MANY, any_of(
        Choice("pregnant", "I am or could be pregnant", "When is the baby due?"), Choice("breastfeeding", "I am breastfeeding"), Choice("cold-sore-healed", "I get cold sores", "When had the last one healed?"),
        Choice("dark-marks", "Spots or cuts leave dark marks"), Choice("tans-deeply", "My skin is dark, or tans deeply"), Choice("keloid", "My scars grow thick or raised"),
        Choice("immune-skin", "Lupus, vitiligo or another immune skin condition"), Choice("radiotherapy", "Radiotherapy to the face or neck"),
        Choice("skin-cancer", "Skin cancer there, now or treated"))),)),
)  # fmt: skip
