"""Whether what a message says is still so when it leaves: asked, at that moment, of the area that wrote it."""

from collections.abc import Callable
from datetime import datetime

from corneum.platform.messages.models import Message

Question = Callable[[Message, datetime], None]
_asked: dict[str, Question] = {}


class NoLongerSo(Exception):
    """What the message says is no longer so; it does not leave."""

    def __init__(self, sentence: str) -> None:
        """Take why, without a name or an address."""
        super().__init__(sentence)
        self.sentence = sentence


def still_so(area: str) -> Callable[[Question], Question]:
    """
    Ask this of every message whose template stands in an area's folder, in the transaction that lets it go.

    It raises NoLongerSo, or NotYet (jobs/registry.py) if the message is to leave later.

    :param area: the folder, such as reminders
    """

    def register(question: Question) -> Question:
        _asked[area] = question
        return question

    return register


def refuse_what_is_no_longer_so(message: Message, at: datetime) -> None:
    """
    Let a message go that is still true.

    :raises NoLongerSo: it is not
    :raises NotYet: it is to leave later
    """
    question = _asked.get(message.template.partition("/")[0])
    if question is not None:
        question(message, at)
