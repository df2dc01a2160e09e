"""What still stands in the way of a signature: what is missing, unreadable or out of bounds without a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from corneum.domain.records.protocol import ZONES, Field, Kind, Protocol

LONGEST = 5_000


@dataclass(slots=True)
class Values:
    """
    What was typed: by field, words, a list of choices, or passes by zone; and reasons by field.

    As typed, so that a draft loses nothing: `problems_of` says what of it cannot be signed.
    """

    said: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Write them as JSON can hold them."""
        return {"said": self.said, "reasons": self.reasons}

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> "Values":
        """Read them again."""
        return cls(dict((data or {}).get("said", {})), dict((data or {}).get("reasons", {})))


@dataclass(frozen=True, slots=True)
class Limit:
    """What a device of the clinic may be set to without a reason, in its own unit; None: no bound on that side."""

    unit: str
    least: Decimal | None
    most: Decimal | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why it cannot be signed yet; with a reason it can, if `wants_reason`."""

    key: str
    sentence: str
    wants_reason: bool = False


def problems_of(protocol: Protocol, values: Values, limits: Mapping[str, Limit] | None = None) -> list[Problem]:
    """
    Say everything that stands in the way of a signature, in the order of the page.

    :param limits: the device's own bounds, by field; they go before the protocol's
    """
    return [
        problem
        for each in protocol.fields
        for problem in _found(each, values.said.get(each.key), (limits or {}).get(each.key))
        if not (problem.wants_reason and values.reasons.get(each.key, "").strip())
    ]


def beyond_expected(protocol: Protocol, values: Values) -> list[str]:
    """Name what happened that is more than the treatment is expected to do, such as pinpoint bleeding."""
    return [
        label
        for each in protocol.fields
        for key, label in each.choices
        if key in each.beyond and key in _chosen(values.said.get(each.key))
    ]


def _found(each: Field, said: Any, limit: Limit | None) -> Iterator[Problem]:
    if _is_empty(said):
        if each.is_required:
            yield Problem(each.key, each.lacks)
        return
    match each.kind:
        case Kind.NUMBER:
            yield from _bounds(each, str(said), least=each.least, most=each.most, unit=each.unit)
        case Kind.SETTING:
            yield from _setting(each, said, limit)
        case Kind.ZONES:
            yield from _zones(each, said)
        case Kind.CHOICE | Kind.SEVERAL:
            if set(_chosen(said)) - {key for key, _ in each.choices}:
                yield Problem(each.key, f"{each.label}: choose one of the answers")
        case _:
            if len(str(said)) > LONGEST:
                yield Problem(each.key, f"{each.label}: keep it to {LONGEST:,} letters")


def _is_empty(said: Any) -> bool:
    if isinstance(said, dict):
        return not any(str(value).strip() for key, value in said.items() if key != "unit")
    return not (said.strip() if isinstance(said, str) else said)


def _chosen(said: Any) -> list[str]:
    if isinstance(said, list):
        return [str(each) for each in said]
    return [str(said)] if said else []


def number_of(typed: str) -> Decimal | None:
    """Read a number as people type it, with a comma or a point; None when it is none."""
    try:
        number = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _bounds(
    each: Field, typed: str, *, least: Decimal | None, most: Decimal | None, unit: str, what: str = ""
) -> Iterator[Problem]:
    number, name, tail = number_of(typed), what or each.label, f" {unit}" if unit else ""
    if number is None:
        yield Problem(each.key, f"{name}: enter a number, such as {most or 3}")
    elif not each.lowest <= number <= each.highest:
        yield Problem(each.key, f"{name}: enter a number from {each.lowest} to {each.highest}")
    elif most is not None and number > most:
        yield Problem(each.key, f"{name}: {number}{tail} is above {most}{tail}. Say why", wants_reason=True)
    elif least is not None and number < least:
        yield Problem(each.key, f"{name}: {number}{tail} is below {least}{tail}. Say why", wants_reason=True)


def _setting(each: Field, said: Any, limit: Limit | None) -> Iterator[Problem]:
    unit = str(said.get("unit", "")) if isinstance(said, dict) else ""
    if unit not in each.units:
        yield Problem(each.key, f"{each.label}: choose its unit")
    elif limit is not None and unit != limit.unit:
        yield Problem(each.key, f"{each.label}: this device is set in {limit.unit}, not in {unit}")
    else:
        least, most = (limit.least, limit.most) if limit else (None, None)
        yield from _bounds(each, str(said.get("value", "")), least=least, most=most, unit=unit)


def _zones(each: Field, said: Any) -> Iterator[Problem]:
    if not isinstance(said, dict) or said.keys() - ZONES.keys():
        yield Problem(each.key, f"{each.label}: choose from the list of areas")
        return
    for zone, typed in said.items():
        if str(typed).strip() not in {"", "0"}:
            yield from _bounds(each, str(typed), least=None, most=each.most, unit="passes", what=ZONES[zone])
