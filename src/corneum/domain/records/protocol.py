"""A protocol: which things are written down of a visit, of which kind, within which bounds. Data, and no code."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Where on the body, in the order in which a face is worked over; left and right are the patient's own.
ZONES = {
    "forehead": "Forehead",
    "right-eye": "Around right eye",
    "left-eye": "Around left eye",
    "nose": "Nose",
    "right-cheek": "Right cheek",
    "left-cheek": "Left cheek",
    "upper-lip": "Upper lip",
    "chin": "Chin",
    "jaw": "Jaw line",
    "neck": "Neck",
    "chest": "Chest",
    "hands": "Hands",
}


class Kind(StrEnum):
    """What may be entered in a field."""

    LINE = "line"  # a line of words
    NOTE = "note"  # several
    NUMBER = "number"
    SETTING = "setting"  # a number in a unit of the device's own; never compared between devices
    CHOICE = "choice"  # one of its choices
    SEVERAL = "several"  # any of its choices
    ZONES = "zones"  # passes for each place on the body
    TICK = "tick"  # that something was done
    LOT = "lot"  # the lot or batch number of what was used


@dataclass(frozen=True, slots=True)
class Field:
    """
    One thing that is written down.

    Outside `least` to `most` a value needs a reason; outside `lowest` to `highest` it is not on the scale
    at all. `is_carried`: copied from last time on the same device. `beyond` are the choices that are more
    than the treatment is expected to do. `brief` is its name in one line of the record; without, it is left out.
    """

    key: str
    label: str
    kind: Kind
    is_required: bool = False
    is_carried: bool = False
    unit: str = ""
    units: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(10_000)
    choices: tuple[tuple[str, str], ...] = ()
    beyond: frozenset[str] = frozenset()
    brief: str = ""
    hint: str = ""
    missing: str = ""  # the sentence when it is required and empty

    @property
    def lacks(self) -> str:
        """What to say when it is empty and must not be."""
        return self.missing or f"Enter {self.label[0].lower()}{self.label[1:]}"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together; what a routine visit seldom needs is folded."""

    title: str
    fields: tuple[Field, ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Protocol:
    """What is written down of one kind of visit; `version` rises whenever a field changes."""

    key: str
    name: str
    version: int
    groups: tuple[Group, ...]
    device_kinds: frozenset[str] = frozenset()  # a visit without a device writes down none

    @property
    def fields(self) -> Iterator[Field]:
        """All fields, in the order of the page."""
        return (field for group in self.groups for field in group.fields)
