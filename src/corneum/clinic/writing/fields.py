"""What a guide, a concern and an article are written in: plain fields, and lists (listed.py)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corneum.clinic.guides.facts import OF_A_GUIDE, OF_AN_ARTICLE
from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.treatments.models import Choice, Concern, Evidence
from corneum.clinic.writing.listed import INSTEAD, STRENGTHS, WHO, write

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, how it is called, how many letters it holds, and what it lists, if it is a list."""

    name: str
    label: str
    most: int
    lists: str = ""
    hint: str = ""
    may_be_empty: bool = True


FACTS_HINT = "Write {minutes} and {price} for the treatment's own: they are filled in when the page is shown."
PARTS_HINT = "Begin each with ## and its title, such as ## A look (5 min), and write its text below."
EVIDENCE_HINT = (
    "Begin each with ## and the concern, and how sure we are: ## Fine lines (weak). Write what was found below, and "
    "then Source: and where. How sure: moderate, weak, very weak, against."
)
INSTEAD_HINT = (
    "Begin each with ## and its name, and write a line for each row of the table. It is the same on every guide that "
    "names it."
)
CHOICES_HINT = (
    "What is worth trying first stands first. Begin each with ## and who it is from: ## GP: See a doctor first. "
    "Nobody, You, Pharmacist, GP, Specialist or Clinic. Then its text, and if you like Treatment: and Source: lines."
)
BODY_HINT = "Markdown: ## before a heading, - before a line of a list, **bold**. A picture: see under Pictures."
GUIDE = (
    Field("title", "Title", 80, may_be_empty=False),
    Field("lead", "First sentences", 600, hint=FACTS_HINT, may_be_empty=False),
    Field("description", "For search engines", 155, may_be_empty=False),
    Field("depth", "How deep it works", 60),
    Field("risks_in_short", "Risks in one line", 200),
    Field("figure_says", "Under the drawing", 600),
    Field("evidence", "What it can do, and what it cannot", 20000, "evidence", EVIDENCE_HINT),
    Field(
        "picture", "Picture", 40, "pictures", "Shown above what happens on the day. Add pictures under Pictures first."
    ),
    Field("steps", "What happens on the day", 8000, "step", PARTS_HINT),
    Field("waits", "When to wait", 8000, "wait", PARTS_HINT),
    Field("beside", "Compared with these treatments", 600, "beside", "One name a line."),
    Field("instead", "Compared with what nobody sells here", 8000, "instead", INSTEAD_HINT),
    Field("risks", "What can go wrong", 8000, "risk", PARTS_HINT),
    Field("questions", "Questions people ask", 12000, "question", PARTS_HINT),
)
CONCERN = (
    Field("name", "Name", 60, may_be_empty=False),
    Field("seen_as", "What somebody sees in the mirror", 600, may_be_empty=False),
    Field("choices", "What to do, in the order in which it is worth trying", 12000, "choices", CHOICES_HINT),
)
ARTICLE = (
    Field("title", "Title", 120, may_be_empty=False),
    Field("lead", "First sentences", 600, may_be_empty=False),
    Field("description", "For search engines", 155, may_be_empty=False),
    Field("author", "Author", 120, may_be_empty=False),
    Field(
        "about", "Treatment whose minutes and price it names", 50, "treatments",
        "Then write {minutes} and {price} in the text, and they are filled in when the page is shown.",
    ),
    Field("body", "Text", 40000, hint=BODY_HINT, may_be_empty=False),
)  # fmt: skip
KINDS = {"guide": GUIDE, "concern": CONCERN, "article": ARTICLE}
LABELS = {field.name: field.label for fields in KINDS.values() for field in fields}
PARTS = {"step": "steps", "wait": "waits", "risk": "risks", "question": "questions"}
# where the treatment's own facts are filled in when the page is shown (guides/facts.py)
FILLED = {*OF_A_GUIDE, *OF_AN_ARTICLE, *PARTS.values()}


def texts_of_guide(guide: Guide) -> dict[str, str]:
    """Write a published guide as its fields, to go on from."""
    texts = {field.name: str(getattr(guide, field.name)) for field in GUIDE if not field.lists}
    parts = [*guide.parts.all()]
    for kind, name in PARTS.items():
        texts[name] = write(
            (f"{row.title}{f' ({row.minutes} min)' if row.minutes else ''}", row.text, ())
            for row in parts
            if row.kind == kind
        )
    texts["picture"] = guide.picture.ref if guide.picture else ""
    texts["evidence"] = _evidence(guide.treatment.evidence.select_related("concern"))
    texts["beside"] = "\n".join(each.name for each in guide.beside.all())
    texts["instead"] = write(
        (other.name, "", ((says, getattr(other, name)) for says, name, _most in INSTEAD))
        for other in guide.instead.all()
    )
    return {field.name: texts[field.name] for field in GUIDE}


def texts_of_concern(concern: Concern) -> dict[str, str]:
    """Write a concern as its fields."""
    rows = Choice.objects.filter(concern=concern).select_related("treatment")
    from_whom = {who: name for name, who in WHO.items()}
    choices = write(
        (
            f"{from_whom[row.who]}: {row.title}", row.says,
            (("Treatment", row.treatment.name if row.treatment else ""), ("Source", row.source)),
        )
        for row in rows
    )  # fmt: skip
    return {"name": concern.name, "seen_as": concern.seen_as, "choices": choices}


def texts_of_article(article: Article) -> dict[str, str]:
    """Write a published article as its fields."""
    texts = {field.name: str(getattr(article, field.name)) for field in ARTICLE if field.name != "about"}
    return texts | {"about": article.about.slug if article.about else ""}


def _evidence(rows: "Iterable[Evidence]") -> str:
    sure = {strength: says for says, strength in STRENGTHS.items()}
    return write((f"{row.concern.name} ({sure[row.strength]})", row.says, (("Source", row.source),)) for row in rows)
