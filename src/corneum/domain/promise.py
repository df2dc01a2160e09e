"""Until when an answer is promised: hours and days in which the clinic is open, never a night or a holiday."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneum.domain.scheduling.interval import Interval


@dataclass(frozen=True, slots=True)
class Promise:
    """So much open time, or the end of so many open days on."""

    minutes: int = 0
    days: int = 0


# What a clinic can promise, by the words in which its pages say so.
PROMISES = {
    "one hour": Promise(minutes=60),
    "two hours": Promise(minutes=120),
    "four hours": Promise(minutes=240),
    "one working day": Promise(days=1),
    "two working days": Promise(days=2),
}
USUAL = "one working day"


def answer_due(asked: int, words: str, days: Sequence[Sequence[Interval]]) -> int | None:
    """
    This will say by which UTC minute an answer is promised; None if the clinic does not open before then.

    Whoever asks while the clinic is closed has asked when it opens next. "One hour" is an hour of
    open time. "One working day" is by the closing of the next day on which the clinic is open.

    :param words: one of PROMISES; a sentence of the clinic's own counts as USUAL
    :param days: when the clinic is open, day by day from the day of asking, each day's spans in order
    """
    promise = PROMISES.get(words, PROMISES[USUAL])
    return _after_days(asked, promise.days, days) if promise.days else _after_minutes(asked, promise.minutes, days)


def _after_days(asked: int, count: int, days: Sequence[Sequence[Interval]]) -> int | None:
    left = [spans for spans in days if spans and spans[-1].ends > asked]
    return left[count][-1].ends if len(left) > count else None


def _after_minutes(asked: int, minutes: int, days: Sequence[Sequence[Interval]]) -> int | None:
    for span in (span for spans in days for span in spans):
        starts = max(asked, span.starts)
        if span.ends - starts >= minutes:
            return starts + minutes
        minutes -= max(0, span.ends - starts)
    return None
