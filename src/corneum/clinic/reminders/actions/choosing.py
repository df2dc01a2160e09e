"""How a clinic reminds, and how a patient wants to be reminded."""

from datetime import datetime, time

from corneum.clinic.patients.models import Patient
from corneum.clinic.reminders.models import ReminderChoice, ReminderRules
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record


@action
def change_rules(
    *,
    clinic: Clinic,
    email_hours: int | None,
    text_hours: int | None,
    quiet_from: time,
    quiet_until: time,
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> ReminderRules:
    """
    Say how long before a visit its patient is reminded, and when nobody is written to.

    What was sent stays sent; what was not is decided by these from now on.

    :param email_hours: before the visit; None for no e-mail
    """
    rules, _ = ReminderRules.objects.update_or_create(
        clinic=clinic,
        defaults={
            "email_hours": email_hours, "text_hours": text_hours, "quiet_from": quiet_from, "quiet_until": quiet_until,
            "changed_at": at, "changed_by": user,
        },
    )  # fmt: skip
    record("reminders.change_rules", entity=rules, by=by, at=at, clinic=clinic, press=press)
    return rules


@action
def choose_ways(*, patient: Patient, ways: str, by: Actor, at: datetime, press: str = "") -> ReminderChoice:
    """Say how a patient wants to be reminded: one of ReminderChoice.Ways. Letters about changes go on."""
    choice, _ = ReminderChoice.objects.update_or_create(patient=patient, defaults={"ways": ways, "changed_at": at})
    record("reminders.choose_ways", entity=choice, by=by, at=at, clinic=patient.clinic, press=press, ways=ways)
    return choice
