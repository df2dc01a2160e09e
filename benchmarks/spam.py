"""How much spam the verdict keeps apart, and how many people with it: on the crowd that the suite judges, ten times."""

import sys
import time
from collections import Counter
from collections.abc import Iterable

from corneum.clinic.enquiries.verdict import judge
from tests.clinic.enquiries.crowd import SEED, Sent
from tests.clinic.enquiries.persons import PERSONS, people
from tests.clinic.enquiries.robots import ROBOTS, spam

SEEDS = range(SEED, SEED + 10)


def run() -> None:
    """Print the shares, the kinds that are judged wrongly, and what one judgement takes."""
    began = time.perf_counter()
    robots, through = _judged((sent for seed in SEEDS for sent in spam(2300, seed)), is_spam=True)
    persons, apart = _judged((sent for seed in SEEDS for sent in people(1800, seed)), is_spam=False)
    each = (time.perf_counter() - began) / (robots + persons)
    sys.stdout.write(
        f"spam: {robots:,} of {len(ROBOTS)} kinds, {100 - 100 * through.total() / robots:.2f} % kept apart\n"
        f"{_named(through)}"
        f"people: {persons:,} of {len(PERSONS)} kinds, {100 * apart.total() / persons:.2f} % kept apart, none lost\n"
        f"{_named(apart)}"
        f"one judgement with writing the text: {each * 1e6:.0f} µs\n"
    )


def _judged(crowd: Iterable[Sent], *, is_spam: bool) -> tuple[int, Counter[str]]:
    count, wrong = 0, Counter[str]()
    for count, sent in enumerate(crowd, start=1):  # noqa: B007 -- the last number is how many there were
        wrong[sent.kind] += judge(sent.submission()).is_spam != is_spam
    return count, wrong


def _named(wrong: Counter[str]) -> str:
    return "".join(f"    judged wrongly: {number} of kind {kind}\n" for kind, number in wrong.most_common() if number)
