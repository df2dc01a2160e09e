"""Taking somebody on: registration, training, working hours."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from corneum.clinic.practitioners.models import Practitioner, Qualification, Registration, WorkingHours
from corneum.clinic.treatments.models import Treatment
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record


@action
def add_practitioner(
    *,
    slug: str,
    name: str,
    profession: str,
    post_nominals: str = "",
    about: str = "",
    user: User | None = None,
    order: int = 0,
    by: Actor,
    at: datetime,
) -> Practitioner:
    """Add somebody who treats patients. They cannot be booked until registered, qualified and on the rota."""
    practitioner = Practitioner.objects.create(
        slug=slug, name=name, profession=profession, post_nominals=post_nominals, about=about, user=user, order=order
    )
    record("practitioners.add_practitioner", entity=practitioner, by=by, at=at, clinic=None)
    return practitioner


@action
def record_registration(
    *,
    practitioner: Practitioner,
    body: str,
    number: str,
    valid_from: date,
    valid_until: date,
    checked_by: User | None = None,
    is_sample: bool = False,
    by: Actor,
    at: datetime,
) -> Registration:
    """
    Record an entry of a professional register.

    :param checked_by: who looked it up in the public register, at `at`; none if nobody has yet
    """
    registration = Registration.objects.create(
        practitioner=practitioner,
        body=body,
        number=number,
        valid_from=valid_from,
        valid_until=valid_until,
        is_sample=is_sample,
        checked_by=checked_by,
        checked_at=at if checked_by else None,
    )
    record(
        "practitioners.record_registration",
        entity=practitioner,
        by=by,
        at=at,
        clinic=None,
        body=body,
        until=valid_until.isoformat(),
    )
    return registration


@action
def qualify(
    *,
    practitioner: Practitioner,
    treatment: Treatment,
    valid_from: date,
    valid_until: date | None = None,
    by: Actor,
    at: datetime,
) -> Qualification:
    """Let somebody give a treatment, from one day to another."""
    qualification = Qualification.objects.create(
        practitioner=practitioner, treatment=treatment, valid_from=valid_from, valid_until=valid_until
    )
    record("practitioners.qualify", entity=practitioner, by=by, at=at, clinic=None, treatment=treatment.slug)
    return qualification


@action
def set_working_hours(
    *,
    practitioner: Practitioner,
    clinic: Clinic,
    week: Iterable[tuple[int, time, time]],
    valid_from: date,
    by: Actor,
    at: datetime,
) -> None:
    """
    Replace somebody's working week at a clinic, from a day on; appointments already made stay as they are.

    :param week: (weekday with Monday as 0, from, to), in the clinic's wall time; a gap is a break
    """
    WorkingHours.objects.filter(practitioner=practitioner, clinic=clinic, valid_from__gte=valid_from).delete()
    # Whatever was to last longer ends the day before, also a week that another change had already ended.
    WorkingHours.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from), practitioner=practitioner, clinic=clinic
    ).update(valid_until=valid_from - timedelta(days=1))
    WorkingHours.objects.bulk_create(
        WorkingHours(
            practitioner=practitioner, clinic=clinic, weekday=weekday, starts=starts, ends=ends, valid_from=valid_from
        )
        for weekday, starts, ends in week
    )
    record("practitioners.set_working_hours", entity=practitioner, by=by, at=at, clinic=clinic)
