"""Publishing a guide or an article: what it says is checked, and who reviewed it stands on it."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import BinaryIO

from corneum.clinic.guides.encoding import read, renditions
from corneum.clinic.guides.finding import renew_index
from corneum.clinic.guides.models import Alternative, Article, Guide, Part, Picture, Rendition
from corneum.clinic.guides.written import AlternativeWritten, ArticleWritten, GuideWritten
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.treatments.wording import keep_to_what_is_known
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record


class ReviewIsDueAlready(ClinicError):
    """The next review must be on a later day than this one."""


class AboutSomethingElse(ClinicError):
    """This guide was written for another treatment."""


@action
def publish_guide(
    *,
    treatment: Treatment,
    written: GuideWritten,
    reviewed_by: Practitioner,
    reviewed_on: date,
    review_due_on: date,
    is_sample: bool,
    answered: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> Guide:
    """
    Publish what readers are told of a treatment; publishing it again replaces it.

    :param is_sample: nobody who may say so has approved the wording yet; the page says that
    :param answered: words for which the copy check was given a reason
    :raises SaysTooMuch: the text says more than is known
    :raises ReviewIsDueAlready: it would be due for review before it has been reviewed
    :raises AboutSomethingElse: it was written for another treatment
    """
    if written.treatment != treatment.slug:
        raise AboutSomethingElse
    if review_due_on <= reviewed_on:
        raise ReviewIsDueAlready
    keep_to_what_is_known(*written.texts(), answered=answered)
    guide, _ = Guide.objects.update_or_create(
        treatment=treatment,
        defaults={
            "title": written.title,
            "lead": written.lead,
            "description": written.description,
            "depth": written.depth,
            "reach": written.reach,
            "figure_says": written.figure_says,
            "risks_in_short": written.risks_in_short,
            "picture": Picture.objects.filter(ref=written.picture).first() if written.picture else None,
            "is_sample": is_sample,
            "reviewed_by": reviewed_by,
            "reviewed_on": reviewed_on,
            "review_due_on": review_due_on,
            "published_at": at,
        },
    )
    guide.parts.all().delete()
    Part.objects.bulk_create(
        Part(guide=guide, order=order, **asdict(part)) for order, part in enumerate(written.parts, start=1)
    )
    guide.beside.set(Treatment.objects.filter(slug__in=written.beside))
    guide.instead.set([_alternative(other) for other in written.instead])
    renew_index()
    record("guides.publish_guide", entity=guide, by=by, at=at, clinic=None, treatment=treatment.slug)
    return guide


@action
def publish_article(
    *,
    written: ArticleWritten,
    author: str,
    reviewed_by: Practitioner | None,
    reviewed_on: date | None,
    review_due_on: date | None = None,
    is_sample: bool,
    answered: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> Article:
    """
    Publish an article; publishing it again replaces it and keeps its first day.

    :raises SaysTooMuch: the text says more than is known
    :raises ReviewIsDueAlready: it would be due for review before it has been reviewed
    """
    if reviewed_on and review_due_on and review_due_on <= reviewed_on:
        raise ReviewIsDueAlready
    keep_to_what_is_known(written.title, written.lead, written.description, written.body, answered=answered)
    facts = {
        **asdict(written),
        "about": Treatment.objects.filter(slug=written.about).first(),
        "author": author,
        "is_sample": is_sample,
        "reviewed_by": reviewed_by,
        "reviewed_on": reviewed_on,
        "review_due_on": review_due_on,
    }
    article, _ = Article.objects.update_or_create(
        slug=facts.pop("slug"), defaults=facts, create_defaults={**facts, "published_at": at}
    )
    renew_index()
    record("guides.publish_article", entity=article, by=by, at=at, clinic=None, slug=article.slug)
    return article


class NeedsWords(ClinicError):
    """Say what the picture shows, for whoever does not see it, or say that it only decorates: one of the two."""


class NeedsConsent(ClinicError):
    """It shows a person. Note who agreed to this use, when, and where their form is kept."""


@action
def add_picture(
    *,
    file: BinaryIO,
    name: str,
    alt: str,
    is_decorative: bool,
    shows_person: bool,
    consent_note: str,
    focal: tuple[int, int],
    by: Actor,
    at: datetime,
) -> Picture:
    """
    Write a picture anew in every size that pages show; nothing of the file itself is kept.

    :param focal: what must stay in sight, in hundredths of the width and of the height
    :raises NeedsWords, NeedsConsent: what must stand beside it is missing
    :raises SaysTooMuch: its words say more than is known
    :raises NotAPicture, TooManyPixels, TooSmall, Moves: the file cannot be shown (encoding.py)
    """
    if bool(alt.strip()) == is_decorative:
        raise NeedsWords
    if shows_person and not consent_note.strip():
        raise NeedsConsent
    keep_to_what_is_known(alt)
    written = [*renditions(read(file), focal=focal)]
    picture = Picture.objects.create(
        name=name, alt=alt.strip(), is_decorative=is_decorative, shows_person=shows_person,
        consent_note=consent_note.strip(), focal_x=focal[0], focal_y=focal[1], added_at=at,
    )  # fmt: skip
    Rendition.objects.bulk_create(Rendition(picture=picture, **asdict(each)) for each in written)
    record("guides.add_picture", entity=picture, by=by, at=at, clinic=None, shows_person=shows_person)
    return picture


@action
def withdraw_picture(*, picture: Picture, by: Actor, at: datetime) -> Picture:
    """Take a picture off every page at once and for good, as when somebody no longer agrees to it."""
    picture.renditions.all().delete()
    picture.withdrawn_at = at
    picture.save(update_fields=["withdrawn_at"])
    record("guides.withdraw_picture", entity=picture, by=by, at=at, clinic=None)
    return picture


@action
def renew_review(
    *, page: Guide | Article, reviewed_by: Practitioner, reviewed_on: date, review_due_on: date, by: Actor, at: datetime
) -> None:
    """
    Keep what a page says, and say who read it again, when, and until when they stand by it.

    :raises ReviewIsDueAlready: the next review must be on a later day
    """
    if review_due_on <= reviewed_on:
        raise ReviewIsDueAlready
    before = {"reviewed_by": str(page.reviewed_by), "reviewed_on": f"{page.reviewed_on}"}
    page.reviewed_by, page.reviewed_on, page.review_due_on = reviewed_by, reviewed_on, review_due_on
    page.save(update_fields=["reviewed_by", "reviewed_on", "review_due_on"])
    record(
        "guides.renew_review", entity=page, by=by, at=at, clinic=None, before=before,
        reviewed_by=reviewed_by.name, review_due_on=review_due_on.isoformat(),
    )  # fmt: skip


def _alternative(written: AlternativeWritten) -> Alternative:
    facts = asdict(written)
    alternative, _ = Alternative.objects.update_or_create(slug=facts.pop("slug"), defaults=facts)
    return alternative
