"""Every field of every model has one privacy class."""

from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Field, Model

MODELS = [model for model in apps.get_models() if model.__module__.startswith("corneum.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_open_personal_or_clinical(model: type[Model]):
    privacy = getattr(model, "Privacy", None)
    classes = {kind: getattr(privacy, kind, ()) for kind in ("open", "personal", "clinical")}
    fields = [field.name for field in model._meta.get_fields() if isinstance(field, Field)]

    assert Counter(name for names in classes.values() for name in names) == Counter(fields)
    assert set(getattr(privacy, "secret", ())) <= set(fields)
    assert {name for name in vars(privacy) if not name.startswith("__")} <= {*classes, "secret", "audited"}
