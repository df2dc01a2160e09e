"""Changing one's mind: about a treatment, and about each use of photographs. Nobody is asked why."""

from collections.abc import Mapping
from datetime import datetime

from corneum.clinic.consent import letters, queries
from corneum.clinic.consent.models import Information, PictureChoice, Withdrawal
from corneum.clinic.patients.models import Patient
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record


class OnlyTheirOwnYes(ClinicError):
    """A yes to photographs is given by the patient alone, at their link. You can take down that they say no."""


@action
def withdraw_consent(*, information: Information, user: User | None, by: Actor, at: datetime) -> Withdrawal:
    """
    Take down that a patient no longer agrees to a treatment; said twice, it is said once.

    It reaches every signature of theirs to that treatment. What is booked stays booked until a person has spoken to
    them: the desk's list of visits without consent shows it at once.

    :param user: who was told; None when they said so at their link
    """
    information = queries.locked(information)
    before = queries.withdrawal_of(information)
    way = Withdrawal.Way.TOLD if user else Withdrawal.Way.LINK
    withdrawal = before or Withdrawal.objects.create(information=information, way=way, at=at, by=user)
    if before is None:
        letters.tell(information, "withdrawn", by=by, at=at)
    record(
        "consent.withdraw_consent", entity=withdrawal, by=by, at=at, clinic=information.clinic, way=way,
        was_withdrawn=before is not None, patient=information.patient.ref,
    )  # fmt: skip
    return withdrawal


@action
def choose_pictures(
    *, patient: Patient, choices: Mapping[str, bool], user: User | None, by: Actor, at: datetime
) -> list[PictureChoice]:
    """
    Take down what a patient says about each use of photographs; what they said before stays in the history.

    :param choices: by purpose (PictureChoice.Purpose)
    :param user: who was told; None when they chose at their link
    :raises OnlyTheirOwnYes: staff try to say yes for them
    """
    if user is not None and any(choices.values()):
        raise OnlyTheirOwnYes
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    before = queries.picture_choices_of(patient)
    changed = {
        purpose: agrees
        for purpose, agrees in choices.items()
        if purpose not in before or before[purpose].agrees != agrees
    }
    way = PictureChoice.Way.TOLD if user else PictureChoice.Way.LINK
    made = [
        PictureChoice.objects.create(patient=patient, purpose=purpose, agrees=agrees, way=way, at=at, by=user)
        for purpose, agrees in changed.items()
    ]
    record("consent.choose_pictures", entity=patient, by=by, at=at, clinic=patient.clinic, way=way, changed=changed)
    return made
