"""What each person at a clinic may do until when, and the visits to come that no longer stand on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corneum.clinic.diary.models import Appointment
from corneum.clinic.practitioners.models import Practitioner, Registration, WorkingHours
from corneum.clinic.practitioners.queries import Validity, is_valid_on, registered_from_to, trained_in_each
from corneum.clinic.treatments.models import Treatment
from corneum.domain.credentials import Ending, last_day, notice
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic

TO_COME = (Appointment.Status.PENDING, Appointment.Status.BOOKED)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody needs to treat: until when it holds, and how near that is."""

    what: str
    until: date | None
    ending: Ending


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands on a day."""

    person: Practitioner
    entries: Sequence[Registration]  # the latest of each register
    registration: Line
    training: Sequence[Line]
    visits: Sequence[Appointment]  # to come, on days when they are not registered or not trained

    @property
    def urgency(self) -> tuple[bool, int]:
        """The order on the page: whoever has visits that must move, then whoever's end is nearest."""
        near = [line.ending for line in (self.registration, *self.training) if line.ending is not Ending.FAR]
        return not self.visits, min(near, default=366)


def standings(clinic: Clinic, *, at: datetime) -> list[Standing]:
    """Say for everybody on the rota of a clinic what holds until when, the most urgent first."""
    today = local(minute_of(at), clinic.zone).date()
    rota = WorkingHours.objects.filter(clinic=clinic).values("practitioner")
    people = list(Practitioner.objects.filter(is_active=True, pk__in=rota))
    keys = [person.pk for person in people]
    registered, trained = registered_from_to(keys), trained_in_each(keys)
    names = dict(Treatment.objects.filter(pk__in=trained).values_list("pk", "short_name"))
    entries = _latest_entries(keys)
    visits = _visits_without(clinic, keys, registered, trained, at)
    found = [
        Standing(
            person,
            entries.get(person.pk, []),
            _line("Registration", registered.get(person.pk, []), today),
            [
                _line(names[treatment], who[person.pk], today)
                for treatment, who in sorted(trained.items(), key=lambda item: names[item[0]])
                if person.pk in who
            ],
            visits.get(person.pk, []),
        )
        for person in people
    ]
    return sorted(found, key=lambda standing: (standing.urgency, standing.person.order, standing.person.name))


def _line(what: str, stretches: Iterable[Validity], today: date) -> Line:
    until = last_day(stretches, today)
    return Line(what, until, notice(until, today))


def _latest_entries(keys: Sequence[int]) -> dict[int, list[Registration]]:
    found: dict[int, dict[str, Registration]] = {}
    for entry in (
        Registration.objects.filter(practitioner__in=keys).select_related("checked_by").order_by("valid_until")
    ):
        found.setdefault(entry.practitioner_id, {})[entry.body] = entry
    return {who: list(latest.values()) for who, latest in found.items()}


def _visits_without(
    clinic: Clinic,
    keys: Sequence[int],
    registered: dict[int, list[Validity]],
    trained: dict[int, dict[int, list[Validity]]],
    at: datetime,
) -> dict[int, list[Appointment]]:
    """Find the visits to come on whose day their practitioner is not registered, or not trained in the treatment."""
    found: dict[int, list[Appointment]] = {}
    to_come = Appointment.objects.filter(
        clinic=clinic, practitioner__in=keys, status__in=TO_COME, starts__gte=minute_of(at)
    ).select_related("treatment")
    for visit in to_come.order_by("starts"):
        day, who = local(visit.starts, visit.zone).date(), visit.practitioner_id
        needed = (registered.get(who, []), trained.get(visit.treatment_id, {}).get(who, []))
        if not all(is_valid_on(day, stretches) for stretches in needed):
            found.setdefault(who, []).append(visit)
    return found
