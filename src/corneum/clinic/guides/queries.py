"""Published guides and articles, and what stands beside them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from corneum.clinic.guides.models import Article, Guide, Picture, Rendition
from corneum.clinic.treatments.models import Treatment
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic


def every_clinic() -> QuerySet[Clinic]:
    """Find every clinic that has pages, the main one first."""
    return Clinic.objects.all()


def published_guides(at: datetime) -> QuerySet[Guide]:
    """Find the guides that readers may see, each with its treatment and who reviewed it."""
    return (
        Guide.objects.filter(published_at__lte=at)
        .select_related("treatment", "reviewed_by", "picture")
        .order_by("treatment__order", "treatment__name")
    )


def every_guide() -> QuerySet[Guide]:
    """Find every guide with its parts, published or not: for the index, which shows nobody anything by itself."""
    return Guide.objects.select_related("treatment").prefetch_related("parts")


def every_article() -> QuerySet[Article]:
    """Find every article, published or not, for the index."""
    return Article.objects.select_related("about")


def guides_to(treatments: Iterable[Treatment], at: datetime) -> dict[int, Guide]:
    """Find the published guides to these treatments, by treatment."""
    found = published_guides(at).filter(treatment__in=[treatment.pk for treatment in treatments])
    return {guide.treatment_id: guide for guide in found}


def guide_to(treatment: Treatment, at: datetime) -> Guide:
    """
    Find the guide to a treatment, with its parts and what it is compared with.

    :raises NotFound: none is published
    """
    beside = Treatment.objects.order_by("order", "name")
    guide = (
        published_guides(at)
        .filter(treatment=treatment)
        .prefetch_related("parts", Prefetch("beside", beside), "instead")
        .first()
    )
    if guide is None:
        raise NotFound
    return guide


def articles(at: datetime) -> QuerySet[Article]:
    """Find the articles that readers may see, the newest first, as written: facts.py fills in what they name."""
    return (
        Article.objects.filter(published_at__lte=at)
        .select_related("reviewed_by", "about")
        .order_by("-published_at", "slug")
    )


def rendition(ref: str, shape: str, width: int, accepted: str) -> Rendition:
    """
    Find a picture in one size, in the best format that the browser says it reads.

    :param accepted: the browser's own Accept header
    :raises NotFound: there is no such size, or it was withdrawn
    """
    kind = next((kind for kind in ("avif", "webp") if f"image/{kind}" in accepted), "jpeg")
    found = Rendition.objects.filter(
        picture__ref=ref, picture__withdrawn_at=None, shape=shape, width=width, kind=kind
    ).first()
    if found is None:
        raise NotFound
    return found


def pictures() -> QuerySet[Picture]:
    """Find the pictures that pages may show, the newest first."""
    return Picture.objects.filter(withdrawn_at=None)


def picture_kept(ref: str) -> Picture:
    """
    Find a picture that was not withdrawn.

    :raises NotFound: there is none of this ref
    """
    found = pictures().filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def article_called(slug: str, at: datetime) -> Article:
    """
    Find an article by the name in its address.

    :raises NotFound: none of that name is published
    """
    article = articles(at).filter(slug=slug).first()
    if article is None:
        raise NotFound
    return article
