"""
What a clinic may not say to the public, why, who says so, and what is accepted in its place.

Rules are data. The sources: the Committee of Advertising Practice's advice on cosmetic treatments and its
code (CAP), rulings of the Advertising Standards Authority (ASA), the General Medical Council's guidance on
cosmetic interventions (GMC) and the law on advertising medicines. The check reads letters, not sense: a
person still reads the page, and may answer a hit with a reason.
"""

import re
from dataclasses import dataclass, field

CHEMICAL_PEELS = "CAP advice, Beauty and cosmetics: chemical peels and microdermabrasion"
SUBSTANTIATION = "CAP Code, section 3: hold the evidence for what you claim"
MEDICINES = "Human Medicines Regulations 2012, regulation 284; CAP Code, rule 12.12"
SKIN_DEVICES = "ASA rulings on skin devices; CAP advice on non-surgical procedures"
PROMISES = "GMC, Guidance for doctors who offer cosmetic interventions: communicating about your services"
PRESSURE = f"{PROMISES}; ASA rulings on time-limited offers for cosmetic procedures, April 2025"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of claim: `pattern` finds it, and `may_be_denied` lets "not painless for everyone" through."""

    id: str
    pattern: str
    reason: str
    source: str
    instead: str
    may_be_denied: bool = True
    found_by: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the pattern ready."""
        object.__setattr__(self, "found_by", re.compile(self.pattern, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that a rule does not accept: the letters from `start` up to `end`."""

    rule: Rule
    start: int
    end: int
    word: str


RULES = (
    Rule(
        "safe",
        r"\b(?:un)?safe(?:r|st|ly|ty)?\b|\bharmless\b|\b(?:no|without) side[- ]effects?\b",
        "Nothing done to skin is without risk, and the word hides which risks there are.",
        SKIN_DEVICES,
        "say what can go wrong, and how often",
        may_be_denied=False,
    ),
    Rule(
        "risk-free",
        r"\b(?:no|zero|without|free (?:of|from)) (?:any )?risks?\b|\brisk[- ]?free\b",
        "Marketing must not say that a procedure is free of risk.",
        PROMISES,
        "say what can go wrong, and how often",
    ),
    Rule(
        "painless",
        r"\bpain[- ]?(?:less(?:ly)?|free)\b|\bno pain\b",
        "People feel it differently, and most treatments are felt.",
        SKIN_DEVICES,
        "say what it feels like",
    ),
    Rule(
        "no-downtime",
        r"\b(?:no|zero|without(?: any)?) (?:down|recovery)[- ]?time\b",
        "Skin can be red, warm or sore afterwards.",
        "ASA rulings on non-surgical procedures, April 2025",
        "say how the skin looks and feels afterwards, and for how long",
    ),
    Rule(
        "guaranteed",
        r"\bguarante\w*|\bproven\b|\bmiracle\w*|\b100 ?% (?:effective|success|satisf)\w*",
        "No result can be promised.",
        PROMISES,
        "say what studies found, and how sure they are",
    ),
    Rule(
        "permanent",
        r"\bpermanent\w*|\bfor good\b|\bfor ?ever\b|\blife-?long results?\b",
        "Effects fade, and no study has followed them for life.",
        SUBSTANTIATION,
        "say how long it lasts",
    ),
    Rule(
        "cure",
        r"\bcur(?:e|es|ed|ing)\b|\bheals? acne\b|\bacne treatment\b",
        "A cosmetic treatment is not a medicine, and treating a disease needs evidence of that.",
        "CAP Code, rules 12.1 and 12.2",
        "say how the skin may look",
    ),
    Rule(
        "remove",
        r"\b(?:remov|eras|eliminat)(?:e|es|ed|ing|al)\b|\bget(?:s|ting)? rid of\b|\bbanish\w*",
        "It claims more than a change in how skin looks.",
        CHEMICAL_PEELS,
        "say how the skin may look",
    ),
    Rule(
        "collagen",
        r"\bcollagen\b|\belastin\b",
        "That a treatment makes skin build collagen is not accepted, however it is put.",
        CHEMICAL_PEELS,
        "say how the skin may look",
        may_be_denied=False,
    ),
    Rule(
        "regenerate",
        r"\bregenerat\w*|\brejuvenat\w*|\bdetox\w*|\breverse[sd]? (?:the )?(?:signs of )?age?ing\b|\bturns? back the clock\b",
        "It claims a change inside the skin; what is accepted is a change in how it looks.",
        CHEMICAL_PEELS,
        "say how the skin may look",
    ),
    Rule(
        "anti-ageing",
        r"\banti[- ]?(?:wrinkles?|age|ag(?:e)?ing)\b",
        "“Anti-wrinkle injections” advertises a prescription-only medicine, and “anti-ageing” claims too much.",
        MEDICINES,
        "prescription medicines are not advertised; leave it out",
        may_be_denied=False,
    ),
    Rule(
        "prescription-only",
        r"\bbotox\b|\bbotulinum\b|\bdysport\b|\bazzalure\b|\bbocouture\b|\b(?:wrinkle|line)[- ](?:relaxing|smoothing) injections?\b",
        "Prescription-only medicines must not be advertised to the public.",
        MEDICINES,
        "prescription medicines are not advertised; leave it out",
        may_be_denied=False,
    ),
    Rule(
        "everyone",
        r"\bsuit(?:s|ed to|able for) (?:everyone|everybody|anyone|all|every)\b|\bfor all skin types\b",
        "Some people must wait, and some must choose something else.",
        SUBSTANTIATION,
        "say who waits and who chooses something else",
    ),
    Rule(
        "best",
        r"(?<!\bat )\bbest\b|\bflawless\b|\bperfect\b|\bnumber one\b|\bworld[- ]class\b|\bunrivalled\b",
        "A superlative needs a comparison that anybody can check.",
        "CAP Code, rules 3.7 and 3.33",
        "say what was measured, or leave it out",
    ),
    Rule(
        "time-limited",
        r"\b(?:only|just|last) (?:\d+|one|two|three|a few) (?:left|places?|slots?|spaces?|appointments?|spots? left)\b"
        r"|\blimited[- ]time\b|\boffer (?:ends|expires)\b|\bends (?:today|tonight|soon|midnight)\b|\btoday only\b"
        r"|\bhurry\b|\blast chance\b|\bdon[\u2019']t miss\b|\bblack friday\b|\bwhile (?:stocks|places) last\b",
        "It pushes people to decide before they have thought.",
        PRESSURE,
        "give the price, and let people think",
        may_be_denied=False,
    ),
    Rule(
        "discount",
        r"\b\d{1,2} ?% (?:off|discount)\b|\bhalf[- ]price\b|\b(?:buy|2|two) (?:one|for)[ ,]+(?:get )?(?:one|1)(?: free)?\b",
        "A discount must not be the reason to have a procedure.",
        PRESSURE,
        "give the price of one session",
        may_be_denied=False,
    ),
    Rule(
        "prize",
        r"\bgive-?aways?\b|\bprizes?\b|\braffles?\b|\bwin a\b|\bprize draw\b",
        "A treatment must not be a prize.",
        PROMISES,
        "leave it out",
        may_be_denied=False,
    ),
    Rule(
        "trivial",
        r"\blunch[- ]?(?:time|hour|break) (?:facial|treatment|procedure|peel)\b|\bquick fix\b|\bpamper\w*|\btreat yourself\b",
        "It makes light of a procedure.",
        "CAP guidance on cosmetic interventions: trivialising",
        "say how long it takes and what happens",
    ),
    Rule(
        "insecurity",
        r"\bugly\b|\bunsightly\b|\bembarrassing\b|\bbikini[- ]ready\b|\bbeach[- ]ready\b|\blook your age\b",
        "It plays on how people feel about themselves.",
        "CAP guidance on cosmetic interventions: insecurities",
        "say plainly what somebody may see in the mirror",
    ),
    Rule(
        "other-clinics",
        r"\bunlike (?:a |other |beauty )*(?:salons?|clinics?)\b|\b(?:better|safer) than (?:a |any |other )*(?:salons?|clinics?)\b",
        "It runs others down without a comparison that can be checked.",
        "CAP Code, rules 3.33 and 3.42",
        "say who treats and in which register they are",
    ),
)  # fmt: skip

# "not painless for everyone", "does not remove", "nobody can guarantee"; but not "not only painless".
_DENIED = re.compile(
    r"(?:\b(?:not|never|cannot|nobody can|no one can|no treatment is|nothing is)|n[\u2019']t)\s+"
    r"(?!only|just|merely)(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:not|never)\s+(?:only|just|merely)\b[^.!?]*$", re.IGNORECASE)


def check(text: str) -> list[Hit]:
    """Find everything in a text that is not accepted, in the order in which it is read."""
    hits = [
        Hit(rule, match.start(), match.end(), match.group())
        for rule in RULES
        for match in rule.found_by.finditer(text)
        if not (rule.may_be_denied and _is_denied(text[: match.start()]))
    ]
    return sorted(hits, key=lambda hit: (hit.start, hit.rule.id))


def _is_denied(before: str) -> bool:
    return bool(_DENIED.search(before)) and not _ONLY.search(before)
