"""A form is begun, answered page by page, and sent; what it says then is kept as it was."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from corneum.clinic.patients import actions as patients
from corneum.clinic.patients.contact import Contact
from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability import letters
from corneum.clinic.suitability.models import Screening
from corneum.clinic.suitability.queries import (
    asked_before,
    judge_of,
    latest_rules,
    locked_screening,
    method_of,
    open_screening,
    rules_at,
    walk_of,
)
from corneum.clinic.suitability.steps import Walk
from corneum.clinic.treatments.models import Treatment
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import FORMS, Fired, Result, Standing, Verdict, clearance
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

OPEN_FOR = timedelta(days=30)
Said = Mapping[str, list[str]]


class SentAlready(ClinicError):
    """You have sent these answers. To change one, call us."""


class LinkEnded(ClinicError):
    """This link has ended. Call us, and we send you a new one."""


class NotAnswered(ClinicError):
    """One question is still open. Answer it, or say that you are not sure."""


@action
def begin_screening(
    *,
    clinic: Clinic,
    patient: Patient,
    treatment: Treatment,
    purpose: str,
    is_proven: bool,
    by: Actor,
    at: datetime,
    visit: str = "",
    carried: Said | None = None,
    expires_at: datetime | None = None,
) -> Screening:
    """
    Begin a form for a patient, or go on with the one that they have begun.

    :param purpose: full or session
    :param is_proven: whether the link reaches them by a way that we know to be theirs
    :param visit: the ref of the appointment that it is asked before: one form each
    :param carried: what they answered in the quick check, by their wish
    """
    if is_proven or visit:
        # Of two presses at once, the second finds what the first began. Whoever has not shown who they are is
        # never handed a form that somebody else has begun, save by the same appointment's own link.
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        found = asked_before(visit, purpose) if visit else open_screening(patient, treatment, purpose)
        if found is not None and (visit or found.expires_at > at):
            record("suitability.begin_screening_again", entity=found, by=by, at=at, clinic=clinic)
            return found
        if found is not None:
            found.delete()
    made = Screening.objects.create(
        clinic=clinic, patient=patient, treatment=treatment, purpose=purpose, form_version=FORMS[purpose].version,
        visit=visit, is_proven=is_proven, carried=_carried(dict(carried or {}), purpose), started_at=at,
        expires_at=expires_at or at + OPEN_FOR,
    )  # fmt: skip
    record(
        "suitability.begin_screening", entity=made, by=by, at=at, clinic=clinic, purpose=purpose, patient=patient.ref
    )
    return made


@action
def begin_from_website(
    *, clinic: Clinic, treatment: Treatment, name: str, contact: Contact, carried: Said, by: Actor, at: datetime
) -> Screening:
    """
    Begin the questions for somebody who says who they are and has not shown it: a person looks whatever they answer.

    :param carried: what they answered in the quick check, if they want it brought along
    """
    patient = patients.welcome_patient(clinic=clinic, name=name, email=contact.email, phone=contact.phone, by=by, at=at)
    begun = begin_screening(
        clinic=clinic, patient=patient, treatment=treatment, purpose=Screening.Purpose.FULL, is_proven=False,
        carried=carried, by=by, at=at,
    )  # fmt: skip
    record("suitability.begin_from_website", entity=begun, by=by, at=at, clinic=clinic, patient=patient.ref)
    return begun


@action
def ask_for_answers(
    *, clinic: Clinic, patient: Patient, treatment: Treatment, by: Actor, at: datetime, press: str = ""
) -> Screening:
    """Send a patient the private link to the questions, by e-mail or text; sent again, it is the same link."""
    asked = begin_screening(
        clinic=clinic,
        patient=patient,
        treatment=treatment,
        purpose=Screening.Purpose.FULL,
        is_proven=True,
        by=by,
        at=at,
    )
    letters.send_link(asked, by=by, at=at)
    record("suitability.ask_for_answers", entity=asked, by=by, at=at, clinic=clinic, press=press, patient=patient.ref)
    return asked


@action
def ask_before_session(
    *, clinic: Clinic, patient: Patient, treatment: Treatment, visit: str, until: datetime, by: Actor, at: datetime
) -> Screening:
    """
    Ask anew what may have changed since, by a link that counts until the session begins.

    :param visit: the ref of the session
    """
    asked = begin_screening(
        clinic=clinic, patient=patient, treatment=treatment, purpose=Screening.Purpose.SESSION, is_proven=True, visit=visit,
        expires_at=until, by=by, at=at,
    )  # fmt: skip
    letters.send_link(asked, by=by, at=at)
    record("suitability.ask_before_session", entity=asked, by=by, at=at, clinic=clinic, patient=patient.ref)
    return asked


@action
def keep_answer(*, screening: Screening, key: str, values: list[str], by: Actor, at: datetime) -> Screening:
    """
    Keep the answer of one page at once. Words of crisis call a person, before anything is sent.

    :raises SentAlready: the form was sent
    :raises LinkEnded: the link has expired
    """
    mine = _open(screening, at)
    walk = walk_of(mine).changed(key, values)
    mine.answers = dict(walk.said)
    if _judged(mine, walk, at).is_urgent and mine.alarm_raised_at is None:
        mine.alarm_raised_at = at
        letters.call_now(mine, by=by, at=at)
    mine.save(update_fields=["answers", "alarm_raised_at"])
    record("suitability.keep_answer", entity=mine, by=by, at=at, clinic=mine.clinic)
    return mine


@action
def submit_screening(
    *, screening: Screening, by: Actor, at: datetime, press: str = "", is_early: bool = False
) -> Screening:
    """
    Send a form: every rule that fires is kept with its version, and a practitioner is called where one is needed.

    :param is_early: before all is answered, because of something that should not wait; what is open goes to a person
    :raises SentAlready: it was sent before
    :raises LinkEnded: the link has expired
    :raises NotAnswered: a question is still open
    """
    mine = _open(screening, at)
    if walk_of(mine).next() is not None and not is_early:
        raise NotAnswered
    version = latest_rules(mine.clinic)
    mine.submitted_at, mine.carried = at, {}
    judge, on = judge_of(mine, rules_at(version), method_of(mine.treatment)), _day(mine, at)
    verdict = judge(on)
    mine.fired = [_kept(one) for one in verdict.fired]
    mine.rules_number = version.number if version else 0
    stands = clearance(judge, answered_on=on, on=on)
    mine.needs_decision = stands.standing is Standing.DECIDE or verdict.result is Result.GP_FIRST or verdict.is_urgent
    mine.save()
    record(
        "suitability.submit_screening", entity=mine, by=by, at=at, clinic=mine.clinic, press=press,
        patient=mine.patient.ref, rules=mine.rules_number,
    )  # fmt: skip
    return mine


@action
def forget_screenings(*, screenings: Iterable[Screening], by: Actor, at: datetime) -> int:
    """Delete forms that were never sent and can be no more, with all that was typed into them."""
    forgotten = 0
    for screening in screenings:
        record("suitability.forget_screening", entity=screening, by=by, at=at, clinic=screening.clinic)
        screening.delete()
        forgotten += 1
    return forgotten


def _kept(one: Fired) -> dict[str, Any]:
    """Write down a rule that fired, with the very words that it said."""
    return {
        "rule": one.rule, "version": one.version, "kind": one.outcome.kind.name, "role": one.outcome.role.name,
        "until": one.until.isoformat() if one.until else one.outcome.until, "because": list(one.because),
        "patient": one.patient, "practitioner": one.practitioner, "source": one.source, "hazards": list(one.hazards),
    }  # fmt: skip


def _open(screening: Screening, at: datetime) -> Screening:
    mine = locked_screening(screening)
    if mine.submitted_at is not None:
        raise SentAlready
    if mine.expires_at <= at:
        raise LinkEnded
    return mine


def _judged(screening: Screening, walk: Walk, at: datetime) -> Verdict:
    screening.answers = dict(walk.said)
    judge = judge_of(screening, rules_at(None), method_of(screening.treatment))
    return judge(_day(screening, at))


def _day(screening: Screening, at: datetime) -> Any:
    return local(minute_of(at), screening.clinic.zone).date()


def _carried(said: dict[str, list[str]], purpose: str) -> dict[str, list[str]]:
    """Find where the form asks for the same facts: they are shown there again, chosen, and asked all the same."""
    chosen = {value for values in said.values() for value in values}
    found: dict[str, list[str]] = {}
    for part in FORMS[purpose].parts.values():
        if here := [choice.key for choice in part.choices if choice.key in chosen & part.facts]:
            found[part.key] = here
            found |= {f"when-{one}": said[f"when-{one}"] for one in here if f"when-{one}" in said}
    return found
