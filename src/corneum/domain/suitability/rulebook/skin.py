"""Rules R01 to R09, R32 to R36, R43: what is on the skin that is to be treated."""

from corneum.domain.suitability.conditions import Chose, Since, Span
from corneum.domain.suitability.outcomes import Role, Scope, advise, block, postpone, review
from corneum.domain.suitability.rulebook.sources import (
    AAD,
    ACNE,
    CLINICS,
    GENERAL,
    MELASMA,
    OURS,
    PRACTICE,
    TEXTBOOK,
)  # fmt: skip
from corneum.domain.suitability.rules import Clause, Rule

AREA, ANY = Scope.AREA, Scope.ANY
PHARMACIST, GP = "a pharmacist or your GP", "your GP"

SKIN = (
    Rule("R01", 1, "Cold sore now, or just healed", AREA, (
        Clause((Chose(("cold-sore-now",)),), (block("the cold sore has healed fully, and a week more"),)),
        Clause((Since(("cold-sore-healed",), "wait"),), (postpone(),)),
    ), "Treatment can spread a cold sore. Please wait until it has healed fully, and a week more. A consultation can be booked now.",
       "Active herpes simplex in the area is an absolute contraindication: abrasion spreads it.",
       f"{TEXTBOOK}; the week afterwards: {OURS}", ("S01",), {"wait": Span(7)}, again=True),
    Rule("R02", 1, "Cold sores in the past", AREA, (
        Clause((Chose(("cold-sore-healed", "cold-sore-often", "cold-sore-rare")),), (review(Role.PRESCRIBER), advise())),
    ), "Somebody who gets cold sores can get one after treatment. A prescriber talks with you first about how to prevent it.",
       "History of herpes: a prescriber decides about prevention. No dose is suggested here.", PRACTICE, ("S01",)),
    Rule("R03", 1, "Infected skin", AREA, (
        Clause((Chose(("infection-now",)),), (block("it has cleared", elsewhere=PHARMACIST),)),
    ), "Infected skin is treated first: please see a pharmacist or your GP. You can come to us when it has cleared.",
       "Impetigo, folliculitis, boils, bacterial or fungal infection in the area: absolute contraindication.", TEXTBOOK, ("S01",), again=True),
    Rule("R04", 1, "Flat warts or molluscum", AREA, (
        Clause((Chose(("warts-now",)),), (block("they have gone"),)),
    ), "Treatment would spread flat warts and pearly bumps. Please wait until they have gone; your GP or our consultation can say what helps.",
       "Absolute contraindication in the area: spreads by abrasion.", TEXTBOOK, ("S01",), again=True),
    Rule("R05", 1, "Open or freshly closed wound", AREA, (
        Clause((Chose(("wound-open",)),), (postpone("it has closed, and two weeks more"),)),
        Clause((Since(("wound-closed",), "wait"),), (postpone(),)),
    ), "Broken skin needs to close, and two weeks more. A consultation can be booked now.",
       "The barrier is open: wait until closed and the number of days shown.", f"Expert patient information (B); the days: {OURS}", ("S02",), {"wait": Span(14)}, again=True),
    Rule("R06", 1, "Eczema, dermatitis or psoriasis", AREA, (
        Clause((Chose(("eczema-flare",)),), (postpone("it has settled"),)),
        Clause((Chose(("eczema-past",)),), (review(),)),
    ), "Sore eczema or psoriasis has to settle first. If it is calm, your practitioner looks at it with you.",
       "Irritant; psoriasis may appear where skin was rubbed (Koebner). Flare: wait. History: look.", f"{CLINICS}; {GENERAL}", ("S02", "S16"), again=True),
    Rule("R07", 1, "Rosacea, flushing, broken veins", AREA, (
        Clause((Chose(("rosacea-flare",)),), (postpone("it has settled", Role.NURSE), review(Role.NURSE))),
        Clause((Chose(("rosacea",)),), (review(Role.NURSE),)),
    ), "Treatment can bring redness back. A nurse or doctor looks at your skin first, and can say what suits it better.",
       "Relative contraindication, not a ban: may reactivate rosacea.", TEXTBOOK, ("S16",)),
    Rule("R08", 1, "Some inflamed spots", AREA, (
        Clause((Chose(("spots-few", "spots-some", "lumps-few")),), (review(),)),
    ), "Inflamed spots are left out of treatment. Your practitioner looks at how many there are.",
       "Active pustular acne is a relative contraindication: avoid the spots.", TEXTBOOK, ("S09",), again=True),
    Rule("R09", 1, "Acne that needs medical treatment", AREA, (
        Clause((Chose(("spots-many", "lumps-many", "acne-scarring", "acne-distress")),), (block("it has been treated", elsewhere="your GP"),)),
    ), "There are good medical treatments for this, and they should come first: please see your GP. We are here afterwards.",
       "35 or more inflammatory lesions, three or more nodules, new scarring or distress: refer.", ACNE, ("S09",)),
    Rule("R32", 1, "Brown patches (melasma)", AREA, (
        Clause((Chose(("melasma",)),), (review(Role.NURSE),)),
    ), "For brown patches, sun protection and creams usually come first. A nurse or doctor looks at them with you.",
       "Melasma: topical treatment and sun protection first; abrasion is not first line.", MELASMA, ("S04",)),
    Rule("R33", 1, "Dark marks, or skin that tans deeply", ANY, (
        Clause((Chose(("dark-marks", "tans-deeply", "burns-rarely", "burns-never")),), (review(),)),
    ), "Skin like yours can be treated, gently. Your practitioner starts low, and looks again after three days and four weeks.",
       "Risk of post-inflammatory hyperpigmentation; types IV to VI by the answers. The clinic's conservative protocol; check-in at 72 hours, photograph at four weeks. Record the type yourself.",
       f"{TEXTBOOK}; Medscape 843957, patient selection (B)", ("S04",)),
    Rule("R34", 1, "Immune skin condition", ANY, (
        Clause((Chose(("vitiligo", "lupus", "scleroderma", "lichen-planus", "immune-skin")),), (review(Role.DOCTOR),)),
    ), "Rubbing or light can make some skin conditions worse. A doctor talks with you first.",
       "Koebner phenomenon or photosensitivity.", f"{CLINICS}; {GENERAL}", ("S16",)),
    Rule("R35", 1, "A mole, spot or sore that changes", ANY, (
        Clause((Chose(("changing-mole",)),), (block("your GP has looked at it", elsewhere=GP),)),
    ), "Please see your GP promptly about a mole, spot or sore that is new, changing, bleeding or not healing. Most turn out harmless; it should be looked at before anybody treats your skin. We can write a letter for you.",
       "Could be skin cancer. Do not treat; offer a letter to the GP.", AAD, ("S07",)),
    Rule("R36", 1, "Skin cancer or sun damage in the area", AREA, (
        Clause((Chose(("skin-cancer",)),), (block("a doctor has looked at it", Role.DOCTOR),)),
    ), "A doctor looks at the skin there before anything is done. A consultation can be booked now.",
       "Do not abrade undiagnosed or treated lesions before a doctor has looked.", f"{CLINICS}; {GENERAL}", ("S07",)),
    Rule("R43", 1, "Thin or fragile skin", AREA, (
        Clause((Chose(("strong-steroid-cream", "fragile-skin")),), (review(Role.NURSE),)),
    ), "Thin skin can tear or bruise. A nurse or doctor looks first.", "Tears and petechiae.", GENERAL, ("S05",)),
)  # fmt: skip
