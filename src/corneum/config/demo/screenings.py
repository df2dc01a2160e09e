"""What the demonstration's patients have answered about their health, and what was decided: some in every state."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta

from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability import actions
from corneum.clinic.suitability.models import Screening
from corneum.clinic.suitability.steps import Walk
from corneum.clinic.treatments.actions import Rules, set_rules
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.config.demo.clinic import Group
from corneum.domain.suitability import FULL, NONE
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.accounts.models import User

# What "no" is where no choice says so.
PLAIN = {
    "Q01": "goal-dull", "Q02": "hope-small", "Q04": "1988-05-01", "Q05.often": "cold-sore-rare", "Q31.burn": "burns-usually",
    "Q31.tan": "tans-lightly",
}  # fmt: skip
Said = Mapping[str, str]


def answer(group: Group, *, at: datetime) -> None:
    """
    Have everybody who comes for microdermabrasion answered and cleared, then some in every other state.

    From then on the clinic asks before it. Nobody has signed the rules, as in a clinic on its first day.
    """
    treatment = group.treatments["microdermabrasion"]
    visits = Appointment.objects.filter(clinic=group.main, treatment=treatment).order_by("booked_at", "pk")
    first: dict[int, Appointment] = {}
    for visit in visits.select_related("patient"):
        first.setdefault(visit.patient_id, visit)
    for visit in first.values():
        _cleared(visit.patient, treatment, group.users["nadia"], at=visit.booked_at - timedelta(days=1))
    others = Patient.objects.filter(clinic=group.main).exclude(pk__in=first).order_by("name", "pk")
    _in_every_state(list(others[:6]), treatment, group.users["nadia"], at=at)
    offer = Offer.objects.get(clinic=group.main, treatment=treatment)
    rules = {field.name: getattr(offer, field.name) for field in fields(Rules)} | {"screening_first": True}
    set_rules(offer=offer, rules=Rules(**rules), by=Actor.staff(group.users["nadia"]), at=at - timedelta(days=1))


def _in_every_state(people: Iterable[Patient], treatment: Treatment, lead: User, *, at: datetime) -> None:
    said: list[Said] = [
        {"Q05": "cold-sore-now", "Q01.more": "Round the mouth, for years. It bothers me in photographs."},
        {"Q11": "isotretinoin-now", "when-isotretinoin-now": (at + timedelta(days=110)).date().isoformat()},
        {"Q23.marks": "dark-marks", "Q31.burn": "burns-rarely", "Q31.tan": "tans-deeply"},
        {"Q25": "changing-mole"},
        {"Q22": "pregnant", "when-pregnant": (at + timedelta(days=150)).date().isoformat()},
    ]
    for number, (patient, theirs) in enumerate(zip(people, said, strict=False)):
        sent_at = at - timedelta(hours=3 + 7 * number)
        screening = _sent(patient, treatment, theirs, at=sent_at)
        if "Q22" in theirs:
            actions.decide_screening(
                screening=screening, ruling="wait", reason="Waits until three months after the birth, as she would rather.",
                from_day=(at + timedelta(days=240)).date(), sets_aside=False, is_acknowledged=False, user=lead,
                by=Actor.staff(lead), at=sent_at + timedelta(hours=1),
            )  # fmt: skip


def _cleared(patient: Patient, treatment: Treatment, lead: User, *, at: datetime) -> None:
    screening = _sent(patient, treatment, {}, at=at)
    actions.decide_screening(
        screening=screening, ruling="clear", reason="Nothing against it; seen at the consultation.", from_day=None,
        sets_aside=False, is_acknowledged=False, user=lead, by=Actor.staff(lead), at=at,
    )  # fmt: skip


def _sent(patient: Patient, treatment: Treatment, said: Said, *, at: datetime) -> Screening:
    screening = actions.begin_screening(
        clinic=patient.clinic, patient=patient, treatment=treatment, purpose="full", is_proven=True, by=PATIENT,
        at=at - timedelta(minutes=11),
    )  # fmt: skip
    Screening.objects.filter(pk=screening.pk).update(answers=_answers(said))
    return actions.submit_screening(screening=screening, by=PATIENT, at=at)


def _answers(said: Said) -> dict[str, list[str]]:
    """Answer every page: what they say, and no to the rest."""
    walk = Walk(FULL, {})
    while step := walk.next():
        has_no = not step.dated and NONE in {choice.key for choice in step.part.choices}
        otherwise = "" if step.dated or (step.part.is_optional and not has_no) else NONE
        walk = walk.with_answer(step.key, [said.get(step.key, PLAIN.get(step.key, otherwise))])
    return dict(walk.said)
