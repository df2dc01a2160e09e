"""Places: where something is on the earth, and how far it is from somewhere else."""

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)
KM_IN_A_MILE = 1.609344
_WRITTEN = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees: north of the equator, east of Greenwich."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Insist on a point that is on the earth."""
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("A latitude lies between -90 and 90, a longitude between -180 and 180.")

    def miles_to(self, other: "Place") -> float:
        """
        Measure the way as the crow flies, in statute miles.

        By the haversine formula (Sinnott, Sky and Telescope 1984), which takes the earth for a ball:
        it is at most about half a per cent out, far less than the roads are.
        """
        north = radians(other.latitude - self.latitude)
        east = radians(other.longitude - self.longitude)
        half = sin(north / 2) ** 2
        half += cos(radians(self.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half))) / KM_IN_A_MILE


def read_place(text: str) -> Place:
    """
    Read a point as maps write it: "53.4808, -2.2426".

    :raises ValueError: it is written otherwise, or nowhere on the earth
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise ValueError("Write it as maps do: 53.4808, -2.2426.")
    return Place(float(written[1]), float(written[2]))
