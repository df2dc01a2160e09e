"""Pages, their versions, and what still stands in the way of publishing one."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Concern, Evidence, Offer, Treatment
from corneum.clinic.writing.fields import FILLED
from corneum.clinic.writing.models import Page, Version
from corneum.domain.errors import NotFound
from corneum.domain.facts import PLACEHOLDERS, Copy, copies, placeholders
from corneum.domain.wording import Hit, check
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may

CLAIMS = ("title", "lead", "description")  # where a page says what it is for
RAISED_BEFORE = timedelta(days=30)  # how long before its day a review is raised


@dataclass(frozen=True, slots=True)
class Marked:
    """A hit of the copy check in one field, and the reason why it may stand, if one was given."""

    field: str
    hit: Hit
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the checks find in one version."""

    marked: list[Marked]
    typed: list[Copy]
    unproven: list[str]
    unfilled: list[str]  # placeholders that would be shown as they are written

    @property
    def open_hits(self) -> list[Marked]:
        """Hits that nobody has answered."""
        return [each for each in self.marked if not each.reason]

    @property
    def are_settled(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.open_hits or self.typed or self.unproven or self.unfilled)


def pages() -> QuerySet[Page]:
    """Find every page that is written here."""
    return Page.objects.select_related("treatment").prefetch_related("versions__written_by", "versions__approved_by")


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


def treatments_without_page() -> QuerySet[Treatment]:
    """Find the treatments whose guide is not written here yet."""
    return Treatment.objects.exclude(pk__in=Page.objects.exclude(treatment=None).values("treatment"))


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


def page_of(shown: Guide | Article) -> Page | None:
    """Find the page as which something that readers see is written here, if it is."""
    of = Q(treatment=shown.treatment) if isinstance(shown, Guide) else Q(slug=shown.slug, treatment=None)
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


def findings(version: Version) -> Findings:
    """Check a version: words, facts typed into prose, and concerns without an evidence note."""
    answers = {(each.rule, each.word): each.reason for each in version.answers.all()}
    marked = [
        Marked(name, hit, answers.get((hit.rule.id, hit.word), ""))
        for name, text in version.texts.items()
        for hit in check(text)
    ]
    treatment = version.page.treatment or about(version)
    unfilled = [
        each
        for name, text in version.texts.items()
        for each in placeholders(text)
        if each not in PLACEHOLDERS or name not in FILLED or treatment is None
    ]
    if treatment is None:
        return Findings(marked, [], [], unfilled)
    prices = frozenset(Offer.objects.filter(treatment=treatment).values_list("price_pence", flat=True))
    typed = [copy for text in version.texts.values() for copy in copies(text, minutes=treatment.minutes, prices=prices)]
    unproven = _unproven(version, treatment) if version.page.is_guide else []
    return Findings(marked, typed, unproven, unfilled)


def about(version: Version) -> Treatment | None:
    """Find the treatment whose minutes and price an article names."""
    slug = version.texts.get("about", "")
    return Treatment.objects.filter(slug=slug).first() if slug else None


def makes_claims(version: Version) -> bool:
    """Say whether an article speaks of a concern, or of a treatment that is given here."""
    names = [*Concern.objects.values_list("name", flat=True)]
    names += Treatment.objects.filter(kind=Treatment.Kind.TREATMENT).values_list("name", flat=True)
    return bool(_named(names, " ".join(version.texts.values())))


def article_of(page: Page) -> Article | None:
    """Find the article that readers see."""
    return Article.objects.filter(slug=page.slug).first()


def guide_of(page: Page) -> Guide | None:
    """Find the guide that readers see."""
    return Guide.objects.filter(treatment=page.treatment).prefetch_related("parts", "beside", "instead").first()


def _unproven(version: Version, treatment: Treatment) -> list[str]:
    proven = Evidence.objects.filter(treatment=treatment).values("concern")
    names = Concern.objects.exclude(pk__in=proven).values_list("name", flat=True)
    return _named([*names], " ".join(version.texts.get(name, "") for name in CLAIMS))


def _named(names: list[str], text: str) -> list[str]:
    return [name for name in names if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]


def main_clinic() -> Clinic:
    """Find the clinic at whose desk pages are written."""
    return Clinic.objects.get(is_main=True)


def published_before(version: Version) -> Version | None:
    """Find what a version is compared with: what readers see, or else the version before it."""
    seen = published(version.page)
    if seen is not None and seen.number < version.number:
        return seen
    return version.page.versions.filter(number__lt=version.number).first()
