"""
Lists as they are typed: each entry begins with "## title", and below it stand lines such as "Source: …" and prose.

Reading says in a sentence what cannot be read, in which entry; writing gives back what reading takes.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from corneum.clinic.guides.written import AlternativeWritten, PartWritten
from corneum.clinic.treatments.actions import Chosen, Noted

STRENGTHS = {"moderate": "moderate", "weak": "weak", "very weak": "very-weak", "against": "against"}
WHO = {
    "Nobody": "nobody", "You": "you", "Pharmacist": "pharmacist", "GP": "gp", "Specialist": "specialist",
    "Clinic": "clinic",
}  # fmt: skip
# The lines of something that nobody sells: as it is typed, the field, and as many letters as it holds.
INSTEAD = (
    ("Depth", "depth", 60), ("What it does", "changes", 600), ("How sure", "how_sure", 600),
    ("Sessions", "sessions", 120), ("Settling", "settling", 120), ("Main risks", "risks", 200), ("Price", "price", 60),
)  # fmt: skip
LONGEST_TITLE = 160  # letters, of one step, reason to wait, risk or question
_MINUTES = re.compile(r"\s*\((\d{1,3}) min\)$")
_BRACKET = re.compile(r"\s*\(([^()]*)\)$")
Names = Mapping[str, str]  # a name as people read it, in small letters, and the slug that it stands for


class NotReadable(ValueError):
    """An entry of a list cannot be read; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its title, the lines that begin with a known name and a colon, and the prose between."""

    title: str
    lines: Mapping[str, str]
    prose: str


def entries(text: str, known: Collection[str] = ()) -> list[Entry]:
    """Read a list; of lines, only those whose names are known."""
    before, *blocks = re.split(r"(?m)^##[ \t]*", text.replace("\r\n", "\n"))
    if before.strip() and known:
        raise NotReadable(f"Begin with ## and a title; this stands before the first: “{_short(before)}”")
    found = []
    for block in blocks:
        title, _, rest = block.strip().partition("\n")
        if not title:
            continue
        lines, prose = {}, []
        for line in rest.split("\n"):
            name, colon, value = line.partition(":")
            if colon and name.strip() in known:
                lines[name.strip()] = value.strip()
            else:
                prose.append(line)
        found.append(Entry(title.strip(), lines, "\n".join(prose).strip()))
    return found


def parts_in(text: str, kind: str) -> tuple[PartWritten, ...]:
    """
    Read steps, reasons to wait, risks or questions: "## A look (5 min)", and text follows it.

    :raises NotReadable: a title is longer than a page keeps
    """
    found = []
    for entry in entries(text):
        if len(entry.title) > LONGEST_TITLE:
            raise NotReadable(f"The title “{_short(entry.title)}” is longer than {LONGEST_TITLE} letters")
        minutes = _MINUTES.search(entry.title)
        found.append(
            PartWritten(
                kind, _MINUTES.sub("", entry.title), entry.prose, int(minutes.group(1)) if minutes else None
            )
        )  # fmt: skip
    return tuple(found)


def evidence_in(text: str, concerns: Names) -> list[Noted]:
    """
    Read evidence notes: "## Fine lines (weak)", what was found, and "Source: …".

    :raises NotReadable: a concern or a strength that there is not, twice the same, or no source
    """
    found: list[Noted] = []
    for entry in entries(text, {"Source"}):
        bracket = _BRACKET.search(entry.title)
        strength = STRENGTHS.get(bracket.group(1).strip().lower()) if bracket else None
        if strength is None:
            raise NotReadable(f"Say how sure we are of “{entry.title}”: ({'), ('.join(STRENGTHS)}) after its name")
        concern = _named(_BRACKET.sub("", entry.title), concerns, "concern")
        if concern in {each.concern for each in found}:
            raise NotReadable(f"“{entry.title}” stands there twice")
        if not entry.prose or not entry.lines.get("Source"):
            raise NotReadable(f"“{entry.title}” needs what was found, and a line that begins with Source:")
        found.append(Noted(concern, strength, entry.prose, entry.lines["Source"]))
    return found


def beside_in(text: str, treatments: Names) -> tuple[str, ...]:
    """
    Read with which treatments one is compared, a name a line; answers with their slugs.

    :raises NotReadable: there is no such treatment
    """
    return tuple(_named(line, treatments, "treatment") for line in text.splitlines() if line.strip())


def instead_in(text: str, slugs: Names) -> tuple[AlternativeWritten, ...]:
    """
    Read what the clinic does not sell, each with every line of the comparison.

    :param slugs: by name, of those that exist
    :raises NotReadable: a line is missing or too long
    """
    found = []
    for entry in entries(text, {says for says, _name, _most in INSTEAD}):
        for says, _name, most in INSTEAD:
            value = entry.lines.get(says, "")
            if not value or len(value) > most:
                raise NotReadable(
                    f"“{_short(entry.title)}” needs a line that begins with {says}: and has 1 to {most} letters"
                )
        if entry.prose or len(entry.title) > 60:
            raise NotReadable(
                f"In “{_short(entry.title)}” this is no line of the table: “{_short(entry.prose or entry.title)}”"
            )
        slug = (
            slugs.get(entry.title.lower()) or re.sub(r"[^a-z0-9]+", "-", entry.title.lower()).strip("-")[:50] or "other"
        )
        values = {name: entry.lines[says] for says, name, _most in INSTEAD}
        found.append(AlternativeWritten(slug=slug, name=entry.title, **values))
    return tuple(found)


def choices_in(text: str, treatments: Names) -> list[Chosen]:
    """
    Read what to do about a concern, in its order: "## GP: See a doctor first", prose, "Treatment: …", "Source: …".

    :raises NotReadable: nobody is named to whom one goes for it, or a treatment that there is not
    """
    found = []
    who_names = {name.lower(): who for name, who in WHO.items()}
    for entry in entries(text, {"Source", "Treatment"}):
        before, colon, title = entry.title.partition(":")
        who = who_names.get(before.strip().lower())
        if who is None or not colon or not title.strip() or len(title.strip()) > 120:
            raise NotReadable(
                f"Begin “{_short(entry.title)}” with who it is from ({', '.join(WHO)}), a colon, and a short title"
            )
        if not entry.prose:
            raise NotReadable(f"Say something below “{_short(entry.title)}”")
        treatment = entry.lines.get("Treatment", "")
        slug = _named(treatment, treatments, "treatment") if treatment else ""
        found.append(Chosen(who, title.strip(), entry.prose, slug, entry.lines.get("Source", "")))
    return found


def write(rows: Iterable[tuple[str, str, Iterable[tuple[str, str]]]]) -> str:
    """Write entries, (title, prose, lines), as reading takes them; lines without a value are left out."""
    return "\n\n".join(
        "\n".join(
            part
            for part in (
                f"## {title}",
                prose,
                *(f"{name}: {' '.join(value.split())}" for name, value in lines if value),
            )
            if part
        )
        for title, prose, lines in rows
    )


def _named(name: str, known: Names, kind: str) -> str:
    slug = known.get(name.strip().lower())
    if slug is None:
        raise NotReadable(f"There is no {kind} called “{_short(name)}”")
    return slug


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}…"
