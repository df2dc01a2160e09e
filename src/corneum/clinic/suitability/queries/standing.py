"""
Where somebody stands with a treatment: the one place that every door asks before a session is booked.

Online, desk, move, course, waiting list and held times all come to `clearance_of`, through the diary.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability.models import Decision, Screening
from corneum.clinic.suitability.queries.checking import kin_of, method_of
from corneum.clinic.suitability.queries.rules import rules_of
from corneum.clinic.suitability.queries.screenings import walk_of
from corneum.clinic.treatments.models import Offer
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import (
    ANY_DAY,
    NOT_ASKED,
    Clearance,
    Decided,
    Method,
    RuleSet,
    Ruling,
    Standing,
    Verdict,
    assess,
    clearance,
    gravest,
)

Purpose = Screening.Purpose
Judge = Callable[[date], Verdict]


def clearance_of(patient: Patient, offer: Offer, *, on: date) -> Clearance:
    """
    Say where a patient stands with a treatment today, and from which day a session may be.

    The answer holds for every day to come: `allows` says it of one. Where the clinic does not ask
    before this treatment, it is any day.
    """
    return clearances_of([patient], offer, on=on)[patient.pk]


def clearances_of(patients: Collection[Patient], offer: Offer, *, on: date) -> dict[int, Clearance]:
    """Say the same of several, by their key, in as many questions as of one."""
    if not offer.screening_first:
        return {patient.pk: ANY_DAY for patient in patients}
    sent = _sent(offer).filter(patient__in=patients)
    said = _said_by_each(offer, sent, on)
    return {patient.pk: _together(said.get(patient.pk, [])) for patient in patients}


def open_again(offer: Offer, *, on: date) -> list[Screening]:
    """Find the forms that count at a clinic, that nobody has to decide about, and that the rules in force leave open."""
    said = _said_by_each(offer, _sent(offer), on)
    return [
        one
        for theirs in said.values()
        for one, stands in theirs
        if stands.standing is Standing.DECIDE and not one.needs_decision
    ]


def judge_of(screening: Screening, rules: RuleSet, method: Method | None) -> Judge:
    """
    Answer with what the rules say of these answers on any day.

    Where the rules were not written for the method, or nobody knows who answered, a person looks
    whatever they say.
    """
    if method is None or not screening.is_proven:
        rules = replace(rules, is_signed=False)
    walk = walk_of(screening)
    answers = walk.answers()
    sent_at = screening.submitted_at
    answered_on = local(minute_of(sent_at), screening.clinic.zone).date() if sent_at else None

    def judge(on: date) -> Verdict:
        return assess(rules, walk.form, answers, on=on, answered_on=answered_on, method=method or Method.ABRASION)

    return judge


def verdict_of(screening: Screening, *, on: date) -> Verdict:
    """Say what the rules in force say of a form on a day."""
    return judge_of(screening, rules_of(screening.clinic), method_of(screening.treatment))(on)


def _sent(offer: Offer) -> QuerySet[Screening]:
    sent = Screening.objects.filter(
        clinic=offer.clinic_id, treatment__in=kin_of(offer.treatment), submitted_at__isnull=False
    )
    return sent.select_related("clinic").prefetch_related("decisions").order_by("submitted_at", "pk")


def _said_by_each(offer: Offer, sent: Iterable[Screening], on: date) -> dict[int, list[tuple[Screening, Clearance]]]:
    """Say of each patient what their forms that count say: the last full one, and the last short one since."""
    forms: dict[int, list[Screening]] = {}
    for one in sent:
        forms.setdefault(one.patient_id, []).append(one)
    rules, method = rules_of(offer.clinic), method_of(offer.treatment)
    return {key: [(one, _of_one(one, rules, method, on)) for one in _counting(theirs)] for key, theirs in forms.items()}


def _counting(sent: list[Screening]) -> list[Screening]:
    place = next((place for place in reversed(range(len(sent))) if sent[place].purpose == Purpose.FULL), None)
    return [] if place is None else [sent[place], *sent[place + 1 :][-1:]]


def _together(said: list[tuple[Screening, Clearance]]) -> Clearance:
    """Put them together; a short form that is too old to count says nothing."""
    if not said:
        return NOT_ASKED
    (_, full), *rest = said
    return gravest([full, *(stands for _, stands in rest if stands != NOT_ASKED)])


def _of_one(screening: Screening, rules: RuleSet, method: Method | None, on: date) -> Clearance:
    assert screening.submitted_at is not None  # only what was sent is asked about
    answered_on = local(minute_of(screening.submitted_at), screening.clinic.zone).date()
    decisions = list(screening.decisions.all())
    decided = _decided(decisions[-1]) if decisions else None
    return clearance(judge_of(screening, rules, method), answered_on=answered_on, on=on, decided=decided)


def _decided(decision: Decision) -> Decided:
    knew = frozenset(
        (str(rule), int(version), int(kind), str(until)) for rule, version, kind, until, *_ in decision.fired
    )
    return Decided(Ruling(decision.ruling), decision.judged_on, decision.from_day, knew)
