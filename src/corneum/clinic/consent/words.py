"""How consent is put in words: to the desk, and in what a patient signs."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from corneum.domain.consent.standing import Lack
from corneum.domain.consent.text import plain
from corneum.platform.ui.templatetags.ui import clock12, short_date

if TYPE_CHECKING:
    from corneum.clinic.consent.models import Information, Talk, Withdrawal
    from corneum.clinic.practitioners.models import Practitioner


BELIEVES = (
    "I have read this, and I have been able to ask.",
    "I know my other choices, and that I may do nothing.",
    "Nobody has pressed me.",
)
MAY_CHANGE = "I can change my mind at any time, also during the treatment, without giving a reason."


def local(at: datetime, zone: str) -> datetime:
    """Read a moment off the clinic's own wall."""
    return at.astimezone(ZoneInfo(zone))


def moment(at: datetime, zone: str) -> str:
    """Write a moment: 12 March 2026 at 9:30am."""
    return f"{short_date(at, zone)} at {clock12(at, zone)}"


def reason(lack: Lack, row: "Information | None", practitioner: "Practitioner") -> str:
    """Say what is missing as a sentence on which the desk can act; never anything clinical."""
    until = moment(row.reflect_until, row.clinic.zone) if row else ""
    talked = next(iter(row.talks.all()), None) if row else None
    return {
        Lack.NO_TEXT: "No consent text for this treatment has been approved yet.",
        Lack.NOT_INFORMED: "They have not been given the information yet.",
        Lack.WITHDRAWN: "They have withdrawn their consent.",
        Lack.TEXT_CHANGED: "The text has changed in something that matters since they were given it.",
        Lack.REFLECTING: f"Their time to reflect lasts until {until}.",
        Lack.NOT_TALKED: "Nobody has talked it through with them yet.",
        Lack.NOT_NOW: "At the talk it was left for now: ask who talked with them.",
        Lack.OTHER_PRACTITIONER: f"They agreed to {talked.treats.name if talked else 'somebody else'}, "
        f"not to {practitioner.name}.",
        Lack.NOT_SIGNED: "They have not signed.",
        Lack.LAPSED: "They signed too long ago: ask them anew.",
    }[lack]


def to_sign(information: "Information", talk: "Talk") -> str:
    """Write all that a patient is asked to put their name to, as Markdown."""
    zone, patient = information.clinic.zone, information.patient.name
    treatment = information.treatment.name
    with_whom = f"{talk.practitioner.name}, {talk.practitioner.profession}"
    gives = (
        f"{talk.treats.name} gives the treatment, and {talk.practitioner.name} supervises it."
        if talk.is_supervised
        else f"{talk.practitioner.name} gives the treatment."
    )
    parts = [
        information.text,
        f"## What we talked about\n\nWith {with_whom}, on {moment(talk.at, zone)}. {gives}",
        plain(talk.explained),
        *([f"What you asked, and what was answered:\n\n{plain(talk.questions)}"] if talk.questions.strip() else []),
        f"## What you agree to\n\n{patient}, by signing you say:",
        "\n".join(f"- {line}" for line in (*BELIEVES, f"I agree to {treatment}, given as it says above.", MAY_CHANGE)),
    ]
    return "\n\n".join(parts)


def signed(text: str, *, name: str, at: datetime, zone: str, way: str) -> str:
    """Write the same with the name under it, as Markdown."""
    return f"{text}\n\n## Signed\n\n{plain(name)}\n\n{moment(at, zone)}, {way[0].lower()}{way[1:]}."


def is_to_sign(information: "Information", withdrawn: "Withdrawal | None") -> bool:
    """Say whether the last talk about it has yet to be signed."""
    talk = next(iter(information.talks.all()), None)
    is_over = withdrawn is not None and talk is not None and withdrawn.at >= talk.at
    return talk is not None and talk.may_go_on and not hasattr(talk, "signature") and not is_over


def state(information: "Information", withdrawn: "Withdrawal | None", *, at: datetime) -> tuple[str, str]:
    """Say how far it has come: a word, and how it is coloured (ok, warn, danger or nothing)."""
    talk = next(iter(information.talks.all()), None)
    if is_to_sign(information, withdrawn):
        return "To be signed", "warn"
    if withdrawn is not None:
        return "Withdrawn", "danger"
    if talk is not None and hasattr(talk, "signature"):
        return "Signed", "ok"
    if talk is not None:
        return "Left for now", "danger"
    if at < information.reflect_until:
        return "Time to reflect", ""
    return "To be talked through", "warn"
