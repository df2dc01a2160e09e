"""Foreign keys go down the floors and the areas, as imports do."""

from django.apps import apps
from django.db.models import Field

from tests.architecture.sources import settings_of


def heights() -> dict[str, int]:
    """Read from the import contracts how high each area stands, the lowest first."""
    layers = {contract["name"]: contract.get("layers", []) for contract in settings_of("importlinter")["contracts"]}
    clinic = [f"corneum.clinic.{area.strip('()')}" for area in layers["Imports go down the areas"]]
    platform = [f"corneum.platform.{part}" for part in layers["Imports go down the platform"]]
    return {name: height for height, name in enumerate(reversed([*clinic, *platform]))}


def test_foreign_keys_go_down():
    known, upward, keys = heights(), [], 0
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("corneum."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model if isinstance(field, Field) else None
            if isinstance(target, type) and target.__module__.startswith("corneum."):
                keys += 1
                if known[area_of(model)] < known[area_of(target)]:
                    upward.append(f"{field} points up to {target._meta.label}")

    assert upward == []
    assert keys > 30  # the walk found the keys there are


def area_of(model: type) -> str:
    """Name the area in which a model lives."""
    return ".".join(model.__module__.split(".")[:3])
