"""The clinic's own version of the rules: made more cautious, signed by its medical lead, and what that opens again."""

from collections.abc import Mapping
from datetime import datetime

from corneum.clinic.suitability.models import RulesVersion, Screening
from corneum.clinic.suitability.queries import latest_rules, offers_asked_before, open_again, role_of
from corneum.clinic.suitability.reopening import REOPENING
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import RULES, Role
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record
from corneum.platform.jobs.queueing import queue


class MayNotSign(ClinicError):
    """Only the medical lead changes and signs the rules."""


class NothingToSign(ClinicError):
    """These rules are signed already."""


class ChangedMeanwhile(ClinicError):
    """Somebody has changed the rules since you opened this page. Read them again, and then sign."""


@action
def change_rules(
    *, clinic: Clinic, numbers: Mapping[str, int], user: User, by: Actor, at: datetime, press: str = ""
) -> RulesVersion:
    """
    Make rules more cautious; nobody has signed the new version, so until somebody does all answers are looked at.

    :param numbers: such as {"R17.wait": 10}; those that are as shipped are left out
    :raises MayNotSign: this is for the medical lead
    :raises LooserThanShipped: a number is lower than the one that was shipped
    :raises NoSuchNumber: no rule has such a number
    """
    _refuse_others(user, clinic, at)
    RULES.tightened(numbers)  # refuses what is looser
    shipped = {f"{rule.id}.{name}": span.count for rule in RULES.rules for name, span in rule.numbers.items()}
    raised = {name: count for name, count in sorted(numbers.items()) if count != shipped[name]}
    version = _add(clinic, raised, user, at)
    record(
        "suitability.change_rules", entity=version, by=by, at=at, clinic=clinic, press=press, number=version.number,
        numbers=raised,
    )  # fmt: skip
    _look_again(clinic, version, at)
    return version


@action
def sign_rules(*, clinic: Clinic, number: int, user: User, by: Actor, at: datetime, press: str = "") -> RulesVersion:
    """
    Sign the rules in force, in one's own name.

    :param number: of the version that was read; 0 for the rules as they were shipped
    :raises MayNotSign: this is for the medical lead
    :raises ChangedMeanwhile: it is not the version in force any more
    :raises NothingToSign: it is signed
    """
    _refuse_others(user, clinic, at)
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    version = latest_rules(clinic)
    if (version.number if version else 0) != number:
        raise ChangedMeanwhile
    if version is None or version.shipped != RULES.version:
        version = _add(clinic, version.numbers if version else {}, user, at)
    if version.signed_at is not None:
        raise NothingToSign
    version.signed_at, version.signed_by = at, user
    version.save(update_fields=["signed_at", "signed_by"])
    record("suitability.sign_rules", entity=version, by=by, at=at, clinic=clinic, press=press, number=version.number)
    _look_again(clinic, version, at)
    return version


@action
def reopen_screenings(*, clinic: Clinic, by: Actor, at: datetime) -> int:
    """Look at everybody's answers by the rules in force, and open those again of which they say something new."""
    today = local(minute_of(at), clinic.zone).date()
    again = {one.pk for offer in offers_asked_before(clinic) for one in open_again(offer, on=today)}
    opened = Screening.objects.filter(pk__in=again).update(needs_decision=True)
    record("suitability.reopen_screenings", entity=clinic, by=by, at=at, clinic=clinic, opened=opened)
    return opened


def _add(clinic: Clinic, numbers: Mapping[str, int], user: User, at: datetime) -> RulesVersion:
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    before = latest_rules(clinic)
    return RulesVersion.objects.create(
        clinic=clinic, number=before.number + 1 if before else 1, shipped=RULES.version, numbers=dict(numbers),
        made_at=at, made_by=user,
    )  # fmt: skip


def _refuse_others(user: User, clinic: Clinic, at: datetime) -> None:
    if role_of(user, clinic, local(minute_of(at), clinic.zone).date()) is not Role.MEDICAL_LEAD:
        raise MayNotSign


def _look_again(clinic: Clinic, version: RulesVersion, at: datetime) -> None:
    key = f"{REOPENING}:{version.ref}:{'signed' if version.signed_at else 'made'}"
    queue(key=key, kind=REOPENING, payload={"clinic": clinic.ref}, due_at=at, at=at)
