"""Words kept for the next time, with placeholders for what differs: {first_name}, {clinic}."""

import re
from collections.abc import Mapping

from corneum.domain.errors import ClinicError

# What can be filled in, and what each becomes.
PLACEHOLDERS = {
    "first_name": "their first name",
    "my_name": "your first name",
    "clinic": "what the clinic is called",
    "phone": "the phone number of the clinic",
    "answers_within": "how soon you answer",
    "book_link": "the address at which they book",
}
_FOUND = re.compile(r"\{([^{}\s]{1,40})\}")


class UnknownPlaceholder(ClinicError):
    """It has a placeholder that we cannot fill in."""


class NotFilledIn(ClinicError):
    """A placeholder was left in your words. Write what belongs there."""


def check_placeholders(text: str, known: Mapping[str, str] = PLACEHOLDERS) -> None:
    """
    Let a text pass whose every placeholder can be filled in.

    :param known: what can be filled in; that of a saved reply if left out
    :raises UnknownPlaceholder: one cannot; the sentence names it, and those that can
    """
    unknown = [name for name in _FOUND.findall(text) if name not in known]
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in known)
        raise UnknownPlaceholder(f"We cannot fill in {{{unknown[0]}}}. What we can fill in: {names}.")


def refuse_placeholders(text: str) -> None:
    """
    Let words out of the house only without a placeholder.

    :raises NotFilledIn: one was left in them; the sentence names it
    """
    if left := _FOUND.search(text):
        raise NotFilledIn(f"“{left.group()}” was not filled in. Write what belongs there.")


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Write each fact where its placeholder stands; what is not known stays to be seen."""
    return _FOUND.sub(lambda found: facts.get(found[1]) or found[0], text)
