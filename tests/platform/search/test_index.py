"""The index of words follows its rows by whatever way they change, on either database."""

import pytest
from django.db import connection

from corneum.platform.search.index import Page, renew
from corneum.platform.search.models import Document
from corneum.platform.search.queries import search
from tests.db.rows import raw

pytestmark = pytest.mark.django_db


def keys(question: str) -> list[str]:
    return [found.key for found in search(question).found]


def test_a_row_is_found_by_the_words_that_it_has_now() -> None:
    Document.objects.create(kind="article", key="peel", title="A light peel", words="light peel")
    assert keys("peel") == ["peel"]

    Document.objects.update(words="gentle acid")
    assert keys("peel") == []
    assert keys("acid") == ["peel"]

    raw("UPDATE search_document SET words = 'crystal'")
    assert keys("acid") == []
    assert keys("crystal") == ["peel"]

    raw("DELETE FROM search_document")
    assert keys("crystal") == []


def test_words_are_looked_up_and_not_read_row_by_row() -> None:
    if connection.vendor == "postgresql":
        raw("SET LOCAL enable_seqscan = off")
    with connection.cursor() as cursor:
        explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {_asking('peel')}")
        plan = str(cursor.fetchall())

    assert ("search_document_words" if connection.vendor == "postgresql" else "VIRTUAL TABLE INDEX") in plan


def _asking(word: str) -> str:
    if connection.vendor == "postgresql":
        return (
            "SELECT id FROM search_document"
            f" WHERE to_tsvector('simple'::regconfig, words) @@ to_tsquery('simple'::regconfig, '{word}')"
        )
    return f"SELECT rowid FROM search_document_words WHERE search_document_words MATCH '{word}'"


def test_renewing_with_what_is_there_changes_nothing() -> None:
    pages = [Page("article", "peel", "A light peel", "It is gentle."), Page("guide", "laser", "Laser", text="Light.")]

    assert renew(pages) == 2
    assert renew(pages) == 0
    assert renew(pages[:1]) == 1
    assert keys("laser") == []
