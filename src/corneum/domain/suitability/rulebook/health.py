"""Rules R24 to R31, R37 to R42 and R48: medicines, health and allergies."""

from corneum.domain.suitability.conditions import Chose, Mentions, Since, Span, Still
from corneum.domain.suitability.outcomes import Method, Role, Scope, advise, block, postpone, review
from corneum.domain.suitability.rulebook.sources import (
    AAD,
    CLINICS,
    EQUALITY,
    GENERAL,
    LATEX,
    OURS,
    PRACTICE,
    PREGNANCY,
    TEXTBOOK,
)  # fmt: skip
from corneum.domain.suitability.rules import Clause, Rule

AREA, ANY = Scope.AREA, Scope.ANY
MEDICINES = ("Q16.list", "S1.list")

HEALTH = (
    Rule("R24", 1, "Blood thinner, or bleeds easily", ANY, (
        Clause((Chose(("blood-thinner", "bleeds-easily")),
                Mentions(("warfarin", "apixaban", "rivaroxaban", "edoxaban", "dabigatran", "heparin", "aspirin", "clopidogrel"), MEDICINES)),
               (review(Role.NURSE), advise())),
    ), "You may bruise more. A nurse or doctor talks with you first. Do not stop your medicine.",
       "Bruising, petechiae and purpura from suction. Never tell the patient to stop it.", TEXTBOOK, ("S05",)),
    Rule("R25", 1, "Diabetes", ANY, (
        Clause((Chose(("diabetes-well",)),), (advise(),)),
        Clause((Chose(("diabetes-badly",)),), (review(Role.NURSE),)),
    ), "If sugar runs high, skin heals slowly. Tell us if that changes; a nurse or doctor looks first when it is not well controlled.",
       "Infection and healing.", f"{CLINICS}; {GENERAL}", ("S06",)),
    Rule("R26", 1, "Weakened immune system", ANY, (
        Clause((Chose(("immune-medicine", "steroid-tablets", "immune-weak")),
                Mentions(("methotrexate", "azathioprine", "ciclosporin", "mycophenolate", "tacrolimus", "prednisolone", "chemotherapy"), MEDICINES)),
               (review(Role.DOCTOR),)),
    ), "Your skin may get infected more easily. A doctor talks with you first. You need not name a condition.",
       "Infection and healing.", GENERAL, ("S06",)),
    Rule("R27", 1, "Radiotherapy to the area", AREA, (
        Clause((Chose(("radiotherapy",)),), (block("a doctor has looked at it", Role.DOCTOR),)),
    ), "Skin stays fragile after radiotherapy. A doctor looks before anything is done. A consultation can be booked now.",
       "Fragile skin.", GENERAL, ("S06",)),
    Rule("R28", 1, "Blood-borne infections: not asked, on purpose", ANY, (),
         "We do not ask, because the same care against infection is taken for everybody.",
         "Standard precautions cover everybody; refusing would be discrimination. How well the immune system works is asked by R26.",
         EQUALITY, ("S17",)),
    Rule("R29", 1, "Thick or raised scars", ANY, (
        Clause((Chose(("keloid",)),), (review(Role.NURSE),)),
    ), "If your scars grow thick, a nurse or doctor looks first, and raised scars are left out.",
       "Keloid or hypertrophic scars: avoid raised scars in the area.", AAD, ("S03",)),
    Rule("R30", 1, "Pregnancy", ANY, (
        Clause((Still("pregnant", "wait"),), (postpone("after the birth", Role.DOCTOR),)),
        Clause((Chose(("pregnancy-not-said",)),), (review(Role.NURSE),)),
    ), "Skin marks more easily in pregnancy, so most people wait until after the birth. A consultation can be booked now, and a doctor can talk about an exception.",
       "Default: after the birth. A doctor may allow it, with the midwife informed.", PREGNANCY, ("S08",), {"wait": Span(0)}),
    Rule("R31", 1, "Breastfeeding", ANY, (
        Clause((Chose(("breastfeeding", "breastfeeding-pigment")),), (advise(),)),
        Clause((Chose(("breastfeeding-pigment",)),), (review(),)),
    ), "Treatment does not reach the milk. While hormones settle, dark marks are likelier: please protect your skin from the sun.",
       "No systemic exposure; hyperpigmentation while hormones settle. Look if the pigment changed.", f"{PREGNANCY}; {GENERAL}", ("S04",)),
    Rule("R37", 1, "Latex allergy", ANY, (
        Clause((Chose(("latex",)),), (review(),)),
    ), "We prepare a room without latex for you.", "Latex-free room: acute urticaria was reported.", LATEX, ("S10",)),
    Rule("R38", 1, "Sensitive to aluminium", ANY, (
        Clause((Chose(("aluminium",)),), (review(),)),
    ), "We can use a diamond tip or salt crystals instead.", "Precaution: diamond tip or salt crystals.", OURS, ("S10",)),
    Rule("R39", 1, "Hives when skin is rubbed", ANY, (
        Clause((Chose(("hives", "allergic-creams")),), (review(Role.NURSE),)),
    ), "Rubbing and creams can bring out hives or a rash. A nurse or doctor looks first.",
       "Dermographism, chronic urticaria: friction releases histamine. Allergy to products: read what happened.", TEXTBOOK, ("S10",)),
    Rule("R40", 1, "Eyes", ANY, (
        Clause((Chose(("lenses", "eye-disease")),), (advise(),)),
        Clause((Since(("eye-surgery",), "wait"),), (review(), advise())),
    ), "Please take lenses out before treatment. We cover your eyes, and look first if you had an operation.",
       "Lenses out, eye shields, brush away from the eyes. Review within the months shown after surgery.", f"{TEXTBOOK}; {PRACTICE}; the months: {OURS}", ("S11",), {"wait": Span(3, "months")}, again=True),
    Rule("R41", 1, "Asthma or another lung condition", ANY, (
        Clause((Chose(("lungs",)),), (advise(),)),
    ), "We use a tip without loose grains, or draw off the dust and give you a mask. Bring your inhaler.",
       "Diamond tip, or crystals with extraction and mask.", TEXTBOOK, ("S12",)),
    Rule("R42", 1, "Medicine that makes skin sensitive to light", ANY, (
        Clause((Chose(("light-sensitive",)), Mentions(("doxycycline", "minocycline", "st john"), MEDICINES)), (advise(),)),
        Clause((Chose(("light-sensitive",)), Mentions(("doxycycline", "minocycline", "st john"), MEDICINES)), (review(Role.NURSE),), frozenset({Method.LIGHT})),
    ), "Your skin burns more easily: please use a high sun protection factor every day. Before laser or light, a nurse or doctor looks first.",
       "Sun sensitivity; review for light and laser.", GENERAL, ("S04",), again=True),
    Rule("R48", 1, "Unwell, fever or just vaccinated", ANY, (
        Clause((Chose(("unwell",)),), (postpone("you are well"),)),
    ), "Please come when you are well again. Moving the visit for this costs nothing.", "Defer elective care.", GENERAL, ("S02",), again=True),
)  # fmt: skip
