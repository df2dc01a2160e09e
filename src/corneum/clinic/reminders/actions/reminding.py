"""Reminding a patient of a visit."""

from datetime import datetime

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.reminders.facts import facts_of
from corneum.clinic.reminders.models import Reminder
from corneum.clinic.reminders.queries import rules_of, verdict_on, ways_to
from corneum.clinic.reminders.samples import VISIT, VISIT_TEXT
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError
from corneum.domain.reminding import Step, Verdict, way_for
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import queue_message

NO_WAY = "This way does not reach them, or they do not want it."
TEMPLATES = {"email": VISIT.template, "text": VISIT_TEXT.template}


class AlreadyReminded(ClinicError):
    """This reminder has been sent already."""


class NotDueYet(ClinicError):
    """This reminder is not due, or the visit is not booked any more."""


@action
def remind_patient(*, appointment: Appointment, step: Step, by: Actor, at: datetime) -> Reminder:
    """
    Send one reminder of a visit, or note why it is left out; either once for each time that a visit has.

    :raises AlreadyReminded: another worker was quicker
    :raises NotDueYet: it is not due, it is night, or the visit has changed meanwhile
    """
    visit = locked_appointment(appointment)
    rules = rules_of(visit.clinic)
    if visit.status != Appointment.Status.BOOKED or step not in rules.steps:
        raise NotDueYet
    if Reminder.objects.filter(appointment=visit, starts=visit.starts, step=step.channel).exists():
        raise AlreadyReminded
    verdict = verdict_on(visit, step, rules, at=at)
    if verdict == Verdict.WAIT:
        raise NotDueYet
    way = way_for(step, rules.steps, ways_to(visit.patient)) if verdict == Verdict.SEND else ""
    why_not = ("" if way else NO_WAY) if verdict == Verdict.SEND else str(verdict)
    message_ref = ""
    if way:
        message_ref, why_not = _queued(visit, way, by=by, at=at)
    with refusing({"reminders_reminder_once": AlreadyReminded}):
        reminder = Reminder.objects.create(
            appointment=visit, starts=visit.starts, step=step.channel, message_ref=message_ref, why_not=why_not, at=at
        )
    record(
        "reminders.remind_patient", entity=visit, by=by, at=at, clinic=visit.clinic, step=step.channel,
        messages=[message_ref] if message_ref else [], why_not=why_not,
    )  # fmt: skip
    return reminder


def _queued(visit: Appointment, way: str, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Queue it; what cannot be written to says so and keeps nobody else's from leaving."""
    facts = facts_of(visit, at=at)
    button = {"button": "Confirm or change it", "button_url": facts["link"]}
    try:
        message = queue_message(
            clinic=visit.clinic, channel=way, template=TEMPLATES[way], context=facts | button,
            to=visit.patient.email if way == "email" else visit.patient.phone, to_name=visit.patient.name,
            about=visit, by=by, at=at,
        )  # fmt: skip
    except ClinicError as refusal:
        return "", str(refusal)[:120]
    return str(message.ref), ""
