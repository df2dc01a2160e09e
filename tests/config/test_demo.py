"""The demonstration: the same from one seed, in all states, and never in anybody's way."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from corneum.clinic.diary.models import Appointment, Slot
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.guides.models import Article, Guide
from corneum.config.cli import prepare_demo
from corneum.config.demo import loader
from corneum.platform.accounts.models import Clinic

NOON = datetime(2026, 3, 11, 12, 10, tzinfo=UTC)


def what_there_is() -> list[tuple[str, ...]]:
    """Everything of the diary that a person sees, without the random names of rows."""
    rows = Appointment.objects.order_by("starts", "practitioner__slug", "pk")
    found = rows.values_list("wall_time", "patient__name", "treatment__slug", "practitioner__slug", "status")
    return [tuple(str(fact) for fact in row) for row in found]


def overlaps() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Find visits of one schedule that share an instant, by another way than the database's own."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for schedule, starts, ends in Slot.objects.filter(is_live=True).values_list("schedule", "starts", "ends"):
        spans.setdefault(schedule, []).append((starts, ends))
    return [
        (one, other)
        for taken in spans.values()
        for one, other in zip(sorted(taken), sorted(taken)[1:], strict=False)
        if other[0] < one[1]
    ]


@pytest.mark.django_db
def test_load_makes_the_same_clinic_in_all_states_from_the_same_moment():
    seen, pages = [], (0, 0, "")
    for _ in range(2):
        with transaction.atomic():
            loader.load(at=NOON, each_way=1)  # four weeks each way are more of the same
            seen.append((what_there_is(), Counter(Enquiry.objects.values_list("state", flat=True)), overlaps()))
            pages = Guide.objects.count(), Article.objects.count(), Clinic.objects.get(is_main=True).slug
            transaction.set_rollback(True)

    appointments, enquiries, overlapping = seen[0]
    assert seen[0] == seen[1]
    assert {row[-1] for row in appointments} == {"booked", "arrived", "fulfilled", "cancelled", "noshow"}
    assert enquiries == {"open": 7, "answered": 1, "closed": 3, "spam": 3}
    assert overlapping == []
    assert pages == (6, 2, "manchester")


def test_prepare_demo_leaves_a_real_clinics_settings_out(monkeypatch):
    monkeypatch.setenv("CORNEUM_DATABASE_URL", "postgres://real/clinic")
    monkeypatch.setenv("CORNEUM_MAIL_URL", "smtp://real")
    monkeypatch.setenv("CORNEUM_HOME", "/srv/real")

    before = dict(os.environ)
    try:
        prepare_demo(["--port", "8123"])
        ours = {name: value for name, value in os.environ.items() if name.startswith("CORNEUM_")}
    finally:
        os.environ.clear()
        os.environ.update(before)

    assert ours == {
        "CORNEUM_DEMO": "1", "CORNEUM_HOME": str(Path("var") / "demo"), "CORNEUM_SITE_URL": "http://localhost:8123",
    }  # fmt: skip


def test_demo_touches_nothing_in_a_folder_that_it_did_not_make(tmp_path):
    kept = tmp_path / "corneum.sqlite3"
    kept.write_text("a real clinic")

    told = subprocess.run(
        [sys.executable, "-m", "corneum", "demo", "--load-only"],
        env={"PATH": os.environ["PATH"], "CORNEUM_DEMO_HOME": str(tmp_path), "PYTHONPATH": "src"},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip

    assert told.returncode != 0
    assert "Nothing was touched" in told.stderr
    assert kept.read_text() == "a real clinic"
