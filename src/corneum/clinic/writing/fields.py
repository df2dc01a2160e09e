"""What a guide and an article are written in: plain fields, and lists as "## title" with text below."""

import re
from collections.abc import Mapping

from corneum.clinic.guides.facts import OF_A_GUIDE, OF_AN_ARTICLE
from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.guides.written import PartWritten

Texts = Mapping[str, str]
# name, label, letters, and the kind of part whose list it is
GUIDE = (
    ("title", "Title", 80, ""),
    ("lead", "First sentences", 600, ""),
    ("description", "For search engines", 155, ""),
    ("depth", "How deep it works", 60, ""),
    ("risks_in_short", "Risks in one line", 200, ""),
    ("figure_says", "Under the drawing", 600, ""),
    ("steps", "What happens on the day", 8000, "step"),
    ("waits", "When to wait", 8000, "wait"),
    ("risks", "What can go wrong", 8000, "risk"),
    ("questions", "Questions people ask", 12000, "question"),
)
ARTICLE = (
    ("title", "Title", 120, ""),
    ("lead", "First sentences", 600, ""),
    ("description", "For search engines", 155, ""),
    ("author", "Author", 120, ""),
    ("about", "Treatment whose minutes and price it names", 50, ""),
    ("body", "Text", 40000, ""),
)
# where the treatment's own facts are filled in when the page is shown (guides/facts.py)
FILLED = {*OF_A_GUIDE, *OF_AN_ARTICLE, *(name for name, _label, _most, kind in GUIDE if kind)}
LABELS = {name: label for name, label, _most, _kind in (*GUIDE, *ARTICLE)}
_MINUTES = re.compile(r"\s*\((\d{1,3}) min\)$")


def parts_in(text: str, kind: str) -> tuple[PartWritten, ...]:
    """Read a list: each line that begins with ## is a title, such as "## A look (5 min)", and text follows it."""
    found = []
    for block in re.split(r"(?m)^##[ \t]*", text.replace("\r\n", "\n")):
        title, _, rest = block.strip().partition("\n")
        if title:
            minutes = _MINUTES.search(title)
            found.append(
                PartWritten(kind, _MINUTES.sub("", title), rest.strip(), int(minutes.group(1)) if minutes else None)
            )
    return tuple(found)


def texts_of_guide(guide: Guide) -> dict[str, str]:
    """Write a published guide as its fields, to go on from."""
    texts = {name: str(getattr(guide, name)) for name, _label, _most, kind in GUIDE if not kind}
    for name, _label, _most, kind in GUIDE:
        if kind:
            rows = [part for part in guide.parts.all() if part.kind == kind]
            texts[name] = "\n\n".join(
                f"## {row.title}{f' ({row.minutes} min)' if row.minutes else ''}\n{row.text}".strip() for row in rows
            )
    return texts


def texts_of_article(article: Article) -> dict[str, str]:
    """Write a published article as its fields."""
    texts = {name: str(getattr(article, name)) for name, _label, _most, _kind in ARTICLE if name != "about"}
    return texts | {"about": article.about.slug if article.about else ""}
