"""An action is one transaction, one event and one actor; the same press twice is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from corneum.db.ref import new_ref
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.acting import current_acting
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.queries import history_of
from corneum.platform.audit.trail import AlreadyDone, action, record

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


class TooMany(ClinicError):
    """There are enough clinics."""


@action
def open_clinic(*, slug: str, by: Actor, at: datetime, press: str = "") -> Clinic:
    """Open a clinic."""
    clinic = Clinic.objects.create(slug=slug, name=slug)
    record("tests.open_clinic", entity=clinic, by=by, at=at, clinic=clinic, press=press, opened_on=at.date())
    return clinic


@action
def open_and_refuse(*, slug: str, by: Actor, at: datetime) -> None:
    """Open a clinic, and think better of it."""
    open_clinic(slug=slug, by=by, at=at)
    raise TooMany


@pytest.mark.django_db
def test_record_writes_who_did_what_to_which_and_when():
    dana = User.objects.create(email="dana@example.org", name="Dana", created_at=NOW)

    clinic = open_clinic(slug="manchester", by=Actor.staff(dana), at=NOW)

    event = history_of(clinic).get()
    assert (event.at, event.action, event.detail) == (NOW, "tests.open_clinic", {"opened_on": "2026-03-09"})
    assert (event.actor_kind, event.actor_user, event.actor_name) == ("staff", dana, "Dana")
    assert (event.clinic, event.entity_kind, event.entity_ref) == (clinic, "accounts.clinic", clinic.ref)
    assert (event.press, event.request_id) == (None, "")


@pytest.mark.django_db
def test_history_is_of_one_entity_and_begins_with_the_earliest():
    clinic = open_clinic(slug="manchester", by=VISITOR, at=NOW)
    open_clinic(slug="stockport", by=VISITOR, at=NOW)
    rename(clinic=clinic, by=VISITOR, at=NOW)

    history = [event.action for event in history_of(clinic)]

    assert history == ["tests.open_clinic", "tests.rename"]


@action
def rename(*, clinic: Clinic, by: Actor, at: datetime) -> None:
    """Give a clinic another name."""
    record("tests.rename", entity=clinic, by=by, at=at, clinic=clinic)


@pytest.mark.django_db
def test_action_that_refuses_leaves_nothing_behind():
    with pytest.raises(TooMany):
        open_and_refuse(slug="manchester", by=VISITOR, at=NOW)

    assert (Clinic.objects.count(), AuditEvent.objects.count()) == (0, 0)
    assert current_acting() is None


@pytest.mark.django_db
def test_action_inside_another_is_its_own_actors():
    seen: list[Actor | None] = []

    @action
    def inner(*, by: Actor, at: datetime) -> None:
        seen.append(now_acting())

    @action
    def outer(*, by: Actor, at: datetime) -> None:
        seen.append(now_acting())
        inner(by=Actor.system("worker"), at=at)
        seen.append(now_acting())

    outer(by=VISITOR, at=NOW)

    assert [*seen, now_acting()] == [VISITOR, Actor.system("worker"), VISITOR, None]


def now_acting() -> Actor | None:
    """Say who acts at this moment."""
    acting = current_acting()
    return acting.by if acting else None


@pytest.mark.django_db
def test_second_press_is_told_what_came_of_the_first():
    press = new_ref()
    clinic = open_clinic(slug="manchester", by=VISITOR, at=NOW, press=press)

    with pytest.raises(AlreadyDone) as caught:
        open_clinic(slug="manchester", by=VISITOR, at=NOW, press=press)

    assert caught.value.event.entity_ref == clinic.ref
    assert str(caught.value) == "This has been done already."
    assert Clinic.objects.count() == 1


@pytest.mark.django_db
def test_press_of_an_action_that_refused_can_be_pressed_again():
    press = new_ref()
    Clinic.objects.create(slug="manchester", name="Taken")
    with pytest.raises(Exception, match="slug"):
        open_clinic(slug="manchester", by=VISITOR, at=NOW, press=press)

    clinic = open_clinic(slug="stockport", by=VISITOR, at=NOW, press=press)

    assert history_of(clinic).get().press == press


@pytest.mark.django_db
def test_press_that_is_not_recorded_is_an_error_and_undone():
    @action
    def forgetful(*, by: Actor, at: datetime, press: str) -> None:
        Clinic.objects.create(slug="manchester", name="Manchester")

    with pytest.raises(RuntimeError, match="forgetful takes a press and does not hand it to record"):
        forgetful(by=VISITOR, at=NOW, press=new_ref())

    assert Clinic.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_slug", [True, False])
def test_presses_at_the_same_moment_are_done_once(same_slug):
    """With the same slug the clinic's own constraint refuses first; with others only the press does."""
    press, together = new_ref(), Barrier(6)

    def press_it(number: int) -> str:
        together.wait()
        try:
            return open_clinic(slug="same" if same_slug else f"n{number}", by=VISITOR, at=NOW, press=press).ref
        except AlreadyDone as done:
            return f"again {done.event.entity_ref}"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(press_it, range(6)))

    clinic = Clinic.objects.get()
    assert sorted(answers) == sorted([clinic.ref, *[f"again {clinic.ref}"] * 5])
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_record_refuses_to_stand_alone():
    clinic = Clinic.objects.create(slug="manchester", name="Manchester")

    with pytest.raises(RuntimeError, match="alone is recorded outside an action"):
        record("tests.alone", entity=clinic, by=VISITOR, at=NOW, clinic=clinic)

    assert AuditEvent.objects.count() == 0


def without_by(*, at: datetime) -> None: ...
def without_at(*, by: Actor) -> None: ...
def by_position(by: Actor, at: datetime) -> None: ...
def by_anything(*things: object, by: Actor, at: datetime) -> None: ...


@pytest.mark.parametrize(
    "function, reason",
    [
        (without_by, "without_by is an action: it must take by"),
        (without_at, "without_at is an action: it must take at"),
        (by_position, "by_position is an action: it takes keywords only"),
        (by_anything, "by_anything is an action: it takes keywords only"),
    ],
)
def test_action_of_another_shape_cannot_be_written(function: Callable[..., Any], reason: str):
    with pytest.raises(TypeError) as caught:
        action(function)

    assert str(caught.value) == reason


@pytest.mark.django_db
def test_action_is_one_transaction():
    depths: list[int] = []

    @action
    def deep(*, by: Actor, at: datetime) -> None:
        depths.append(len(connection.savepoint_ids))

    with transaction.atomic():
        before = len(connection.savepoint_ids)
        deep(by=VISITOR, at=NOW)

    assert depths == [before + 1]
