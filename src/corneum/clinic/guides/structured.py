"""The same facts for machines: JSON-LD made from the fields that the page shows, and from nothing else."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.practitioners.queries import registrations_shown
from corneum.clinic.premises.models import OpeningHours, Premises
from corneum.clinic.premises.queries import WEEKDAYS
from corneum.clinic.treatments.models import Concern, Offer
from corneum.platform.accounts.models import Clinic

# What would end the element, or open a comment in it, as Django's own json_script writes it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
Facts = dict[str, Any]


def as_script(*things: Facts) -> SafeString:
    """Write facts as a block of data that no browser runs and that no text in it can end: nothing HTML reads is left."""
    data = {"@context": "https://schema.org", "@graph": list(things)}
    return SafeString(
        '<script type="application/ld+json">'
        + json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
        + "</script>"
    )


def absolute(path: str) -> str:
    """Write a path as a whole address."""
    return f"{settings.SITE_URL}{path}"


def clinic_facts(clinic: Clinic, premises: Premises, week: Iterable[OpeningHours], home: str) -> Facts:
    """Describe a clinic: name, address, telephone, opening hours."""
    return {
        "@type": "MedicalClinic",
        "@id": f"{absolute(home)}#clinic",
        "name": clinic.name,
        "url": absolute(home),
        "telephone": premises.phone,
        "email": premises.email,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(line for line in (premises.line1, premises.line2) if line),
            "addressLocality": premises.town,
            "postalCode": premises.postcode,
            "addressCountry": "GB",
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": WEEKDAYS[row.weekday],
                "opens": _clock(row.opens),
                "closes": _clock(row.closes),
            }
            for row in week
        ],
    }


def guide_facts(guide: Guide) -> Facts:
    """
    Describe a guide: what it is about, who reviewed it and when.

    Its address, language and description stand in the page's head and are not said again.
    """
    return {
        "@type": "MedicalWebPage",
        "name": guide.title,
        "lastReviewed": guide.reviewed_on.isoformat(),
        "reviewedBy": {"@type": "Person", "name": guide.reviewed_by.name},
        "about": {
            "@type": "MedicalProcedure",
            "name": guide.treatment.name,
            "howPerformed": guide.treatment.summary,
            **({"followup": guide.treatment.afterwards} if guide.treatment.afterwards else {}),
        },
    }


def article_facts(article: Article, *, path: str) -> Facts:
    """Describe an article."""
    return {
        "@type": "Article",
        "url": absolute(path),
        "headline": article.title,
        "description": article.description,
        "inLanguage": "en-GB",
        "author": {"@type": "Person", "name": article.author},
        **({"datePublished": article.published_at.date().isoformat()} if article.published_at else {}),
    }


def concern_facts(concern: Concern, *, reviewed_on: date | None) -> Facts:
    """Describe a page about something seen in the mirror, and the newest day on which its evidence was reviewed."""
    return {
        "@type": "MedicalWebPage",
        "name": concern.name,
        **({"lastReviewed": reviewed_on.isoformat()} if reviewed_on else {}),
        "about": {"@type": "MedicalCondition", "name": concern.name, "description": concern.seen_as},
    }


def price_facts(offers: Iterable[Offer]) -> Facts:
    """Describe what the clinic asks money for: a price as the page shows it, with two decimals."""
    return {
        "@type": "OfferCatalog",
        "name": "Prices",
        "itemListElement": [
            {
                "@type": "Offer",
                "itemOffered": {"@type": "Service", "name": offer.treatment.name},
                "price": f"{offer.price_pence / 100:.2f}",
                "priceCurrency": "GBP",
            }
            for offer in offers
        ],
    }


def question_facts(answers: Iterable[tuple[str, str]]) -> Facts:
    """Describe questions and their answers: (question, answer), each word for word as the page shows it."""
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": asks, "acceptedAnswer": {"@type": "Answer", "text": says}}
            for asks, says in answers
        ],
    }


def people_facts(people: Sequence[Practitioner], home: str) -> list[Facts]:
    """Describe the people who treat, with those registrations that the page shows as facts: no samples."""
    return [
        {
            "@type": "Person",
            "name": person.name,
            "jobTitle": person.profession,
            "worksFor": {"@id": f"{absolute(home)}#clinic"},
            "identifier": [
                {"@type": "PropertyValue", "propertyID": entry.body, "value": entry.number}
                for entry in registrations_shown(person)
                if not entry.is_sample
            ],
        }
        for person in people
    ]


def crumb_facts(crumbs: Sequence[tuple[str, str]]) -> Facts:
    """Describe the way to a page: (name, path), the page itself last; its own address is that of the page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name}
            | ({"item": absolute(path)} if place < len(crumbs) else {})
            for place, (name, path) in enumerate(crumbs, start=1)
        ],
    }


def _clock(wall: time) -> str:
    return f"{wall:%H:%M}"
