"""What the clock does: drafts that led nowhere are forgotten."""

from datetime import timedelta

import pytest

from corneum.clinic.booking import jobs
from corneum.clinic.booking.models import Draft
from corneum.platform.jobs.registry import TIMETABLE
from tests.factories.booking import book, fill_in
from tests.factories.cast import NOW
from tests.factories.diary import minute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_forget_drafts_is_on_the_timetable():
    assert "booking.forget_drafts" in TIMETABLE


def test_forget_drafts_deletes_what_was_typed_a_day_ago_and_nothing_newer(cast, client, clock):
    fill_in(client, minute("2026-03-11T10:00"))
    clock.shift(timedelta(hours=20))
    newer = fill_in(client, minute("2026-03-11T11:00"))

    jobs.forget_drafts(NOW + timedelta(hours=25))

    assert list(Draft.objects.all()) == [newer]


def test_forget_drafts_leaves_the_way_back_to_an_appointment(cast, client):
    book(client, minute("2026-03-11T10:00"))

    jobs.forget_drafts(NOW + timedelta(days=2))

    assert Draft.objects.count() == 1
