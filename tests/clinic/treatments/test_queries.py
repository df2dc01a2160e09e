"""What can be had, where, and how sure anybody is."""

from datetime import date

import pytest

from corneum.clinic.treatments import queries
from corneum.clinic.treatments.models import Concern, Evidence
from corneum.domain.errors import NotFound
from tests.factories.cast import Cast


def make_evidence(treatment, concern, *, order=0) -> Evidence:
    return Evidence.objects.create(
        treatment=treatment, concern=concern, says="May look smoother.", strength="weak", source="A paper",
        reviewed_on=date(2026, 3, 2), order=order,
    )  # fmt: skip


def test_offers_at_a_clinic_come_in_order_with_their_treatments(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        offered = [(offer.treatment.slug, offer.price_pence) for offer in queries.offers_at(cast.manchester)]

    assert offered == [("consultation", 4500), ("microdermabrasion", 8500), ("glycolic-peel", 9500)]
    assert [offer.treatment for offer in queries.offers_at(cast.stockport)] == [cast.consultation]


def test_offer_at_finds_the_offer_of_this_clinic(cast: Cast) -> None:
    assert queries.offer_at(cast.manchester, "microdermabrasion").price_pence == 8500


@pytest.mark.parametrize("slug", ["microdermabrasion", "no-such-thing"])
def test_offer_at_refuses_what_this_clinic_does_not_offer(cast: Cast, slug: str) -> None:
    with pytest.raises(NotFound):
        queries.offer_at(cast.stockport, slug)


def test_bookable_online_is_the_consultation_only(cast: Cast) -> None:
    assert [offer.treatment for offer in queries.bookable_online(cast.manchester)] == [cast.consultation]


def test_concerns_come_in_order(cast: Cast) -> None:
    pores = Concern.objects.create(slug="pores", name="Enlarged pores", order=2)
    lines = Concern.objects.create(slug="lines", name="Fine lines", order=1)

    assert list(queries.concerns()) == [lines, pores]
    assert queries.concern_called("pores") == pores
    with pytest.raises(NotFound):
        queries.concern_called("warts")


def test_evidence_comes_with_its_concern_in_order(cast: Cast, django_assert_num_queries) -> None:
    pores = Concern.objects.create(slug="pores", name="Enlarged pores", order=2)
    lines = Concern.objects.create(slug="lines", name="Fine lines", order=1)
    second = make_evidence(cast.microdermabrasion, lines, order=2)
    first = make_evidence(cast.microdermabrasion, pores, order=1)
    other = make_evidence(cast.peel, pores)

    with django_assert_num_queries(1):
        about_pores = [(row, row.treatment.slug) for row in queries.evidence_about(pores)]
    with django_assert_num_queries(1):
        of_all = queries.evidence_of_all([cast.microdermabrasion, cast.peel, cast.consultation])
    assert [row for row, _ in about_pores] == [first, other]
    assert of_all == {cast.microdermabrasion.pk: [second, first], cast.peel.pk: [other], cast.consultation.pk: []}
