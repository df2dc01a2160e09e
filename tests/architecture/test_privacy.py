"""Every field of every model has one privacy class."""

from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Field, Model

from corneum.db.sealed import SealedTextField

MODELS = [model for model in apps.get_models() if model.__module__.startswith("corneum.")]

LOOKED_INTO = "the inbox finds conversations by it"
UNSEALED = {
    "enquiries.Entry.files": LOOKED_INTO,
    "enquiries.Entry.subject": LOOKED_INTO,
    "enquiries.Entry.text": LOOKED_INTO,
    "waiting.Wait.urgent_reason": "the database keeps that whoever is urgent has one",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_open_personal_or_clinical(model: type[Model]):
    privacy = getattr(model, "Privacy", None)
    classes = {kind: getattr(privacy, kind, ()) for kind in ("open", "personal", "clinical")}
    fields = [field.name for field in model._meta.get_fields() if isinstance(field, Field)]

    assert Counter(name for names in classes.values() for name in names) == Counter(fields)
    assert set(getattr(privacy, "secret", ())) <= set(fields)
    assert {name for name in vars(privacy) if not name.startswith("__")} <= {*classes, "secret", "audited"}


def test_every_clinical_field_is_sealed_or_says_why_not():
    clinical = {
        f"{model._meta.label}.{name}": model._meta.get_field(name)
        for model in MODELS
        for name in getattr(model.Privacy, "clinical", ())  # type: ignore[attr-defined]
    }
    plain = {name for name, field in clinical.items() if not isinstance(field, SealedTextField)}

    assert plain == UNSEALED.keys()
