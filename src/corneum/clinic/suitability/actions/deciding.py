"""A named practitioner decides; what a rule keeps back is set aside only by the role that the rule names."""

from datetime import date, datetime

from corneum.clinic.suitability.models import Decision, Screening
from corneum.clinic.suitability.queries import latest_rules, locked_screening, role_of, verdict_of
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import CLEARING, Kind, Role, Ruling, Verdict, news_in
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record

SAYS = {
    Role.PRACTITIONER: "a practitioner",
    Role.NURSE: "a nurse or a doctor",
    Role.PRESCRIBER: "somebody who may prescribe: a doctor",
    Role.DOCTOR: "a doctor",
    Role.MEDICAL_LEAD: "the medical lead",
}


class MayNotDecide(ClinicError):
    """This is for somebody else to decide."""

    def __init__(self, role: Role) -> None:
        """Say for whom."""
        super().__init__(f"This is for {SAYS[role]} to clear. You can let them wait, or send them to their GP.")
        self.role = role


class TooSoon(ClinicError):
    """A rule asks to wait longer."""

    def __init__(self, first: date | None) -> None:
        """Say until when."""
        until = f"until {first.day} {first:%B %Y}" if first else "until something has settled or healed"
        super().__init__(f"A rule asks to wait {until}. Choose a later day, or say that you set the wait aside.")
        self.first = first


class TellThemFirst(ClinicError):
    """Before a wait is set aside the patient has to know of it and agree. Say that they do."""


class NotSent(ClinicError):
    """These answers have not been sent yet."""


class AlarmAnswered(ClinicError):
    """Somebody has said already that they spoke with them."""


@action
def decide_screening(
    *,
    screening: Screening,
    ruling: str,
    reason: str,
    from_day: date | None,
    sets_aside: bool,
    is_acknowledged: bool,
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Decision:
    """
    Decide about a form in one's own name.

    Waiting, the GP and other treatments are open to whoever may decide at all: to be more cautious
    than a rule takes no rank. Clearing takes the role that each rule names, and for a block the
    medical lead.

    :param ruling: one of Decision.Verb
    :param from_day: the first day on which a session may be, or it is asked again; None for today, or
        the first that the rules allow
    :param sets_aside: clear before a wait is over, or in spite of a block
    :param is_acknowledged: the patient was told what is set aside, and agrees
    :raises NotSent: it has not been sent
    :raises MayNotDecide: clearing it is for somebody else
    :raises TooSoon: a rule asks to wait longer, and it is not set aside
    :raises TellThemFirst: it is set aside, and the patient has not agreed
    """
    mine = locked_screening(screening)
    if mine.submitted_at is None:
        raise NotSent
    today = local(minute_of(at), mine.clinic.zone).date()
    verdict = verdict_of(mine, on=today)
    day = from_day or today
    if Ruling(ruling) in CLEARING:
        day = _cleared_from(verdict, from_day, role_of(user, mine.clinic, today), sets_aside=sets_aside)
        if sets_aside and not is_acknowledged:
            raise TellThemFirst
    elif role_of(user, mine.clinic, today) is None:
        raise MayNotDecide(Role.PRACTITIONER)
    version = latest_rules(mine.clinic)
    decision = Decision.objects.create(
        screening=mine, ruling=ruling, from_day=day, reason=reason, sets_aside=sets_aside, is_acknowledged=is_acknowledged,
        fired=[list(one) for one in sorted(news_in(verdict))], judged_on=today,
        rules_number=version.number if version else 0, decided_at=at, decided_by=user,
    )  # fmt: skip
    mine.needs_decision = False
    mine.save(update_fields=["needs_decision"])
    record(
        "suitability.decide_screening", entity=mine, by=by, at=at, clinic=mine.clinic, press=press,
        patient=mine.patient.ref, decision=decision.ref, rules=decision.rules_number,
    )  # fmt: skip
    return decision


@action
def answer_alarm(*, screening: Screening, note: str, user: User, by: Actor, at: datetime, press: str = "") -> Screening:
    """
    Say that one has spoken with somebody whose words called a person, and what was agreed.

    :raises AlarmAnswered: somebody was quicker
    """
    mine = locked_screening(screening)
    if not mine.is_alarming:
        raise AlarmAnswered
    mine.alarm_answered_at, mine.alarm_answered_by, mine.alarm_note = at, user, note
    mine.save(update_fields=["alarm_answered_at", "alarm_answered_by", "alarm_note"])
    record(
        "suitability.answer_alarm", entity=mine, by=by, at=at, clinic=mine.clinic, press=press, patient=mine.patient.ref
    )
    return mine


def _cleared_from(verdict: Verdict, from_day: date | None, role: Role | None, *, sets_aside: bool) -> date:
    """Say from which day it is cleared, if this role may clear it."""
    needed = verdict.overridden_by if sets_aside else _needed(verdict)
    if role is None or role < (needed or Role.PRACTITIONER):
        raise MayNotDecide(needed or Role.PRACTITIONER)
    if sets_aside:
        return from_day or verdict.on
    first = verdict.from_day
    if first is None or (from_day or first) < first:
        raise TooSoon(first)
    return from_day or first


def _needed(verdict: Verdict) -> Role | None:
    """Say who may clear what a rule asks somebody to look at, while every wait is kept."""
    return max((one.outcome.role for one in verdict.fired if one.outcome.kind is Kind.REVIEW), default=None)
