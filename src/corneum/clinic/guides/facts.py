"""A guide as it is shown: with its treatment's own facts where the writer named them."""

from corneum.clinic.guides.models import Guide
from corneum.clinic.treatments.models import Offer
from corneum.domain.facts import fill


def with_facts(guide: Guide, offer: Offer) -> Guide:
    """Fill in minutes and price, in the row as read and in its parts; nothing is saved."""
    minutes, pence = offer.treatment.minutes, offer.price_pence
    for name in ("lead", "description", "figure_says"):
        setattr(guide, name, fill(getattr(guide, name), minutes=minutes, pence=pence))
    for part in guide.parts.all():
        part.title = fill(part.title, minutes=minutes, pence=pence)
        part.text = fill(part.text, minutes=minutes, pence=pence)
    return guide
