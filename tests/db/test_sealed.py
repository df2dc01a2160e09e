"""What is sealed cannot be read from the database, changed or moved there, and opens for whoever has the key."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from corneum.db.sealed import SealBroken, SealedJSONField, SealedTextField, seal, unseal

LABEL = "records_visit.reaction"


@pytest.fixture
def chart(transactional_db: None) -> Iterator[Any]:
    """Give a table with a sealed text, another, and sealed answers."""
    with isolate_apps("corneum.clinic.patients"):

        class Chart(models.Model):
            said = SealedTextField()
            other = SealedTextField(null=True)
            answers = SealedJSONField(default=dict)

            class Meta:
                app_label = "patients"
                db_table = "sealed_chart"

            def __str__(self) -> str:
                return "chart"

        with connection.schema_editor() as editor:
            editor.create_model(Chart)
        yield Chart
        with connection.schema_editor() as editor:
            editor.delete_model(Chart)


def stored(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM sealed_chart")  # one of three names written here
        return str(cursor.fetchone()[0])


def test_a_sealed_value_comes_back_and_cannot_be_read_in_the_database(chart: Any) -> None:
    chart.objects.create(said="a cold sore last March", answers={"isotretinoin": ["yes", 3]})

    kept = chart.objects.get()

    assert (kept.said, kept.other, kept.answers) == ("a cold sore last March", None, {"isotretinoin": ["yes", 3]})
    assert "cold sore" not in stored("said")
    assert "isotretinoin" not in stored("answers")


def test_a_value_moved_to_another_column_does_not_open(chart: Any) -> None:
    chart.objects.create(said="a cold sore last March")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealed_chart SET other = said")

    with pytest.raises(SealBroken, match="other does not open"):
        chart.objects.get()


def test_a_value_typed_into_the_database_is_not_read_as_if_it_were_ours(chart: Any) -> None:
    chart.objects.create(said="a cold sore last March")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealed_chart SET said = 'nothing at all'")

    with pytest.raises(SealBroken, match="never sealed"):
        chart.objects.get()


def test_nothing_can_be_looked_for_in_a_sealed_field_save_whether_it_is_there(chart: Any) -> None:
    chart.objects.create(said="a cold sore last March")

    assert chart.objects.filter(other__isnull=True).count() == 1
    with pytest.raises(FieldError, match="said is sealed"):
        chart.objects.get(said="a cold sore last March")


def test_the_first_key_seals_and_the_old_one_still_opens(settings: Settings) -> None:
    old = seal("before", label=LABEL)
    (name, key), *_ = settings.SEALING_KEYS.items()
    settings.SEALING_KEYS = {"b2": b"2" * 32, name: key}
    new = seal("after", label=LABEL)

    assert (unseal(old, label=LABEL), unseal(new, label=LABEL)) == ("before", "after")
    assert new.startswith("1.b2.")

    settings.SEALING_KEYS = {"b2": b"2" * 32}
    with pytest.raises(SealBroken, match="which CORNEUM_SEALING_KEYS does not hold"):
        unseal(old, label=LABEL)


@given(st.text(), st.data())
def test_any_text_comes_back_and_no_changed_letter_goes_unnoticed(text: str, data: st.DataObject) -> None:
    sealed = seal(text, label=LABEL)
    place = data.draw(
        st.integers(sealed.rindex(".") + 1, len(sealed) - 5)
    )  # the last letter before the padding holds bits that mean nothing
    changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]

    assert unseal(sealed, label=LABEL) == text
    with pytest.raises(SealBroken):
        unseal(changed, label=LABEL)
