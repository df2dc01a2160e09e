"""Where the rules come from, and how good that is: A law, guideline or paper; B textbook; C what clinics do."""

TEXTBOOK = "Textbook chapter on microdermabrasion, in Cosmetic Applications of Laser and Light-Based Systems (B)"
PRACTICE = "Professional account of treatment and clinical management of microdermabrasion (B)"
CLINICS = "Custom of clinics; no guideline found (C)"
GENERAL = "General clinical knowledge, to be checked by the clinician who signs"
OURS = "Our own cautious default, to be checked by the clinician who signs"
AAD = "American Academy of Dermatology, questions before microdermabrasion, as quoted (B)"
ACNE = "NICE guideline NG198, acne vulgaris, severity and referral (A, referral wording to be checked)"
ISOTRETINOIN = (
    "Product information: five to six months (A). Spring et al., JAMA Dermatol 2017;153:802 and Waldman et al., "
    "Dermatol Surg 2017;43:1249: insufficient evidence to delay superficial procedures (A)"
)
PREGNANCY = (
    "Lee et al., Dermatol Surg 2013;39:1573: advisable to wait until after birth (A); review PMC9364454: cautious (A)"
)
MELASMA = "Melasma consensus, Dermatol Ther 2014: sun protection and creams first (A)"
LATEX = "Acute urticarial response after microdermabrasion, Dermatol Surg 2002;28:606 (A)"
GMC = "GMC, Guidance for doctors who offer cosmetic interventions (A)"
UNDER_18 = (
    "Botulinum Toxin and Cosmetic Fillers (Children) Act 2021, CAP Code rule 12.25 and GMC guidance (A); eighteen for "
    "every cosmetic treatment is our own default"
)
LOOKS = "NICE guideline CG31 and BMJ Best Practice, considering body dysmorphic disorder before cosmetic procedures (A)"
EQUALITY = "Equality Act 2010, Schedule 1, paragraph 6 (to be checked); standard precautions cover everybody"
