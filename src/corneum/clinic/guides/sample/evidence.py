"""
Sample: what each treatment can and cannot do, how sure anybody is, and who says so.

Every row says what was found, not what was hoped for. A strength is ours (docs/words.md).
"""

from corneum.clinic.guides.written import EvidenceWritten

_SHIM = "Shim and others, Dermatologic Surgery 2001 (14 people)"
_FREEDMAN = "Freedman and others, Journal of Dermatological Treatment 2002 (11 people)"
_KARIMIPOUR = "Karimipour and others, Plastic and Reconstructive Surgery 2010 (a review of the studies)"
_RENDON = "Rendon and others, Journal of Clinical and Aesthetic Dermatology 2010 (a consensus review)"
_ALAM = "Alam and others, Dermatologic Surgery 2002 (10 people, one treatment on each side of the face)"
_CONSENSUS = "Indian consensus on melasma, Dermatology and Therapy 2014"
_JPAD = "Journal of Pakistan Association of Dermatologists (a trial: 80 people began, 56 finished)"
_JUHASZ = "Juhasz and Cohen, Clinical, Cosmetic and Investigational Dermatology 2020 (58 studies, 1,845 people)"
_NICE = "NICE guideline NG198 on acne"
_IPL = "Intense pulsed light, StatPearls (a textbook chapter)"

EVIDENCE = (
    # --- microdermabrasion ---------------------------------------------------------------------
    EvidenceWritten(
        "microdermabrasion",
        "rough-or-dull-skin",
        "weak",
        "Skin often looks and feels smoother for a while. Of all the things on this list, this is what it does most "
        "reliably.",
        f"{_SHIM}; {_KARIMIPOUR}.",
    ),
    EvidenceWritten(
        "microdermabrasion",
        "fine-lines",
        "weak",
        "May soften the look of fine lines a little. One study saw no change, another saw some. It does not take "
        "wrinkles away.",
        f"{_SHIM}: no change; {_FREEDMAN}: some.",
    ),
    EvidenceWritten(
        "microdermabrasion",
        "large-pores",
        "very-weak",
        "Pores can look cleaner for a while. The oil on the skin is back to where it was about an hour later.",
        "Fąk and others, Skin Research and Technology 2018 (16 people).",
    ),
    EvidenceWritten(
        "microdermabrasion",
        "uneven-colour",
        "weak",
        "May look a little more even. A review of the studies calls its part in this limited.",
        f"{_SHIM}; {_FREEDMAN}; {_KARIMIPOUR}.",
    ),
    EvidenceWritten(
        "microdermabrasion",
        "shallow-scars",
        "weak",
        "Shallow scars may look softer. In a trial most people saw a fair change and few a good one; in another, with "
        "10 people, nobody moved up a grade.",
        f"{_JPAD}; Sohag Medical Journal (10 people).",
    ),
    EvidenceWritten(
        "microdermabrasion",
        "spots",
        "very-weak",
        "It may help blackheads. It is not for sore, inflamed spots: creams from a pharmacist or a GP come first.",
        "Lloyd, Dermatologic Surgery 2001 (24 people, who all stayed on their acne medicine, with nobody to compare "
        f"them to); {_NICE}.",
    ),
    EvidenceWritten(
        "microdermabrasion",
        "melasma",
        "weak",
        "Not a first choice. Sun cream and creams from a doctor come first, so we ask you to see one.",
        f"El-Domyati and others, Journal of Cosmetic Dermatology 2016 (38 people, mostly mild change); {_CONSENSUS}.",
    ),
    EvidenceWritten(
        "microdermabrasion",
        "deep-lines-and-scars",
        "against",
        "Not for these. It works on the outermost cells, and deep lines and scars lie far below them.",
        f"{_SHIM}: no change in wrinkles, and scars that needed something deeper.",
    ),
    # --- superficial peel ----------------------------------------------------------------------
    EvidenceWritten(
        "superficial-peel",
        "rough-or-dull-skin",
        "weak",
        "Skin often looks fresher for some weeks. In a trial against microdermabrasion 7 of 10 people liked the peel "
        "more, but photographs showed no change from either.",
        f"{_ALAM}.",
    ),
    EvidenceWritten(
        "superficial-peel",
        "uneven-colour",
        "weak",
        "May look more even after several peels, if you keep the sun off.",
        f"{_RENDON}.",
    ),
    EvidenceWritten(
        "superficial-peel",
        "dark-marks",
        "weak",
        "Marks may fade somewhat sooner. On brown and black skin we use weak acids and go slowly, because a strong "
        "peel can itself leave dark marks.",
        f"{_RENDON}.",
    ),
    EvidenceWritten(
        "superficial-peel",
        "fine-lines",
        "weak",
        "May soften the look of fine lines a little. A light peel does not reach deeper ones.",
        f"{_RENDON}.",
    ),
    EvidenceWritten(
        "superficial-peel",
        "spots",
        "weak",
        "Some acids may help blackheads and mild spots, beside creams and not in place of them.",
        f"{_RENDON}; {_NICE}.",
    ),
    EvidenceWritten(
        "superficial-peel",
        "melasma",
        "weak",
        "A second step, after sun cream and creams from a doctor, and only with a doctor's view. Patches can come "
        "back or turn darker.",
        f"{_CONSENSUS}.",
    ),
    EvidenceWritten(
        "superficial-peel",
        "shallow-scars",
        "weak",
        "Shallow scars may look softer. In a trial four in five people saw a fair change, and few a good one.",
        f"{_JPAD}.",
    ),
    EvidenceWritten(
        "superficial-peel",
        "deep-lines-and-scars",
        "against",
        "Not for these. A light peel stays in the outer layer of the skin.",
        f"{_RENDON}.",
    ),
    # --- microneedling -------------------------------------------------------------------------
    EvidenceWritten(
        "microneedling",
        "shallow-scars",
        "moderate",
        "Scars often look softer after several sessions. Few dark marks were seen afterwards, also on darker skin.",
        f"{_JUHASZ}.",
    ),
    EvidenceWritten(
        "microneedling",
        "rough-or-dull-skin",
        "weak",
        "Skin may look smoother some weeks after each session.",
        f"{_JUHASZ}.",
    ),
    # --- LED -----------------------------------------------------------------------------------
    EvidenceWritten(
        "led",
        "spots",
        "weak",
        "May calm mild spots in some people. The trials were small and did not agree with each other.",
        "Opel and others, Journal of Clinical and Aesthetic Dermatology (a review); Sadowska and others, Life 2021.",
    ),
    EvidenceWritten(
        "led",
        "redness",
        "very-weak",
        "Skin may feel calmer after another treatment. Few people have been studied. It does not close fine veins.",
        "Opel and others, Journal of Clinical and Aesthetic Dermatology (a review).",
    ),
    # --- IPL -----------------------------------------------------------------------------------
    EvidenceWritten(
        "ipl",
        "uneven-colour",
        "weak",
        "Sun spots often look lighter after several sessions. A doctor looks at the marks first. It is not for tanned or "
        "dark skin.",
        f"{_IPL}.",
    ),
    EvidenceWritten(
        "ipl",
        "redness",
        "weak",
        "Fine veins may look fainter. If you flush or burn, a doctor should first say what it is.",
        f"{_IPL}.",
    ),
    EvidenceWritten(
        "ipl",
        "melasma",
        "very-weak",
        "Not a first choice: heat can make the patches darker. Sun cream and creams from a doctor come first.",
        f"{_CONSENSUS}; {_IPL}.",
    ),
    # --- care at home, a pharmacist or a GP ------------------------------------------------------
    EvidenceWritten(
        "care-at-home",
        "spots",
        "moderate",
        "Gentle washing and creams used for 12 weeks come first in national guidance. A pharmacist has some, a GP has more.",
        f"{_NICE}.",
    ),
    EvidenceWritten(
        "care-at-home",
        "melasma",
        "weak",
        "Experts put sun cream every day and creams from a doctor first, before any treatment in a clinic.",
        f"{_CONSENSUS}.",
    ),
)
