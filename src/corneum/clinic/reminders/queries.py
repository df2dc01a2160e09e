"""Which reminders are due, to whom and by which way; and what a text that came in can be about."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from corneum.clinic.booking.standing import AGREED
from corneum.clinic.diary.models import Appointment
from corneum.clinic.enquiries.reach import takes_texts
from corneum.clinic.patients.models import Patient
from corneum.clinic.reminders.models import Reminder, ReminderChoice, ReminderRules, WhichVisit
from corneum.domain.reminding import Step, Verdict, decide, due_at, night_at, way_for
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.queries import history_of
from corneum.platform.messages.queries import wants_no_texts

Ways = ReminderChoice.Ways
A_NIGHT = timedelta(hours=24)  # by how much at most the night brings a reminder forward
ANSWERED_WITHIN = timedelta(hours=24)


def rules_of(clinic: Clinic) -> ReminderRules:
    """Give how a clinic reminds: as it has said, or as the defaults say."""
    return ReminderRules.objects.filter(clinic=clinic).first() or ReminderRules(clinic=clinic)


def choice_of(patient: Patient) -> str:
    """Say how a patient wants to be reminded: one of ReminderChoice.Ways."""
    said = ReminderChoice.objects.filter(patient=patient).values_list("ways", flat=True).first()
    return said or Ways.BOTH


def ways_to(patient: Patient) -> list[str]:
    """List by which ways a patient can be reminded, and wants to be; e-mail first."""
    wanted = choice_of(patient)
    is_texted = bool(patient.phone) and takes_texts(patient.phone) and not wants_no_texts(patient.phone)
    ways = (("email", bool(patient.email), {Ways.BOTH, Ways.EMAIL}), ("text", is_texted, {Ways.BOTH, Ways.TEXT}))
    return [way for way, is_possible, allowing in ways if is_possible and wanted in allowing]


def due_reminders(at: datetime) -> Iterator[tuple[Appointment, Step]]:
    """
    Find the steps to decide about now, at every clinic: due, and neither sent nor left out yet.

    What is found was looked at without a lock: whoever acts on it looks again.
    """
    for clinic in Clinic.objects.all():
        rules = rules_of(clinic)
        if rules.steps:
            yield from _due_at(clinic, rules, at)


def _due_at(clinic: Clinic, rules: ReminderRules, at: datetime) -> Iterator[tuple[Appointment, Step]]:
    now = minute_of(at)
    if night_at(now, clinic.zone, rules.quiet):
        return
    until = minute_of(at + timedelta(hours=rules.steps[0].hours) + A_NIGHT)
    ahead = Appointment.objects.filter(
        clinic=clinic, status=Appointment.Status.BOOKED, starts__gt=now, starts__lte=until
    ).order_by("starts", "pk")
    done = set(Reminder.objects.filter(appointment__in=ahead).values_list("appointment_id", "starts", "step"))
    for appointment in ahead.select_related("clinic"):
        for step in rules.steps:
            is_done = (appointment.pk, appointment.starts, step.channel) in done
            if not is_done and due_at(appointment.starts, step, zone=clinic.zone, quiet=rules.quiet) <= now:
                yield appointment, step


def verdict_on(appointment: Appointment, step: Step, rules: ReminderRules, *, at: datetime) -> Verdict:
    """Decide about one step of a visit as it is now."""
    zone, quiet = appointment.clinic.zone, rules.quiet
    ways = ways_to(appointment.patient)  # what does not reach them says nothing in another's place
    after = [other for other in rules.steps if other.hours < step.hours and way_for(other, rules.steps, ways)]
    return decide(
        starts=appointment.starts,
        agreed=minute_of(agreed_at(appointment)),
        due=due_at(appointment.starts, step, zone=zone, quiet=quiet),
        following=due_at(appointment.starts, after[0], zone=zone, quiet=quiet) if after else None,
        now=minute_of(at),
        zone=zone,
        quiet=quiet,
    )


def agreed_at(appointment: Appointment) -> datetime:
    """Say since when a visit stands where it is: a move that was undone never was."""
    moments = [appointment.booked_at]
    for action, when in history_of(appointment).filter(action__in=AGREED).values_list("action", "at"):
        if action == "diary.undo_move":
            moments = moments[:-1] or moments
        else:
            moments.append(when)
    return moments[-1]


def visits_ahead(number: str, *, at: datetime) -> QuerySet[Appointment]:
    """Find what is booked and to come for whoever has this number, at every clinic, the next one first."""
    return (
        Appointment.objects.filter(patient__phone=number, status=Appointment.Status.BOOKED, starts__gt=minute_of(at))
        .select_related("clinic", "patient", "practitioner")
        .order_by("starts", "pk")
    )


def reminded_by_text(appointments: list[Appointment]) -> list[Appointment]:
    """Keep those of which a text has reminded, at the time that they have now."""
    sent = set(
        Reminder.objects.filter(appointment__in=appointments, step="text")
        .exclude(message_ref="")
        .values_list("appointment_id", "starts")
    )
    return [one for one in appointments if (one.pk, one.starts) in sent]


def open_question(number: str, *, at: datetime) -> WhichVisit | None:
    """Find what a number was asked within a day and has had no other reminder since."""
    asked = WhichVisit.objects.filter(number=number, at__gt=at - ANSWERED_WITHIN).order_by("-at").first()
    if asked is None:
        return None
    since = Reminder.objects.filter(appointment__patient__phone=number, step="text", at__gt=asked.at)
    return None if since.exclude(message_ref="").exists() else asked


def questions_over(at: datetime) -> list[WhichVisit]:
    """Find the questions whose answer counts no more."""
    return list(WhichVisit.objects.filter(at__lte=at - ANSWERED_WITHIN))


def patients_with(number: str) -> list[Patient]:
    """Find who is reached at a number, at every clinic."""
    return list(Patient.objects.filter(phone=number).select_related("clinic").order_by("-pk")[:20])
