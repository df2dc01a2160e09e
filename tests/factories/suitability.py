"""Answers to the forms, given as patients give them, and what practitioners decide about them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability import actions
from corneum.clinic.suitability.models import Decision, Screening
from corneum.clinic.suitability.steps import Walk
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.domain.suitability import FORMS, NONE, Form
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.accounts.models import User
from tests.factories.cast import NOW, Cast

# What "no" is where no choice says so.
PLAIN = {
    "Q02": "hope-small", "Q04": "1990-05-01", "Q05.often": "cold-sore-rare", "Q31.burn": "burns-usually",
    "Q31.tan": "tans-lightly", "S8": "goes-ahead",
}  # fmt: skip
Said = Mapping[str, str | list[str]]


def said_in(form: Form, said: Said | None = None) -> dict[str, list[str]]:
    """Answer every page of a form: what the test says, and no to the rest."""
    walk = Walk(form, {})
    while step := walk.next():
        value = (said or {}).get(step.key)
        if value is None:
            has_no = not step.dated and NONE in {choice.key for choice in step.part.choices}
            value = "" if step.dated or step.part.is_optional else NONE if has_no else PLAIN[step.key]
        walk = walk.with_answer(step.key, [value] if isinstance(value, str) else value)
    return dict(walk.said)


def begun(cast: Cast, *, patient: Patient | None = None, at: datetime = NOW, **more: Any) -> Screening:
    """Begin the full form for Alice, by our link, unless the test says otherwise."""
    asked: dict[str, Any] = {"treatment": cast.microdermabrasion, "purpose": "full", "is_proven": True}
    return actions.begin_screening(
        clinic=cast.manchester, patient=patient or cast.alice, by=PATIENT, at=at, **asked | more
    )


def sent(cast: Cast, said: Said | None = None, *, at: datetime = NOW, **more: Any) -> Screening:
    """Answer everything and send it: nothing adverse unless the test says so."""
    screening = begun(cast, at=at, **more)
    screening.answers = said_in(FORMS[screening.purpose], said)
    screening.save(update_fields=["answers"])
    return actions.submit_screening(screening=screening, by=PATIENT, at=at)


def decide(screening: Screening, user: User, *, at: datetime = NOW, **more: Any) -> Decision:
    """Clear it, unless the test says otherwise."""
    said: dict[str, Any] = {
        "ruling": "clear", "reason": "Looked at it.", "from_day": None, "sets_aside": False, "is_acknowledged": False,
    } | more  # fmt: skip
    return actions.decide_screening(screening=screening, user=user, by=Actor.staff(user), at=at, **said)


def sign(cast: Cast, *, number: int = 0, at: datetime = NOW) -> None:
    """Have Manchester's medical lead sign the rules in force."""
    actions.sign_rules(clinic=cast.manchester, number=number, user=cast.lena, by=Actor.staff(cast.lena), at=at)


def hold_gate(cast: Cast, treatment: Treatment | None = None) -> Offer:
    """Have Manchester ask before microdermabrasion, unless the test says before what."""
    offer = Offer.objects.select_related("clinic", "treatment").get(
        clinic=cast.manchester, treatment=treatment or cast.microdermabrasion
    )
    offer.screening_first = True
    offer.save(update_fields=["screening_first"])
    return offer


def day(text: str) -> date:
    """Read a date."""
    return date.fromisoformat(text)
