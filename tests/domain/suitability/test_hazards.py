"""The hazard log and the rules name each other, and each hazard the test that holds its control."""

import re
from pathlib import Path

from corneum.domain.suitability import RULES
from corneum.domain.suitability.verdict import UNANSWERED

HOUSE = Path(__file__).resolve().parents[3]
ROW = re.compile(r"\| (S\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")


def logged() -> dict[str, tuple[set[str], set[str]]]:
    """Read each hazard of suitability, with its rules and its tests."""
    rows = ROW.findall((HOUSE / "docs" / "safety" / "suitability.md").read_text())
    return {
        hazard: (set(re.findall(r"R\d\d", rules)), set(re.findall(r"`([^`]+)`", tests)))
        for hazard, _, rules, _, tests in rows
    }


def test_each_hazard_names_the_very_rules_that_name_it():
    named: dict[str, set[str]] = {}
    for rule in (*RULES.rules, UNANSWERED):
        for hazard in rule.hazards:
            named.setdefault(hazard, set()).add(rule.id)

    assert {hazard: rules for hazard, (rules, _) in logged().items()} == named


def test_each_hazard_names_a_test_that_exists():
    files = {name: (HOUSE / name.split("::")[0]) for _, tests in logged().values() for name in tests}

    assert [name for name, path in files.items() if not path.is_file()] == []
    assert [
        name for name, path in files.items() if "::" in name and f"def {name.split('::')[1]}(" not in path.read_text()
    ] == []
    assert all(tests for _, tests in logged().values())
