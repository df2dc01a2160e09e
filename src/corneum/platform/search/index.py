"""Bringing the index to what the pages say."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction

from corneum.domain.finding import words_of
from corneum.platform.search.models import Document


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be found: kind and key name it, the rest is what it says."""

    kind: str
    key: str
    title: str
    lead: str = ""
    text: str = ""


@transaction.atomic
def renew(pages: Iterable[Page]) -> int:
    """
    Make the index hold exactly these pages, and answer with how many rows that changed.

    What is as it was is left alone, so it may be called as often as anybody likes.
    """
    wanted = {(page.kind, page.key): page for page in pages}
    there = {(row.kind, row.key): row for row in Document.objects.select_for_update()}
    gone = [row.pk for name, row in there.items() if name not in wanted]
    changed = len(gone)
    if gone:
        Document.objects.filter(pk__in=gone).delete()
    for name, page in wanted.items():
        said = asdict(page) | {"words": " ".join(words_of(f"{page.title} {page.lead} {page.text}"))}
        row = there.get(name)
        if row is None or any(getattr(row, field) != value for field, value in said.items()):
            Document.objects.update_or_create(kind=page.kind, key=page.key, defaults=said)
            changed += 1
    return changed
