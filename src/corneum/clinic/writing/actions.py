"""Keeping, answering, approving and publishing what is written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from corneum.clinic.guides import actions as guides
from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.guides.written import ArticleWritten, GuideWritten
from corneum.clinic.treatments import actions as treatments
from corneum.clinic.treatments.models import Concern, Treatment
from corneum.clinic.writing import queries
from corneum.clinic.writing.checking import findings, makes_claims
from corneum.clinic.writing.fields import GUIDE, KINDS, PARTS, texts_of_article, texts_of_concern, texts_of_guide
from corneum.clinic.writing.listed import NotReadable
from corneum.clinic.writing.models import Answer, Page, Version
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record

LONDON = ZoneInfo("Europe/London")  # whose day decides whether a registration is live


class SomebodySaved(ClinicError):
    """Somebody else has saved this page since you opened it. What you typed is kept below; see what changed."""


class NotSettled(ClinicError):
    """The checks still mark something in this version. Mend it or answer it first."""


class NotApproved(ClinicError):
    """A named practitioner with a live registration must approve this very version first."""


class NotAPractitioner(ClinicError):
    """Only a practitioner with a live registration, signed in as themself, can approve this."""


class AnotherVersionIsNewer(ClinicError):
    """This is no longer the last version. Open the last one and look at it."""


class StillASample(ClinicError):
    """This is still the sample text. Approve a version of it in your own name, and publish that."""


class PublishedSince(ClinicError):
    """What readers see has changed since you opened this. Read it again before you say that it is still true."""


class NotUnderstood(ClinicError):
    """A list of this version names something that is no longer there."""


class NotMarked(ClinicError):
    """The check does not mark that word in this version."""


@action
def open_page(
    *, treatment: Treatment | None, slug: str, concern: Concern | None = None, user: User, by: Actor, at: datetime
) -> Page:
    """Begin to write a guide, a concern or an article here; what readers see already becomes its first version."""
    of = treatment or concern
    page = Page.objects.create(treatment=treatment, concern=concern, slug=of.slug if of else slug)
    texts = _as_it_is(page)
    if texts:
        Version.objects.create(page=page, number=1, texts=texts, written_by=user, written_at=at)
    record("writing.open_page", entity=page, by=by, at=at, clinic=None, slug=page.slug)
    return page


@action
def save_version(
    *, page: Page, texts: Mapping[str, str], based_on: int, user: User, by: Actor, at: datetime
) -> Version:
    """
    Keep what somebody typed as a new version; answers to words that still stand come along.

    :param based_on: the number of the version that they had before them; 0 for none
    :raises SomebodySaved: it is no longer the last
    """
    page = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    before = queries.latest(page)
    if (before.number if before else 0) != based_on:
        raise SomebodySaved
    version = Version.objects.create(page=page, number=based_on + 1, texts=dict(texts), written_by=user, written_at=at)
    if before:
        still = findings(version).words(answerable=True)
        Answer.objects.bulk_create(
            Answer(version=version, rule=old.rule, word=old.word, reason=old.reason, by_id=old.by_id, at=old.at)
            for old in before.answers.all()
            if (old.rule, old.word) in still
        )
    record("writing.save_version", entity=version, by=by, at=at, clinic=None, slug=page.slug, number=version.number)
    return version


@action
def restore_version(*, version: Version, user: User, by: Actor, at: datetime) -> Version:
    """Make an earlier version the newest draft again; nothing that came between is lost."""
    last = queries.latest(version.page)
    restored = save_version(
        page=version.page, texts=version.texts, based_on=last.number if last else 0, user=user, by=by, at=at
    )
    record("writing.restore_version", entity=restored, by=by, at=at, clinic=None, number=version.number)
    return restored


@action
def answer_hit(*, version: Version, rule: str, word: str, reason: str, user: User, by: Actor, at: datetime) -> Answer:
    """
    Say why a marked word may stand.

    :raises NotMarked: the check does not mark it
    """
    if (rule, word) not in findings(version).words(answerable=True):
        raise NotMarked
    answer, _ = Answer.objects.update_or_create(
        version=version, rule=rule, word=word, defaults={"reason": reason, "by": user, "at": at}
    )
    record("writing.answer_hit", entity=version, by=by, at=at, clinic=None, rule=rule, word=word, reason=reason)
    return answer


@action
def approve_version(*, version: Version, review_due_on: date, user: User, by: Actor, at: datetime) -> Version:
    """
    Put a practitioner's own name under one version, and the day by which it is to be looked at again.

    :raises NotAPractitioner: whoever is signed in is none with a live registration
    :raises AnotherVersionIsNewer: a later version was saved
    :raises NotSettled: the checks still mark something
    """
    version = _locked(version)
    practitioner = queries.approver(user.pk, at.astimezone(LONDON).date())
    if practitioner is None:
        raise NotAPractitioner
    if review_due_on <= at.astimezone(LONDON).date():
        raise guides.ReviewIsDueAlready
    if not findings(version).are_settled:
        raise NotSettled
    version.approved_by, version.approved_at, version.review_due_on = practitioner, at, review_due_on
    version.save(update_fields=["approved_by", "approved_at", "review_due_on"])
    record("writing.approve_version", entity=version, by=by, at=at, clinic=None, number=version.number)
    return version


@action
def schedule_version(*, version: Version, publish_at: datetime, by: Actor, at: datetime) -> Version:
    """
    Let the timetable publish a version at a moment; until then nothing changes for readers.

    :raises NotSettled, NotApproved, AnotherVersionIsNewer: as publishing it now would be refused
    """
    version = _locked(version)
    _insist(version)
    version.publish_at, version.refused_at, version.refused_because = publish_at, None, ""
    version.save(update_fields=["publish_at", "refused_at", "refused_because"])
    record("writing.schedule_version", entity=version, by=by, at=at, clinic=None, publish_at=publish_at.isoformat())
    return version


@action
def publish_version(*, version: Version, by: Actor, at: datetime) -> Version:
    """
    Put one version before readers.

    :raises NotSettled: the checks still mark something
    :raises NotApproved: it is a guide, a concern, or an article that makes claims, and nobody approved this version
    :raises AnotherVersionIsNewer: a later version is already before readers
    """
    version = (
        Version.objects.select_for_update(of=("self",))
        .select_related("page__treatment", "page__concern")
        .get(pk=version.pk)
    )
    now = queries.published(version.page)
    if now and now.number > version.number:
        raise AnotherVersionIsNewer
    _insist(version)
    if version.page.is_guide:
        _publish_guide(version, by=by, at=at)
    elif version.page.concern:
        _publish_concern(version, version.page.concern, by=by, at=at)
    else:
        _publish_article(version, by=by, at=at)
    version.published_at = at
    version.save(update_fields=["published_at"])
    earlier = version.page.versions.filter(number__lt=version.number, published_at=None)
    earlier.update(
        publish_at=None, refused_at=None, refused_because=""
    )  # the timetable has nothing to do there any more
    record("writing.publish_version", entity=version, by=by, at=at, clinic=None, number=version.number)
    return version


@action
def call_off(*, version: Version, by: Actor, at: datetime) -> Version:
    """Take a version off the timetable, and with it what was raised about it; nothing changes for readers."""
    version.publish_at, version.refused_at, version.refused_because = None, None, ""
    version.save(update_fields=["publish_at", "refused_at", "refused_because"])
    record("writing.call_off", entity=version, by=by, at=at, clinic=None, number=version.number)
    return version


@action
def raise_refusal(*, version: Version, because: str, by: Actor, at: datetime) -> Version:
    """Keep why the timetable could not publish a version: it is tried no more, and stands on Today until mended."""
    version.refused_at, version.refused_because = at, because
    version.save(update_fields=["refused_at", "refused_because"])
    record("writing.raise_refusal", entity=version, by=by, at=at, clinic=None, because=because)
    return version


@action
def say_still_true(
    *, shown: Guide | Article, seen: str, review_due_on: date, user: User, by: Actor, at: datetime
) -> Guide | Article:
    """
    Put a practitioner's own name, anew, under what readers see as it stands.

    :param seen: the seal of the text that they were asked about (queries.seal)
    :raises PublishedSince: readers see another text by now
    :raises NotAPractitioner: whoever is signed in is none with a live registration
    :raises StillASample: nobody has approved its words yet, so there is nothing to renew
    :raises ReviewIsDueAlready: the next review must be on a later day than today
    """
    today = at.astimezone(LONDON).date()
    practitioner = queries.approver(user.pk, today)
    if practitioner is None:
        raise NotAPractitioner
    shown = queries.held(shown)
    if shown.is_sample:
        raise StillASample
    if queries.seal(shown) != seen:
        raise PublishedSince
    guides.renew_review(
        page=shown, reviewed_by=practitioner, reviewed_on=today, review_due_on=review_due_on, by=by, at=at
    )
    record("writing.say_still_true", entity=shown, by=by, at=at, clinic=None, review_due_on=review_due_on.isoformat())
    return shown


def _locked(version: Version) -> Version:
    """Take the page, so that nobody saves meanwhile, and insist that this is its last version."""
    page = Page.objects.select_for_update(of=("self",)).get(pk=version.page_id)
    last = queries.latest(page)
    if last is None or last.pk != version.pk:
        raise AnotherVersionIsNewer
    return last


def _insist(version: Version) -> None:
    if not findings(version).are_settled:
        raise NotSettled
    if version.approved_by is None and (version.page.kind != "article" or makes_claims(version)):
        raise NotApproved


def _as_it_is(page: Page) -> dict[str, str]:
    if page.concern:
        return texts_of_concern(page.concern)
    if page.treatment:
        guide = queries.guide_of(page)
        return texts_of_guide(guide) if guide else {}
    article = queries.article_of(page)
    return texts_of_article(article) if article else {}


def _publish_guide(version: Version, *, by: Actor, at: datetime) -> None:
    treatment, texts, old = version.page.treatment, version.texts, queries.guide_of(version.page)
    if treatment is None or version.approved_by is None or not version.approved_at or not version.review_due_on:
        raise NotApproved
    lists = _lists(version)
    reviewed_on = version.approved_at.astimezone(LONDON).date()
    written = GuideWritten(
        treatment=treatment.slug,
        **{field.name: texts.get(field.name, "") for field in GUIDE if not field.lists},
        parts=tuple(part for name in PARTS.values() for part in lists[name]),
        reach=old.reach if old else "",
        beside=lists["beside"],
        instead=lists["instead"],
        picture=texts.get("picture", ""),
    )
    guides.publish_guide(
        treatment=treatment, written=written, reviewed_by=version.approved_by, reviewed_on=reviewed_on,
        review_due_on=version.review_due_on, is_sample=False, answered=_answered(version), by=by, at=at,
    )  # fmt: skip
    treatments.put_evidence_in_order(
        treatment=treatment, notes=lists["evidence"], reviewed_on=reviewed_on, answered=_answered(version), by=by, at=at
    )


def _publish_concern(version: Version, concern: Concern, *, by: Actor, at: datetime) -> None:
    texts, answered = version.texts, _answered(version)
    treatments.describe_concern(
        concern=concern, name=texts["name"], seen_as=texts["seen_as"], answered=answered, by=by, at=at
    )
    choices = _lists(version)["choices"]
    treatments.put_choices_in_order(concern=concern, choices=choices, answered=answered, by=by, at=at)


def _lists(version: Version) -> dict[str, Any]:
    """Read every list of a version, as it is understood today."""
    try:
        return {
            field.name: queries.read_list(field.lists, version.texts.get(field.name, ""))
            for field in KINDS[version.page.kind]
            if field.lists
        }
    except NotReadable as refusal:
        raise NotUnderstood(f"{refusal}. Save the page again with that mended.") from refusal


def _publish_article(version: Version, *, by: Actor, at: datetime) -> None:
    texts = version.texts
    guides.publish_article(
        written=ArticleWritten(
            slug=version.page.slug, title=texts["title"], lead=texts["lead"], description=texts["description"],
            body=texts["body"], about=texts.get("about", ""),
        ),
        author=texts["author"], reviewed_by=version.approved_by,
        reviewed_on=version.approved_at.astimezone(LONDON).date() if version.approved_at else None,
        review_due_on=version.review_due_on, is_sample=False, answered=_answered(version), by=by, at=at,
    )  # fmt: skip


def _answered(version: Version) -> frozenset[str]:
    return frozenset(version.answers.values_list("word", flat=True))
