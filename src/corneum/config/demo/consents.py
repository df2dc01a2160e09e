"""What the demonstration's patients were told and have signed: most have, one reflects, one is to sign, one has withdrawn."""

from datetime import datetime, timedelta

from corneum.clinic.consent import actions, queries, words
from corneum.clinic.consent.models import Information
from corneum.clinic.consent.sample import SAMPLES
from corneum.clinic.diary.models import Appointment
from corneum.config.demo.clinic import Group
from corneum.domain.consent.text import fingerprint
from corneum.platform.accounts.actors import PATIENT, Actor

APPROVED = ("microdermabrasion", "superficial-peel")  # the other samples wait for a clinician
FOUND = dict.fromkeys(("saw_alternatives", "understands", "remembers", "weighs", "says", "is_free"), True)
EXPLAINED = (
    "Pink for a day, small bruises from the suction now and then. Dark marks are rarer, and can last for months: sun cream "
    "every day. We look again after the third session, and stop if it does too little."
)
DAY = timedelta(days=1)


def sign(group: Group, *, at: datetime) -> None:
    """Approve two texts, and take those who come for microdermabrasion as far as each has come."""
    nadia = group.users["nadia"]
    by, long_ago = Actor.staff(nadia), at - 60 * DAY
    for slug in SAMPLES:
        document = actions.begin_document(treatment=group.treatments[slug], user=nadia, by=by, at=long_ago)
        version = queries.latest(document)
        if slug in APPROVED and version is not None:
            actions.approve_version(version=version, asks_anew=False, user=nadia, by=by, at=long_ago)
    visits = Appointment.objects.filter(
        clinic=group.main, treatment=group.treatments["microdermabrasion"], starts__gt=at.timestamp() // 60,
        practitioner__user__isnull=False, status=Appointment.Status.BOOKED,
    ).exclude(patient__email="").order_by("starts", "pk")  # fmt: skip
    first: dict[int, Appointment] = {}
    for visit in visits.select_related("patient__clinic", "treatment", "practitioner__user", "clinic"):
        first.setdefault(visit.patient_id, visit)
    for number, visit in enumerate(first.values()):
        _as_far(visit, number, group, at=at)


def _as_far(visit: Appointment, number: int, group: Group, *, at: datetime) -> None:
    """Take one patient as far as their number says: of the first five one to each state, then three of four all the way."""
    if number == 0:
        _given(visit, group, at=at - timedelta(hours=3))
    elif number == 1:
        _talked(visit, _given(visit, group, at=at - 4 * DAY), at=at - timedelta(hours=1))
    elif number == 2:
        information = _signed(visit, group, at=at - 2 * DAY)
        actions.withdraw_consent(information=information, user=None, by=PATIENT, at=at - timedelta(hours=2))
    elif number == 3 or number % 4:
        _signed(visit, group, at=at - 2 * DAY)


def _given(visit: Appointment, group: Group, *, at: datetime) -> Information:
    desk = group.users["rosa"]
    return actions.give_information(
        patient=visit.patient, treatment=visit.treatment, way="email", user=desk, by=Actor.staff(desk), at=at
    )


def _talked(visit: Appointment, information: Information, *, at: datetime) -> None:
    user = visit.practitioner.user
    assert user is not None
    actions.talk_through(
        information=information, treats=visit.practitioner, explained=EXPLAINED,
        questions="Can I swim at the weekend? Not for two days.", found=FOUND, user=user, by=Actor.staff(user), at=at,
    )  # fmt: skip


def _signed(visit: Appointment, group: Group, *, at: datetime) -> Information:
    information = _given(visit, group, at=at - 5 * DAY)
    _talked(visit, information, at=at)
    information = queries.information_at(visit.clinic, information.code)
    talk = queries.talk_of(information)
    assert talk is not None
    actions.sign_consent(
        information=information, name=visit.patient.name, drawn="", way="own",
        seen=fingerprint(words.to_sign(information, talk)), by=PATIENT, at=at + timedelta(minutes=10),
    )  # fmt: skip
    actions.choose_pictures(
        patient=visit.patient, choices={"record": True, "teaching": False, "publication": False, "advertising": False},
        user=None, by=PATIENT, at=at + timedelta(minutes=12),
    )  # fmt: skip
    return information
