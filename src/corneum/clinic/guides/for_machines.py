"""What programs ask of the public pages: which there are, what is new, and whom to tell of a hole."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from corneum.clinic.guides import queries
from corneum.clinic.guides.facts import articles_with_facts
from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.guides.prose import as_html
from corneum.clinic.guides.structured import absolute
from corneum.clinic.premises import queries as premises_queries
from corneum.clinic.treatments import queries as treatment_queries
from corneum.domain.errors import NotFound
from corneum.platform.accounts.clinics import at_clinic
from corneum.platform.accounts.models import Clinic

# Pages whose rows keep no day of their own: a day that nobody wrote down is not made up for them.
PLAIN = (
    "booking:home", "guides:treatments", "guides:concerns", "guides:team", "guides:prices", "guides:visit",
    "guides:questions", "guides:results", "guides:registration", "guides:privacy", "guides:accessibility",
    "guides:complaints", "complaints:make", "enquiries:contact",
)  # fmt: skip
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed with nothing in it, which must have a day too
NEWEST = 30  # articles in the feed
ANSWERED_FOR = timedelta(days=180)  # how long security.txt holds; less than a year (RFC 9116, 2.5.5)


def sitemap(clinic: Clinic, *, at: datetime) -> list[tuple[str, date | None]]:
    """List every page that may be found, each with the day on which what it says was last reviewed, where it has one."""
    guides = _guides(clinic, at)
    treated = {guide.treatment for guide in guides}
    concerns = treatment_queries.concerns_studied(treated)
    reviewed = treatment_queries.reviewed_on_by_concern(treated)
    articles = list(queries.articles(at))
    newest = max((day for each in articles if (day := _day_of(each, clinic))), default=None)
    return [
        *((reverse(name), None) for name in PLAIN),
        *((reverse("booking:guide", args=[guide.treatment.slug]), guide.reviewed_on) for guide in guides),
        *((reverse("guides:concern", args=[each.slug]), reviewed.get(each.pk)) for each in concerns),
        (reverse("guides:articles"), newest),
        *((reverse("guides:article", args=[each.slug]), _day_of(each, clinic)) for each in articles),
    ]


def sitemaps() -> list[str]:
    """List where each clinic's sitemap is, the main clinic's first."""
    return [at_clinic(clinic, "/sitemap.xml") for clinic in queries.every_clinic()]


def card_title(clinic: Clinic, kind: str, slug: str, *, at: datetime) -> str:
    """
    Find the title of a page that somebody shares: of a treatment, a concern or an article that readers may see here.

    :raises NotFound: there is no such page here
    """
    if kind == "articles":
        return queries.article_called(slug, at).title
    guides = _guides(clinic, at)
    titles = {guide.treatment.slug: guide.title for guide in guides}
    if kind == "concerns":
        studied = treatment_queries.concerns_studied(guide.treatment for guide in guides)
        titles = {concern.slug: concern.name for concern in studied}
    if slug not in titles:
        raise NotFound
    return titles[slug]


def feed(clinic: Clinic, *, at: datetime) -> dict[str, Any]:
    """Gather the newest articles as Atom (RFC 4287) has them; an entry is known by its ref, whatever its address."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    offers = {offer.treatment_id: offer for offer in treatment_queries.offers_at(clinic)}
    articles = articles_with_facts(queries.articles(at)[:NEWEST], offers)
    entries = [
        {
            "id": f"tag:{host},2026:article/{each.ref}",  # RFC 4151
            "url": absolute(reverse("guides:article", args=[each.slug])),
            "body": as_html(each.body),
            "article": each,
        }
        for each in articles
    ]
    return {
        "id": f"tag:{host},2026:articles/{clinic.slug}",
        "home": absolute(reverse("booking:home")),
        "here": absolute(reverse("guides:feed")),
        "updated": max((each.published_at for each in articles if each.published_at), default=BEGINNING),
        "entries": entries,
    }


def security(clinic: Clinic, *, at: datetime) -> list[tuple[str, str]]:
    """
    Write whom to tell of a hole in this website (RFC 9116): field and value, line by line.

    :raises NotFound: the clinic has not said yet how it is reached
    """
    contact = settings.SECURITY_CONTACT or f"mailto:{premises_queries.clinic_page(clinic).email}"
    until = datetime.combine((at + ANSWERED_FOR).astimezone(UTC).date(), time(), UTC)
    return [
        ("Contact", contact),
        ("Expires", f"{until:%Y-%m-%dT%H:%M:%SZ}"),
        ("Preferred-Languages", "en"),
        ("Canonical", absolute(at_clinic(clinic, "/.well-known/security.txt"))),
    ]


def _guides(clinic: Clinic, at: datetime) -> list[Guide]:
    """List the guides that readers of this clinic may see: to what it offers, and to care that nobody sells."""
    given = [offer.treatment for offer in treatment_queries.offers_at(clinic)]
    return list(queries.guides_to([*given, *treatment_queries.care()], at).values())


def _day_of(article: Article, clinic: Clinic) -> date | None:
    """The later of the day it was published and the day it was reviewed: both are days on which its words were looked at."""
    published = article.published_at.astimezone(ZoneInfo(clinic.zone)).date() if article.published_at else None
    return max((day for day in (published, article.reviewed_on) if day), default=None)
