"""A transactional test leaves an empty database behind, append-only tables and all."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from corneum.platform.audit.models import RecordRead
from tests.db.rows import NOW, make_clinic, make_user


@pytest.mark.django_db(transaction=True)
def test_flush_empties_append_only_tables_and_leaves_their_triggers():
    clinic, user = make_clinic(), make_user()
    RecordRead.objects.create(at=NOW, user=user, clinic=clinic, patient_ref="0" * 26, page="patients:patient")

    call_command("flush", verbosity=0, interactive=False)

    assert RecordRead.objects.count() == 0
    clinic, user = make_clinic(), make_user()
    RecordRead.objects.create(at=NOW, user=user, clinic=clinic, patient_ref="0" * 26, page="patients:patient")
    with pytest.raises(IntegrityError, match="audit_read_is_never_changed"):
        RecordRead.objects.all().delete()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="audit_read_is_never_changed"):
        cursor.execute("DELETE FROM audit_recordread")
