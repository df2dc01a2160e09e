"""Questions 16 to 31: medicines, health, and how skin behaves. Nothing is asked that no rule or record needs."""

from corneum.domain.suitability.answers import NONE, NOT_SURE
from corneum.domain.suitability.forms import Choice, Item, Kind, Part, any_of, yes_no

MANY, TEXT = Kind.MANY, Kind.TEXT
READ = "A person here reads what you write. You can leave it empty."

HEALTH = (
    Item("Q16", (
        Part("Q16", "Do you take any of these medicines?", "Some make bruises, infection or sunburn more likely. Never stop a medicine because of us.", MANY, any_of(
            Choice("blood-thinner", "Blood thinners, aspirin or clopidogrel"), Choice("steroid-tablets", "Steroid tablets for more than two weeks"),
            Choice("immune-medicine", "Medicine that calms the immune system, or chemotherapy"),
            Choice("light-sensitive", "Medicine that makes skin burn in the sun (such as doxycycline), or St John's wort"))),
        Part("Q16.list", "Which medicines do you take? Include herbal ones.", READ, TEXT, is_optional=True),
    )),
    Item("Q17", (Part("Q17", "Do you bruise or bleed easily?", "Suction can leave bruises.", choices=yes_no("bleeds-easily")),)),
    Item("Q18", (Part("Q18", "Do you have diabetes?", "If sugar runs high, skin heals slowly.", choices=(
        Choice("diabetes-well", "Yes, and it is well controlled"), Choice("diabetes-badly", "Yes, and it is not, or it has harmed eyes, feet, nerves or kidneys"),
        Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"))),)),
    Item("Q19", (
        Part("Q19", "Does anything, or any medicine, weaken your immune system?", "Skin may get infected more easily. You need not name the condition.", choices=yes_no("immune-weak")),
        Part("Q19.more", "Is there anything that you would like to tell us about it?", READ, TEXT, follows=("Q19", frozenset({"immune-weak", NOT_SURE})), is_optional=True),
    )),
    Item("Q20", (Part("Q20", "Have you ever had radiotherapy to the face or neck?", "Skin stays fragile afterwards.", choices=yes_no("radiotherapy")),)),
    Item("Q21", (Part("Q21", "Do your scars grow thick, raised or wide?", "Then a nurse or doctor looks first.", choices=yes_no("keloid")),)),
    Item("Q22", (Part("Q22", "Could you be pregnant, or are you breastfeeding?", "Skin marks more easily then, and most people wait until after the birth.", choices=(
        Choice("pregnant", "I am or could be pregnant", "When is the baby due?"), Choice("breastfeeding", "I am breastfeeding"),
        Choice("breastfeeding-pigment", "I am breastfeeding, and my skin colour has changed"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"),
        Choice("pregnancy-not-said", "I'd rather not say"))),)),
    Item("Q23", (
        Part("Q23.patches", "Do you have brown patches on the face?", "Some need creams and sun protection first.", choices=yes_no("melasma")),
        Part("Q23.marks", "Do spots or cuts leave dark marks on your skin?", "Then we treat more gently and look again sooner.", choices=yes_no("dark-marks")),
    )),
    Item("Q24", (Part("Q24", "Have you vitiligo, lupus, scleroderma, lichen planus or another immune skin condition?", "Rubbing or light can make some of them worse.", MANY, any_of(
        Choice("vitiligo", "Vitiligo"), Choice("lupus", "Lupus"), Choice("scleroderma", "Scleroderma"), Choice("lichen-planus", "Lichen planus"), Choice("immune-skin", "Another one"))),)),
    Item("Q25", (Part("Q25", "Is there any mole, spot or sore that is new, changing, bleeding or not healing?", "Your GP should look at it before anybody treats your skin.", choices=yes_no("changing-mole")),)),
    Item("Q26", (Part("Q26", "Have you had skin cancer, or patches of sun damage treated, there?", "A doctor looks first.", choices=yes_no("skin-cancer")),)),
    Item("Q27", (
        Part("Q27", "Are you allergic to any of these?", "We can use other gloves or another tip.", MANY, any_of(
            Choice("latex", "Latex"), Choice("aluminium", "Aluminium or other metals"), Choice("allergic-creams", "Creams, plasters or medicines"))),
        Part("Q27.more", "What happened?", READ, TEXT, follows=("Q27", frozenset({"latex", "aluminium", "allergic-creams", NOT_SURE})), is_optional=True),
    )),
    Item("Q28", (Part("Q28", "Do you get raised, itchy lines when skin is rubbed, or hives again and again?", "Treatment rubs the skin.", choices=yes_no("hives")),)),
    Item("Q29", (
        Part("Q29.lenses", "Do you wear contact lenses?", "You take them out first.", choices=yes_no("lenses")),
        Part("Q29.eyes", "An eye operation in the last three months, or an eye disease?", "Grains near the eye could irritate it.", MANY, any_of(
            Choice("eye-surgery", "An eye operation", "When?"), Choice("eye-disease", "An eye disease"))),
    )),
    Item("Q30", (Part("Q30", "Have you asthma or another lung condition?", "Then we use a tip without loose grains, or draw off the dust.", choices=yes_no("lungs")),)),
    Item("Q31", (
        Part("Q31.burn", "In strong sun without protection, does your skin burn?", "How skin answers to the sun tells us how gently to treat it.", choices=(
            Choice("burns-always", "Always"), Choice("burns-usually", "Usually"), Choice("burns-sometimes", "Sometimes"), Choice("burns-rarely", "Rarely"),
            Choice("burns-never", "Never"), Choice(NOT_SURE, "I'm not sure"))),
        Part("Q31.tan", "And how does it tan?", "Your practitioner records the skin type at the visit. It never decides by itself.", choices=(
            Choice("tans-not", "Not at all"), Choice("tans-lightly", "Lightly"), Choice("tans-moderately", "Moderately"), Choice("tans-deeply", "Deeply, or my skin is dark"), Choice(NOT_SURE, "I'm not sure"))),
    )),
)  # fmt: skip
