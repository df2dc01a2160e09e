"""Signing locks a visit once and for all; what comes afterwards stands beside it, and the chain tells of every touch."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from corneum.clinic.diary.models import Appointment
from corneum.clinic.practitioners.models import Registration
from corneum.clinic.premises.models import Device
from corneum.clinic.records import actions, drafts, queries
from corneum.clinic.records.actions import (
    AlreadyCountersigned,
    NotAPractitioner,
    NotReady,
    NotSeen,
    NotTheSupervisor,
    NotYetComplete,
)
from corneum.clinic.records.chain import breaks
from corneum.clinic.records.drafts import DraftMoved, SignedAlready
from corneum.clinic.records.following import _followers, follows
from corneum.clinic.records.models import (
    Amendment,
    Countersignature,
    Draft,
    Link,
    Lot,
    LotUse,
    Supervision,
    VisitRecord,
)
from corneum.db.triggers import triggers_there
from corneum.domain.records import Limit, Values
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute
from tests.factories.records import ROUTINE, SECRET_WORDS, arrived, sign


def test_sign_writes_the_record_its_lots_and_its_link_and_ends_the_visit(cast: Cast) -> None:
    visit = arrived(cast)
    drafts.save_draft(visit, {"said": {}}, version=0, user=cast.priya, at=visit.starts_at)

    signed = sign(cast, visit, version=1)

    visit.refresh_from_db()
    event = AuditEvent.objects.get(action="records.sign_record")
    assert (signed.practitioner, signed.device, signed.protocol) == (
        cast.nadia,
        cast.crystal,
        "microdermabrasion-crystal",
    )
    assert ["Suction", "180 mmHg"] in VisitRecord.objects.get().content["words"]
    assert signed.content["by"]["register"] == "NMC 00A0002E, valid until 2027-03-31"
    assert signed.content["device"]["serial"] == "SAMPLE-crystal-unit-0"
    assert sorted(Lot.objects.values_list("kind", "number")) == [("crystals", "B-77"), ("tip", "44120")]
    assert LotUse.objects.filter(record=signed).count() == 2
    assert visit.status == Appointment.Status.FULFILLED
    assert not Draft.objects.exists()
    assert event.detail == {"link": 1, "regardless": []}
    assert list(breaks()) == []


def test_what_was_signed_stands_sealed_in_the_database(cast: Cast) -> None:
    sign(cast, arrived(cast))

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM records_visitrecord")
        (kept,) = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM audit_auditevent WHERE CAST(detail AS text) LIKE %s", [f"%{SECRET_WORDS}%"]
        )
        assert cursor.fetchone() == (0,)
    assert SECRET_WORDS not in kept


def test_sign_says_what_is_missing_and_leaves_nothing(cast: Cast) -> None:
    visit = arrived(cast)

    with pytest.raises(NotYetComplete) as refused:
        sign(cast, visit, pain="")

    assert [problem.key for problem in refused.value.problems] == ["pain"]
    assert not VisitRecord.objects.exists()
    assert not Link.objects.exists()


def test_bounds_of_the_device_ask_for_a_reason(cast: Cast) -> None:
    actions.bound_device(
        device=cast.crystal, field="suction", limit=Limit("mmHg", Decimal(50), Decimal(150)), user=cast.owen,
        by=Actor.staff(cast.owen), at=NOW,
    )  # fmt: skip
    visit = arrived(cast)

    with pytest.raises(NotYetComplete):
        sign(cast, visit)
    signed = sign(cast, visit, reasons={"suction": "Thick skin on the chin"})

    assert ["Suction", "180 mmHg (Thick skin on the chin)"] in signed.content["words"]


def test_nobody_signs_twice_nor_over_what_somebody_else_typed(cast: Cast) -> None:
    visit = arrived(cast)
    drafts.save_draft(visit, {"said": {"note": "Theirs"}}, version=0, user=cast.owen, at=visit.starts_at)

    with pytest.raises(DraftMoved) as moved:
        sign(cast, visit, version=0)
    with pytest.raises(DraftMoved):
        drafts.save_draft(visit, {"said": {"note": "Mine"}}, version=0, user=cast.priya, at=visit.starts_at)
    sign(cast, visit, version=1)

    assert moved.value.draft is not None
    assert moved.value.draft.content == {"said": {"note": "Theirs"}}
    with pytest.raises(SignedAlready):
        sign(cast, visit, version=0)
    with pytest.raises(SignedAlready):
        drafts.save_draft(visit, {}, version=0, user=cast.priya, at=visit.starts_at)


def test_only_who_treats_signs_and_only_of_somebody_who_came(cast: Cast) -> None:
    coming = make_appointment(
        cast, minute("2026-03-10T09:00"), practitioner=cast.nadia, treatment=cast.microdermabrasion
    )
    here = arrived(cast, patient=cast.bea)

    with pytest.raises(NotSeen):
        sign(cast, coming)
    with pytest.raises(NotAPractitioner):
        actions.sign_record(
            appointment=here, values=Values(dict(ROUTINE)), device=cast.crystal, version=0, user=cast.owen,
            by=Actor.staff(cast.owen), at=here.ends_at,
        )  # fmt: skip


def test_what_was_not_ready_needs_a_reason_and_is_signed_with_it(cast: Cast) -> None:
    Registration.objects.filter(practitioner=cast.nadia).update(valid_until=date(2026, 3, 8))
    Device.objects.filter(pk=cast.crystal.pk).update(service_due=date(2026, 3, 1))
    visit = overdue(cast)

    with pytest.raises(NotReady) as refused:
        sign(cast, visit)
    signed = sign(cast, visit, reasons={"readiness": "Renewal is on its way, the NMC said so by telephone"})

    assert [each.key for each in refused.value.missing] == ["registration", "device"]
    assert [each["key"] for each in signed.content["ready"] if not each["is_so"]] == ["registration", "device"]
    assert AuditEvent.objects.get(action="records.sign_record").detail["regardless"] == ["registration", "device"]


def overdue(cast: Cast) -> Appointment:
    """A visit that the search would no longer give: made before the service fell due."""
    Device.objects.filter(pk=cast.crystal.pk).update(service_due=None)
    Registration.objects.filter(practitioner=cast.nadia).update(valid_until=date(2027, 3, 31))
    visit = arrived(cast)
    Registration.objects.filter(practitioner=cast.nadia).update(valid_until=date(2026, 3, 8))
    Device.objects.filter(pk=cast.crystal.pk).update(service_due=date(2026, 3, 1))
    cast.crystal.refresh_from_db()
    return visit


def test_amendment_stands_beside_the_original(cast: Cast) -> None:
    signed = sign(cast, arrived(cast))
    before = VisitRecord.objects.get().content

    for text in ("It was the right cheek.", "Checked with the patient."):
        actions.amend_record(
            signed=signed, reason="Wrong side", text=text, user=cast.priya, by=Actor.staff(cast.priya),
            at=signed.signed_at + timedelta(days=1),
        )  # fmt: skip

    assert VisitRecord.objects.get().content == before
    assert list(signed.amendments.values_list("number", flat=True)) == [1, 2]
    assert list(breaks()) == []


def test_countersignature_is_the_supervisors_and_given_once(cast: Cast) -> None:
    actions.supervise_practitioner(
        practitioner=cast.nadia, supervisor=cast.rosa, treatment=None, since=date(2026, 1, 1), until=None,
        by=Actor.staff(cast.owen), at=NOW,
    )  # fmt: skip
    cast.rosa.user = cast.owen
    cast.rosa.save()
    signed = sign(cast, arrived(cast))
    given: dict[str, Any] = {"signed": signed, "note": "Read.", "at": signed.signed_at}

    assert list(queries.to_countersign(cast.owen, cast.manchester)) == [signed]
    with pytest.raises(NotTheSupervisor):
        actions.countersign_record(user=cast.priya, by=Actor.staff(cast.priya), **given)
    actions.countersign_record(user=cast.owen, by=Actor.staff(cast.owen), **given)
    with pytest.raises(AlreadyCountersigned):
        actions.countersign_record(user=cast.owen, by=Actor.staff(cast.owen), **given)
    assert list(queries.to_countersign(cast.owen, cast.manchester)) == []
    assert list(breaks()) == []
    assert Supervision.objects.count() == 1


def test_somebody_supervised_may_not_treat_regardless(cast: Cast) -> None:
    visit = overdue(cast)
    Supervision.objects.create(practitioner=cast.nadia, supervisor=cast.rosa, valid_from=date(2026, 1, 1))

    with pytest.raises(NotReady) as refused:
        sign(cast, visit, reasons={"readiness": "It will be fine"})

    assert not refused.value.may_say


def test_what_follows_a_signature_shares_its_fate(cast: Cast) -> None:
    @follows("test")
    def break_off(*_args: object) -> None:
        raise RuntimeError("the power failed")

    try:
        with pytest.raises(RuntimeError):
            sign(cast, visit := arrived(cast))
    finally:
        _followers.pop("test")

    visit.refresh_from_db()
    assert visit.status == Appointment.Status.ARRIVED
    assert [VisitRecord.objects.count(), Link.objects.count(), Lot.objects.count()] == [0, 0, 0]


TABLES = [VisitRecord, Amendment, Countersignature, Link, LotUse]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_database_refuses_to_change_or_remove_what_was_signed(cast: Cast, verb: str) -> None:
    signed = sign(cast, arrived(cast))
    actions.amend_record(
        signed=signed, reason="A", text="B", user=cast.priya, by=Actor.staff(cast.priya), at=signed.signed_at
    )
    Countersignature.objects.create(
        record=signed, practitioner=cast.rosa, note="", signed_at=signed.signed_at, signed_by=cast.owen
    )

    for model in TABLES:
        table, statement = model._meta.db_table, {"update": "UPDATE {} SET id = id", "delete": "DELETE FROM {}"}[verb]
        with (
            pytest.raises(IntegrityError, match="is_never_changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))
    assert [model._default_manager.count() for model in TABLES] == [1, 1, 1, 2, 2]


TOUCHES = {
    "UPDATE records_visitrecord SET signed_at = '2026-03-09 08:00:00+00:00' WHERE id = {second}": "number 2 of what was signed was changed",
    "UPDATE records_visitrecord SET content = {other} WHERE id = {second}": "number 2 of what was signed was changed",
    "UPDATE records_visitrecord SET content = 'typed in' WHERE id = {second}": "number 2 of what was signed is gone",
    "DELETE FROM records_link WHERE number = 2": "does not follow the one before it",
    "DELETE FROM records_link WHERE number = 3": "1 signed entries are in no chain",
    "DELETE FROM records_link WHERE number = 3; DELETE FROM records_lotuse WHERE record_id = {third};"
    "DELETE FROM records_visitrecord WHERE id = {third}": "the trail tells of 3 signatures, and 2 are there",
}


def test_check_finds_whatever_was_touched_past_the_locks(cast: Cast) -> None:
    one, second, third = three_signed(cast)
    other = f"(SELECT content FROM records_visitrecord WHERE id = {one})"
    assert list(breaks()) == []

    take_the_locks_off()
    for touch, said in TOUCHES.items():
        with transaction.atomic():
            with connection.cursor() as cursor:
                for statement in touch.split(";"):
                    cursor.execute(statement.format(second=second, third=third, other=other))
            sentences = list(breaks())
            transaction.set_rollback(True)
        assert any(said in sentence for sentence in sentences), (touch, sentences)


def three_signed(cast: Cast) -> list[int]:
    """Three visits of three patients, signed one after the other."""
    walls = ("2026-03-09T09:00", "2026-03-09T11:00", "2026-03-09T14:30")
    people = (cast.alice, cast.bea, make_patient(cast.manchester, "Cleo Crane"))
    return [
        sign(cast, arrived(cast, wall, patient=whom), pain=str(number)).pk
        for number, (wall, whom) in enumerate(zip(walls, people, strict=True))
    ]


def take_the_locks_off() -> None:
    """Drop the triggers, as somebody with the database's own password could."""
    tables = {model._meta.db_table for model in TABLES}
    with connection.cursor() as cursor:
        for name, table in triggers_there(connection).items():
            if table in tables:
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
