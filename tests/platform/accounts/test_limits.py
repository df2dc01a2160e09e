"""Tries are counted exactly, per window, and nobody can read who they were."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, connections

from corneum.platform.accounts import limits
from corneum.platform.accounts.models import CacheEntry, Tally
from tests.factories.cast import NOW

MINUTE = timedelta(minutes=1)


def _try(key: str = "203.0.113.9", *, scope: str = "tests", most: int = 3, after: float = 0) -> bool:
    return limits.allow(scope=scope, key=key, per=MINUTE, most=most, at=NOW + timedelta(seconds=after))


@pytest.mark.django_db
def test_allow_lets_that_many_through_and_no_more():
    answers = [_try() for _ in range(5)]

    assert answers == [True, True, True, False, False]


@pytest.mark.django_db
def test_allow_counts_keys_and_scopes_apart():
    for _ in range(4):
        _try()

    assert [_try(), _try("203.0.113.10"), _try(scope="other")] == [False, True, True]


@pytest.mark.django_db
def test_allow_takes_no_notice_of_capitals_and_spaces():
    answers = [_try(key) for key in ("a@b.example", "A@B.example", " a@b.example ", "a@b.EXAMPLE")]

    assert answers == [True, True, True, False]


@pytest.mark.django_db
def test_allow_slides_so_that_the_turn_of_a_window_gives_no_second_helping():
    for _ in range(3):
        _try(after=59)

    answers = [_try(after=61), _try(after=61), _try(after=121)]

    # Two of the three still count just after the turn, rounded down; a whole window later none does.
    assert answers == [True, False, True]


@pytest.mark.django_db
def test_allow_does_not_count_what_it_refuses():
    for _ in range(50):
        _try()

    assert Tally.objects.get().count == 3


@pytest.mark.django_db
def test_allow_refuses_everything_where_none_is_allowed():
    assert _try(most=0) is False
    assert Tally.objects.count() == 0


@pytest.mark.django_db
def test_allow_keeps_no_address():
    _try("alice@mail.example")

    kept = Tally.objects.get()
    assert len(kept.name) == 64
    assert "alice" not in "".join(str(value) for value in vars(kept).values())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_allow_counts_exactly_when_many_try_at_once():
    def one(_: int) -> bool:
        try:
            return _try(most=7)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(40)))

    assert sum(answers) == 7
    assert Tally.objects.get().count == 7


@pytest.mark.django_db
def test_sweep_deletes_what_no_longer_counts_and_nothing_else():
    _try()
    _try(after=125)

    swept = limits.sweep(at=NOW + timedelta(seconds=125))

    assert swept == 1
    assert Tally.objects.count() == 1
    assert [_try(after=126), _try(after=126), _try(after=126)] == [True, True, False]


@pytest.mark.django_db
def test_cache_keeps_its_rows_in_a_table_that_migrations_made_under_names_nobody_can_read():
    cache.set("login:alice@mail.example", "x", 60)

    assert cache.get("login:alice@mail.example") == "x"
    assert CacheEntry._meta.db_table in connection.introspection.table_names()
    assert [len(name) for name in CacheEntry.objects.values_list("cache_key", flat=True)] == [64]
