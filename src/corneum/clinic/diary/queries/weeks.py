"""Reading more than one day or clinic at a time: a constant number of questions for any number of either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from corneum.clinic.diary.daybook import FAMILIES
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries.appointments import appointments_visible_to
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.practitioners.queries import working_intervals
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import day_window, local, minute_of
from corneum.platform.accounts.clinics import at_clinic
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

DAYS = 7
Status = Appointment.Status


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment as a list shows it: its treatment's colour, and whether it is over."""

    appointment: Appointment
    family: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class DayInWeek:
    """One day of a week: its visits in order, and how much of the hours worked they fill."""

    day: date
    entries: Sequence[Entry]
    filled: int  # minutes booked
    worked: int  # minutes on the rota

    @property
    def percent(self) -> int | None:
        """How full the day is; None when nobody works."""
        return min(100, round(100 * self.filled / self.worked)) if self.worked else None

    @property
    def tenths(self) -> int:
        """The same in tenths, for a drawn bar."""
        return round((self.percent or 0) / 10)


@dataclass(frozen=True, slots=True)
class DayAtClinic:
    """One day of one clinic of several."""

    clinic: Clinic
    entries: Sequence[Entry]
    day: date

    @property
    def desk_url(self) -> str:
        """Where that clinic's desk is."""
        return at_clinic(self.clinic, "/desk/")

    @property
    def day_url(self) -> str:
        """Where that clinic's own diary of the day is."""
        return f"{self.desk_url}diary/{self.day.isoformat()}/"


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a clinic, of everybody or of one person."""

    days: Sequence[DayInWeek]
    people: Sequence[Practitioner]  # who works or is booked in it
    person: Practitioner | None


def week_of(user: User | AnonymousUser, clinic: Clinic, monday: date, *, at: datetime, who: str = "") -> Week:
    """
    Read a week of a clinic's diary for this person.

    :param who: the ref of the one practitioner who is wanted; somebody unknown is as if nobody was named
    """
    sunday = monday + timedelta(days=DAYS - 1)
    window = day_window(monday, sunday, clinic.zone)
    booked = list(_live(user, window).filter(clinic=clinic))
    working = working_intervals(clinic, monday, sunday)
    keys = set(working) | {one.practitioner_id for one in booked}
    people = list(Practitioner.objects.filter(pk__in=keys))
    person = next((one for one in people if one.ref == who), None)
    if person is not None:
        booked = [one for one in booked if one.practitioner_id == person.pk]
        working = {person.pk: working.get(person.pk, [])}
    days = [
        _day_in_week(monday + timedelta(days=number), booked, working, clinic.zone, minute_of(at))
        for number in range(DAYS)
    ]
    return Week(days, people, person)


def day_at_clinics(
    user: User | AnonymousUser, clinics: Sequence[Clinic], day: date, *, at: datetime
) -> list[DayAtClinic]:
    """Read one day at several clinics, as far as this person may see their diaries; the others are left out."""
    allowed = list(Clinic.objects.filter(within(user, Right.SEE_DIARY, "pk"), pk__in=[one.pk for one in clinics]))
    windows = {one.pk: day_window(day, day, one.zone) for one in allowed}
    widest = Interval(
        min((each.starts for each in windows.values()), default=0),
        max((each.ends for each in windows.values()), default=1),
    )
    booked = [one for one in _live(user, widest) if one.clinic_id in windows]
    return [
        DayAtClinic(
            clinic,
            [
                _entry(one, minute_of(at))
                for one in booked
                if one.clinic_id == clinic.pk and windows[clinic.pk].starts <= one.starts < windows[clinic.pk].ends
            ],
            day,
        )
        for clinic in allowed
    ]


def unsettled_before(user: User | AnonymousUser, clinic: Clinic, day: date) -> list[Appointment]:
    """Find the visits of earlier days of which nobody has said whether they took place, for this person, the latest first."""
    before = day_window(day, day, clinic.zone).starts
    open_still = appointments_visible_to(user, clinic).filter(
        starts__lt=before, starts__gte=before - 30 * 24 * 60, status__in=[Status.BOOKED, Status.ARRIVED]
    )
    return list(open_still.order_by("-starts", "pk")[:200])


def unconfirmed_after(user: User | AnonymousUser, clinic: Clinic, at: datetime) -> list[Appointment]:
    """Find the visits of the next three days that nobody has confirmed, for this person, the soonest first."""
    now = minute_of(at)
    open_still = appointments_visible_to(user, clinic).filter(
        starts__gt=now, starts__lte=now + 3 * 24 * 60, status=Status.BOOKED, confirmed_at__isnull=True
    )
    return list(open_still.order_by("starts", "pk")[:200])


def _live(user: User | AnonymousUser, window: Interval) -> QuerySet[Appointment]:
    """Find what is not cancelled and starts in a span of time, at the clinics whose diaries this person may see."""
    return (
        Appointment.objects.filter(within(user, Right.SEE_DIARY), starts__gte=window.starts, starts__lt=window.ends)
        .exclude(status=Status.CANCELLED)
        .select_related("patient", "treatment", "practitioner", "clinic")
        .order_by("starts", "pk")
    )


def _entry(one: Appointment, now: int) -> Entry:
    return Entry(one, FAMILIES[Treatment.Family(one.treatment.family)], one.ends <= now)


def _day_in_week(
    day: date, booked: Sequence[Appointment], working: dict[int, list[Interval]], zone: str, now: int
) -> DayInWeek:
    window = day_window(day, day, zone)
    entries = [_entry(one, now) for one in booked if local(one.starts, zone).date() == day]
    worked = sum(
        max(0, min(span.ends, window.ends) - max(span.starts, window.starts))
        for spans in working.values()
        for span in spans
    )
    filled = sum(entry.appointment.ends - entry.appointment.starts for entry in entries)
    return DayInWeek(day, entries, filled, worked)
