"""What the clock does to the diary."""

from datetime import timedelta

from corneum.clinic.diary import jobs
from corneum.clinic.diary.models import Slot
from corneum.platform.audit.models import AuditEvent
from corneum.platform.jobs.registry import TIMETABLE
from tests.factories.cast import NOW
from tests.factories.diary import make_hold, minute


def test_release_expired_holds_frees_what_has_expired_in_the_name_of_the_worker(cast):
    make_hold(cast, minute("2026-03-10T09:00"))

    jobs.release_expired_holds(NOW + timedelta(minutes=10))

    assert Slot.objects.count() == 0
    assert AuditEvent.objects.order_by("pk").values_list("action", "actor_kind", "actor_name").last() == (
        "diary.release_expired_holds", "system", "worker",
    )  # fmt: skip


def test_release_expired_holds_is_done_every_minute():
    entry = TIMETABLE["diary.release_expired_holds"]

    assert entry.following(NOW) == NOW + timedelta(minutes=1)
