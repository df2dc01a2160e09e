"""What is noticed of one sending of the form, beside its words: how fast, from where, how often."""

from datetime import datetime, timedelta
from typing import Any

from corneum.clinic.enquiries.forms import seconds_since
from corneum.clinic.enquiries.proof import ONCE_IN, spend
from corneum.clinic.enquiries.verdict import Submission
from corneum.platform.accounts.limits import allow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_FAMILY = 6  # questions from one connection within the hour, which may also be a whole telephone network
A_FLOOD = 60
ONE_PAGE = 4  # sendings of one form, by somebody who goes back and asks again
A_SENTENCE = 40  # letters; shorter words are said alike by people who never met
HEARD_OFTEN = 3


def noticed(asked: dict[str, Any], *, network: str, at: datetime) -> Submission:
    """
    Notice how a question was sent, and count it. Call it once for each sending.

    :param asked: what AskForm has cleaned
    :param network: from where (address.client_network); kept as a keyed hash only
    """
    seconds = seconds_since(asked["shown"])
    is_fresh = seconds is not None and seconds < ONCE_IN.total_seconds()
    return Submission(
        name=asked["name"],
        text=asked["text"],
        trap=asked["subject"],
        seconds=seconds,
        proof=spend(asked["shown"], asked["proof"], at=at) if is_fresh else None,
        too_many=not allow(scope="enquiries.ask", key=network, per=HOUR, most=A_FAMILY, at=at),
        flood=not allow(scope="enquiries.flood", key=network, per=HOUR, most=A_FLOOD, at=at),
        worn_out=not allow(scope="enquiries.form", key=asked["shown"], per=ONCE_IN, most=ONE_PAGE, at=at),
        same_words=_heard_often(asked["text"], at),
    )


def _heard_often(text: str, at: datetime) -> bool:
    words = " ".join(text.casefold().split())
    return len(words) >= A_SENTENCE and not allow(scope="enquiries.words", key=words, per=DAY, most=HEARD_OFTEN, at=at)
