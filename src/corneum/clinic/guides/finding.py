"""Search across a clinic's pages: what the index is made of, and what a reader may be shown of what it finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from corneum.clinic.guides import queries
from corneum.clinic.guides.facts import articles_with_facts
from corneum.clinic.practitioners import queries as practitioner_queries
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments import queries as treatment_queries
from corneum.clinic.treatments.models import Concern, Treatment
from corneum.domain.facts import fill
from corneum.domain.finding import words_of
from corneum.platform.accounts.models import Clinic
from corneum.platform.search import index
from corneum.platform.search.index import Page
from corneum.platform.search.queries import search

KINDS = {"guide": "Treatment", "concern": "Concern", "article": "Article", "person": "Our team", "page": "Page"}
# What stands at the clinic itself: name in the address, title, words by which it is looked for.
PAGES = (
    ("prices", "Prices", "What every consultation and treatment costs. Cost, fee, price list, pay."),
    ("visit", "Visit us", "Address, opening hours, holidays, parking, tram, step-free access, map, phone."),
    ("team", "Our team", "Who treats you: doctors, nurses, registers and numbers."),
    ("questions", "Questions people ask", "What readers ask about each treatment, and what we answer."),
    ("results", "Results", "Before and after photographs, pictures, how a change is measured, consent."),
    ("registration", "Our registration", "Who regulates whom, how to check a register, licence, GMC, NMC, CQC."),
    ("privacy", "Privacy", "What we keep about you, your data, records, cookies."),
    ("accessibility", "Accessibility", "How this website and the clinic can be used by everybody."),
    ("complaints", "Complaints", "How to tell us that something went wrong, and who else you can go to."),
)
# Two words that look alike and are not the same thing: whoever looks for one is told which is which.
NOT_THE_SAME = {
    "dermabrasion": "Dermabrasion is not microdermabrasion. It sands the skin away down to the dermis, needs an "
    "anaesthetic, takes a week or more to heal and can scar. We do not give it. The pages below only mention it.",
    "microdermabrasion": "Microdermabrasion is not dermabrasion. It works on the outermost cells and needs no "
    "anaesthetic. Dermabrasion goes down to the dermis and takes a week or more to heal.",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One line of what was found."""

    kind: str
    title: str
    url: str
    extract: str


def renew_index() -> int:
    """Bring the index to what the pages say now, published or waiting to be; answer with how many rows changed."""
    return index.renew(_pages())


def search_context(clinic: Clinic, question: str, *, at: datetime) -> dict[str, Any]:
    """
    Find what a reader of this clinic's pages may see.

    The index only finds: whether a page is published, and given at this clinic, is asked of the rows themselves.
    """
    question = " ".join(question.split())[:100]
    answer = search(question, also_known=NOT_THE_SAME)
    urls = _shown(clinic, at) if answer.found else {}
    results = [
        Result(KINDS[each.kind], each.title, urls[each.kind, each.key], each.extract)
        for each in answer.found
        if (each.kind, each.key) in urls
    ]
    return {
        "question": question,
        "results": results,
        "looked_for": " ".join(answer.words),
        "was_misspelt": bool(answer.instead),
        "not_the_same": [says for word, says in NOT_THE_SAME.items() if word in answer.words],
        "is_empty": bool(question) and not results,
        "had_words": bool(words_of(question)),
    }


def _pages() -> Iterator[Page]:
    for guide in queries.every_guide():
        parts = " ".join(f"{part.title}: {part.text}" for part in guide.parts.all())
        lead, parts = (fill(text, minutes=guide.treatment.minutes, pence=None) for text in (guide.lead, parts))
        yield Page("guide", guide.treatment.slug, guide.title, lead, f"{guide.treatment.summary} {parts}")
    for concern in Concern.objects.prefetch_related("choices"):
        ways = " ".join(f"{choice.title}. {choice.says}" for choice in concern.choices.all())
        yield Page("concern", concern.slug, concern.name, concern.seen_as, ways)
    for article in articles_with_facts(queries.every_article(), {}):
        yield Page("article", article.slug, article.title, article.lead, article.body)
    for person in Practitioner.objects.all():
        yield Page("person", person.slug, person.name, person.profession, person.about)
    for name, title, says in PAGES:
        yield Page("page", name, title, says)


def _shown(clinic: Clinic, at: datetime) -> dict[tuple[str, str], str]:
    """Write the address of everything that may be seen here."""
    given = [offer.treatment for offer in treatment_queries.offers_at(clinic)] + list(treatment_queries.care())
    found = {("guide", slug): reverse("booking:guide", args=[slug]) for slug in _guided(given, at)}
    for concern in treatment_queries.concerns_studied(given):
        found["concern", concern.slug] = reverse("guides:concern", args=[concern.slug])
    for slug in queries.articles(at).values_list("slug", flat=True):
        found["article", slug] = reverse("guides:article", args=[slug])
    for person in practitioner_queries.shown_at(clinic, at.date()):
        found["person", person.slug] = f"{reverse('guides:team')}#{person.slug}"
    return found | {("page", name): reverse(f"guides:{name}") for name, _, _ in PAGES}


def _guided(treatments: list[Treatment], at: datetime) -> list[str]:
    return [guide.treatment.slug for guide in queries.guides_to(treatments, at).values()]
