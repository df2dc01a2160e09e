"""Of which days a pack is due, and what is known of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.contrib.auth.models import AnonymousUser

from corneum.clinic.desk.models import USUAL_HOUR, Pack, PackHour
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import appointments_visible_to
from corneum.clinic.premises.models import Premises
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import day_window, local, minute_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

ONE_DAY = timedelta(days=1)
COMING = (Appointment.Status.PENDING, Appointment.Status.BOOKED)


@dataclass(frozen=True, slots=True)
class PackAhead:
    """What Today says of the next day's pack: the day, how many visits it holds, and when the clinic was told."""

    day: date
    visits: int
    made_at: datetime | None


def pack_hour(clinic: Clinic) -> time | None:
    """Say from what hour a clinic's pack is ready; None means that no letter is sent."""
    chosen = PackHour.objects.filter(clinic=clinic).first()
    return chosen.hour if chosen else USUAL_HOUR


def pack_day(user: User | AnonymousUser, clinic: Clinic, ref: str) -> date:
    """
    Say of which day a pack is.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    pack = Pack.objects.filter(within(user, Right.SEE_DIARY), clinic=clinic, ref=ref).first()
    if pack is None:
        raise NotFound
    return pack.day


def packs_due(at: datetime) -> list[tuple[Clinic, date]]:
    """Find the clinics whose hour has come, whose next day has visits, and that were not told of it yet."""
    hours = dict(PackHour.objects.values_list("clinic", "hour"))
    clinics = Clinic.objects.filter(pk__in=Premises.objects.exclude(email="").values("clinic"))
    told = set(Pack.objects.filter(made_at__gt=at - 2 * ONE_DAY).values_list("clinic", "day"))
    found: list[tuple[Clinic, date]] = []
    for zone, theirs in groupby(sorted(clinics, key=lambda clinic: clinic.zone), key=lambda clinic: clinic.zone):
        now = local(minute_of(at), zone)
        day = now.date() + ONE_DAY
        waiting = [each for each in theirs if _has_come(hours.get(each.pk, USUAL_HOUR), now.time())]
        busy = set(_with_visits(waiting, day, zone))
        found += [(clinic, day) for clinic in waiting if clinic.pk in busy and (clinic.pk, day) not in told]
    return found


def pack_ahead(user: User | AnonymousUser, clinic: Clinic, today: date) -> PackAhead:
    """Say what is known of the next day's pack."""
    day = today + ONE_DAY
    window = day_window(day, day, clinic.zone)
    coming = appointments_visible_to(user, clinic).filter(
        status__in=COMING, starts__gte=window.starts, starts__lt=window.ends
    )
    made = Pack.objects.filter(clinic=clinic, day=day).first()
    return PackAhead(day, coming.count(), made.made_at if made else None)


def _has_come(hour: time | None, now: time) -> bool:
    return hour is not None and now >= hour


def _with_visits(clinics: list[Clinic], day: date, zone: str) -> Iterator[int]:
    window = day_window(day, day, zone)
    coming = Appointment.objects.filter(
        clinic__in=clinics, status__in=COMING, starts__gte=window.starts, starts__lt=window.ends
    )
    yield from coming.order_by().values_list("clinic", flat=True).distinct()
