"""Putting a conversation where it belongs: with somebody, away for a while, closed, kept apart, with its patient."""

from datetime import datetime, timedelta

from corneum.clinic.enquiries.latest import ChangedMeanwhile
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.promised import answer_due_at
from corneum.clinic.enquiries.queries import colleagues
from corneum.clinic.patients.models import Patient
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record

State = Enquiry.State
GOING_ON = (State.OPEN, State.ANSWERED)
LONGEST_SNOOZE = timedelta(days=366)


class NotOnTheTeam(ClinicError):
    """They do not answer questions at this clinic. Choose somebody who does."""


class NotLater(ClinicError):
    """Choose a moment that is still to come, within a year."""


class NothingToSnooze(ClinicError):
    """This conversation is closed. Open it again first."""


class AnotherClinics(ClinicError):
    """That patient is in the care of another clinic."""


@action
def assign_enquiry(*, enquiry: Enquiry, to: User | None, by: Actor, at: datetime) -> None:
    """
    Give a conversation to somebody of the team, or to nobody.

    :raises NotOnTheTeam: they do not answer questions here
    :raises ChangedMeanwhile: somebody else was given it since it was read
    """
    if to is not None and to not in colleagues(enquiry.clinic):
        raise NotOnTheTeam
    if not Enquiry.objects.filter(pk=enquiry.pk, assigned_to=enquiry.assigned_to_id).update(assigned_to=to):
        raise ChangedMeanwhile
    record("enquiries.assign_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, to=to.ref if to else "")


@action
def snooze_enquiry(*, enquiry: Enquiry, until: datetime, by: Actor, at: datetime) -> None:
    """
    Put a conversation out of sight until a moment; it comes back by itself, and at once when they write again.

    What was promised to them stays promised: a snooze moves no answer time.

    :raises NotLater: the moment is past, or more than a year off
    :raises NothingToSnooze: it is closed or kept apart
    """
    if not at < until <= at + LONGEST_SNOOZE:
        raise NotLater
    if not Enquiry.objects.filter(pk=enquiry.pk, state__in=GOING_ON).update(snoozed_until=until):
        raise NothingToSnooze
    record("enquiries.snooze_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, until=until.isoformat())


@action
def wake_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """Bring a snoozed conversation back into sight now."""
    Enquiry.objects.filter(pk=enquiry.pk).update(snoozed_until=None)
    record("enquiries.wake_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def close_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """
    Put a conversation away as finished.

    :raises ChangedMeanwhile: somebody else has moved it since it was read
    """
    _move(enquiry, State.CLOSED)
    record("enquiries.close_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def reopen_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """
    Put a conversation back among those that wait for us.

    :raises ChangedMeanwhile: somebody else has moved it since it was read
    """
    _move(enquiry, State.OPEN)
    record("enquiries.reopen_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def release_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """
    Let somebody who was kept apart as spam into the inbox: it was a person.

    :raises ChangedMeanwhile: somebody else has moved it since it was read
    """
    _move(enquiry, State.OPEN)
    record("enquiries.release_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def keep_enquiry_apart(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """
    Keep a conversation apart as spam, by a person's judgement.

    :raises ChangedMeanwhile: somebody else has moved it since it was read
    """
    _move(enquiry, State.SPAM)
    record("enquiries.keep_enquiry_apart", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def join_enquiry(*, enquiry: Enquiry, patient: Patient, by: Actor, at: datetime) -> None:
    """
    Say whose conversation this is: a patient of the clinic, as somebody of the team has made sure.

    :raises AnotherClinics: the patient is another clinic's
    """
    if patient.clinic_id != enquiry.clinic_id:
        raise AnotherClinics
    Enquiry.objects.filter(pk=enquiry.pk).update(patient=patient)
    record("enquiries.join_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, patient=patient.ref)


@action
def part_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """Say that a conversation is not this patient's after all."""
    Enquiry.objects.filter(pk=enquiry.pk).update(patient=None)
    record("enquiries.part_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def note_booking(*, enquiry: Enquiry, text: str, patient: Patient, by: Actor, at: datetime) -> None:
    """
    Put a conversation among the booked: somebody of the team has just booked whoever asked.

    :param text: what was booked, for the team
    :param patient: whose it has turned out to be, if nobody has said so yet
    :raises AnotherClinics: the patient is another clinic's
    """
    if patient.clinic_id != enquiry.clinic_id:
        raise AnotherClinics
    enquiry = Enquiry.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=enquiry.pk)
    Entry.objects.create(enquiry=enquiry, kind=Entry.Kind.AUTO, text=text, at=at)
    enquiry.state, enquiry.snoozed_until = State.BOOKED, None
    enquiry.patient = enquiry.patient or patient
    enquiry.save()
    record("enquiries.note_booking", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, patient=patient.ref)


@action
def settle_enquiry(
    *, enquiry: Enquiry, text: str, patient: Patient | None, is_booked: bool, by: Actor, at: datetime
) -> None:
    """
    Note what came of the times that were offered in a conversation, and put it where it belongs.

    :param text: what happened, for the team
    :param patient: whose it has turned out to be, if nobody has said so yet
    :param is_booked: it is among the booked, unless they have asked something more; otherwise it waits for us again
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=enquiry.pk)
    Entry.objects.create(enquiry=enquiry, kind=Entry.Kind.AUTO, text=text, at=at)
    if enquiry.patient_id is None:
        enquiry.patient = patient
    if is_booked and enquiry.state in {State.ANSWERED, State.CLOSED}:
        enquiry.state, enquiry.snoozed_until = State.BOOKED, None
    elif not is_booked and enquiry.state in {State.ANSWERED, State.BOOKED, State.CLOSED}:
        enquiry.state, enquiry.snoozed_until = State.OPEN, None
        enquiry.waits_since, enquiry.due_at = at, answer_due_at(enquiry.clinic, at)
    enquiry.save()
    record("enquiries.settle_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, is_booked=is_booked)


def _move(enquiry: Enquiry, state: Enquiry.State) -> None:
    """Move it from the state in which it was read; if it is no longer in that, somebody else was there."""
    still = Enquiry.objects.filter(pk=enquiry.pk, state=enquiry.state)
    if not still.update(state=state, snoozed_until=None):
        raise ChangedMeanwhile
    enquiry.state, enquiry.snoozed_until = state, None
