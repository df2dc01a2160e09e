"""Reading consent: what a patient was told and agreed to, and whether it stands for a visit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from corneum.clinic.consent import words
from corneum.clinic.consent.models import (
    Approval,
    Document,
    Information,
    PictureChoice,
    Signature,
    Talk,
    Version,
    Withdrawal,
)
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.practitioners.queries import may_give
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.treatments.queries import offers_at
from corneum.domain.consent.standing import Lack, Path, best
from corneum.domain.consent.text import fingerprint
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import day_window, instant_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

Pair = tuple[int, int]
"""A patient and a treatment, by their keys."""


# --- documents and versions ---------------------------------------------------------------------


def documents() -> QuerySet[Document]:
    """Find every document, each with its versions, the newest first, and who approved them."""
    versions = Version.objects.select_related("written_by", "approval__approved_by")
    return Document.objects.select_related("treatment").prefetch_related(Prefetch("versions", versions))


def document_of(slug: str) -> Document:
    """
    Find the document of a treatment.

    :raises NotFound: nobody has begun one
    """
    found = documents().filter(treatment__slug=slug).first()
    if found is None:
        raise NotFound
    return found


def version_of(document: Document, number: int) -> Version:
    """
    Find one version.

    :raises NotFound: there is none of that number
    """
    found = document.versions.select_related("written_by", "approval__approved_by").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def latest(document: Document) -> Version | None:
    """Find what was saved last."""
    return document.versions.select_related("written_by", "approval__approved_by").first()


def before(version: Version) -> Version | None:
    """Find the version before one."""
    return version.document.versions.filter(number__lt=version.number).first()


def in_force(treatment: Treatment) -> Version | None:
    """Find what patients are given now: the newest version that a practitioner approved."""
    approved = Version.objects.filter(document__treatment=treatment, approval__isnull=False)
    return approved.select_related("document__treatment", "approval__approved_by").order_by("-number").first()


def approval_of(version: Version) -> Approval | None:
    """Find who approved a version, if somebody did."""
    return Approval.objects.select_related("approved_by").filter(version=version).first()


def undocumented() -> QuerySet[Treatment]:
    """Find the treatments for which nobody has begun a text."""
    return Treatment.objects.filter(kind=Treatment.Kind.TREATMENT, consent_document=None)


def needing_consent(clinic: Clinic) -> list[Treatment]:
    """List what a clinic offers that is a treatment: a consultation needs no form."""
    return [offer.treatment for offer in offers_at(clinic) if offer.treatment.kind == Treatment.Kind.TREATMENT]


def who_may_give(treatment: Treatment, on: date) -> QuerySet[Practitioner]:
    """Find who is trained and registered for a treatment on a day."""
    return may_give(treatment, on)


# --- one patient ---------------------------------------------------------------------------------


def information_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Information]:
    """Find what a clinic's patients were given, if this person may see patients; otherwise none."""
    return _whole(Information.objects.filter(within(user, Right.SEE_PATIENTS), clinic=clinic))


def information_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Information:
    """
    Find one for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    found = information_visible_to(user, clinic).filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def information_at(clinic: Clinic, code: str) -> Information:
    """
    Find one by its secret link at this clinic.

    :raises NotFound: there is none; another clinic's looks the same
    """
    found = _whole(Information.objects.filter(clinic=clinic, code=code)).first()
    if found is None:
        raise NotFound
    return found


def information_of(patient: Patient) -> QuerySet[Information]:
    """Find all that a patient was given, the newest first."""
    return _whole(Information.objects.filter(patient=patient))


def talk_of(information: Information) -> Talk | None:
    """Find the last talk about it: it is the one that counts."""
    return next(iter(information.talks.all()), None)


def signature_of(information: Information) -> Signature | None:
    """Find the newest signature under it."""
    signed = [signature for talk in information.talks.all() if (signature := _signature_under(talk))]
    return max(signed, key=lambda one: (one.signed_at, one.pk), default=None)


def withdrawal_of(information: Information) -> Withdrawal | None:
    """Find the newest withdrawal that reaches it: of any text about the same treatment, and not older than it."""
    found = Withdrawal.objects.filter(
        information__patient=information.patient_id,
        information__version__document=information.version.document_id,
        at__gte=_last_word(information),
    )
    return found.select_related("by").first()


def newer_than(information: Information) -> Version | None:
    """Find the version that is given now, if it is not the one that this patient was given."""
    now = in_force(information.treatment)
    return now if now is not None and now.number > information.version.number else None


def newest_of(information: Information) -> Information:
    """Find the newest that the patient was given about the same treatment."""
    same = information_of(information.patient).filter(version__document=information.version.document_id)
    return same.first() or information


def picture_choices_of(patient: Patient) -> dict[str, PictureChoice]:
    """Find the last word of a patient about each use of photographs; what was never asked is not there."""
    found: dict[str, PictureChoice] = {}
    for choice in PictureChoice.objects.filter(patient=patient).select_related("by"):
        found.setdefault(choice.purpose, choice)
    return found


def may_use_pictures(patient: Patient, purpose: str) -> bool:
    """Say whether photographs of a patient may be used for a purpose now; what was not agreed to may not."""
    choice = picture_choices_of(patient).get(purpose)
    return choice is not None and choice.agrees


# --- whether consent stands -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether consent stands for one visit, and each reason why not as a sentence that the desk may read."""

    lacks: tuple[Lack, ...]
    reasons: tuple[str, ...]
    information: Information | None = None
    is_needed: bool = True  # a consultation or a review needs none

    @property
    def is_valid(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


NOT_NEEDED = Standing((), (), is_needed=False)


def is_valid_for(
    patient: Patient, treatment: Treatment, practitioner: Practitioner, *, on: date, starts: datetime | None = None
) -> Standing:
    """
    Say whether a patient's consent stands for a treatment by somebody on a day, with reasons if not.

    :param on: a day of the clinic's own calendar
    :param starts: when the visit starts, for the time to reflect; left out, the start of the day is taken
    """
    moment = starts or instant_of(day_window(on, on, patient.clinic.zone).starts)
    wanted = Wanted(patient, treatment, practitioner, moment)
    return standings([wanted])[0]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A visit as consent sees it."""

    patient: Patient
    treatment: Treatment
    practitioner: Practitioner
    starts: datetime


def standings(visits: Iterable[Wanted]) -> list[Standing]:
    """Say the same for several visits, in their order, with the same few questions to the database."""
    wanted = list(visits)
    treatments = {one.treatment.pk for one in wanted}
    given, ended = _given(wanted), _withdrawn(wanted)
    anew = _asked_anew(treatments)
    texts = set(Approval.objects.filter(version__document__treatment__in=treatments).values_list(
        "version__document__treatment", flat=True
    ))  # fmt: skip
    found = []
    for visit in wanted:
        if visit.treatment.kind != Treatment.Kind.TREATMENT:
            found.append(NOT_NEEDED)
            continue
        pair = (visit.patient.pk, visit.treatment.pk)
        paths: dict[Path, Information] = {}
        for row in given.get(pair, []):
            for path in _paths(row, ended=ended.get(pair), anew=anew.get(visit.treatment.pk, 0)):
                paths.setdefault(path, row)
        chosen, lack = best(
            list(paths), treats=visit.practitioner.pk, starts=visit.starts, has_text=visit.treatment.pk in texts
        )
        about = paths[chosen] if chosen is not None else None
        reasons = tuple(words.reason(one, about, visit.practitioner) for one in lack)
        found.append(Standing(tuple(lack), reasons, about))
    return found


def reflects_until(patient: Patient, treatment: Treatment) -> datetime | None:
    """
    Say until when a patient reflects on what they were told last, and so may cancel free of charge.

    None when nothing was given, or when a signature says that they have decided.
    """
    last = information_of(patient).filter(version__document__treatment=treatment).first()
    if last is None or signature_of(last) is not None:
        return None
    return last.reflect_until


def broken() -> list[str]:
    """List the refs of what was signed or given and no longer is, word for word, what its fingerprint says."""
    wrong = []
    for table in (Information, Signature):
        rows = table.objects.only("ref", "text", "fingerprint").iterator(chunk_size=500)
        wrong += [row.ref for row in rows if fingerprint(row.text) != row.fingerprint]
    return wrong


def _given(visits: list[Wanted]) -> dict[Pair, list[Information]]:
    """Find what was given about these treatments to these patients, the newest first."""
    found: dict[Pair, list[Information]] = {}
    rows = _whole(Information.objects.filter(
        patient__in={one.patient.pk for one in visits},
        version__document__treatment__in={one.treatment.pk for one in visits},
    ))  # fmt: skip
    for row in rows:
        found.setdefault((row.patient_id, row.version.document.treatment_id), []).append(row)
    return found


def _withdrawn(visits: list[Wanted]) -> dict[Pair, datetime]:
    """Find when each patient last withdrew from each treatment."""
    found: dict[Pair, datetime] = {}
    rows = Withdrawal.objects.filter(information__patient__in={one.patient.pk for one in visits}).order_by("at")
    for patient, treatment, at in rows.values_list(
        "information__patient", "information__version__document__treatment", "at"
    ):
        found[patient, treatment] = at
    return found


def _asked_anew(treatments: Iterable[int]) -> dict[int, int]:
    """Find the newest version of each that everybody is to be asked about anew, by treatment."""
    rows = Approval.objects.filter(asks_anew=True, version__document__treatment__in=list(treatments))
    return dict(rows.order_by("version__number").values_list("version__document__treatment", "version__number"))


def _paths(row: Information, *, ended: datetime | None, anew: int) -> list[Path]:
    """Read how far a patient has come, once for each talk; what the last one left for now, an older one does not mend."""
    untold = Path(
        reflect_until=row.reflect_until,
        withdrawn=ended is not None and ended >= _last_word(row),
        needs_anew=row.version.number < anew,
    )
    talks = list(row.talks.all())
    if not talks:
        return [untold]
    counting = [talk for talk in talks if talk.may_go_on] if talks[0].may_go_on else talks[:1]
    return [_after(untold, talk, lasts=timedelta(days=row.lasts_days)) for talk in counting]


def _after(untold: Path, talk: Talk, *, lasts: timedelta) -> Path:
    signature = _signature_under(talk)
    return replace(
        untold, talked=True, may_go_on=talk.may_go_on, treats=talk.treats_id, signed=signature is not None,
        lasts_until=signature.signed_at + lasts if signature else None,
    )  # fmt: skip


def _signature_under(talk: Talk) -> Signature | None:
    return talk.signature if hasattr(talk, "signature") else None


def _last_word(row: Information) -> datetime:
    """Say when something was last given or signed here: a withdrawal reaches what is not newer than it."""
    signature = signature_of(row)
    return signature.signed_at if signature else row.given_at


def _whole(rows: QuerySet[Information]) -> QuerySet[Information]:
    talks = Talk.objects.select_related("practitioner", "treats", "signature")
    return rows.select_related("clinic", "patient__clinic", "version__document__treatment").prefetch_related(
        Prefetch("talks", talks)
    )


def today_at(clinic: Clinic, at: datetime) -> date:
    """Say which day it is on the clinic's own calendar."""
    return words.local(at.astimezone(UTC), clinic.zone).date()


def is_signed(talk: Talk) -> bool:
    """Say whether there is a signature under a talk; asked anew, for another device may be quicker."""
    return Signature.objects.filter(talk=talk).exists()


def is_withdrawn_since(information: Information, moment: datetime) -> bool:
    """Say whether the patient has withdrawn from this treatment at or after a moment."""
    return Withdrawal.objects.filter(
        information__patient=information.patient_id,
        information__version__document=information.version.document_id,
        at__gte=moment,
    ).exists()


def locked(information: Information) -> Information:
    """Read what a patient was given again, so that nobody else signs or withdraws until this is done."""
    Information.objects.select_for_update(no_key=True).get(pk=information.pk)
    return _whole(Information.objects.filter(pk=information.pk)).get()
