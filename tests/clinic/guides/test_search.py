"""Search: forgiving, honest about two words that look alike, and silent about what may not be seen."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.clinic.guides.finding import renew_index
from corneum.clinic.guides.models import Article, Guide
from corneum.clinic.treatments.models import Offer
from corneum.platform.search.models import Document
from tests.clinic.guides.test_guide_page import text_of
from tests.factories.cast import NOW, Cast
from tests.factories.guides import publish_sample


@pytest.fixture(autouse=True)
def _published(cast: Cast) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        publish_sample(cast)
        yield


def found(client, question: str, clinic: str = "") -> list[str]:
    page = client.get(f"{clinic}/search/", {"q": question}).content.decode()
    return re.findall(r'<h2><a href="([^"]+)">', page)


def said(client, question: str) -> str:
    return text_of(client.get("/search/", {"q": question}).content.decode())


def test_search_finds_each_kind_of_page_the_likeliest_first(client, cast: Cast) -> None:
    assert found(client, "microdermabrasion")[0] == "/treatments/microdermabrasion/"
    assert found(client, "large pores")[0] == "/concerns/large-pores/"
    assert found(client, "what happens at a consultation")[0] == "/articles/what-happens-at-a-consultation/"
    assert found(client, "Rosa") == ["/team/#rosa-lindley"]
    assert "/prices/" in found(client, "price list")


@pytest.mark.parametrize(
    "written", ["microdermabraison", "micro dermabrasion", "Micro-dermabrasion", "microdermbrasion"]
)
def test_search_forgives_a_misspelling(client, cast: Cast, written: str) -> None:
    assert found(client, written)[0] == "/treatments/microdermabrasion/"


@pytest.mark.parametrize("written", ["dermabrasion", "dermabrasian", "dermabraision"])
def test_search_for_dermabrasion_says_that_it_is_not_microdermabrasion(client, cast: Cast, written: str) -> None:
    page = said(client, written)

    assert "Dermabrasion is not microdermabrasion." in page
    assert "The pages below only mention it." in page
    assert "Is it the same as dermabrasion?: No." in page
    assert found(client, written) == ["/treatments/microdermabrasion/"]


def test_search_for_microdermabrasion_says_which_is_which_and_is_not_found_by_the_shorter_word(client, cast) -> None:
    assert "Microdermabrasion is not dermabrasion." in said(client, "microdermabrasion")
    assert "/articles/microdermabrasion-or-a-light-peel/" in found(client, "microdermabrasion")
    assert "/articles/microdermabrasion-or-a-light-peel/" not in found(client, "dermabrasion")


def test_search_says_what_it_took_a_misspelt_word_for(client, cast: Cast) -> None:
    assert "Nothing here is spelt dermabrasian . These are for dermabrasion ." in said(client, "dermabrasian")
    assert "Nothing here is spelt" not in said(client, "dermabrasion")


@pytest.mark.parametrize(
    "question", ["", "   ", "the", "xyzzyq", "'\" OR 1=1; --", "*", "a" * 5000, "NEAR(peel", "\x00", "\u202epeel"]
)
def test_search_bears_every_question(client, cast: Cast, question: str) -> None:
    answer = client.get("/search/", {"q": question})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_search_shows_nothing_unpublished_and_nothing_of_another_clinic(client, cast: Cast) -> None:
    assert "/stockport/treatments/microdermabrasion/" not in found(client, "microdermabrasion", "/stockport")
    assert found(client, "Rosa", "/stockport") == []
    Guide.objects.update(published_at=NOW + timedelta(days=1))
    Article.objects.update(published_at=None)

    assert [url for url in found(client, "microdermabrasion") if url.startswith(("/treatments/", "/articles/"))] == []


def test_index_is_renewed_only_where_pages_changed(cast: Cast) -> None:
    assert renew_index() == 0
    Guide.objects.filter(treatment__slug="led").update(lead="A lamp for zebras.")
    Article.objects.filter(slug="what-happens-at-a-consultation").delete()

    assert renew_index() == 2
    assert "zebra" in Document.objects.get(kind="guide", key="led").words
    assert renew_index() == 0


def test_search_asks_the_database_as_often_for_much_as_for_little(client, cast: Cast) -> None:
    client.get("/search/", {"q": "peel"})
    with CaptureQueriesContext(connection) as few:
        client.get("/search/", {"q": "Rosa"})
    with CaptureQueriesContext(connection) as many:
        client.get("/search/", {"q": "skin"})

    assert len(many) == len(few)
    assert Offer.objects.exists()
