"""The text of a consent document: its sections, the facts read into it, and the fingerprint of what was shown."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from corneum.domain.errors import ClinicError
from corneum.domain.facts import PLACEHOLDERS, copies, fill, placeholders


@dataclass(frozen=True, slots=True)
class Section:
    """One part of every document: its name in code, its heading for patients, and what a writer puts there."""

    name: str
    heading: str
    hint: str


# What somebody must be told before they can agree: nature, purpose, likely benefit, risks that matter to them, the
# alternatives with doing nothing among them, and follow-up (GMC, Decision making and consent, 2020, paragraph 10;
# Guidance for doctors who offer cosmetic interventions, 2016, paragraphs 20 to 22).
SECTIONS = (
    Section("what", "What is done", "What happens, step by step, and what it feels like."),
    Section("hope", "What it can do, and what it cannot", "How sure anybody is, and what it does not do."),
    Section("most", "What most people notice", "One line for each, and for how long."),
    Section("some", "What happens to some people", "One line for each, and what to do."),
    Section("rare", "What is rare, and matters", "One line for each, and whom to ring."),
    Section("instead", "Your other choices", "Less risky ones first, those of others too, and doing nothing."),
    Section("after", "Afterwards", "What to do and what to leave, day by day."),
    Section("follow", "How we look after you from then on", "When somebody asks, and whom to ring at any hour."),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A treatment's own facts, as one clinic offers it; `pence` is None where it is not offered."""

    treatment: str
    clinic: str
    minutes: int
    pence: int | None
    settling: str = ""
    time_off: str = ""
    course: str = ""


class Incomplete(ClinicError):
    """Each part needs words before a clinician can approve it. Write what is missing and save it again."""


class FactTyped(ClinicError):
    """A fact of the treatment is typed into the text, where it would go stale."""

    def __init__(self, word: str, placeholder: str) -> None:
        """Say which, and what stands for it."""
        super().__init__(f"“{word}” is a fact of the treatment. Write {placeholder} instead, and it is always right.")


class UnknownPlaceholder(ClinicError):
    """Something in braces stands for nothing."""

    def __init__(self, found: str) -> None:
        """Say which, and which there are."""
        super().__init__(f"{found} stands for nothing. These do: {', '.join(PLACEHOLDERS)}.")


def check_facts(texts: Mapping[str, str], *, minutes: int, prices: frozenset[int]) -> None:
    """
    Let texts through that leave the treatment's facts to the treatment.

    :raises FactTyped: a length or a price is typed
    :raises UnknownPlaceholder: something in braces stands for nothing
    """
    for text in texts.values():
        for copy in copies(text, minutes=minutes, prices=prices):
            raise FactTyped(copy.word, copy.placeholder)
        for _, found in placeholders(text):
            if found not in PLACEHOLDERS:
                raise UnknownPlaceholder(found)


def missing(texts: Mapping[str, str]) -> list[str]:
    """List the headings of the sections that have no words yet."""
    return [section.heading for section in SECTIONS if not texts.get(section.name, "").strip()]


def written(texts: Mapping[str, str], facts: Facts, *, version: int, approved: str) -> str:
    """
    Write a whole document as Markdown: from here on it is words alone, whatever becomes of the facts.

    :param approved: by whom and when, such as "Nadia Rahman on 9 March 2026"
    """
    known = [
        f"It takes {fill('{minutes}', minutes=facts.minutes, pence=None)}.",
        *([f"Settling: {facts.settling}."] if facts.settling else []),
        *([f"Time off: {facts.time_off}."] if facts.time_off else []),
        *([f"How many: {facts.course}."] if facts.course else []),
        f"One session: {fill('{price}', minutes=facts.minutes, pence=facts.pence)}.",
    ]
    head = (
        f"# {facts.treatment}: what you should know before you agree\n\n"
        f"{facts.clinic}. Version {version}, approved by {approved}.\n\n" + "\n".join(f"- {line}" for line in known)
    )
    parts = [
        f"## {section.heading}\n\n{fill(texts[section.name].strip(), minutes=facts.minutes, pence=facts.pence)}"
        for section in SECTIONS
    ]
    return "\n\n".join([head, *parts])


def plain(typed: str) -> str:
    """Write what somebody typed as Markdown that says just that: no heading, no link, no list comes of it."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+\-.!|<>&~])", r"\\\1", typed.strip())
    return "\n".join(f"> {line.strip()}" for line in escaped.splitlines())


def fingerprint(text: str) -> str:
    """Name a text by its SHA-256: 64 hexadecimal digits, another text having others."""
    return hashlib.sha256(text.encode()).hexdigest()
