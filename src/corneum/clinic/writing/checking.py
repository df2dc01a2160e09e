"""What stands in the way of publishing a version: every mark, where in the text it is, and what to do about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corneum.clinic.guides.pictures import IN_TEXT, pictures_in
from corneum.clinic.treatments.models import Concern, Offer, Treatment
from corneum.clinic.writing import queries
from corneum.clinic.writing.fields import FILLED, LABELS
from corneum.clinic.writing.listed import NotReadable
from corneum.clinic.writing.models import Version
from corneum.domain.facts import PLACEHOLDERS, copies, placeholders
from corneum.domain.marking import Stretch, paragraphs
from corneum.domain.wording import check

CLAIMS = ("title", "lead", "description")  # where a page says what it is for


@dataclass(frozen=True, slots=True)
class Mark:
    """
    Something in one field that the checks do not accept, from the letter `start` up to `end`.

    `rule` is that of the copy check, and may be answered with a reason; without one it can only be mended.
    """

    field: str
    start: int
    end: int
    word: str
    says: str
    instead: str = ""
    source: str = ""
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """One field that has marks: its label, those of its lines that hold one, and the marks."""

    label: str
    lines: list[list[Stretch]]
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the checks find in one version, in the order in which it is read."""

    marks: list[Mark]
    fields: list[Marked]

    @property
    def open(self) -> list[Mark]:
        """Marks that nobody has answered."""
        return [mark for mark in self.marks if not mark.reason]

    @property
    def are_settled(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.open

    def words(self, *, answerable: bool) -> set[tuple[str, str]]:
        """Answer with the rule and the word of each mark that may, or may not, be answered with a reason."""
        return {(mark.rule, mark.word) for mark in self.marks if bool(mark.rule) is answerable}


def findings(version: Version) -> Findings:
    """Check a version: words, facts typed into prose, placeholders, and concerns without an evidence note."""
    answers = {(each.rule, each.word): each.reason for each in version.answers.all()}
    treatment = version.page.treatment or about(version)
    prices = frozenset(Offer.objects.filter(treatment=treatment).values_list("price_pence", flat=True))
    unproven = _unproven(version) if version.page.is_guide else []
    fields = []
    for name, text in version.texts.items():
        marks = [*_words(name, text, answers), *_placeholders(name, text, treatment)]
        if treatment:
            marks += _copies(name, text, treatment, prices)
        if name == "body":
            marks += _pictures(name, text)
        if name in CLAIMS:
            marks += _claims(name, text, unproven)
        if marks:
            marks.sort(key=lambda mark: (mark.start, mark.end))
            fields.append(Marked(LABELS[name], paragraphs(text, [(mark.start, mark.end) for mark in marks]), marks))
    return Findings([mark for field in fields for mark in field.marks], fields)


def about(version: Version) -> Treatment | None:
    """Find the treatment whose minutes and price an article names."""
    slug = version.texts.get("about", "")
    return Treatment.objects.filter(slug=slug).first() if slug else None


def makes_claims(version: Version) -> bool:
    """Say whether an article speaks of a concern, or of a treatment that is given here."""
    names = [*Concern.objects.values_list("name", flat=True)]
    names += Treatment.objects.filter(kind=Treatment.Kind.TREATMENT).values_list("name", flat=True)
    return any(_named(names, text) for text in version.texts.values())


def _words(field: str, text: str, answers: dict[tuple[str, str], str]) -> Iterator[Mark]:
    for hit in check(text):
        rule = hit.rule
        yield Mark(
            field, hit.start, hit.end, hit.word, rule.reason, rule.instead, rule.source, rule.id,
            answers.get((rule.id, hit.word), ""),
        )  # fmt: skip


def _placeholders(field: str, text: str, treatment: Treatment | None) -> Iterator[Mark]:
    for start, word in placeholders(text):
        if word not in PLACEHOLDERS:
            says = "Only {minutes} and {price} are filled in."
        elif field not in FILLED:
            says = "Nothing is filled in here."
        elif treatment is None:
            says = "Choose first whose minutes and price the article names."
        else:
            continue
        yield Mark(field, start, start + len(word), word, says)


def _pictures(field: str, text: str) -> Iterator[Mark]:
    known = pictures_in(text)
    says = "There is no picture of ours by this ref, and none from elsewhere is shown."
    for match in IN_TEXT.finditer(text):
        if match.group(2) not in known:
            yield Mark(field, match.start(), match.end(), match.group(), says)


def _copies(field: str, text: str, treatment: Treatment, prices: frozenset[int]) -> Iterator[Mark]:
    for copy in copies(text, minutes=treatment.minutes, prices=prices):
        says = "This is the treatment's own fact, and is filled in when the page is shown."
        yield Mark(field, copy.start, copy.start + len(copy.word), copy.word, says, f"write {copy.placeholder}")


def _claims(field: str, text: str, unproven: list[str]) -> Iterator[Mark]:
    for start, word in _named(unproven, text):
        yield Mark(field, start, start + len(word), word, "No evidence note says what this treatment does for it.")


def _unproven(version: Version) -> list[str]:
    """List the concerns of which this very version has no evidence note."""
    try:
        proven = {note.concern for note in queries.read_list("evidence", version.texts.get("evidence", ""))}
    except NotReadable:
        proven = set()
    return [*Concern.objects.exclude(slug__in=proven).values_list("name", flat=True)]


def _named(names: list[str], text: str) -> list[tuple[int, str]]:
    return [
        (match.start(), match.group())
        for name in names
        for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    ]
