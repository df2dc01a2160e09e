"""Reading what the clinic says around a visit, and to whom it is still to be said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from corneum.clinic.aftercare.models import CareSheet, CareText, When
from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may

SETTLES = timedelta(minutes=3)  # as long as the desk may take back what it pressed
LOOKED_BACK = timedelta(days=3)  # an older visit is not written to: what it says is about the days just after


class Told(NamedTuple):
    """What a clinic says before or after one treatment: what patients read, and what is being written."""

    treatment: Treatment
    when: When
    approved: CareText | None
    last: CareText | None

    @property
    def is_newer_waiting(self) -> bool:
        """Say whether there is a version that nobody has approved."""
        return self.last is not None and self.last != self.approved


def all_told(user: User | AnonymousUser, clinic: Clinic) -> list[Told]:
    """List every treatment given here with its texts, for those who may write them; others see none."""
    if not may(user, Right.WRITE_PAGES, clinic):
        return []
    given = Offer.objects.filter(clinic=clinic, treatment__kind=Treatment.Kind.TREATMENT)
    treatments = [offer.treatment for offer in given.select_related("treatment")]
    texts = list(CareText.objects.filter(clinic=clinic, treatment__in=treatments).select_related("approved_by"))
    return [_told(treatment, when, texts) for treatment in treatments for when in When]


def told(user: User | AnonymousUser, clinic: Clinic, treatment: str, when: str) -> Told:
    """
    Find what is said before or after one treatment.

    :raises NotFound: it is not given here, or they may not write
    """
    one = next((each for each in all_told(user, clinic) if (each.treatment.slug, each.when) == (treatment, when)), None)
    if one is None:
        raise NotFound
    return one


def approved_text(appointment: Appointment, when: When) -> CareText | None:
    """Find the last version that a practitioner approved for this visit's treatment here."""
    texts = CareText.objects.filter(clinic=appointment.clinic_id, treatment=appointment.treatment_id, when=when)
    return texts.exclude(approved_at=None).order_by("-number").first()


def sheet_by_code(clinic: Clinic, code: str) -> CareSheet:
    """
    Find the sheet that a patient's secret link names.

    :raises NotFound: there is none at this clinic
    """
    sheet = (
        CareSheet.objects.filter(code=code, appointment__clinic=clinic)
        .select_related(
            "text__approved_by", "appointment__treatment", "appointment__patient", "appointment__practitioner",
            "appointment__clinic",
        )
        .first()
    )  # fmt: skip
    if sheet is None:
        raise NotFound
    return sheet


def sheets_of(appointment: Appointment) -> Sequence[CareSheet]:
    """List what was given before and after a visit."""
    return list(CareSheet.objects.filter(appointment=appointment).select_related("text"))


def to_be_told_after(at: datetime) -> QuerySet[Appointment]:
    """Find the visits that are done, settled, and whose patient has not been told what to do now."""
    done = Appointment.objects.filter(
        status=Appointment.Status.FULFILLED, finished_at__lte=at - SETTLES, finished_at__gt=at - LOOKED_BACK
    )
    return _untold(done, When.AFTER)


def to_be_told_before(at: datetime) -> QuerySet[Appointment]:
    """Find the visits that are booked, settled, still to come, and whose patient has not been told how to prepare."""
    booked = Appointment.objects.filter(
        status=Appointment.Status.BOOKED, booked_at__lte=at - SETTLES, starts__gt=minute_of(at)
    )
    return _untold(booked, When.BEFORE)


def _untold(visits: QuerySet[Appointment], when: When) -> QuerySet[Appointment]:
    """Leave those whose treatment has an approved text here, and who were not given it."""
    texts = CareText.objects.filter(clinic=OuterRef("clinic"), treatment=OuterRef("treatment"), when=when)
    given = CareSheet.objects.filter(appointment=OuterRef("pk"), when=when)
    return (
        visits.filter(Exists(texts.exclude(approved_at=None)))
        .exclude(Exists(given))
        .select_related("clinic", "patient", "treatment", "practitioner")
        .order_by("starts")
    )


def _told(treatment: Treatment, when: When, texts: Sequence[CareText]) -> Told:
    of = [text for text in texts if (text.treatment_id, text.when) == (treatment.pk, when)]  # the newest first
    approved = next((text for text in of if text.approved_at), None)
    return Told(treatment, when, approved, of[0] if of else None)
