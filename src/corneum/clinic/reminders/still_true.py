"""Whether a reminder is still so at the moment it leaves."""

from datetime import datetime

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.reminders.models import Reminder
from corneum.clinic.reminders.queries import rules_of, ways_to
from corneum.clinic.reminders.samples import VISIT, VISIT_TEXT
from corneum.domain.reminding import night_at
from corneum.domain.scheduling.wall import instant_of, minute_of
from corneum.platform.jobs.registry import NotYet
from corneum.platform.messages.models import Message
from corneum.platform.messages.truth import NoLongerSo, still_so

REMINDS = frozenset({VISIT.template, VISIT_TEXT.template})


@still_so("reminders")
def visit_is_still_so(message: Message, at: datetime) -> None:
    """
    This will let a reminder go whose visit stands where it says, and is to come.

    The visit is locked: whoever moves it at this moment waits until the reminder counts as leaving, or was first.
    Anything else than a reminder answers somebody who has just written, and goes at once.
    """
    if message.template not in REMINDS:
        return
    reminder = Reminder.objects.select_related("appointment").filter(message_ref=message.ref).first()
    if reminder is None:
        raise NoLongerSo("No visit knows of this reminder.")
    visit = locked_appointment(reminder.appointment)
    if visit.status != Appointment.Status.BOOKED:
        raise NoLongerSo("The visit is cancelled, or over.")
    if visit.starts != reminder.starts:
        raise NoLongerSo("The visit is at another time now.")
    if at >= visit.starts_at:
        raise NoLongerSo("The visit had begun before it could be sent.")
    if message.to not in {visit.patient.email, visit.patient.phone}:
        raise NoLongerSo("Their address or number has changed since.")
    if message.channel not in ways_to(visit.patient):
        raise NoLongerSo("They want no reminders in this way any more.")
    _keep_out_of_the_night(visit, at)


def _keep_out_of_the_night(visit: Appointment, at: datetime) -> None:
    night = night_at(minute_of(at), visit.clinic.zone, rules_of(visit.clinic).quiet)
    if night is None:
        return
    if night.ends >= visit.starts:
        raise NoLongerSo("It could only have been sent in the night before the visit.")
    raise NotYet("It waits for the morning.", instant_of(night.ends))
