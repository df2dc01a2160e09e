"""What is done by the clock is done once a turn, however many workers there are."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connections

from corneum.platform.jobs.models import Job, Turn
from corneum.platform.jobs.registry import daily, every
from corneum.platform.jobs.timetable import take_due_turns
from corneum.platform.jobs.worker import Worker
from tests.factories.cast import NOW


@pytest.mark.django_db
def test_turn_is_run_when_due_and_told_the_time(worker, clock):
    ran_at: list[datetime] = []
    every(minutes=5)(_named("sweep", ran_at.append))

    for _ in range(11):
        worker.run_until_idle()
        clock.forward(minutes=1)

    assert ran_at == [NOW, NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)]


@pytest.mark.django_db
def test_turn_is_run_once_among_two_workers(clock):
    ran_at: list[datetime] = []
    every(minutes=5)(_named("sweep", ran_at.append))
    workers = [Worker(clock=clock), Worker(clock=clock)]

    for _ in range(6):
        for worker in workers:
            worker.run_until_idle()
        clock.forward(minutes=1)

    assert ran_at == [NOW, NOW + timedelta(minutes=5)]


@pytest.mark.django_db
def test_turns_missed_while_nobody_worked_are_run_once(worker, clock):
    ran_at: list[datetime] = []
    every(minutes=5)(_named("sweep", ran_at.append))
    worker.run_until_idle()

    clock.forward(days=3)
    worker.run_until_idle()
    worker.run_until_idle()

    assert ran_at == [NOW, NOW + timedelta(days=3)]


@pytest.mark.django_db
def test_daily_turn_does_not_run_when_first_seen(worker, clock):
    ran_at: list[datetime] = []
    daily(at="09:00", zone="Europe/London")(_named("open_up", ran_at.append))  # NOW is eight o'clock

    worker.run_until_idle()
    at_first = list(ran_at)
    clock.forward(hours=1)
    worker.run_until_idle()

    assert at_first == []
    assert ran_at == [NOW + timedelta(hours=1)]


@pytest.mark.django_db
def test_turn_that_failed_is_tried_again_before_the_next_one(worker, clock):
    attempts = []

    def sweep(at):
        attempts.append(at)
        if len(attempts) == 1:
            raise ValueError

    every(minutes=60)(_named("sweep", sweep))

    worker.run_until_idle()
    clock.forward(seconds=15)
    worker.run_until_idle()

    assert attempts == [NOW, NOW + timedelta(seconds=15)]
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.django_db
def test_turn_does_not_pile_up_behind_one_that_is_not_done(clock):
    every(minutes=1)(_named("sweep", lambda at: None))

    taken = [take_due_turns(clock.forward(minutes=1)) for _ in range(3)]

    assert taken == [1, 1, 1]
    assert list(Job.objects.values_list("key", "state", "due_at")) == [
        ("turn:jobs.sweep", Job.State.WAITING, NOW + timedelta(minutes=1))
    ]


@pytest.mark.django_db
def test_turn_written_by_a_clock_that_ran_ahead_is_put_right(clock):
    every(minutes=5)(_named("sweep", lambda at: None))
    Turn.objects.create(name="jobs.sweep", next_at=NOW + timedelta(days=400))

    take_due_turns(NOW)

    assert Turn.objects.get().next_at == NOW + timedelta(minutes=5)


@pytest.mark.django_db(transaction=True)
def test_turn_is_taken_once_by_workers_that_look_at_the_same_moment():
    every(minutes=5)(_named("sweep", lambda at: None))
    Turn.objects.create(name="jobs.sweep", next_at=NOW)
    taken, problems = [], []
    start = threading.Barrier(6)

    def take():
        try:
            start.wait()
            taken.append(take_due_turns(NOW))
        except Exception as error:  # noqa: BLE001 -- shown below, in the test's own thread
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert sum(taken) == 1
    assert Turn.objects.get().next_at == NOW + timedelta(minutes=5)


def _named(name, function):
    """Give a function a name and a place of its own, as in an area's jobs.py."""

    def turn(at):
        function(at)

    turn.__name__, turn.__module__ = name, "corneum.platform.jobs.jobs"
    return turn
