"""Writing and approving what is said around a visit, and giving it to the patient."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from corneum.clinic.aftercare import letters, queries
from corneum.clinic.aftercare.models import CareSheet, CareText, When
from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.writing.queries import approver
from corneum.domain.aftercare.hours import waking
from corneum.domain.aftercare.wording import insist_on_every_skin, sections_of
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record

LATE = timedelta(days=1)  # nearer than this, how to prepare is sent whatever the hour


class SomebodySaved(ClinicError):
    """Somebody saved another version meanwhile. Yours is still here: compare, then save it again."""


class NotAPractitioner(ClinicError):
    """Only a practitioner with a live registration, signed in as themself, can approve this."""


class AnotherVersionIsNewer(ClinicError):
    """This is no longer the last version. Open the last one and look at it."""


class NoTextApproved(ClinicError):
    """No practitioner has approved what is said about this treatment, so nothing is sent."""


class NotDone(ClinicError):
    """This visit is not done, so there is nothing to do after it."""


class NotBooked(ClinicError):
    """This visit is not to come, so there is nothing to prepare for."""


@action
def save_care_text(
    *,
    clinic: Clinic,
    treatment: Treatment,
    when: When,
    body: str,
    based_on: int,
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> CareText:
    """
    Keep what somebody typed as a new version, which no patient reads before it is approved.

    :param based_on: the number of the version that they had before them; 0 for none
    :raises SomebodySaved: it is no longer the last
    :raises NoHeading, NothingUnder, RednessAlone: as domain/aftercare/wording.py says
    """
    insist_on_every_skin(sections_of(body))
    last = CareText.objects.filter(clinic=clinic, treatment=treatment, when=when).first()
    if (last.number if last else 0) != based_on:
        raise SomebodySaved
    text, is_new = CareText.objects.get_or_create(
        clinic=clinic, treatment=treatment, when=when, number=based_on + 1,
        defaults={"body": body, "written_by": user, "written_at": at},
    )  # fmt: skip
    if not is_new:
        raise SomebodySaved
    record(
        "aftercare.save_care_text", entity=text, by=by, at=at, clinic=clinic, press=press, treatment=treatment.slug,
        when=when, number=text.number,
    )  # fmt: skip
    return text


@action
def approve_care_text(*, text: CareText, user: User, by: Actor, at: datetime) -> CareText:
    """
    Put a practitioner's own name under one version: from now on patients are given it.

    :raises NotAPractitioner: whoever is signed in is none with a live registration
    :raises AnotherVersionIsNewer: a later version was saved
    """
    text = CareText.objects.select_for_update(of=("self",)).select_related("clinic", "treatment").get(pk=text.pk)
    practitioner = approver(user.pk, at.astimezone(ZoneInfo(text.clinic.zone)).date())
    if practitioner is None:
        raise NotAPractitioner
    same = CareText.objects.filter(clinic=text.clinic, treatment=text.treatment, when=text.when)
    if same.filter(number__gt=text.number).exists():
        raise AnotherVersionIsNewer
    if text.approved_at is None:
        text.approved_by, text.approved_at = practitioner, at
        text.save(update_fields=["approved_by", "approved_at"])
    record("aftercare.approve_care_text", entity=text, by=by, at=at, clinic=text.clinic, number=text.number)
    return text


@action
def send_aftercare(*, appointment: Appointment, by: Actor, at: datetime, at_risk: bool = False) -> CareSheet:
    """
    Give a patient what to do after a visit, and send them the link: once a visit, however often it is asked.

    :param at_risk: whether they are to be asked sooner and again how they are
    :raises NotDone: the visit has not been done, or that was taken back
    :raises NoTextApproved: nothing is approved for this treatment here
    """
    visit = _locked(appointment)
    if visit.status != Appointment.Status.FULFILLED:
        raise NotDone
    return _give(visit, When.AFTER, at_risk=at_risk, by=by, at=at, send_at=at)


@action
def send_precare(*, appointment: Appointment, by: Actor, at: datetime) -> CareSheet:
    """
    Give a patient how to prepare for a visit, once, by day; at once when it begins within a day.

    :raises NotBooked: the visit is not to come
    :raises NoTextApproved: nothing is approved for this treatment here
    """
    visit = _locked(appointment)
    if visit.status != Appointment.Status.BOOKED or visit.starts_at <= at:
        raise NotBooked
    is_late = visit.starts_at - at < LATE
    send_at = at if is_late else waking(at, visit.clinic.zone)
    return _give(visit, When.BEFORE, at_risk=False, by=by, at=at, send_at=send_at)


def _locked(appointment: Appointment) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).select_related(
        "clinic", "patient", "treatment", "practitioner"
    )
    return found.get(pk=appointment.pk)


def _give(visit: Appointment, when: When, *, at_risk: bool, by: Actor, at: datetime, send_at: datetime) -> CareSheet:
    text = queries.approved_text(visit, when)
    if text is None:
        raise NoTextApproved
    sheet, is_new = CareSheet.objects.get_or_create(
        appointment=visit, when=when, defaults={"text": text, "given_at": at, "at_risk": at_risk}
    )
    if is_new:
        letters.tell_sheet(sheet, by=by, at=at, send_at=send_at)
        record(f"aftercare.give_{when}", entity=sheet, by=by, at=at, clinic=visit.clinic, number=text.number)
    return sheet
