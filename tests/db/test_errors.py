"""A broken constraint has one name, the same on both databases."""

import pytest

from corneum.clinic.diary.models import Schedule
from corneum.clinic.patients.models import Patient
from corneum.platform.accounts.models import Clinic, Membership
from tests.db.rows import make, make_clinic, make_treatment, make_user, raw, refusal

pytestmark = pytest.mark.django_db


def test_unique_field_is_named_as_postgres_does():
    make_clinic(slug="manchester")

    name = refusal(lambda: make_clinic(slug="manchester"))

    assert name == "accounts_clinic_slug_key"


def test_unique_foreign_key_is_named_by_its_column():
    patient = make(Patient)
    Schedule.objects.create(patient=patient)

    name = refusal(lambda: Schedule.objects.create(patient=patient))

    assert name == "diary_schedule_patient_id_key"


def test_unique_constraint_over_several_fields_is_named():
    clinic, user = make_clinic(), make_user()
    Membership.objects.create(clinic=clinic, user=user, role="desk")

    name = refusal(lambda: Membership.objects.create(clinic=clinic, user=user, role="desk"))

    assert name == "accounts_membership_once_per_role"


def test_unique_constraint_with_a_condition_is_named():
    make_clinic(is_main=True)

    name = refusal(lambda: make_clinic(is_main=True))

    assert name == "accounts_clinic_one_is_main"


def test_unique_constraint_over_an_expression_is_named():
    make_user(email="dana@example.org")

    name = refusal(lambda: make_user(email="Dana@example.org"))

    assert name == "accounts_user_one_per_address"


def test_primary_key_is_named():
    clinic = make_clinic()

    name = refusal(lambda: Clinic.objects.bulk_create([Clinic(pk=clinic.pk, slug="another", name="Another")]))

    assert name == "accounts_clinic_pkey"


def test_check_is_named():
    name = refusal(lambda: make_treatment(minutes=1))

    assert name == "treatments_treatment_lasts_a_sensible_time"


def test_missing_value_has_no_name():
    make_clinic()

    name = refusal(lambda: raw("UPDATE accounts_clinic SET name = NULL"))

    assert name == ""


def test_unique_columns_of_a_table_without_a_model_have_no_name():
    raw("CREATE TABLE elsewhere (a integer, b integer, UNIQUE (a, b))")
    raw("INSERT INTO elsewhere VALUES (1, 2)")

    name = refusal(lambda: raw("INSERT INTO elsewhere VALUES (1, 2)"))

    assert name in {"", "elsewhere_a_b_key"}
