"""Questions 5 to 15: the skin that is to be treated, what was put on it and what was done to it."""

from corneum.domain.suitability.answers import NONE, NOT_SURE
from corneum.domain.suitability.forms import Choice, Item, Kind, Part, any_of, yes_no

MANY, TEXT = Kind.MANY, Kind.TEXT
READ = "A person here reads what you write. You can leave it empty."
LAST = "When was the last time?"

SKIN = (
    Item("Q05", (
        Part("Q05", "Do you have a cold sore now, or have you ever had one?", "Treatment can spread a cold sore over the skin.", choices=(
            Choice("cold-sore-now", "I have one now"), Choice("cold-sore-healed", "I had one that has healed", "When had it healed fully?"),
            Choice(NONE, "Never"), Choice(NOT_SURE, "I'm not sure"))),
        Part("Q05.often", "How often do you get them?", "If they come often, a prescriber talks with you about it first.", follows=("Q05", frozenset({"cold-sore-now", "cold-sore-healed"})), choices=(
            Choice("cold-sore-rare", "Less than once a year"), Choice("cold-sore-often", "Once a year or more"), Choice(NOT_SURE, "I'm not sure"))),
    )),
    Item("Q06", (
        Part("Q06", "Is there an infection on the skin to be treated?", "Treatment could spread it.", MANY, any_of(
            Choice("infection-now", "Crusts, boils, infected hair roots, or a fungal rash"), Choice("warts-now", "Flat warts, or small pearly bumps (molluscum)"))),
        Part("Q06.more", "What is it, and where?", READ, TEXT, follows=("Q06", frozenset({"infection-now", "warts-now", NOT_SURE})), is_optional=True),
    )),
    Item("Q07", (Part("Q07", "Is there a cut, graze or sore skin there?", "Broken skin has to close first.", choices=(
        Choice("wound-open", "Yes, it is open"), Choice("wound-closed", "There was, and it has closed", "When did it close?"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"))),)),
    Item("Q08", (Part("Q08", "Have you eczema, psoriasis or dermatitis there?", "Rubbing can make them flare.", choices=(
        Choice("eczema-flare", "Yes, and it is sore or itchy now"), Choice("eczema-past", "Yes, and it is calm now"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"))),)),
    Item("Q09", (Part("Q09", "Do you flush easily, or have rosacea or broken veins?", "Suction can bring redness back.", choices=(
        Choice("rosacea-flare", "Yes, and it is worse than usual now"), Choice("rosacea", "Yes, and it is as usual"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"))),)),
    Item("Q10", (
        Part("Q10", "How many red, inflamed spots do you have there today?", "We go around a few. Many are better treated first.", choices=(
            Choice(NONE, "None"), Choice("spots-few", "A few, up to nine"), Choice("spots-some", "10 to 34"), Choice("spots-many", "35 or more"), Choice(NOT_SURE, "I'm not sure"))),
        Part("Q10.lumps", "Are there deep, painful lumps?", "These need a doctor's treatment.", choices=(
            Choice(NONE, "None"), Choice("lumps-few", "One or two"), Choice("lumps-many", "Three or more"), Choice(NOT_SURE, "I'm not sure"))),
        Part("Q10.marks", "Do your spots leave new scars, or make you very unhappy?", "There are good treatments for that, and a doctor should offer them first.", MANY, any_of(
            Choice("acne-scarring", "They leave new scars"), Choice("acne-distress", "They make me very unhappy"))),
    )),
    Item("Q11", (Part("Q11", "Have you ever taken isotretinoin capsules (such as Roaccutane or Accutane)?", "Skin can heal differently for some months afterwards. A doctor looks at the dates with you.", choices=(
        Choice("isotretinoin-now", "I take them now", "When is your last capsule planned for?"), Choice("isotretinoin-stopped", "I have stopped", "When was your last capsule?"),
        Choice(NONE, "Never"), Choice(NOT_SURE, "I'm not sure"))),)),
    Item("Q12", (Part("Q12", "What do you put on the skin there?", "Some creams make the skin thinner or sore for a few days.", MANY, any_of(
        Choice("retinoid-cream", "Retinol or a vitamin A cream", "When did you last use it?"), Choice("acid-cream", "Fruit acids or salicylic acid", "When did you last use it?"),
        Choice("benzoyl-cream", "Benzoyl peroxide", "When did you last use it?"), Choice("lightening-cream", "Lightening cream"),
        Choice("strong-steroid-cream", "Strong steroid cream for a long time"), Choice("fragile-skin", "My skin there is very thin or tears easily"))),)),
    Item("Q13", (
        Part("Q13.burn", "Are you sunburnt there?", "Burnt skin has to settle first.", choices=(
            Choice("sunburn-now", "Yes, now"), Choice("sunburn-settled", "It has settled", "When had it settled?"), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure"))),
        Part("Q13.sun", "Strong sun, a sunbed or a new tan in the last two weeks?", "Sun before treatment can leave dark marks.", choices=yes_no("sun", LAST)),
        Part("Q13.holiday", "Are you going to the sun soon?", "Skin burns more easily in the week after treatment.", choices=yes_no("sun-holiday", "When do you leave?")),
    )),
    Item("Q14", (Part("Q14", "Waxing, threading, electrolysis, laser hair removal or hair removal cream there in the last week?", "The skin needs a week to calm down.", choices=yes_no("hair-removed", LAST)),)),
    Item("Q15", (
        Part("Q15", "Which of these have you had to the face or the skin to be treated?", "Each needs its own time to heal before the next treatment.", MANY, any_of(
            Choice("peel-light", "A light peel", LAST), Choice("peel-deep", "A medium or deep peel", LAST), Choice("laser-ablative", "Laser that takes skin away", LAST),
            Choice("dermabrasion", "Dermabrasion: surgical, under anaesthetic", LAST), Choice("needling", "Microneedling", LAST), Choice("laser-gentle", "Laser that leaves the surface whole", LAST),
            Choice("ipl", "Intense pulsed light (IPL)", LAST), Choice("toxin", "Botulinum toxin", LAST), Choice("filler", "Filler", LAST),
            Choice("surgery", "Surgery, or threads", LAST))),
        Part("Q15.more", "Did your skin react, and were you happy with it?", READ, TEXT, follows=("Q15", frozenset({"peel-light", "peel-deep", "laser-ablative", "dermabrasion", "needling", "laser-gentle", "ipl", "toxin", "filler", "surgery"})), is_optional=True),
    )),
)  # fmt: skip
