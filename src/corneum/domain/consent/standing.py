"""Whether consent to a treatment stands, for one practitioner, at one moment; and if not, why not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Lack(StrEnum):
    """Something that is missing, in the order in which it is put right."""

    NO_TEXT = "no-text"
    NOT_INFORMED = "not-informed"
    WITHDRAWN = "withdrawn"
    TEXT_CHANGED = "text-changed"
    REFLECTING = "reflecting"
    NOT_TALKED = "not-talked"
    NOT_NOW = "not-now"
    OTHER_PRACTITIONER = "other-practitioner"
    NOT_SIGNED = "not-signed"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Path:
    """
    How far one patient has come with one text.

    `may_go_on` is what the talk found: that they can decide, and that nobody presses them. `treats` is the key of
    whoever they were told will treat them. `needs_anew` says that a later version is one to be asked about anew.
    """

    reflect_until: datetime
    talked: bool = False
    may_go_on: bool = False
    treats: int = 0
    signed: bool = False
    lasts_until: datetime | None = None
    withdrawn: bool = False
    needs_anew: bool = False


def lacks(path: Path | None, *, treats: int, starts: datetime, has_text: bool = True) -> list[Lack]:
    """
    List what keeps a treatment from being given at a moment; an empty list is consent that stands.

    :param treats: the key of whoever would give it
    """
    if path is None:
        return [Lack.NOT_INFORMED if has_text else Lack.NO_TEXT]
    if path.withdrawn:
        return [Lack.WITHDRAWN]
    found = {
        Lack.TEXT_CHANGED: path.needs_anew,
        Lack.REFLECTING: starts < path.reflect_until,
        Lack.NOT_TALKED: not path.talked,
        Lack.NOT_NOW: path.talked and not path.may_go_on,
        Lack.OTHER_PRACTITIONER: path.talked and path.treats != treats,
        Lack.NOT_SIGNED: not path.signed,
        Lack.LAPSED: path.lasts_until is not None and starts > path.lasts_until,
    }
    return [lack for lack, is_so in found.items() if is_so]


def best(paths: list[Path], *, treats: int, starts: datetime, has_text: bool = True) -> tuple[Path | None, list[Lack]]:
    """
    Choose among what a patient was told, the newest first, the one that lacks least; on a par the newest.

    What is newest does not undo what stands: a text read again at leisure leaves a signature alone.
    """
    if not paths:
        return None, lacks(None, treats=treats, starts=starts, has_text=has_text)
    each = [(path, lacks(path, treats=treats, starts=starts)) for path in paths]
    return min(each, key=lambda one: (bool(one[1]), Lack.WITHDRAWN in one[1], len(one[1])))
