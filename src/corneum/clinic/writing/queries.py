"""Pages, their versions, and what waits for somebody."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from corneum.clinic.guides.models import Alternative, Article, Guide, Picture
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Concern, Treatment
from corneum.clinic.writing.fields import PARTS, texts_of_article, texts_of_guide
from corneum.clinic.writing.listed import beside_in, choices_in, evidence_in, instead_in, parts_in
from corneum.clinic.writing.models import Page, Version
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may

RAISED_BEFORE = timedelta(days=30)  # how long before its day a review is raised


def pages() -> QuerySet[Page]:
    """Find every page that is written here."""
    return Page.objects.select_related("treatment", "concern").prefetch_related(
        "versions__written_by", "versions__approved_by"
    )


def page_called(ref: str) -> Page:
    """
    Find a page.

    :raises NotFound: there is none
    """
    page = pages().filter(ref=ref).first()
    if page is None:
        raise NotFound
    return page


def version_of(page: Page, number: int) -> Version:
    """
    Find one version of a page.

    :raises NotFound: there is none of that number
    """
    version = page.versions.select_related("written_by", "approved_by").filter(number=number).first()
    if version is None:
        raise NotFound
    return version


def latest(page: Page) -> Version | None:
    """Find what was saved last."""
    return page.versions.select_related("written_by", "approved_by").first()


def published(page: Page) -> Version | None:
    """Find what readers see."""
    return page.versions.filter(published_at__isnull=False).order_by("-published_at", "-number").first()


def unwritten() -> list[tuple[str, str, str, str]]:
    """List what could be written here and is not yet: its kind, the field of the form, the slug and the name."""
    written = (
        Page.objects.exclude(treatment=None).values("treatment"),
        Page.objects.exclude(concern=None).values("concern"),
    )
    articles = Article.objects.exclude(slug__in=Page.objects.filter(treatment=None, concern=None).values("slug"))
    return [
        *(("Guide", "treatment", each.slug, each.name) for each in Treatment.objects.exclude(pk__in=written[0])),
        *(("Concern", "concern", each.slug, each.name) for each in Concern.objects.exclude(pk__in=written[1])),
        *(("Article", "slug", each.slug, each.title) for each in articles),
    ]


def treatments_sold() -> QuerySet[Treatment]:
    """Find the treatments that have minutes and a price."""
    return Treatment.objects.exclude(kind=Treatment.Kind.CARE)


def read_list(kind: str, text: str) -> Any:
    """
    Read a list as the action that publishes it takes it; of what is no list, nothing.

    :raises NotReadable: the sentence says which entry, and what to do
    """
    if kind in PARTS:
        return parts_in(text, kind)
    if kind == "evidence":
        return evidence_in(text, _by_name(Concern.objects.values_list("name", "slug")))
    if kind == "beside":
        return beside_in(text, _by_name(Treatment.objects.values_list("name", "slug")))
    if kind == "instead":
        return instead_in(text, _by_name(Alternative.objects.values_list("name", "slug")))
    if kind == "choices":
        return choices_in(text, _by_name(Treatment.objects.values_list("name", "slug")))
    return ()


def _by_name(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): slug for name, slug in rows}


def approver(user_id: int | None, on: date) -> Practitioner | None:
    """Find the practitioner that somebody is, if their registration is valid on a day."""
    return (
        Practitioner.objects.filter(
            user_id=user_id, is_active=True, registrations__valid_from__lte=on, registrations__valid_until__gte=on
        )
        .distinct()
        .first()
        if user_id
        else None
    )


def reviews_due(on: date) -> list[Guide | Article]:
    """List what readers see and whose next review is overdue or due within thirty days, the oldest first."""
    wanted = Q(published_at__isnull=False, review_due_on__lte=on + RAISED_BEFORE)
    found: list[Guide | Article] = [*Guide.objects.filter(wanted).select_related("treatment", "reviewed_by")]
    found += Article.objects.filter(wanted).select_related("reviewed_by")
    return sorted(found, key=lambda each: (each.review_due_on or on, each.title))


def reviewed_page(ref: str) -> Guide | Article:
    """
    Find a guide or an article that readers see and that somebody stands by.

    :raises NotFound: there is none of this ref
    """
    seen = Q(ref=ref, published_at__isnull=False, reviewed_on__isnull=False)
    guide = Guide.objects.filter(seen).select_related("treatment", "reviewed_by").first()
    found = guide or Article.objects.filter(seen).select_related("reviewed_by").first()
    if found is None:
        raise NotFound
    return found


def where_read(shown: Guide | Article) -> tuple[str, str]:
    """Name the address at which readers see a guide or an article, and what stands in it."""
    return ("booking:guide", shown.treatment.slug) if isinstance(shown, Guide) else ("guides:article", shown.slug)


def held(shown: Guide | Article) -> Guide | Article:
    """Take what readers see as it stands this moment, so that nobody publishes over it meanwhile."""
    if isinstance(shown, Guide):
        return Guide.objects.select_for_update(of=("self",)).select_related("treatment").get(pk=shown.pk)
    return Article.objects.select_for_update(of=("self",)).get(pk=shown.pk)


def seal(shown: Guide | Article) -> str:
    """Name one exact text that readers see, so that nobody answers for another than they were asked about."""
    texts = texts_of_guide(shown) if isinstance(shown, Guide) else texts_of_article(shown)
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def page_of(shown: Guide | Article) -> Page | None:
    """Find the page as which something that readers see is written here, if it is."""
    of = Q(treatment=shown.treatment) if isinstance(shown, Guide) else Q(slug=shown.slug, treatment=None, concern=None)
    return Page.objects.filter(of).first()


def refused() -> QuerySet[Version]:
    """Find what the timetable could not publish and nobody has saved, timed or published anew since."""
    later = Version.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
    waiting = Version.objects.filter(refused_at__isnull=False, published_at=None).exclude(Exists(later))
    return waiting.select_related("page").order_by("refused_at")


def raised_count(user: User, clinic: Clinic, on: date) -> int:
    """Count what waits for somebody who writes or approves pages: reviews due and publishing that was refused."""
    if not clinic.is_main or not may(user, Right.WRITE_PAGES, clinic):
        return 0
    wanted = Q(published_at__isnull=False, review_due_on__lte=on + RAISED_BEFORE)
    return sum(rows.count() for rows in (Guide.objects.filter(wanted), Article.objects.filter(wanted), refused()))


def due(at: datetime) -> QuerySet[Version]:
    """Find what is to be published by now, and was not refused already."""
    return Version.objects.filter(publish_at__lte=at, published_at=None, refused_at=None).order_by("publish_at", "pk")


def article_of(page: Page) -> Article | None:
    """Find the article that readers see."""
    return Article.objects.filter(slug=page.slug).select_related("about").first()


def guide_of(page: Page) -> Guide | None:
    """Find the guide that readers see."""
    return (
        Guide.objects.filter(treatment=page.treatment)
        .select_related("treatment", "picture")
        .prefetch_related("parts", "beside", "instead")
        .first()
    )


def name_of_picture(ref: str) -> str:
    """Say how a picture is called at the desk, even when it was withdrawn since."""
    picture = Picture.objects.filter(ref=ref).first()
    return f"{picture.name}{' (withdrawn)' if picture.withdrawn_at else ''}" if picture else ref


def main_clinic() -> Clinic:
    """Find the clinic at whose desk pages are written."""
    return Clinic.objects.get(is_main=True)


def published_before(version: Version) -> Version | None:
    """Find what a version is compared with: what readers see, or else the version before it."""
    seen = published(version.page)
    if seen is not None and seen.number < version.number:
        return seen
    return version.page.versions.filter(number__lt=version.number).first()
