"""A name drawn with a finger: the path of an SVG, and nothing but lines in it."""

import re

from corneum.domain.errors import ClinicError

LONGEST = 20_000
# M and L with whole numbers, as the page writes it, in a field of 600 by 200.
_PATH = re.compile(r"M\d{1,3} \d{1,3}(?:[ML]\d{1,3} \d{1,3})*")


class NotADrawing(ClinicError):
    """The drawing could not be read. Clear it and draw again, or leave it out: your typed name is enough."""


def drawing(path: str) -> str:
    """
    Read the path of a drawn name; an empty one is no drawing.

    :raises NotADrawing: it is anything but strokes inside the field
    """
    if not path:
        return ""
    if len(path) > LONGEST or not _PATH.fullmatch(path):
        raise NotADrawing
    return path
