"""What a write-up takes over from last time on the same device, and what is different now."""

import copy
from dataclasses import dataclass

from corneum.domain.records.checking import Values
from corneum.domain.records.protocol import Protocol
from corneum.domain.records.wording import said_in_words


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is not as it was last time, in words."""

    key: str
    label: str
    was: str
    now: str


def carried(protocol: Protocol, last: Values) -> Values:
    """
    Copy what a field says may be copied, and nothing else: no reaction, no pain, no reason, nothing worked out.

    :param last: what was signed last time, of the same protocol on the same device
    """
    keys = {each.key for each in protocol.fields if each.is_carried}
    return Values({key: copy.deepcopy(said) for key, said in last.said.items() if key in keys}, {})


def changed_since(protocol: Protocol, last: Values, now: Values) -> list[Changed]:
    """Name what is different from last time, in the order of the page."""
    found = []
    for each in protocol.fields:
        was, is_now = (said_in_words(each, values.said.get(each.key)) for values in (last, now))
        if was != is_now:
            found.append(Changed(each.key, each.label, was, is_now))
    return found
