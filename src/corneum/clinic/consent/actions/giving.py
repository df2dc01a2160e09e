"""Giving a patient what they are to read, and noting when."""

from datetime import datetime, timedelta

from corneum.clinic.consent import letters, queries
from corneum.clinic.consent.models import Information, Version
from corneum.clinic.consent.rendering import text_of
from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Treatment
from corneum.domain.consent.text import fingerprint
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record


class NoApprovedText(ClinicError):
    """No practitioner has approved a text for this treatment yet. Have one approved under Consent texts first."""


class CannotEmail(ClinicError):
    """We have no email address of theirs. Show it to them here, or print it."""


@action
def give_information(
    *, patient: Patient, treatment: Treatment, way: str, user: User, by: Actor, at: datetime, press: str = ""
) -> Information:
    """
    Give a patient the text that is in force; their time to reflect begins.

    :param way: email, shown or printed
    :raises NoApprovedText: there is none
    :raises CannotEmail: it is to go by e-mail, and they have no address
    """
    version = queries.in_force(treatment)
    if version is None:
        raise NoApprovedText
    if way == Information.Way.EMAIL and not patient.email:
        raise CannotEmail
    information = _give(patient, version, way=way, user=user, at=at)
    if way == Information.Way.EMAIL:
        letters.tell(information, "information", by=by, at=at)
    record(
        "consent.give_information", entity=information, by=by, at=at, clinic=patient.clinic, press=press, way=way,
        version=version.number, patient=patient.ref,
    )  # fmt: skip
    return information


@action
def take_newest(*, information: Information, by: Actor, at: datetime) -> Information:
    """Give a patient who follows an old link the text that is in force; if they have it, answer with that."""
    information = queries.locked(information)
    newest = queries.newest_of(information)
    version = queries.newer_than(newest)
    if version is not None:
        newest = _give(newest.patient, version, way=Information.Way.LINK, user=None, at=at)
    record(
        "consent.take_newest", entity=newest, by=by, at=at, clinic=newest.clinic, version=newest.version.number,
        patient=newest.patient.ref,
    )  # fmt: skip
    return newest


def _give(patient: Patient, version: Version, *, way: str, user: User | None, at: datetime) -> Information:
    document, text = version.document, text_of(version, patient.clinic)
    return Information.objects.create(
        clinic=patient.clinic, patient=patient, version=version, way=way, text=text, fingerprint=fingerprint(text),
        given_at=at, given_by=user, reflect_until=at + timedelta(hours=document.reflect_hours),
        lasts_days=document.lasts_days,
    )  # fmt: skip
