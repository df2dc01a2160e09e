"""What somebody who sets a clinic up may send."""

from corneum.clinic.setup.forms.fields import written
from corneum.clinic.setup.forms.hours import (
    ClosureForm,
    DayForm,
    HolidaysForm,
    RotaDayForm,
    RotaForm,
    SpecialForm,
    WeekForm,
)
from corneum.clinic.setup.forms.things import BlockForm, DeviceForm, PlaceForm, RoomForm
from corneum.clinic.setup.forms.treatments import LengthForm, RulesForm

__all__ = [
    "BlockForm",
    "ClosureForm",
    "DayForm",
    "DeviceForm",
    "HolidaysForm",
    "LengthForm",
    "PlaceForm",
    "RoomForm",
    "RotaDayForm",
    "RotaForm",
    "RulesForm",
    "SpecialForm",
    "WeekForm",
    "written",
]
