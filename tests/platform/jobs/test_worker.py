"""The worker does what is due, once, and survives whatever a job does."""

import logging
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from corneum.platform.jobs import queries
from corneum.platform.jobs.models import Job, Turn
from corneum.platform.jobs.queueing import queue
from corneum.platform.jobs.registry import TRIES, NotYet, every, handler
from corneum.platform.jobs.worker import LEASE, Worker, claim
from tests.factories.cast import NOW


def ask_for(kind="tests.work", key="work:1", due_at=NOW, payload=None):
    with transaction.atomic():
        return queue(key=key, kind=kind, payload=payload or {}, due_at=due_at, at=NOW)


@pytest.mark.django_db
def test_worker_does_a_due_job_once_and_says_so(worker, clock):
    seen = []
    handler("tests.work")(lambda payload, at: seen.append((payload, at)))
    ask_for(payload={"ref": "a"})

    tried = worker.run_until_idle()
    tried_again = worker.run_until_idle()

    assert (tried, tried_again) == (1, 0)
    assert seen == [({"ref": "a"}, NOW)]
    job = Job.objects.get()
    assert (job.state, job.done_at, job.lease, job.attempts) == (Job.State.DONE, NOW, "", 1)


@pytest.mark.django_db
def test_worker_leaves_a_job_until_it_is_due(worker, clock):
    handler("tests.work")(lambda payload, at: None)
    ask_for(due_at=NOW + timedelta(minutes=3))

    too_early = worker.run_until_idle()
    clock.forward(minutes=3)
    in_time = worker.run_until_idle()

    assert (too_early, in_time) == (0, 1)


@pytest.mark.django_db
def test_worker_does_the_longest_due_first(worker):
    order = []
    handler("tests.work")(lambda payload, at: order.append(payload["ref"]))
    ask_for(key="late", due_at=NOW, payload={"ref": "second"})
    ask_for(key="early", due_at=NOW - timedelta(hours=1), payload={"ref": "first"})

    worker.run_until_idle()

    assert order == ["first", "second"]


@pytest.mark.django_db
def test_worker_tries_a_failed_job_again_after_a_pause(worker, clock):
    answers = [ValueError("alice@example.com is no good"), None]

    @handler("tests.work")
    def work(payload, at):
        if error := answers.pop(0):
            raise error

    ask_for()

    worker.run_until_idle()
    job = Job.objects.get()
    assert job.state == Job.State.WAITING
    assert NOW + timedelta(seconds=5) <= job.due_at <= NOW + timedelta(seconds=15)
    clock.forward(seconds=15)
    worker.run_until_idle()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == (Job.State.DONE, 2, "")


@pytest.mark.django_db
def test_worker_keeps_an_errors_own_words_out_of_the_log_and_the_row(worker, caplog):
    @handler("tests.work")
    def work(payload, at):
        raise ValueError("alice@example.com is no good")

    ask_for()

    with caplog.at_level(logging.DEBUG):
        worker.run_until_idle()

    told = caplog.text + Job.objects.get().last_error
    assert "alice" not in told
    assert Job.objects.get().last_error.startswith("ValueError at worker.py:")


@pytest.mark.django_db
def test_worker_takes_a_failed_jobs_rows_back(worker):
    @handler("tests.work")
    def work(payload, at):
        Turn.objects.create(name="half done", next_at=at)
        raise ValueError

    ask_for()

    worker.run_until_idle()

    assert Turn.objects.filter(name="half done").count() == 0


@pytest.mark.django_db
def test_worker_goes_on_after_a_job_that_breaks_a_constraint(worker):
    done = []

    @handler("tests.work")
    def work(payload, at):
        if payload["ref"] == "bad":
            Turn.objects.create(name="same", next_at=at)
            Turn.objects.create(name="same", next_at=at)
        done.append(payload["ref"])

    ask_for(key="a", payload={"ref": "bad"})
    ask_for(key="b", payload={"ref": "good"})

    worker.run_until_idle()

    assert done == ["good"]
    assert Job.objects.get(key="a").last_error.startswith(IntegrityError.__name__)


@pytest.mark.django_db
def test_worker_gives_a_job_up_and_tells_its_area(worker, clock):
    told = []

    @handler("tests.work", given_up=lambda payload, at: told.append(payload))
    def work(payload, at):
        raise ValueError

    ask_for(payload={"ref": "a"})

    for _ in range(TRIES + 5):
        worker.run_until_idle()
        clock.forward(hours=7)

    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.DEAD, TRIES)
    assert told == [{"ref": "a"}]
    assert queries.given_up_count() == 1


@pytest.mark.django_db
def test_worker_gives_a_job_up_even_if_its_area_cannot_be_told(worker, clock):
    def cannot_be_told(payload, at):
        raise LookupError

    @handler("tests.work", given_up=cannot_be_told)
    def work(payload, at):
        raise ValueError

    ask_for()
    Job.objects.update(attempts=TRIES - 1)

    worker.run_until_idle()

    assert Job.objects.get().state == Job.State.DEAD


@pytest.mark.django_db
def test_worker_gives_up_a_job_that_ends_the_worker_each_time(worker, clock):
    handler("tests.work")(lambda payload, at: pytest.fail("it would end this worker too"))
    ask_for()
    Job.objects.update(attempts=TRIES, lease="gone", lease_until=NOW)

    worker.run_until_idle()

    assert Job.objects.get().state == Job.State.DEAD


@pytest.mark.django_db
def test_worker_puts_a_job_that_is_not_yet_possible_off_without_end(worker, clock):
    @handler("tests.work")
    def work(payload, at):
        raise NotYet("The server does not answer.", at + timedelta(minutes=8))

    ask_for()

    for _ in range(TRIES * 2):
        worker.run_until_idle()
        clock.forward(minutes=8)

    job = Job.objects.get()
    assert (job.state, job.attempts, job.last_error) == (Job.State.WAITING, 0, "The server does not answer.")
    assert job.due_at == clock.now


@pytest.mark.django_db
def test_worker_keeps_work_that_only_a_newer_version_can_do(worker, clock):
    ask_for(kind="tests.from_the_future")

    worker.run_until_idle()

    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.WAITING, 1)
    assert job.due_at > NOW


@pytest.mark.django_db
def test_worker_takes_over_when_the_lease_of_a_dead_one_has_run_out(worker, clock):
    done = []
    handler("tests.work")(lambda payload, at: done.append(at))
    ask_for()
    claimed_by_the_dead = claim(NOW, LEASE)

    too_early = worker.run_until_idle()
    clock.forward(minutes=3)
    in_time = worker.run_until_idle()

    assert claimed_by_the_dead is not None
    assert (too_early, in_time) == (0, 1)
    assert done == [clock.now]


@pytest.mark.django_db
def test_worker_that_was_too_slow_writes_nothing(worker, clock):
    handler("tests.work")(lambda payload, at: Turn.objects.create(name="twice?", next_at=at))
    ask_for()
    ours = claim(NOW, LEASE)
    theirs = claim(clock.forward(minutes=4), LEASE)
    assert ours is not None
    assert theirs is not None

    worker._do(ours)

    assert Turn.objects.count() == 0
    job = Job.objects.get()
    assert (job.state, job.lease) == (Job.State.WAITING, theirs.lease)


@pytest.mark.django_db
def test_worker_that_was_too_slow_with_work_outside_leaves_the_job_to_the_other(worker, clock):
    handler("tests.work", commits_itself=True)(lambda payload, at: None)
    ask_for()
    ours = claim(NOW, LEASE)
    theirs = claim(clock.forward(minutes=4), LEASE)
    assert ours is not None
    assert theirs is not None

    worker._do(ours)

    job = Job.objects.get()
    assert (job.state, job.lease) == (Job.State.WAITING, theirs.lease)


@pytest.mark.django_db
def test_worker_is_not_bound_by_a_lease_from_a_clock_that_ran_ahead(worker):
    handler("tests.work")(lambda payload, at: None)
    ask_for()
    Job.objects.update(lease="ahead", lease_until=NOW + timedelta(days=400))

    assert worker.run_until_idle() == 1


@pytest.mark.django_db
def test_worker_told_to_stop_finishes_its_job_and_takes_no_other(worker):
    done = []

    @handler("tests.work")
    def work(payload, at):
        worker.stop()
        done.append(payload["ref"])

    ask_for(key="a", payload={"ref": "a"})
    ask_for(key="b", payload={"ref": "b"})

    worker.run()

    assert done == ["a"]
    assert Job.objects.get(key="a").state == Job.State.DONE
    assert Job.objects.get(key="b").lease == ""


@pytest.mark.django_db
def test_worker_leaves_a_sign_of_life(worker, clock):
    before = queries.worker_is_running(NOW)
    worker.run_until_idle()
    after = queries.worker_is_running(NOW)
    seen_at = queries.worker_last_seen_at()
    clock.forward(minutes=3, seconds=1)
    long_after = queries.worker_is_running(clock.now)

    assert (before, after, long_after) == (False, True, False)
    assert seen_at == NOW


@pytest.mark.django_db
def test_worker_that_is_idle_writes_nothing(worker, clock, django_assert_num_queries):
    every(minutes=60)(lambda at: None)
    worker.run_until_idle()
    clock.forward(seconds=1)

    with django_assert_num_queries(2) as asked:  # is a turn due? is a job?
        worker.run_until_idle()

    assert [question["sql"].split()[0] for question in asked.captured_queries] == ["SELECT", "SELECT"]


@pytest.mark.django_db(transaction=True)
def test_claim_gives_each_job_to_one_of_many_workers():
    for number in range(40):
        ask_for(key=f"work:{number}")
    claimed, problems = [], []
    start = threading.Barrier(6)

    def take_all():
        try:
            start.wait()
            while (job := claim(NOW, LEASE)) is not None:
                claimed.append(job.key)
        except Exception as error:  # noqa: BLE001 -- shown below, in the test's own thread
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take_all) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert sorted(claimed) == sorted(f"work:{number}" for number in range(40))


@pytest.mark.django_db(transaction=True)
def test_worker_waits_for_a_database_that_is_away():
    calls: list[int] = []

    class Stumbling(Worker):
        def step(self):
            calls.append(len(calls))
            if len(calls) == 1:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT * FROM a_table_that_is_not_there")
            self.stop()
            return super().step()

    Stumbling(clock=lambda: NOW, poll=0).run()

    assert calls == [0, 1]
