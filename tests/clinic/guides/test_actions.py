"""Publishing guides and articles."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from corneum.clinic.guides import actions, sample
from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.guides.written import GuideWritten, PartWritten
from corneum.clinic.treatments.wording import SaysTooMuch
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast
from tests.factories.guides import REVIEW_DUE_ON, REVIEWED_ON

TEST = Actor.system("test")
MICRODERMABRASION = sample.GUIDES[0]
ARTICLE = sample.ARTICLES[0]


def publish(cast: Cast, written: GuideWritten = MICRODERMABRASION, **other: Any) -> Guide:
    facts: dict[str, Any] = {
        "reviewed_by": cast.nadia, "reviewed_on": REVIEWED_ON, "review_due_on": REVIEW_DUE_ON, "is_sample": True,
        "at": NOW, **other,
    }  # fmt: skip
    return actions.publish_guide(treatment=cast.microdermabrasion, written=written, by=TEST, **facts)


def test_publish_guide_keeps_all_that_was_written_and_records_it(cast: Cast) -> None:
    guide = publish(cast, replace(MICRODERMABRASION, beside=("glycolic-peel",)))

    kept = Guide.objects.get(pk=guide.pk)
    assert (kept.title, kept.reach, kept.reviewed_by, kept.published_at) == (
        "Medical microdermabrasion", "surface", cast.nadia, NOW,
    )  # fmt: skip
    assert [
        PartWritten(part.kind, part.title, part.text, part.minutes) for part in kept.parts.order_by("order")
    ] == list(MICRODERMABRASION.parts)
    assert list(kept.beside.all()) == [cast.peel]
    assert [other.slug for other in kept.instead.all()] == ["care-at-home", "doing-nothing"]
    event = AuditEvent.objects.get()
    assert (event.action, event.entity_ref, event.detail) == (
        "guides.publish_guide", guide.ref, {"treatment": "microdermabrasion"},
    )  # fmt: skip


def test_publish_guide_again_replaces_what_was_there(cast: Cast) -> None:
    first = publish(cast)

    again = publish(cast, replace(MICRODERMABRASION, title="New", parts=MICRODERMABRASION.parts[:1], instead=()))

    assert again.pk == first.pk
    assert again.title == "New"
    assert again.parts.count() == 1
    assert again.instead.count() == 0


def test_publish_guide_refuses_what_says_too_much_and_leaves_the_old_one(cast: Cast) -> None:
    publish(cast)
    risky = PartWritten("question", "Is it safe?", "Yes.")

    with pytest.raises(SaysTooMuch):
        publish(cast, replace(MICRODERMABRASION, title="New", parts=(risky,)))

    kept = Guide.objects.get()
    assert kept.title == "Medical microdermabrasion"
    assert kept.parts.count() == len(MICRODERMABRASION.parts)


def test_publish_guide_refuses_a_review_that_is_due_already(cast: Cast) -> None:
    with pytest.raises(actions.ReviewIsDueAlready):
        publish(cast, review_due_on=REVIEWED_ON)

    assert not Guide.objects.exists()


def test_publish_guide_refuses_what_was_written_for_another_treatment(cast: Cast) -> None:
    with pytest.raises(actions.AboutSomethingElse):
        publish(cast, sample.GUIDES[1])

    assert not Guide.objects.exists()


def test_publish_article_again_replaces_its_words_and_keeps_its_first_day(cast: Cast) -> None:
    def publish_article(title: str, days: int) -> Article:
        return actions.publish_article(
            written=replace(ARTICLE, title=title), author="Dr Nadia Farrow", reviewed_by=cast.nadia,
            reviewed_on=date(2026, 3, 2), is_sample=True, by=TEST, at=NOW + timedelta(days=days),
        )  # fmt: skip

    first = publish_article("First", 0)
    again = publish_article("Second", 9)

    assert again.pk == first.pk
    kept = Article.objects.get()
    assert (kept.title, kept.published_at, kept.author) == ("Second", NOW, "Dr Nadia Farrow")
    assert [event.action for event in AuditEvent.objects.all()] == ["guides.publish_article"] * 2


def test_publish_article_refuses_what_says_too_much(cast: Cast) -> None:
    with pytest.raises(SaysTooMuch):
        actions.publish_article(
            written=replace(ARTICLE, body="It is painless."), author="A", reviewed_by=None, reviewed_on=None,
            is_sample=True, by=TEST, at=NOW,
        )  # fmt: skip

    assert not Article.objects.exists()
