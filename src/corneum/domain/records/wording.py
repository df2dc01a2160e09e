"""What was written down, in words: all of it for the record, and in brief for one line of it."""

from typing import Any

from corneum.domain.records.checking import Values
from corneum.domain.records.protocol import ZONES, Field, Kind, Protocol


def in_words(protocol: Protocol, values: Values) -> list[tuple[str, str]]:
    """Write what was entered as names and words, in the order of the page, each reason behind what it is about."""
    lines = []
    for each in protocol.fields:
        if said := said_in_words(each, values.said.get(each.key)):
            reason = values.reasons.get(each.key, "").strip()
            lines.append((each.label, f"{said} ({reason})" if reason else said))
    return lines


def in_brief(protocol: Protocol, values: Values) -> list[tuple[str, str]]:
    """Write the few things that are compared from visit to visit."""
    return [
        (each.brief, said)
        for each in protocol.fields
        if each.brief and (said := said_in_words(each, values.said.get(each.key)))
    ]


def said_in_words(each: Field, said: Any) -> str:
    """Write one entry as somebody would say it; nothing when it is empty."""
    match each.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            chosen = said if isinstance(said, list) else [said]
            return ", ".join(label for key, label in each.choices if key in chosen)
        case Kind.ZONES:
            passes = {zone: str((said or {}).get(zone, "")).strip() for zone in ZONES}
            return ", ".join(f"{ZONES[zone]} {count}" for zone, count in passes.items() if count and count != "0")
        case Kind.SETTING:
            value = str((said or {}).get("value", "")).strip()
            return f"{value} {said['unit']}".strip() if value else ""
        case Kind.TICK:
            return "Yes" if said else ""
        case Kind.NUMBER:
            value = str(said or "").strip()
            return f"{value} {each.unit}".strip() if value else ""
        case _:
            return str(said or "").strip()
