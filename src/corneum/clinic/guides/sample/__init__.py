"""
Sample pages for a skin clinic: guides, evidence and articles, each of which a clinician must approve.

The sentences are our own; the studies are named beside what was found in them. `publish` puts all of
it on the site, marked as a sample.
"""

from collections.abc import Mapping
from datetime import date, datetime

from corneum.clinic.guides import actions
from corneum.clinic.guides.sample.articles import ARTICLES
from corneum.clinic.guides.sample.care import CARE
from corneum.clinic.guides.sample.choices import CHOICES
from corneum.clinic.guides.sample.concerns import CONCERNS
from corneum.clinic.guides.sample.evidence import EVIDENCE
from corneum.clinic.guides.sample.ipl import IPL
from corneum.clinic.guides.sample.led import LED
from corneum.clinic.guides.sample.microdermabrasion import MICRODERMABRASION
from corneum.clinic.guides.sample.microneedling import MICRONEEDLING
from corneum.clinic.guides.sample.superficial_peel import SUPERFICIAL_PEEL
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments import actions as treatment_actions
from corneum.clinic.treatments.models import Treatment
from corneum.platform.accounts.actors import Actor

GUIDES = (MICRODERMABRASION, SUPERFICIAL_PEEL, MICRONEEDLING, LED, IPL, CARE)

__all__ = ["ARTICLES", "CHOICES", "CONCERNS", "EVIDENCE", "GUIDES", "publish"]


def publish(
    *,
    treatments: Mapping[str, Treatment],
    reviewed_by: Practitioner,
    reviewed_on: date,
    review_due_on: date,
    by: Actor,
    at: datetime,
) -> None:
    """
    Publish the sample concerns, choices, evidence, guides and articles, each through its own action.

    :param treatments: by slug; a guide to a treatment that is not among them is left out
    """
    concerns = {
        concern.slug: treatment_actions.add_concern(
            slug=concern.slug, name=concern.name, seen_as=concern.seen_as, order=order, by=by, at=at
        )
        for order, concern in enumerate(CONCERNS, start=1)
    }
    for slug, choices in CHOICES.items():
        treatment_actions.put_choices_in_order(concern=concerns[slug], choices=choices, by=by, at=at)
    for order, row in enumerate(EVIDENCE, start=1):
        if row.treatment in treatments:
            treatment_actions.note_evidence(
                treatment=treatments[row.treatment], concern=concerns[row.concern], says=row.says,
                strength=row.strength, source=row.source, reviewed_on=reviewed_on, order=order, by=by, at=at,
            )  # fmt: skip
    for guide in GUIDES:
        if guide.treatment in treatments:
            actions.publish_guide(
                treatment=treatments[guide.treatment], written=guide, reviewed_by=reviewed_by,
                reviewed_on=reviewed_on, review_due_on=review_due_on, is_sample=True, by=by, at=at,
            )  # fmt: skip
    for article in ARTICLES:
        actions.publish_article(
            written=article,
            author=reviewed_by.name,
            reviewed_by=reviewed_by,
            reviewed_on=reviewed_on,
            review_due_on=review_due_on,
            is_sample=True,
            by=by,
            at=at,
        )
