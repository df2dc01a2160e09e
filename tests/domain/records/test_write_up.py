"""What a write-up asks for, copies, refuses and says; and the chain of what was signed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.records import (
    GENESIS,
    PROTOCOLS,
    ZONES,
    Kind,
    Limit,
    Protocol,
    Values,
    beyond_expected,
    carried,
    changed_since,
    in_brief,
    in_words,
    link_of,
    problems_of,
    protocol_for,
    readiness,
)

CRYSTAL = PROTOCOLS["microdermabrasion-crystal"]
ROUTINE = {
    "suction": {"value": "180", "unit": "mmHg"}, "crystals": "B-77", "zones": {"forehead": "2", "nose": "2"}, "eyes": "yes",
    "reaction": ["pink"], "pain": "2",
}  # fmt: skip
ANYTHING = st.recursive(
    st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


def said(**changes: object) -> Values:
    """A routine session, but for what a test changes."""
    return Values({**ROUTINE, **changes})


def sentences(values: Values, **limits: Limit) -> list[str]:
    return [problem.sentence for problem in problems_of(CRYSTAL, values, limits)]


def test_routine_session_can_be_signed():
    assert sentences(said()) == []


def test_what_is_missing_is_said_in_the_order_of_the_page():
    assert sentences(Values()) == [
        "Enter the suction",
        "Enter the batch number of the crystals",
        "Choose at least one area",
        "Say that the eyes were protected and contact lenses out",
        "Choose how the skin looks straight after",
        "Ask how much it hurt, from 0 to 10",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"suction": {"value": "4", "unit": ""}}, "Suction: choose its unit"),
        ({"suction": {"value": "hard", "unit": "mmHg"}}, "Suction: enter a number, such as 200"),
        ({"suction": {"value": "4", "unit": "level"}}, "Suction: this device is set in mmHg, not in level"),
        ({"suction": {"value": "201", "unit": "mmHg"}}, "Suction: 201 mmHg is above 200 mmHg. Say why"),
        ({"suction": {"value": "90", "unit": "mmHg"}}, "Suction: 90 mmHg is below 100 mmHg. Say why"),
        ({"zones": {"forehead": "5"}}, "Forehead: 5 passes is above 4 passes. Say why"),
        ({"zones": {"elbow": "1"}}, "Areas, and passes over each: choose from the list of areas"),
        ({"pain": "11"}, "Pain, 0 to 10: enter a number from 0 to 10"),
        ({"pain": "7"}, "Pain, 0 to 10: 7 is above 6. Say why"),
        ({"reaction": ["green"]}, "Skin straight after: choose one of the answers"),
        ({"note": "x" * 5001}, "Note, if there is anything to add: keep it to 5,000 letters"),
    ],
)
def test_what_cannot_be_signed_is_said_in_a_sentence(changes, sentence):
    limit = Limit("mmHg", Decimal(100), Decimal(200))

    assert sentences(said(**changes), suction=limit) == [sentence]


def test_outside_a_bound_a_reason_is_enough_and_off_the_scale_none_is():
    above = replace(said(pain="7"), reasons={"pain": "Sunburnt nose, left out from then on"})
    off = replace(said(pain="12"), reasons={"pain": "Very sore"})

    assert sentences(above) == []
    assert sentences(off) == ["Pain, 0 to 10: enter a number from 0 to 10"]


def test_no_shipped_protocol_says_how_far_suction_or_light_may_go():
    settings = [each for protocol in PROTOCOLS.values() for each in protocol.fields if each.kind == Kind.SETTING]

    assert len(settings) >= 4
    assert {(each.least, each.most) for each in settings} == {(None, None)}


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
def test_protocol_is_sound(protocol: Protocol):
    keys = [each.key for each in protocol.fields]

    assert len(keys) == len(set(keys))
    for each in protocol.fields:
        assert bool(each.choices) == (each.kind in {Kind.CHOICE, Kind.SEVERAL})
        assert bool(each.units) == (each.kind == Kind.SETTING)
        assert each.beyond <= {key for key, _ in each.choices}
    # What is true of one session only is never copied from the last.
    assert not {each.key for each in protocol.fields if each.is_carried} & {
        "reaction", "pain", "note", "eyes", "stopped", "deviation", "photographs", "erythema", "products", "frosting",
        "findings", "decision", "since", "wish",
    }  # fmt: skip


@given(
    st.sampled_from(sorted(PROTOCOLS)),
    st.dictionaries(st.sampled_from([each.key for each in CRYSTAL.fields]), ANYTHING),
)
def test_anything_typed_is_answered_and_kept_as_it_was(key: str, typed: dict[str, Any]):
    values = Values.from_data(Values(typed).as_data())

    problems_of(PROTOCOLS[key], values)

    assert values.said == typed


def test_carried_is_only_what_may_be_and_changes_are_against_what_was():
    last = Values({**ROUTINE, "note": "Sore"}, {"pain": "Because"})

    now = carried(CRYSTAL, last)
    now.said["suction"]["value"] = "200"

    assert now.said.keys() == {"suction", "crystals", "zones"}
    assert now.reasons == {}
    assert last.said["suction"]["value"] == "180"
    assert next((each.label, each.was, each.now) for each in changed_since(CRYSTAL, last, now)) == (
        "Suction", "180 mmHg", "200 mmHg",
    )  # fmt: skip


def test_words_name_everything_with_its_reason():
    values = replace(said(note="Comfortable."), reasons={"suction": "Thicker skin"})

    assert in_words(CRYSTAL, values) == [
        ("Suction", "180 mmHg (Thicker skin)"),
        ("Crystals, batch", "B-77"),
        ("Areas, and passes over each", "Forehead 2, Nose 2"),
        ("Eyes protected, contact lenses out", "Yes"),
        ("Skin straight after", "Pink or warm"),
        ("Pain, 0 to 10", "2"),
        ("Note, if there is anything to add", "Comfortable."),
    ]
    assert in_brief(CRYSTAL, values)[0] == ("Suction", "180 mmHg")


def test_beyond_expected_names_what_is_more_than_usual():
    assert beyond_expected(CRYSTAL, said()) == []
    assert beyond_expected(CRYSTAL, said(reaction=["pink", "bleeding"])) == ["Pinpoint bleeding"]


def test_every_zone_is_left_and_right_of_the_patient_in_words():
    assert {name.split()[0] for name in ZONES.values()} >= {"Left", "Right", "Forehead"}


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (("skin-consultation", "consultation", "consultations", frozenset()), "consultation"),
        (("course-review", "review", "reviews", frozenset()), "review"),
        (
            ("medical-microdermabrasion", "treatment", "resurfacing", frozenset({"crystal-unit"})),
            "microdermabrasion-crystal",
        ),
        (("polish", "treatment", "resurfacing", frozenset({"diamond-unit"})), "microdermabrasion-diamond"),
        (("glycolic", "treatment", "peels", frozenset()), "superficial-peel"),
        (("microneedling", "treatment", "resurfacing", frozenset()), "microneedling"),
        (("ipl", "treatment", "other", frozenset()), "ipl"),
        (("led", "treatment", "other", frozenset()), "led"),
        (("massage", "treatment", "other", frozenset()), "general"),
    ],
)
def test_protocol_for_a_treatment(facts, key):
    slug, kind, family, devices = facts

    assert protocol_for(slug=slug, kind=kind, family=family, device_kinds=devices).key == key


def test_readiness_says_what_holds_and_what_does_not():
    found = readiness(
        on=date(2026, 3, 10), consent=(True, "Consent covers it"), suitability=None, last_session=date(2026, 3, 3), gap_days=10,
        is_trained=False, service_due=date(2026, 3, 9), device="Unit A",
    )  # fmt: skip

    assert [(each.key, each.is_so) for each in found] == [
        ("consent", True), ("gap", False), ("registration", True), ("training", False), ("device", False),
    ]  # fmt: skip
    assert found[1].sentence == "7 days since the last session, 10 needed"


@given(st.lists(st.dictionaries(st.text(max_size=4), st.text(max_size=8)), min_size=2, max_size=6), st.data())
def test_chain_breaks_at_whatever_was_touched(signed, data):
    links = chain(signed)
    place = data.draw(st.integers(0, len(signed) - 1))
    touched = [{**each, "touched": "yes"} if number == place else each for number, each in enumerate(signed)]

    again = chain(touched)

    assert again[:place] == links[:place]
    assert all(one != other for one, other in zip(links[place:], again[place:], strict=True))
    assert chain(signed, key=b"another") != links
    assert all(one != other for one, other in pairwise(links))


def chain(signed: list[dict[str, Any]], key: bytes = b"k" * 32) -> list[str]:
    """Link one thing to the next."""
    links = [GENESIS]
    for each in signed:
        links.append(link_of(links[-1], each, key=key))
    return links[1:]
