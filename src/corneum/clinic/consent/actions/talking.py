"""The talk: had and written down by whoever treats or supervises, and by nobody for them."""

from datetime import datetime

from corneum.clinic.consent import queries
from corneum.clinic.consent.actions.signing import AlreadySigned, NotTalkedYet, Superseded
from corneum.clinic.consent.models import Information, Talk
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.writing.actions import NotAPractitioner
from corneum.clinic.writing.queries import approver
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record


class NotTrained(ClinicError):
    """Only somebody who may give this treatment today can talk it through, and be named as who gives it."""


@action
def talk_through(
    *,
    information: Information,
    treats: Practitioner,
    explained: str,
    questions: str,
    found: dict[str, bool],
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Talk:
    """
    Write down a talk in one's own name. The GMC: whoever does or supervises it seeks the consent, and nobody for them.

    :param treats: who will give the treatment; anybody but oneself is supervised
    :param found: saw_alternatives, understands, remembers, weighs, says, is_free; where one is False they cannot sign
    :raises NotAPractitioner: whoever is signed in is none with a live registration
    :raises NotTrained: they, or who is to treat, may not give this treatment today
    :raises Superseded: the patient has an older text than the one in force
    """
    information = queries.locked(information)
    today = queries.today_at(information.clinic, at)
    practitioner = approver(user.pk, today)
    if practitioner is None:
        raise NotAPractitioner
    if not {practitioner.pk, treats.pk} <= {each.pk for each in queries.who_may_give(information.treatment, today)}:
        raise NotTrained
    if queries.newer_than(information) is not None:
        raise Superseded
    talk = Talk.objects.create(
        information=information, practitioner=practitioner, treats=treats, at=at, by=user, explained=explained,
        questions=questions, **found,
    )  # fmt: skip
    record(
        "consent.talk_through", entity=talk, by=by, at=at, clinic=information.clinic, press=press,
        practitioner=practitioner.name, treats=treats.name, patient=information.patient.ref,
    )  # fmt: skip
    return talk


@action
def hand_over(*, information: Information, by: Actor, at: datetime) -> None:
    """
    Note that the clinic's device is handed to the patient to sign on; the page then ends the sitting.

    :raises NotTalkedYet: there is nothing to sign yet
    :raises AlreadySigned: it is signed
    """
    talk = queries.talk_of(information)
    if talk is None or not talk.may_go_on:
        raise NotTalkedYet
    if queries.is_signed(talk):
        raise AlreadySigned
    record("consent.hand_over", entity=information, by=by, at=at, clinic=information.clinic)
