"""What goes out, and the three ways in which it may fail to."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    One message, ready to go. `name` is for files and holds nothing personal.

    Of a text: `key` is the same at every attempt, and `reports_to` where its provider says what became of it.
    """

    name: str
    suffix: str  # .eml or .txt
    sender: str
    recipient: str
    content: bytes
    text: str = ""
    key: str = ""
    reports_to: str = ""


class NotTaken(Exception):
    """It was certainly not sent, and another time it may be."""

    def __init__(self, sentence: str, *, is_about_one_mailbox: bool = False) -> None:
        """Take why, without a name or an address; and whether messages to others would be taken."""
        super().__init__(sentence)
        self.sentence, self.is_about_one_mailbox = sentence, is_about_one_mailbox


class Refused(Exception):
    """It was certainly not sent, and never will be."""

    def __init__(self, sentence: str) -> None:
        """Take why, without a name or an address."""
        super().__init__(sentence)
        self.sentence = sentence


class NumberStopped(Refused):
    """Its reader has told the provider that they want no texts from us."""


class Unknown(Exception):
    """It may have been sent: the line was cut before the answer came."""

    def __init__(self, sentence: str) -> None:
        """Take what happened, without a name or an address."""
        super().__init__(sentence)
        self.sentence = sentence


class Transport(Protocol):
    """A way out of the building."""

    def reach(self, parcel: Parcel) -> AbstractContextManager[Callable[[], str | None]]:
        """
        Go up to the point where the message itself would be handed over, and give the function that does so.

        Before that function is called nothing has been sent. It returns when the message certainly was,
        with the name that the provider has given it, if it gives any.

        :raises NotTaken: from either
        :raises Refused: from either
        :raises Unknown: only from the function
        """


class BadAddress(ValueError):
    """The setting cannot be understood; the words say which and why."""
