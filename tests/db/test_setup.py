"""Every change of a table that decides what can be booked draws a new version, for those that it is about, on both databases."""

from datetime import date, time

import pytest
from django.apps import apps
from django.db import connection

from corneum.clinic.diary.models import Schedule
from corneum.clinic.diary.queries.standing import standing_of
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import RotaDay
from corneum.clinic.premises.models import Closure, OpeningHours
from corneum.clinic.premises.queries import setup_version
from corneum.clinic.treatments.models import Need
from corneum.db.setup import SpoilsSetup
from corneum.platform.accounts.models import Clinic
from tests.db.rows import make

pytestmark = pytest.mark.django_db
TABLES = [
    (model, each) for model in apps.get_models() for each in model._meta.constraints if isinstance(each, SpoilsSetup)
]
DAYS = (date(2026, 3, 9), date(2026, 3, 15))


@pytest.mark.parametrize(("model", "constraint"), TABLES, ids=[each.name for _, each in TABLES])
def test_every_change_draws_a_new_version_for_those_that_it_is_about_and_nobody_else(model, constraint):
    here, elsewhere = make(Clinic), make(Clinic)
    row = make(model, **({constraint.per: here} if constraint.per else {}))
    versions = [(setup_version(here), setup_version(elsewhere))]
    if constraint.unless:
        make(model)
        versions.append((setup_version(here), setup_version(elsewhere)))
    else:
        for change in (row.save, row.delete, row.save):  # the last adds it again
            change()
            versions.append((setup_version(here), setup_version(elsewhere)))

    ours, theirs = zip(*versions, strict=True)
    assert "" not in ours
    assert len(set(ours)) == len(versions)
    assert len(set(theirs)) == (1 if constraint.per else len(versions))


def test_row_that_goes_from_one_clinic_to_another_draws_for_both():
    here, there, elsewhere = make(Clinic), make(Clinic), make(Clinic)
    row = make(Closure, clinic=here)
    before = [setup_version(clinic) for clinic in (here, there, elsewhere)]

    row.clinic = there
    row.save()

    after = [setup_version(clinic) for clinic in (here, there, elsewhere)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, False, True]


def test_many_rows_at_once_draw_once_for_each_clinic_that_they_are_about():
    here, there, elsewhere = make(Clinic), make(Clinic), make(Clinic)
    before = [setup_version(clinic) for clinic in (here, there, elsewhere)]

    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=time(9), closes=time(17))
        for clinic in (there, here)
        for weekday in range(6)
    )

    after = [setup_version(clinic) for clinic in (here, there, elsewhere)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, False, True]


def test_setup_that_is_kept_of_one_clinic_outlives_what_changes_at_another(cast):
    manchester, stockport = (standing_of(clinic, *DAYS) for clinic in (cast.manchester, cast.stockport))

    RotaDay.objects.create(practitioner=cast.rosa, clinic=cast.manchester, on=date(2026, 3, 10))

    assert standing_of(cast.stockport, *DAYS) is stockport
    anew = standing_of(cast.manchester, *DAYS)
    assert anew is not manchester
    assert (date(2026, 3, 10) in anew.rota[cast.rosa.pk].exceptions) is True


def test_what_is_the_same_in_the_whole_group_is_read_anew_at_every_clinic(cast):
    kept = [standing_of(clinic, *DAYS) for clinic in (cast.manchester, cast.stockport)]

    Need.objects.filter(treatment=cast.consultation, what="room").update(after=20)

    anew = [standing_of(clinic, *DAYS) for clinic in (cast.manchester, cast.stockport)]
    assert [one is other for one, other in zip(kept, anew, strict=True)] == [False, False]
    assert [standing.sought(cast.consultation.pk)[1].after for standing in anew] == [20, 20]


def test_diary_of_a_patient_decides_nothing_that_others_can_book():
    patient, clinic = make(Patient), make(Clinic)
    make(Closure, clinic=clinic)
    before = setup_version(clinic)

    Schedule.objects.create(patient=patient)

    assert setup_version(clinic) == before


def test_table_without_its_trigger_is_noticed():
    (constraint,) = (each for each in Closure._meta.constraints if isinstance(each, SpoilsSetup))
    with connection.cursor() as cursor:
        for name in constraint.triggers(Closure, connection.schema_editor()):
            cursor.execute(
                f"DROP TRIGGER {name}" + (" ON premises_closure" if connection.vendor == "postgresql" else "")
            )
    clinic = make(Clinic)
    before = setup_version(clinic)

    make(Closure, clinic=clinic)

    assert setup_version(clinic) == before
