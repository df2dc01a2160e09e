"""A form behind its private link: what it asks, and how far somebody has come."""

from dataclasses import replace
from datetime import date, datetime

from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability.models import Screening
from corneum.clinic.suitability.queries.checking import method_of
from corneum.clinic.suitability.queries.rules import rules_of
from corneum.clinic.suitability.steps import Walk
from corneum.clinic.treatments.models import Treatment
from corneum.domain.errors import NotFound
from corneum.domain.suitability import FORMS, Fired, Method, Verdict, assess
from corneum.platform.accounts.models import Clinic


def screening_at(clinic: Clinic, code: str) -> Screening:
    """
    Find a form by its private link at this clinic.

    :raises NotFound: there is none; another clinic's looks the same
    """
    found = Screening.objects.filter(clinic=clinic, code=code).select_related("clinic", "patient", "treatment").first()
    if found is None:
        raise NotFound
    return found


def locked_screening(screening: Screening) -> Screening:
    """Read it anew and lock it, so that nobody else changes it until this is done."""
    found = Screening.objects.select_for_update(of=("self",)).select_related("clinic", "patient", "treatment")
    return found.get(pk=screening.pk)


def open_screening(patient: Patient, treatment: Treatment, purpose: str) -> Screening | None:
    """Find the form that somebody was sent a link to and has not sent back."""
    return Screening.objects.filter(
        patient=patient, treatment=treatment, purpose=purpose, visit="", submitted_at=None, is_proven=True
    ).first()


def asked_before(visit: str, purpose: str) -> Screening | None:
    """Find the form that is asked before one appointment, by its ref."""
    return Screening.objects.filter(visit=visit, purpose=purpose).first() if visit else None


def walk_of(screening: Screening) -> Walk:
    """Answer with the form and what was said so far."""
    return Walk(FORMS[screening.purpose], screening.answers)


def screenings_to_forget(*, expired_before: datetime) -> list[Screening]:
    """Find the forms that were never sent and can be no more."""
    return list(Screening.objects.filter(submitted_at=None, alarm_raised_at=None, expires_at__lt=expired_before))


def told_at_once(screening: Screening, *, on: date) -> Verdict | None:
    """Say what of the answers so far should not wait for the end: help, somebody else first, or an age; or nothing."""
    return _at_once(screening, walk_of(screening), on)


def stops(screening: Screening, key: str, *, on: date) -> bool:
    """Say whether the answer of one page is such a thing."""
    walk = walk_of(screening)
    return _at_once(screening, Walk(walk.form, {key: walk.said[key]} if key in walk.said else {}), on) is not None


def _at_once(screening: Screening, walk: Walk, on: date) -> Verdict | None:
    method = method_of(screening.treatment) or Method.ABRASION
    verdict = assess(rules_of(screening.clinic), walk.form, walk.answers(), on=on, method=method)
    told = tuple(one for one in verdict.fired if _cannot_wait(one))
    return replace(verdict, fired=told) if told else None


def _cannot_wait(one: Fired) -> bool:
    return bool(one.outcome.elsewhere) or one.outcome.by_telephone or one.outcome.is_urgent
