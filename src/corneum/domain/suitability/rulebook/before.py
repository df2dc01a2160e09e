"""Rules R10 to R23: what was taken, put on the skin or done to it before."""

from corneum.domain.suitability.conditions import Chose, LongSince, Mentions, Since, Span, Still
from corneum.domain.suitability.outcomes import Role, Scope, advise, postpone, review
from corneum.domain.suitability.rulebook.sources import AAD, CLINICS, GENERAL, ISOTRETINOIN, OURS, PRACTICE
from corneum.domain.suitability.rules import Clause, Rule

AREA, ANY = Scope.AREA, Scope.ANY
SIX_MONTHS = {"wait": Span(6, "months")}
ISOTRETINOIN_TEXT = (
    "Skin may heal differently for six months after the last capsule. A doctor looks at the dates with you, and may agree "
    "an earlier day. Never stop a medicine because of us. A consultation can be booked now."
)
BOTH_FACTS = (
    "Product information asks to wait five to six months. Two reviews of 2017 found insufficient evidence to delay "
    "superficial procedures. A doctor may shorten the wait, down to none, as a decision shared with the patient and recorded."
)

BEFORE = (
    Rule("R10", 1, "Isotretinoin now", ANY, (
        Clause((Still("isotretinoin-now", "wait"),), (postpone("six months after your last capsule", Role.DOCTOR), review(Role.DOCTOR))),
        Clause((Mentions(("isotretinoin", "roaccutane", "accutane"), ("Q16.list", "S1.list")),), (review(Role.DOCTOR),)),
    ), ISOTRETINOIN_TEXT, BOTH_FACTS, ISOTRETINOIN, ("S03",), SIX_MONTHS),
    Rule("R11", 1, "Isotretinoin stopped less than six months ago", ANY, (
        Clause((Since(("isotretinoin-stopped",), "wait"),), (postpone("", Role.DOCTOR), review(Role.DOCTOR))),
    ), ISOTRETINOIN_TEXT, BOTH_FACTS, ISOTRETINOIN, ("S03",), SIX_MONTHS),
    Rule("R12", 1, "Isotretinoin long ago", ANY, (
        Clause((LongSince("isotretinoin-stopped", "wait"),), (advise(),)),
    ), "Your isotretinoin was long enough ago. Tell your practitioner all the same.",
       "Past every window that is quoted.", ISOTRETINOIN, ("S03",), SIX_MONTHS),
    Rule("R13", 1, "Retinoid, acid or benzoyl peroxide", AREA, (
        Clause((Since(("retinoid-cream", "acid-cream", "benzoyl-cream"), "wait"),), (postpone(),)),
    ), "Please leave these creams off for three days before and three days after. If a doctor prescribed one, ask them first.",
       "Three days before and after.", PRACTICE, ("S02",), {"wait": Span(3)}, again=True),
    Rule("R14", 1, "Sunburn", AREA, (
        Clause((Chose(("sunburn-now",)),), (postpone("it has settled fully, and two weeks more"),)),
        Clause((Since(("sunburn-settled",), "wait"),), (postpone(),)),
    ), "Burnt skin has to settle fully, and two weeks more. A consultation can be booked now.",
       "Inflamed skin.", f"{PRACTICE}; the days: {OURS}", ("S02", "S04"), {"wait": Span(14)}, again=True),
    Rule("R15", 1, "Strong sun, sunbed or new tan", AREA, (
        Clause((Since(("sun",), "wait"),), (postpone(),)),
    ), "Sun before treatment can leave dark marks. Please wait two weeks after it.",
       "Avoid strong sun for two weeks before: hyperpigmentation.", PRACTICE, ("S04",), {"wait": Span(14)}, again=True),
    Rule("R16", 1, "Sun holiday soon", ANY, (
        Clause((Chose(("sun-holiday",)),), (advise(),)),
    ), "Skin burns more easily for a week after treatment. Choose a day at least a week before you leave, or after you are back.",
       "Offer another date if they leave within seven days.", f"{AAD}; the days: {OURS}", ("S04",)),
    Rule("R17", 1, "Hair removed", AREA, (
        Clause((Since(("hair-removed",), "wait"),), (postpone(),)),
    ), "Skin needs a week to calm down after hair removal.", "One week.", PRACTICE, ("S02",), {"wait": Span(7)}, again=True),
    Rule("R18", 1, "Light peel", AREA, (
        Clause((Since(("peel-light",), "wait"),), (postpone(),)),
    ), "Please leave two weeks after a light peel.", "Two to four weeks are quoted.", f"{CLINICS}; {GENERAL}", ("S02",), {"wait": Span(14)}),
    Rule("R19", 1, "Deep peel, ablative laser or dermabrasion", AREA, (
        Clause((Since(("peel-deep", "laser-ablative", "dermabrasion"), "wait"),), (postpone("", Role.DOCTOR), review(Role.DOCTOR))),
    ), "Deep treatments heal for months. Please leave six months, and a doctor looks first.",
       "Remodelling skin.", GENERAL, ("S03",), SIX_MONTHS),
    Rule("R20", 1, "Microneedling, gentle laser or IPL", AREA, (
        Clause((Since(("needling", "laser-gentle", "ipl"), "wait"),), (postpone(),)),
    ), "Please leave four weeks after microneedling, laser or light.", "Barrier and inflammation.", f"{GENERAL}; the days: {OURS}", ("S02",), {"wait": Span(28)}),
    Rule("R21", 1, "Botulinum toxin", AREA, (
        Clause((Since(("toxin",), "wait"),), (postpone(),)),
    ), "Please leave two weeks after botulinum toxin.", "Custom, no guideline found. Abrasion first, injections later.", CLINICS, ("S18",), {"wait": Span(14)}),
    Rule("R22", 1, "Dermal filler", AREA, (
        Clause((Since(("filler",), "wait"),), (postpone(),)),
    ), "Please leave two weeks after filler.", "Custom, no guideline found. Abrasion first, injections later.", CLINICS, ("S18",), {"wait": Span(14)}),
    Rule("R23", 1, "Facial surgery", AREA, (
        Clause((Since(("surgery",), "wait"),), (postpone("", Role.DOCTOR), review(Role.DOCTOR))),
    ), "Please leave three months after surgery there, and a doctor looks first.", "Healing.", GENERAL, ("S03",), {"wait": Span(3, "months")}),
)  # fmt: skip
