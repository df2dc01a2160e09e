"""Writing, approving and publishing: nothing typed is lost, and nobody is pressed past the approver."""

from datetime import date, timedelta
from typing import Any

import pytest

from corneum.clinic.guides.models import Alternative, Article, Guide
from corneum.clinic.guides.pages import article_context
from corneum.clinic.practitioners.models import Registration
from corneum.clinic.treatments.models import Concern, Offer, Treatment
from corneum.clinic.writing import actions, queries
from corneum.clinic.writing.checking import findings
from corneum.clinic.writing.jobs import publish_due
from corneum.clinic.writing.models import Page, Version
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast
from tests.factories.guides import publish_sample

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 3, 1)
NEWS = {"title": "New hours", "lead": "We open early.", "description": "Hours.", "author": "Owen", "body": "From May."}


def as_user(user: User) -> dict[str, Any]:
    return {"user": user, "by": Actor.staff(user), "at": NOW}


def guide_page(cast: Cast) -> Page:
    publish_sample(cast)
    return actions.open_page(treatment=cast.microdermabrasion, slug="", **as_user(cast.owen))


def save(page: Page, cast: Cast, **texts: str) -> Version:
    last = queries.latest(page)
    known = last.texts if last else NEWS
    return actions.save_version(
        page=page, texts={**known, **texts}, based_on=last.number if last else 0, **as_user(cast.owen)
    )


def approve(version: Version, cast: Cast) -> Version:
    return actions.approve_version(version=version, review_due_on=NEXT_YEAR, **as_user(cast.priya))


def publish(version: Version, cast: Cast) -> Version:
    return actions.publish_version(version=version, by=Actor.staff(cast.owen), at=NOW)


def test_a_guide_goes_through_the_fields_and_back_unchanged_but_for_what_was_typed(cast: Cast) -> None:
    page = guide_page(cast)
    before = [(p.kind, p.title, p.text, p.minutes) for p in Guide.objects.get(treatment=page.treatment).parts.all()]
    evidence = [*cast.microdermabrasion.evidence.values_list("concern__slug", "strength", "says", "source")]
    compared = [*Alternative.objects.values()]

    publish(approve(save(page, cast, lead="Crystals lift away dead cells."), cast), cast)

    assert [*Alternative.objects.values()] == compared
    guide = Guide.objects.get(treatment=page.treatment)
    assert guide.lead == "Crystals lift away dead cells."
    assert [(p.kind, p.title, p.text, p.minutes) for p in guide.parts.all()] == before
    assert [*guide.treatment.evidence.values_list("concern__slug", "strength", "says", "source")] == evidence
    assert (guide.reviewed_by, guide.review_due_on, guide.is_sample) == (cast.nadia, NEXT_YEAR, False)
    assert guide.beside.count() + guide.instead.count() == 4


def test_evidence_and_the_comparison_are_changed_by_publishing_a_version_and_not_before(cast: Cast) -> None:
    page = guide_page(cast)
    version = save(
        page, cast, evidence="## Fine lines (very weak)\nA first try.\nSource: Nobody 2026", beside="LED",
        instead="## Waiting\nDepth: None\nWhat it does: Little\nHow sure: Sure\nSessions: None\nSettling: None\n"
        "Main risks: None\nPrice: Nothing",
    )  # fmt: skip
    assert cast.microdermabrasion.evidence.count() > 1

    publish(approve(version, cast), cast)

    guide = Guide.objects.get(treatment=page.treatment)
    note = cast.microdermabrasion.evidence.get()
    assert (note.concern.name, note.strength, note.says, note.source, note.reviewed_on) == (
        "Fine lines", "very-weak", "A first try.", "Nobody 2026", NOW.date(),
    )  # fmt: skip
    assert [each.name for each in guide.beside.all()] == ["LED"]
    assert [(each.slug, each.changes) for each in guide.instead.all()] == [("waiting", "Little")]


def test_a_claim_without_a_note_in_the_very_version_stops_it(cast: Cast) -> None:
    page = guide_page(cast)
    version = save(page, cast, lead="For fine lines.", evidence="")

    assert [mark.word for mark in findings(version).marks] == ["fine lines"]


def test_a_concern_and_its_ordered_choices_are_written_and_need_an_approver(cast: Cast) -> None:
    publish_sample(cast)
    concern = Concern.objects.get(slug="fine-lines")
    page = actions.open_page(treatment=None, concern=concern, slug="", **as_user(cast.owen))
    before = [*concern.choices.values("order", "who", "treatment", "title", "says", "source")]
    publish(approve(save(page, cast), cast), cast)
    assert [*concern.choices.values("order", "who", "treatment", "title", "says", "source")] == before
    last = queries.latest(page)
    assert last is not None
    choices = "## GP: Ask first\nIt may be something else.\n\n" + last.texts["choices"]
    version = save(page, cast, seen_as="Shallow lines.", choices=choices)
    with pytest.raises(actions.NotApproved):
        publish(version, cast)

    publish(approve(version, cast), cast)

    concern.refresh_from_db()
    first = concern.choices.first()
    assert first is not None
    assert (concern.seen_as, first.who, first.title, first.says) == (
        "Shallow lines.", "gp", "Ask first", "It may be something else.",
    )  # fmt: skip
    assert concern.choices.count() == len(before) + 1


def test_a_guide_is_not_published_without_an_approver(cast: Cast) -> None:
    version = save(guide_page(cast), cast, lead="Crystals.")

    with pytest.raises(actions.NotApproved):
        publish(version, cast)
    with pytest.raises(actions.NotApproved):
        actions.schedule_version(version=version, publish_at=NOW, by=Actor.staff(cast.owen), at=NOW)

    assert Guide.objects.get(treatment=cast.microdermabrasion).lead != "Crystals."


def test_an_approval_belongs_to_one_version_only(cast: Cast) -> None:
    page = guide_page(cast)
    approve(save(page, cast, lead="Crystals."), cast)
    later = save(page, cast, lead="Crystals and suction.")

    with pytest.raises(actions.NotApproved):
        publish(later, cast)


def test_only_the_last_version_can_be_approved(cast: Cast) -> None:
    page = guide_page(cast)
    first = save(page, cast, lead="Crystals.")
    save(page, cast, lead="Suction.")

    with pytest.raises(actions.AnotherVersionIsNewer):
        approve(first, cast)


def test_nobody_approves_who_is_no_practitioner_or_whose_registration_has_ended(cast: Cast) -> None:
    version = save(guide_page(cast), cast, lead="Crystals.")

    with pytest.raises(actions.NotAPractitioner):
        actions.approve_version(version=version, review_due_on=NEXT_YEAR, **as_user(cast.owen))
    Registration.objects.filter(practitioner=cast.nadia).update(valid_until=date(2026, 3, 8))
    with pytest.raises(actions.NotAPractitioner):
        approve(version, cast)


def test_a_stale_save_is_refused_and_overwrites_nothing(cast: Cast) -> None:
    page = guide_page(cast)
    save(page, cast, lead="Crystals.")

    with pytest.raises(actions.SomebodySaved):
        actions.save_version(page=page, texts={"lead": "Mine"}, based_on=1, **as_user(cast.owen))

    last = queries.latest(page)
    assert last is not None
    assert (last.number, last.texts["lead"]) == (2, "Crystals.")


def test_a_marked_word_stops_approval_until_it_is_answered_and_the_answer_stays_with_the_word(cast: Cast) -> None:
    page = guide_page(cast)
    version = save(page, cast, lead="Collagen is not what it is about.")
    with pytest.raises(actions.NotSettled):
        approve(version, cast)

    actions.answer_hit(
        version=version, rule="collagen", word="Collagen", reason="It denies the claim.", **as_user(cast.owen)
    )
    publish(approve(version, cast), cast)
    later = save(page, cast, depth="Outermost cells only")

    assert AuditEvent.objects.get(action="writing.answer_hit").detail["reason"] == "It denies the claim."
    assert findings(later).are_settled


def test_a_fact_typed_into_prose_and_a_concern_without_evidence_stop_approval(cast: Cast) -> None:
    page = guide_page(cast)
    concern = Concern.objects.create(slug="freckles", name="Freckles")
    version = save(page, cast, lead="In 45 minutes for £85, freckles look paler.")

    found = findings(version)

    assert [(mark.word, mark.instead) for mark in found.marks] == [
        ("45 minutes", "write {minutes}"), ("£85", "write {price}"), (concern.name.lower(), "")
    ]  # fmt: skip
    assert [[stretch.text for stretch in line if stretch.marks] for line in found.fields[0].lines] == [
        ["45 minutes", "£85", "freckles"]
    ]
    with pytest.raises(actions.NotSettled):
        approve(version, cast)


def test_a_plain_article_needs_no_reviewer_and_one_that_makes_claims_does(cast: Cast) -> None:
    page = actions.open_page(treatment=None, slug="new-hours", **as_user(cast.owen))
    publish(save(page, cast), cast)
    assert Article.objects.get(slug="new-hours").body == "From May."

    with pytest.raises(actions.NotApproved):
        publish(save(page, cast, body="Microdermabrasion may help."), cast)
    assert Article.objects.get(slug="new-hours").body == "From May."


def test_an_article_names_a_treatments_facts_and_keeps_no_copy_of_them(cast: Cast) -> None:
    page = actions.open_page(treatment=None, slug="first-visit", **as_user(cast.owen))
    nobodys = save(page, cast, body="It takes {minutes} and {prize}.")
    assert findings(nobodys).words(answerable=False) == {("", "{minutes}"), ("", "{prize}")}
    with pytest.raises(actions.NotSettled):
        publish(nobodys, cast)
    typed = save(page, cast, about="consultation", title="In {minutes}", body="It costs £45, and {price}.")
    assert findings(typed).words(answerable=False) == {("", "£45"), ("", "{minutes}")}

    publish(save(page, cast, title="First visit", body="It takes {minutes} and costs {price}."), cast)
    Treatment.objects.filter(slug="consultation").update(minutes=50)

    told = article_context(cast.manchester, "first-visit", at=NOW)
    assert told["body"] == "<p>It takes 50 minutes and costs £45.</p>\n"


def test_the_timetable_publishes_at_the_minute_and_not_before(cast: Cast) -> None:
    page = actions.open_page(treatment=None, slug="new-hours", **as_user(cast.owen))
    noon = NOW + timedelta(hours=4)
    actions.schedule_version(version=save(page, cast), publish_at=noon, by=Actor.staff(cast.owen), at=NOW)

    publish_due(noon - timedelta(minutes=1))
    assert not Article.objects.filter(slug="new-hours").exists()
    publish_due(noon)

    assert Article.objects.get(slug="new-hours").published_at == noon


def test_a_publishing_that_is_refused_is_raised_once_and_not_tried_again(cast: Cast) -> None:
    version = approve(save(guide_page(cast), cast, lead="Crystals, for £140."), cast)
    actions.schedule_version(version=version, publish_at=NOW, by=Actor.staff(cast.owen), at=NOW)
    Offer.objects.filter(treatment=cast.microdermabrasion).update(price_pence=14000)

    publish_due(NOW)
    publish_due(NOW + timedelta(minutes=1))

    version.refresh_from_db()
    assert (version.published_at, version.refused_at, version.refused_because) == (None, NOW, str(actions.NotSettled()))
    assert AuditEvent.objects.filter(action="writing.raise_refusal").count() == 1
    assert [*queries.refused()] == [version]
    assert queries.raised_count(cast.owen, cast.manchester, NOW.date()) == 1
    save(version.page, cast, lead="Crystals, for {price}.")
    assert not queries.refused().exists()


def test_a_review_is_renewed_by_a_practitioner_in_their_own_name(cast: Cast) -> None:
    page = guide_page(cast)
    publish(approve(save(page, cast, lead="Crystals."), cast), cast)
    guide = Guide.objects.get(treatment=page.treatment)
    Guide.objects.filter(pk=guide.pk).update(reviewed_on=date(2025, 3, 9), review_due_on=date(2026, 4, 8))
    assert [*queries.reviews_due(NOW.date() - timedelta(days=1))] == []
    assert [*queries.reviews_due(NOW.date())] == [guide]
    guide.refresh_from_db()

    with pytest.raises(actions.NotAPractitioner):
        actions.say_still_true(shown=guide, seen=queries.seal(guide), review_due_on=NEXT_YEAR, **as_user(cast.owen))
    actions.say_still_true(shown=guide, seen=queries.seal(guide), review_due_on=NEXT_YEAR, **as_user(cast.priya))

    guide.refresh_from_db()
    assert (guide.lead, guide.reviewed_by, guide.reviewed_on, guide.review_due_on) == (
        "Crystals.", cast.nadia, NOW.date(), NEXT_YEAR,
    )  # fmt: skip
    assert AuditEvent.objects.get(action="guides.renew_review").detail["before"]["reviewed_on"] == "2025-03-09"
    assert [*queries.reviews_due(NOW.date())] == []


def test_a_sample_has_no_review_to_renew(cast: Cast) -> None:
    guide_page(cast)

    guide = Guide.objects.get(treatment=cast.microdermabrasion)
    with pytest.raises(actions.StillASample):
        actions.say_still_true(shown=guide, seen=queries.seal(guide), review_due_on=NEXT_YEAR, **as_user(cast.priya))


def test_an_article_that_somebody_approved_is_raised_when_its_review_is_due(cast: Cast) -> None:
    page = actions.open_page(treatment=None, slug="how-it-feels", **as_user(cast.owen))
    publish(approve(save(page, cast, body="Microdermabrasion scratches."), cast), cast)
    article = Article.objects.get(slug="how-it-feels")

    assert article.review_due_on == NEXT_YEAR
    assert queries.reviews_due(date(2027, 2, 1)) == [article]


def test_an_earlier_version_is_restored_as_a_new_draft(cast: Cast) -> None:
    page = guide_page(cast)
    first = save(page, cast, lead="Crystals.")
    save(page, cast, lead="Suction.")

    restored = actions.restore_version(version=first, **as_user(cast.owen))

    assert (restored.number, restored.texts["lead"], restored.approved_by) == (4, "Crystals.", None)
    assert page.versions.count() == 4


def test_nobody_renews_a_review_of_a_text_that_was_published_since_they_opened_it(cast: Cast) -> None:
    page = guide_page(cast)
    publish(approve(save(page, cast, lead="Crystals."), cast), cast)
    guide = Guide.objects.get(treatment=cast.microdermabrasion)
    seen = queries.seal(guide)
    publish(approve(save(page, cast, questions="## Does it hurt?\nIt scratches."), cast), cast)

    with pytest.raises(actions.PublishedSince):
        actions.say_still_true(
            shown=guide, seen=seen, review_due_on=NEXT_YEAR + timedelta(days=1), **as_user(cast.priya)
        )

    assert Guide.objects.get(pk=guide.pk).review_due_on == NEXT_YEAR


def test_publishing_by_hand_takes_earlier_versions_off_the_timetable(cast: Cast) -> None:
    page = actions.open_page(treatment=None, slug="new-hours", **as_user(cast.owen))
    first, later = save(page, cast), NOW + timedelta(days=1)
    actions.schedule_version(version=first, publish_at=later, by=Actor.staff(cast.owen), at=NOW)
    publish(save(page, cast, body="From June."), cast)

    publish_due(later)

    first.refresh_from_db()
    assert (first.publish_at, first.refused_at, Article.objects.get().body) == (None, None, "From June.")


def test_a_version_taken_off_the_timetable_is_not_published(cast: Cast) -> None:
    page = actions.open_page(treatment=None, slug="new-hours", **as_user(cast.owen))
    version = save(page, cast)
    actions.schedule_version(version=version, publish_at=NOW, by=Actor.staff(cast.owen), at=NOW)

    actions.call_off(version=version, by=Actor.staff(cast.owen), at=NOW)
    publish_due(NOW)

    assert not Article.objects.filter(slug="new-hours").exists()


def test_a_page_without_words_is_called_what_it_is_about(cast: Cast) -> None:
    guide = actions.open_page(treatment=cast.consultation, slug="", **as_user(cast.owen))
    article = actions.open_page(treatment=None, slug="new-hours", **as_user(cast.owen))

    assert (guide.name, article.name) == ("Consultation", "new-hours")
