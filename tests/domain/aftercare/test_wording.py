"""What is said around a visit is said for every skin tone, and at an hour at which people like to hear it."""

from datetime import UTC, datetime

import pytest

from corneum.domain.aftercare.hours import waking
from corneum.domain.aftercare.signs import CALL_NOW, Call
from corneum.domain.aftercare.wording import (
    NoHeading,
    NothingUnder,
    RednessAlone,
    Section,
    insist_on_every_skin,
    sections_of,
)


def test_text_is_read_as_headings_and_lines():
    assert sections_of("# Today\n- Wash gently.\n\nPat dry.\n# Later\nSunscreen.") == (
        Section("Today", ("Wash gently.", "Pat dry.")),
        Section("Later", ("Sunscreen.",)),
    )


@pytest.mark.parametrize(
    ("text", "refusal"), [("Wash.", NoHeading), ("", NoHeading), ("# Today\n", NothingUnder), ("#\nWash.", NoHeading)]
)
def test_text_without_form_is_refused(text, refusal):
    with pytest.raises(refusal):
        sections_of(text)


def test_redness_alone_is_refused_and_beside_how_it_feels_it_is_not():
    with pytest.raises(RednessAlone):
        insist_on_every_skin(sections_of("# Normal\nYour skin is red for a day.\n# Later\nIt feels warm."))

    insist_on_every_skin(sections_of("# Normal\nYour skin is red for a day; it feels warm.\n# Later\nSunscreen."))


def test_signs_to_call_about_never_go_by_redness_alone_and_begin_with_999():
    assert [one.call for one in CALL_NOW] == [Call.EMERGENCY, Call.SAME_DAY, Call.NEXT_DAY]
    insist_on_every_skin(tuple(Section(one.heading, one.signs) for one in CALL_NOW))


@pytest.mark.parametrize(
    ("at", "waits_until"),
    [
        ("2026-07-01T06:59", "2026-07-01T07:00"),  # 08:00 in Manchester in summer
        ("2026-07-01T07:00", "2026-07-01T07:00"),
        ("2026-03-10T19:59", "2026-03-10T19:59"),
        ("2026-03-10T20:00", "2026-03-11T08:00"),
        ("2026-03-28T23:00", "2026-03-29T07:00"),  # the clocks go forward that night
    ],
)
def test_waking_waits_for_eight_by_the_clock_on_the_wall(at, waits_until):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert waking(moment, "Europe/London").astimezone(UTC) == datetime.fromisoformat(waits_until).replace(tzinfo=UTC)
