"""Real workers, a real mail server, and `kill -9`: nothing lost, nothing doubled, no doubt hidden."""

import queue
import random
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from corneum.platform.jobs.models import Job, Turn
from corneum.platform.messages.models import Message
from tests.platform.messages.conftest import MailServer, wait_until
from tests.workers import PATIENCE, Workers

MESSAGES = 60
KILLS = 6
State = Message.State


@pytest.fixture
def workers(tmp_path: Path, mail_server: MailServer, transactional_db: None) -> Iterator[Workers]:
    started = Workers(tmp_path, mail_server.url)
    yield started
    for worker in list(started.alive):
        started.kill(worker)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_worker_killed_at_any_moment_loses_and_doubles_nothing(workers, mail_server, queue_hello):
    seed = random.randrange(2**32)
    dice = random.Random(seed)
    now = datetime.now(UTC)
    sent_ids = [queue_hello(at=now).message_id for _ in range(MESSAGES)]
    taken: queue.SimpleQueue[None] = queue.SimpleQueue()
    mail_server.mood.seconds = 0.04
    mail_server.on_content = lambda: taken.put(None)

    for _ in range(2):
        workers.start(lease=2)
    for _ in range(KILLS):
        for _ in range(dice.randint(2, 7)):
            taken.get(timeout=PATIENCE)  # a worker is handing a message over right now
        threading.Event().wait(dice.uniform(0, 0.08))
        workers.kill(dice.choice(workers.alive))
        workers.start(lease=2)
    finished = wait_until(_all_done, seconds=PATIENCE)
    ended = workers.stop()

    states = dict(Message.objects.values_list("message_id", "state"))
    arrived = Counter(mail_server.ids)
    story = f"seed {seed}\n{workers.said()}"
    assert finished, story
    assert set(ended) <= {0, -signal.SIGTERM}, story  # the second: it had not quite started
    assert sorted(states) == sorted(sent_ids)
    assert set(states.values()) <= {State.SENT, State.UNCERTAIN}, story
    assert set(arrived.values()) == {1}, story  # none doubled
    assert [id_ for id_, state in states.items() if state == State.SENT and not arrived[id_]] == []  # none lost
    assert sum(state == State.UNCERTAIN for state in states.values()) <= KILLS, story


@pytest.mark.slow
def test_worker_told_to_stop_finishes_its_message_and_leaves_the_rest(workers, mail_server, queue_hello):
    now = datetime.now(UTC)
    for _ in range(3):
        queue_hello(at=now)
    being_taken = threading.Event()
    mail_server.mood.seconds = 0.5
    mail_server.on_content = being_taken.set

    workers.start(lease=60)
    began = being_taken.wait(PATIENCE)
    ended = workers.stop()

    assert began, workers.said()
    assert ended == [0], workers.said()
    assert len(mail_server.ids) == 1
    assert sorted(Message.objects.values_list("state", flat=True)) == [State.QUEUED, State.QUEUED, State.SENT]
    assert list(Job.objects.filter(state=Job.State.WAITING, kind="messages.send").values_list("lease", flat=True)) == [
        "",
        "",
    ]


@pytest.mark.django_db
def test_work_once_ends_when_nothing_is_due(settings, mail_server, queue_hello):
    settings.MAIL_URL = mail_server.url
    message = queue_hello()

    call_command("work", "--once")

    assert mail_server.ids == [message.message_id]
    assert Turn.objects.filter(name="worker").count() == 1


def _all_done() -> bool:
    """Say whether no message waits any more; the timetable's own work does not matter."""
    unfinished: Any = Job.objects.filter(kind="messages.send").exclude(state=Job.State.DONE)
    return not unfinished.exists() and not Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).exists()
