"""What differs between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed ("same"), were struck ("out") or put in ("in")."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Run]:
    """Compare two texts by words; their runs, without those struck, are the second text again."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    runs = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(new[k:m])))
            continue
        runs += [Run(kind, text) for kind, text in (("out", "".join(old[i:j])), ("in", "".join(new[k:m]))) if text]
    return runs
