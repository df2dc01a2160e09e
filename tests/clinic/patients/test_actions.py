"""Taking somebody into the clinic's care."""

from datetime import timedelta
from typing import Any

import pytest

from corneum.clinic.patients import actions
from corneum.clinic.patients.models import Patient
from corneum.platform.accounts.actors import VISITOR
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast


def test_welcome_patient_takes_a_new_person_in_and_records_it(cast: Cast) -> None:
    patient = actions.welcome_patient(
        clinic=cast.manchester, name=" Hannah  Ross ", email="hannah@example.com", phone="", by=VISITOR, at=NOW
    )

    kept = Patient.objects.get(pk=patient.pk)
    assert (kept.clinic, kept.name, kept.email, kept.phone, kept.created_at) == (
        cast.manchester, "Hannah Ross", "hannah@example.com", "", NOW,
    )  # fmt: skip
    event = AuditEvent.objects.get()
    assert (event.action, event.entity_ref, event.clinic, event.detail) == (
        "patients.welcome_patient", patient.ref, cast.manchester, {"was_known": False},
    )  # fmt: skip


def test_welcome_patient_knows_the_same_name_with_the_same_contact(cast: Cast) -> None:
    first = actions.welcome_patient(
        clinic=cast.manchester, name="Zoë Ross", email="zoe@example.com", phone="", by=VISITOR, at=NOW
    )

    again = actions.welcome_patient(
        clinic=cast.manchester, name="ZOË ROSS", email="Zoe@example.com", phone="", by=VISITOR,
        at=NOW + timedelta(days=1),
    )  # fmt: skip

    assert again == first
    assert Patient.objects.get(pk=first.pk).name == "Zoë Ross"
    assert [event.detail for event in AuditEvent.objects.order_by("pk")] == [{"was_known": False}, {"was_known": True}]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Alan Ashworth"},  # a household shares an address
        {"email": "", "phone": "+447700900982"},
        {"phone": "+447700900982"},
    ],
)
def test_welcome_patient_takes_another_name_or_contact_for_another_person(cast: Cast, other: dict[str, str]) -> None:
    given: dict[str, Any] = {"name": cast.alice.name, "email": cast.alice.email, "phone": "", **other}

    patient = actions.welcome_patient(clinic=cast.manchester, **given, by=VISITOR, at=NOW)

    assert patient != cast.alice
    assert Patient.objects.get(pk=cast.alice.pk).phone == ""


def test_welcome_patient_never_recognises_somebody_of_another_clinic(cast: Cast) -> None:
    patient = actions.welcome_patient(
        clinic=cast.stockport, name=cast.alice.name, email=cast.alice.email, phone="", by=VISITOR, at=NOW
    )

    assert patient != cast.alice
    assert patient.clinic == cast.stockport


def test_welcome_patient_without_a_contact_is_refused_and_writes_nothing(cast: Cast) -> None:
    with pytest.raises(actions.NoWayToReach):
        actions.welcome_patient(clinic=cast.manchester, name="Hannah Ross", email="", phone="", by=VISITOR, at=NOW)

    assert not Patient.objects.filter(name="Hannah Ross").exists()
    assert not AuditEvent.objects.exists()
