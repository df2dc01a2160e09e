"""Writing what patients are told, and putting one's name under it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from corneum.clinic.consent import queries
from corneum.clinic.consent.models import Approval, Document, Version
from corneum.clinic.consent.rendering import prices_of
from corneum.clinic.consent.sample import SAMPLES
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.writing.actions import AnotherVersionIsNewer, NotAPractitioner, SomebodySaved
from corneum.clinic.writing.queries import approver
from corneum.domain.consent.text import Incomplete, check_facts, missing
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record

LONDON = ZoneInfo("Europe/London")  # whose day decides whether a registration is live


class ApprovedAlready(ClinicError):
    """Somebody has approved this version already."""


@action
def begin_document(*, treatment: Treatment, user: User, by: Actor, at: datetime) -> Document:
    """Begin what patients are told about a treatment; where a sample is shipped it is the first version, unapproved."""
    sample = SAMPLES.get(treatment.slug)
    times = {"reflect_hours": sample.reflect_hours} if sample else {}
    document, is_new = Document.objects.get_or_create(treatment=treatment, defaults=times)
    if is_new and sample:
        Version.objects.create(
            document=document, number=1, texts=sample.texts, is_sample=True, written_by=user, written_at=at
        )
    record("consent.begin_document", entity=document, by=by, at=at, clinic=None, treatment=treatment.slug)
    return document


@action
def save_version(
    *, document: Document, texts: Mapping[str, str], based_on: int, user: User, by: Actor, at: datetime
) -> Version:
    """
    Keep what somebody typed as a new version, which nobody is given before it is approved.

    :param based_on: the number of the version that they had before them; 0 for none
    :raises SomebodySaved: it is no longer the last
    :raises FactTyped, UnknownPlaceholder: the text repeats a fact of the treatment, or has braces around nothing
    """
    document = Document.objects.select_for_update(of=("self",)).select_related("treatment").get(pk=document.pk)
    last = queries.latest(document)
    if (last.number if last else 0) != based_on:
        raise SomebodySaved
    treatment = document.treatment
    check_facts(texts, minutes=treatment.minutes, prices=prices_of(treatment.pk))
    is_sample = last is not None and last.is_sample and last.texts == dict(texts)
    version = Version.objects.create(
        document=document, number=based_on + 1, texts=dict(texts), is_sample=is_sample, written_by=user, written_at=at
    )
    record("consent.save_version", entity=version, by=by, at=at, clinic=None, number=version.number)
    return version


@action
def approve_version(*, version: Version, asks_anew: bool, user: User, by: Actor, at: datetime) -> Version:
    """
    Put a practitioner's own name under one version; from then on patients are given it.

    :param asks_anew: whether who has signed an earlier version is to be asked anew
    :raises NotAPractitioner: whoever is signed in is none with a live registration
    :raises AnotherVersionIsNewer: a later version was saved
    :raises ApprovedAlready: somebody was quicker
    :raises Incomplete: a part has no words
    """
    document = Document.objects.select_for_update().get(pk=version.document_id)
    practitioner = approver(user.pk, at.astimezone(LONDON).date())
    if practitioner is None:
        raise NotAPractitioner
    if queries.latest(document) != version:
        raise AnotherVersionIsNewer
    if queries.approval_of(version) is not None:
        raise ApprovedAlready
    if missing(version.texts):
        raise Incomplete
    Approval.objects.create(version=version, approved_by=practitioner, approved_at=at, asks_anew=asks_anew)
    record(
        "consent.approve_version", entity=version, by=by, at=at, clinic=None, number=version.number, asks_anew=asks_anew
    )
    return version


@action
def set_times(*, document: Document, reflect_hours: int, lasts_days: int, by: Actor, at: datetime) -> Document:
    """Say how long patients have to reflect, at least a day, and how long a signature holds; of what is given from now on."""
    document.reflect_hours, document.lasts_days = reflect_hours, lasts_days
    document.save(update_fields=["reflect_hours", "lasts_days"])
    record(
        "consent.set_times", entity=document, by=by, at=at, clinic=None, reflect_hours=reflect_hours,
        lasts_days=lasts_days,
    )  # fmt: skip
    return document
