"""Several real workers at once, and a move at the very moment of sending: nobody is reminded twice."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction

from corneum.clinic.booking import actions as booking
from corneum.clinic.diary.actions import book_appointment
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import openings_for
from corneum.clinic.reminders import jobs
from corneum.clinic.reminders.models import Reminder, ReminderRules
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.jobs.queueing import queue
from corneum.platform.messages.models import Message
from tests.clinic.reminders.conftest import leave, on
from tests.factories.cast import Cast, make_patient
from tests.factories.diary import minute
from tests.platform.messages.conftest import MailServer, free_port, wait_until
from tests.workers import PATIENCE, Workers

VISITS = 12
FRIDAY = minute("2026-03-13T14:00")


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer(port=free_port())
    server.open()
    yield server
    server.close()


@pytest.fixture
def workers(tmp_path: Path, mail_server: MailServer, transactional_db: None) -> Iterator[Workers]:
    started = Workers(tmp_path, mail_server.url)
    yield started
    for worker in list(started.alive):
        started.kill(worker)


@pytest.mark.slow
def test_several_workers_at_once_remind_each_visit_once(workers: Workers, mail_server: MailServer, cast: Cast):
    now = datetime.now(UTC)
    book_due_visits(cast, now)
    with transaction.atomic():
        for number in range(4):  # each worker finds one, and goes through the same visits as the others
            queue(key=f"reminders:attack-{number}", kind=jobs.KIND, payload={}, due_at=now, at=now)

    for _ in range(2):
        workers.start(lease=60)
    finished = wait_until(lambda: Message.objects.filter(state="sent").count() == VISITS, seconds=PATIENCE)
    wait_until(lambda: not Message.objects.filter(state__in=["queued", "sending"]).exists(), seconds=5)
    ended = workers.stop()

    sent_to = Counter(str(mail["To"].addresses[0].addr_spec) for mail in mail_server.kept)
    assert finished, workers.said()
    assert (set(sent_to.values()), len(sent_to)) == ({1}, VISITS), workers.said()
    assert Reminder.objects.count() == Message.objects.count() == VISITS
    assert "ERROR" not in workers.said()
    assert set(ended) == {0}, workers.said()


def test_move_while_its_reminder_is_handed_over_is_told_after_it(
    transactional_db: None, visit: Appointment, mail_server: MailServer, settings, remind
):
    settings.MAIL_URL = mail_server.url
    (email,) = remind("2026-03-10T09:30")
    mail_server.on_content = lambda: run_apart(lambda: move(visit))

    leave(email, "2026-03-10T09:31")
    told = Message.objects.get(template="booking/moved")
    again = remind("2026-03-12T14:00")

    visit.refresh_from_db()
    assert (email.state, len(mail_server.kept), visit.starts) == ("sent", 1, FRIDAY)
    assert told.created_at > email.created_at
    assert [(one.channel, "Friday 13 March" in one.text) for one in again] == [("text", True)]


def book_due_visits(cast: Cast, now: datetime) -> None:
    """Book visits weeks ago, of which a reminder is due now."""
    ReminderRules.objects.create(
        clinic=cast.manchester, email_hours=336, text_hours=None, quiet_from="00:00", quiet_until="00:00"
    )
    long_ago, first = now - timedelta(days=20), (now + timedelta(days=1)).date()
    free = openings_for(
        clinic=cast.manchester, treatment=cast.consultation, first=first, last=first + timedelta(days=6), at=long_ago
    )  # fmt: skip
    for number in range(VISITS):
        book_appointment(
            clinic=cast.manchester, treatment=cast.consultation, starts=free[number * 4].starts, practitioner=None,
            patient=make_patient(cast.manchester, f"Patient {number}", email=f"patient{number}@mail.example"), note="",
            by=Actor.staff(cast.dana), at=long_ago,
        )  # fmt: skip


def move(visit: Appointment) -> None:
    booking.move_booking(appointment=visit, starts=FRIDAY, practitioner=None, by=PATIENT, at=on("2026-03-10T09:31"))


def run_apart(act) -> None:
    """Do it in a thread with a connection of its own, and wait for it."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
