"""Every change of a table that decides what can be booked draws a new version, on both databases."""

import pytest
from django.apps import apps
from django.db import connection

from corneum.clinic.patients.models import Patient
from corneum.clinic.premises.models import Closure
from corneum.clinic.premises.queries import setup_version
from corneum.db.setup import SpoilsSetup
from tests.db.rows import make

pytestmark = pytest.mark.django_db
TABLES = [
    (model, each) for model in apps.get_models() for each in model._meta.constraints if isinstance(each, SpoilsSetup)
]


@pytest.mark.parametrize(("model", "constraint"), TABLES, ids=[each.name for _, each in TABLES])
def test_every_change_draws_a_new_version(model, constraint):
    versions = [setup_version()]
    row = make(model)
    versions.append(setup_version())
    if not constraint.unless:
        row.save()
        versions.append(setup_version())
        row.delete()
        versions.append(setup_version())

    assert "" not in versions[1:]
    assert len(set(versions)) == len(versions)


def test_diary_of_a_patient_decides_nothing_that_others_can_book():
    from corneum.clinic.diary.models import Schedule

    patient = make(Patient)
    before = setup_version()

    Schedule.objects.create(patient=patient)

    assert setup_version() == before


def test_table_without_its_trigger_is_noticed():
    (constraint,) = (each for each in Closure._meta.constraints if isinstance(each, SpoilsSetup))
    with connection.cursor() as cursor:
        for name in constraint.triggers(Closure, connection.schema_editor()):
            cursor.execute(
                f"DROP TRIGGER {name}" + (" ON premises_closure" if connection.vendor == "postgresql" else "")
            )
    before = setup_version()

    make(Closure)

    assert setup_version() == before
