"""Reading one day of a clinic: a constant number of questions, however full the day."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Max, OuterRef

from corneum.clinic.diary.daybook import DayBook, Facts, lay_out
from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.diary.queries.appointments import appointments_on
from corneum.clinic.diary.queries.blocked import blocked_in
from corneum.clinic.diary.queries.openings import openings_for
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.practitioners.models import Practitioner, Registration
from corneum.clinic.premises import queries as premises
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import day_window
from corneum.platform.accounts.models import Clinic, User


def day_of(
    user: User | AnonymousUser, clinic: Clinic, day: date, *, at: datetime, moving: Appointment | None = None
) -> DayBook:
    """
    Read one day of a clinic's diary for this person, laid out in columns.

    :param moving: the visit that is being moved; the day then shows the times to which it can move
    """
    earlier = Appointment.objects.filter(patient=OuterRef("patient"), starts__lt=OuterRef("starts")).exclude(
        status=Appointment.Status.CANCELLED
    )
    appointments = list(appointments_on(user, clinic, day).annotate(has_earlier=Exists(earlier)))
    working = practitioners.working_intervals(clinic, day, day)
    keys = set(working) | {appointment.practitioner_id for appointment in appointments}
    window = day_window(day, day, clinic.zone)
    facts = Facts(
        clinic=clinic,
        day=day,
        open_hours=premises.opening_hours(clinic, day, day),
        practitioners=list(Practitioner.objects.filter(pk__in=keys)),
        working=working,
        registered_until=_registered_until(keys, day),
        rooms=list(premises.rooms_of(clinic)),
        devices=list(premises.devices_of(clinic)),
        appointments=appointments,
        holds=list(
            Hold.objects.filter(
                clinic=clinic, starts__lt=window.ends, ends__gt=window.starts, expires_at__gt=at, slots__is_live=True
            ).distinct()
        ),
        first_visits=frozenset(one.pk for one in appointments if not one.has_earlier),
        out=blocked_in(user, clinic, window, keys),
        targets=None if moving is None else _targets(moving, day, at=at),
    )
    return lay_out(facts, at=at)


def _targets(moving: Appointment, day: date, *, at: datetime) -> dict[int, list[Interval]]:
    """
    Find, for each practitioner, the times of a day at which they, a room and all devices are free for a visit.

    Of times that overlap only the first is kept: one chooses among places, not among quarters of an hour.
    """
    found: dict[int, list[Interval]] = {}
    offered = openings_for(
        clinic=moving.clinic, treatment=moving.treatment, first=day, last=day, at=at, patient=moving.patient,
        ignoring=moving,
    )  # fmt: skip
    for time in offered:
        for key in time.practitioner_ids:
            theirs = found.setdefault(key, [])
            if not theirs or theirs[-1].ends <= time.starts:
                theirs.append(Interval(time.starts, time.ends))
    own = found.get(moving.practitioner_id, [])
    found[moving.practitioner_id] = [time for time in own if time.starts != moving.starts]
    return found


def appointments_of(patient: Patient) -> list[Appointment]:
    """Find all appointments of a patient, the latest first."""
    return list(
        Appointment.objects.filter(patient=patient)
        .select_related("patient__clinic", "treatment", "practitioner")
        .order_by("-starts")
    )


def _registered_until(keys: set[int], day: date) -> dict[int, date]:
    """Say until when each practitioner is registered, of those who are on this day."""
    valid = Registration.objects.filter(practitioner__in=keys, valid_from__lte=day, valid_until__gte=day)
    return dict(
        valid.values_list("practitioner").annotate(until=Max("valid_until")).values_list("practitioner", "until")
    )
