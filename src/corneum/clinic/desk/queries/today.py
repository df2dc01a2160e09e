"""What Today shows, to each by what they may see: a constant number of questions, however full the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from corneum.clinic.complaints import queries as complaints
from corneum.clinic.credentials import queries as credentials
from corneum.clinic.desk.queries.packs import ONE_DAY, PackAhead, pack_ahead
from corneum.clinic.diary import queries as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.enquiries import queries as enquiries
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device
from corneum.clinic.premises.queries import devices_of
from corneum.clinic.suitability.models import Screening
from corneum.clinic.suitability.queries import desk as suitability
from corneum.clinic.suitability.queries.standing import clearances_of
from corneum.clinic.treatments.queries import offers_at
from corneum.clinic.writing import queries as writing
from corneum.domain.credentials import Ending, notice
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import Clearance, Standing
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, rights_of
from corneum.platform.messages import queries as messages

Status = Appointment.Status
FEW = 8
NOBODY: Mapping[tuple[int, int], Clearance] = {}
WANTED = {
    Standing.CLEARED: "a day for which they are cleared",
    Standing.ASK: "answers to the health questions",
    Standing.WAIT: "a day for which they are cleared",
    Standing.DECIDE: "a decision on their answers",
    Standing.TALK: "a talk about their answers",
}
SETTLED = (Status.CANCELLED, Status.FULFILLED, Status.NOSHOW)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of today, as a list shows it."""

    appointment: Appointment
    minutes: int | None  # since when somebody waits, or is expected
    missing: Sequence[str]  # what a practitioner would want and has not
    is_new: bool  # nobody has seen them here before

    @property
    def where(self) -> str:
        """The room and the devices."""
        schedules = [slot.schedule for slot in self.appointment.slots.all()]
        rooms = [schedule.room.name for schedule in schedules if schedule.room is not None]
        return ", ".join([*rooms, *(each.device.short_name for each in schedules if each.device is not None)])


@dataclass(frozen=True, slots=True)
class FrontDesk:
    """What the front desk looks at: who is here, who is not, who comes, and who waits for an answer."""

    here: Sequence[Visit]
    late: Sequence[Visit]
    coming: Sequence[Visit]
    more: int  # that come after those
    requests: Sequence[Appointment]
    overdue: Sequence[Enquiry]
    unsettled: int
    unconfirmed: Sequence[Appointment]  # of the next day, who have not said that they will come


@dataclass(frozen=True, slots=True)
class Raised:
    """What the owner is told of: none of it goes away by itself."""

    endings: Sequence[tuple[str, str, date | None, Ending]]  # who, what, its last day, how near
    must_move: int  # visits on days when nobody may give them
    services: Sequence[tuple[Device, Ending]]
    complaints: int
    pages: int
    messages: messages.Troubles
    mailbox: bool

    @property
    def is_calm(self) -> bool:
        """Whether there is nothing at all."""
        troubles = (self.endings, self.must_move, self.services, self.complaints, self.pages, self.messages.total)
        return not (any(troubles) or self.mailbox)


@dataclass(frozen=True, slots=True)
class Today:
    """Today at one clinic for one person; what is not for them is None."""

    day: date
    practitioner: Practitioner | None
    mine: Sequence[Visit] | None
    desk: FrontDesk | None
    raised: Raised | None
    to_decide: Sequence[Screening]  # answers that wait for whoever may decide, the most urgent first
    pack: PackAhead


def today_for(user: User, clinic: Clinic, *, at: datetime) -> Today:
    """
    Gather what somebody has to know today: their own visits, the front desk's lists, what an owner answers for.

    Whoever treats sees their own visits; the front desk's lists are for those who answer enquiries, and what is
    raised for those who may change the clinic.
    """
    day, rights = local(minute_of(at), clinic.zone).date(), rights_of(user, clinic)
    practitioner = Practitioner.objects.filter(user=user, is_active=True).first()
    earlier = Appointment.objects.filter(patient=OuterRef("patient"), starts__lt=OuterRef("starts")).exclude(
        status=Status.CANCELLED
    )
    visits = list(diary.appointments_on(user, clinic, day).annotate(has_earlier=Exists(earlier)))
    own = [one for one in visits if practitioner is not None and one.practitioner_id == practitioner.pk]
    ahead = [one for one in own if one.status not in SETTLED]
    standing = _standing_of(clinic, ahead, day)
    mine = [_as_line(one, at, standing) for one in own if one.status != Status.CANCELLED]
    return Today(
        day=day,
        practitioner=practitioner,
        mine=mine if practitioner is not None and (mine or Right.ANSWER_ENQUIRIES not in rights) else None,
        desk=_front_desk(user, clinic, day, visits, at) if Right.ANSWER_ENQUIRIES in rights else None,
        raised=_raised(user, clinic, day, at) if Right.CHANGE_CLINIC in rights else None,
        to_decide=list(suitability.to_decide(user, clinic)[:FEW]) if Right.DECIDE_SUITABILITY in rights else [],
        pack=pack_ahead(user, clinic, day),
    )


def _front_desk(user: User, clinic: Clinic, day: date, visits: Sequence[Appointment], at: datetime) -> FrontDesk:
    now = minute_of(at)
    booked = [_as_line(one, at) for one in visits if one.status == Status.BOOKED]
    coming = [line for line in booked if line.appointment.starts > now]
    return FrontDesk(
        here=[_as_line(one, at) for one in visits if one.status == Status.ARRIVED],
        late=[line for line in booked if line.appointment.starts <= now],
        coming=coming[:FEW],
        more=len(coming[FEW:]),
        requests=list(diary.requests_waiting(user, clinic)[:FEW]),
        overdue=list(enquiries.overdue(user, clinic, at=at)[:FEW]),
        unsettled=len(diary.unsettled_before(user, clinic, day)),
        unconfirmed=list(
            diary.appointments_on(user, clinic, day + ONE_DAY)
            .filter(status=Status.BOOKED, confirmed_at=None)
            .prefetch_related(None)
        ),
    )


def _raised(user: User, clinic: Clinic, day: date, at: datetime) -> Raised:
    standings = credentials.standings(clinic, at=at)
    near = [
        (standing.person.name, line.what, line.until, line.ending)
        for standing in standings
        for line in (standing.registration, *standing.training)
        if line.ending is not Ending.FAR
    ]
    services = [(device, notice(device.service_due, day)) for device in devices_of(clinic)]
    return Raised(
        endings=near[:FEW],
        must_move=sum(len(standing.visits) for standing in standings),
        services=[
            (device, ending)
            for device, ending in services
            if ending in {Ending.OVER, Ending.WITHIN_7, Ending.WITHIN_30}
        ],
        complaints=complaints.raised_count(user, clinic, day),
        pages=writing.raised_count(user, clinic, day),
        messages=messages.troubles(clinic),
        mailbox=messages.mailbox_trouble() is not None,
    )


def _standing_of(clinic: Clinic, visits: Sequence[Appointment], day: date) -> dict[tuple[int, int], Clearance]:
    """Say by treatment and patient whether each is cleared: a few questions for each treatment that asks before it."""
    found: dict[tuple[int, int], Clearance] = {}
    patients: dict[int, dict[int, Patient]] = {}
    for visit in visits:
        patients.setdefault(visit.treatment_id, {})[visit.patient_id] = visit.patient
    for offer in offers_at(clinic).filter(treatment__in=patients, screening_first=True):
        said = clearances_of(list(patients[offer.treatment_id].values()), offer, on=day)
        found |= {(offer.treatment_id, patient): clearance for patient, clearance in said.items()}
    return found


def _as_line(visit: Appointment, at: datetime, standing: Mapping[tuple[int, int], Clearance] = NOBODY) -> Visit:
    minutes = None
    if visit.status == Status.ARRIVED and visit.arrived_at is not None:
        minutes = int((at - visit.arrived_at).total_seconds() // 60)
    elif visit.status == Status.BOOKED and visit.starts <= minute_of(at):
        minutes = minute_of(at) - visit.starts
    missing = [] if visit.status in SETTLED else _missing(visit, standing.get((visit.treatment_id, visit.patient_id)))
    return Visit(visit, minutes, missing, is_new=not vars(visit)["has_earlier"])


def _missing(visit: Appointment, standing: Clearance | None) -> list[str]:
    """Say what is not known yet of whom somebody is about to treat, the gravest first."""
    facts = {"date of birth": visit.patient.born_on, "phone number": visit.patient.phone}
    cleared = standing is None or standing.allows(local(visit.starts, visit.zone).date())
    wanted = [] if cleared or standing is None else [WANTED[standing.standing]]
    return wanted + [what for what, known in facts.items() if not known]
