"""The copy check, both ways: what is marked, by which rule, and what is accepted."""

import pytest

from corneum.domain.wording import RULES, check

MARKED = [
    ("It is safe.", "safe", "safe"),
    ("Not unsafe, we find", "safe", "unsafe"),
    ("A harmless scrub", "safe", "harmless"),
    ("There are no side effects.", "safe", "no side effects"),
    ("a risk-free peel", "risk-free", "risk-free"),
    ("There is no risk", "risk-free", "no risk"),
    ("without any risk", "risk-free", "without any risk"),
    ("a painless scrub", "painless", "painless"),
    ("It is not only painless, it is quick.", "painless", "painless"),
    ("pain-free", "painless", "pain-free"),
    ("no pain at all", "painless", "no pain"),
    ("with no downtime", "no-downtime", "no downtime"),
    ("zero recovery time", "no-downtime", "zero recovery time"),
    ("results guaranteed", "guaranteed", "guaranteed"),
    ("clinically proven", "guaranteed", "proven"),
    ("100% effective", "guaranteed", "100% effective"),
    ("a permanent change", "permanent", "permanent"),
    ("smoother skin for ever", "permanent", "for ever"),
    ("it cures acne", "cure", "cures"),
    ("our acne treatment", "cure", "acne treatment"),
    ("removes wrinkles", "remove", "removes"),
    ("Get rid of lines", "remove", "Get rid of"),
    ("banish dark marks", "remove", "banish"),
    ("more collagen", "collagen", "collagen"),
    ("It does not harm collagen.", "collagen", "collagen"),
    ("skin regenerates", "regenerate", "regenerates"),
    ("reverses ageing", "regenerate", "reverses ageing"),
    ("a detox for skin", "regenerate", "detox"),
    ("anti-wrinkle injections", "anti-ageing", "anti-wrinkle"),
    ("an anti ageing cream", "anti-ageing", "anti ageing"),
    ("Botox", "prescription-only", "Botox"),
    ("We do not give Botox.", "prescription-only", "Botox"),
    ("line-smoothing injections", "prescription-only", "line-smoothing injections"),
    ("suitable for everyone", "everyone", "suitable for everyone"),
    ("suitable for all skin types", "everyone", "suitable for all"),
    ("the best peel in town", "best", "best"),
    ("flawless skin", "best", "flawless"),
    ("only 2 left", "time-limited", "only 2 left"),
    ("just three appointments this week", "time-limited", "just three appointments"),
    ("Offer ends on Sunday", "time-limited", "Offer ends"),
    ("Black Friday prices", "time-limited", "Black Friday"),
    ("Hurry", "time-limited", "Hurry"),
    ("20% off", "discount", "20% off"),
    ("half-price peels", "discount", "half-price"),
    ("Win a treatment", "prize", "Win a"),
    ("our summer giveaway", "prize", "giveaway"),
    ("a lunchtime peel", "trivial", "lunchtime peel"),
    ("Treat yourself", "trivial", "Treat yourself"),
    ("unsightly pores", "insecurity", "unsightly"),
    ("unlike beauty salons", "other-clinics", "unlike beauty salons"),
]
ACCEPTED = [
    "Smoother-looking, younger-looking skin.",
    "It sloughs off the dead outer layer.",
    "It is not painless for everyone.",
    "It may soften the look of fine lines; it does not remove wrinkles.",
    "Results are not guaranteed, and the effect is not permanent.",
    "Nobody can guarantee a result.",
    "No treatment is risk-free.",
    "It isn\u2019t suitable for everyone: answer a few questions.",
    "It does not cure acne.",
    "Used on all skin tones, with care for darker skin.",
    "Pores can look cleaner for a while.",
    "Shallow scars may look softer.",
    "Low risk when done carefully; possible problems are dark patches.",
    "Most people go straight back to normal.",
    "Changes are mild at best.",
    "Most people need no anaesthetic.",
    "Accurate, secure, bestow, procure.",
    "You pay session by session and can stop at any time.",
    "The last 3 months",
    "Nothing is sold on the day.",
]


@pytest.mark.parametrize(("text", "rule", "word"), MARKED)
def test_check_marks_the_words_and_names_the_rule(text: str, rule: str, word: str) -> None:
    assert [(hit.rule.id, hit.word, text[hit.start : hit.end]) for hit in check(text)] == [(rule, word, word)]


@pytest.mark.parametrize("text", ACCEPTED)
def test_check_accepts(text: str) -> None:
    assert check(text) == []


def test_every_rule_is_named_once_and_says_why_who_says_so_and_what_is_accepted() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert [rule.id for rule in RULES if not (rule.reason and rule.source and rule.instead)] == []
    assert {rule for _text, rule, _word in MARKED} == {rule.id for rule in RULES}
