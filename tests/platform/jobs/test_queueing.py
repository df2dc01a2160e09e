"""Work is asked for once, in the transaction that wants it."""

import contextlib
from datetime import timedelta

import pytest
from django.db import transaction

from corneum.platform.jobs.models import Job
from corneum.platform.jobs.queueing import forget_done_jobs, queue
from tests.factories.cast import NOW


@pytest.mark.django_db
def test_queue_keeps_what_is_to_be_done_and_when():
    job = queue(key="tea:1", kind="tea.make", payload={"ref": "1"}, due_at=NOW + timedelta(hours=1), at=NOW)

    kept = Job.objects.get()
    assert kept == job
    assert (kept.key, kept.kind, kept.payload, kept.state) == ("tea:1", "tea.make", {"ref": "1"}, Job.State.WAITING)
    assert (kept.created_at, kept.due_at) == (NOW, NOW + timedelta(hours=1))


@pytest.mark.django_db
def test_queue_takes_the_same_key_twice_as_one_job():
    first = queue(key="tea:1", kind="tea.make", payload={"ref": "1"}, due_at=NOW, at=NOW)

    second = queue(key="tea:1", kind="tea.make", payload={"ref": "2"}, due_at=NOW + timedelta(days=1), at=NOW)

    assert second == first
    assert list(Job.objects.values_list("payload", "due_at")) == [({"ref": "1"}, NOW)]


@pytest.mark.django_db
def test_queue_leaves_nothing_when_the_transaction_is_taken_back():
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        queue(key="tea:1", kind="tea.make", payload={}, due_at=NOW, at=NOW)
        raise ZeroDivisionError

    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_queue_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        queue(key="tea:1", kind="tea.make", payload={}, due_at=NOW, at=NOW)

    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_forget_done_jobs_removes_what_was_done_long_ago_and_nothing_else():
    for key, state, done_at in (
        ("long ago", Job.State.DONE, NOW - timedelta(days=91)),
        ("lately", Job.State.DONE, NOW - timedelta(days=89)),
        ("given up", Job.State.DEAD, NOW - timedelta(days=91)),
        ("waiting", Job.State.WAITING, None),
    ):
        Job.objects.create(key=key, kind="tea.make", due_at=NOW, created_at=NOW, state=state, done_at=done_at)

    forgotten = forget_done_jobs(before=NOW - timedelta(days=90))

    assert forgotten == 1
    assert sorted(Job.objects.values_list("key", flat=True)) == ["given up", "lately", "waiting"]
