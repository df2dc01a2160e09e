"""Guides and articles as they are shown: with the treatment's own facts where the writer named them."""

from collections.abc import Iterable, Mapping

from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.treatments.models import Offer
from corneum.domain.facts import fill

OF_A_GUIDE = ("lead", "description", "depth", "figure_says", "risks_in_short")
OF_AN_ARTICLE = ("lead", "description", "body")
Offers = Mapping[int, Offer]  # what one clinic offers, by treatment


def with_facts(guide: Guide, offer: Offer) -> Guide:
    """Fill in minutes and price, in the row as read and in its parts; nothing is saved."""
    in_brief(guide, offer)
    for part in guide.parts.all():
        part.title = fill(part.title, minutes=offer.treatment.minutes, pence=offer.price_pence)
        part.text = fill(part.text, minutes=offer.treatment.minutes, pence=offer.price_pence)
    return guide


def in_brief(guide: Guide, offer: Offer | None) -> Guide:
    """Fill in the same, for a page that shows none of its parts."""
    for name in OF_A_GUIDE:
        filled = fill(getattr(guide, name), minutes=guide.treatment.minutes, pence=offer.price_pence if offer else None)
        setattr(guide, name, filled)
    return guide


def articles_with_facts(articles: Iterable[Article], offers: Offers) -> list[Article]:
    """Fill in the facts of the treatment that each article is about; without one there is nothing to fill in."""
    found = list(articles)
    for article in found:
        if article.about is None:
            continue
        offer = offers.get(article.about.pk)
        for name in OF_AN_ARTICLE:
            pence = offer.price_pence if offer else None
            setattr(article, name, fill(getattr(article, name), minutes=article.about.minutes, pence=pence))
    return found
