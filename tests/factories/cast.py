"""The cast: a group of two clinics, and the people who work and are treated there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import product

from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner, Qualification, Registration, WorkingHours
from corneum.clinic.premises.models import Device, OpeningHours, Premises, Room
from corneum.clinic.treatments.models import Need, Offer, Treatment
from corneum.platform.accounts.models import Clinic, Membership, Role, User

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # a Monday, an hour before the clinics open
LONG_AGO = date(2025, 1, 1)
MONDAY_TO_SATURDAY = range(6)


@dataclass(frozen=True, slots=True)
class Cast:
    """
    Everybody and everything that a test may ask for.

    Both clinics are open from Monday to Saturday, nine to five. Rosa and Nadia work all that time
    at Manchester but for lunch, half past twelve to half past one; Sian does so at Stockport. All
    three give consultations, Rosa and Nadia microdermabrasion, and Rosa alone the peel. There is
    one consulting room at either clinic, and at Manchester two treatment rooms and one device.
    """

    manchester: Clinic
    stockport: Clinic
    consultation: Treatment
    microdermabrasion: Treatment
    peel: Treatment
    consulting_room: Room
    treatment_room_1: Room
    treatment_room_2: Room
    stockport_room: Room
    crystal: Device
    rosa: Practitioner
    nadia: Practitioner
    sian: Practitioner
    dana: User  # front desk at Manchester
    priya: User  # Nadia's way of signing in: a practitioner at Manchester
    lena: User  # medical lead at Manchester
    owen: User  # owner of both clinics
    mallory: User  # front desk at Stockport, who must never see Manchester
    alice: Patient
    bea: Patient


def make_group() -> Cast:
    """Make both clinics with everybody and everything in them."""
    manchester = make_clinic("Manchester", is_main=True)
    stockport = make_clinic("Stockport")
    dana = make_user("Dana Okafor", {manchester: Role.DESK})
    priya = make_user("Priya Raman", {manchester: Role.PRACTITIONER})
    lena = make_user("Lena Castell", {manchester: Role.LEAD})
    owen = make_user("Owen Price", {manchester: Role.OWNER, stockport: Role.OWNER})
    mallory = make_user("Mallory Quinn", {stockport: Role.DESK})
    consultation, microdermabrasion, peel = _make_treatments(manchester)
    make_offer(stockport, consultation, price_pence=4500)
    return Cast(
        manchester=manchester,
        stockport=stockport,
        consultation=consultation,
        microdermabrasion=microdermabrasion,
        peel=peel,
        consulting_room=make_room(manchester, "Consulting room", Room.Kind.CONSULTING),
        treatment_room_1=make_room(manchester, "Treatment room 1", Room.Kind.TREATMENT, order=1),
        treatment_room_2=make_room(manchester, "Treatment room 2", Room.Kind.TREATMENT, order=2),
        stockport_room=make_room(stockport, "Consulting room", Room.Kind.CONSULTING),
        crystal=make_device(manchester, "Crystal unit", "crystal-unit"),
        rosa=make_practitioner("Rosa Lindley", manchester, [consultation, microdermabrasion, peel], order=1),
        nadia=make_practitioner("Nadia Rahman", manchester, [consultation, microdermabrasion], order=2, user=priya),
        sian=make_practitioner("Sian Howell", stockport, [consultation], order=3),
        dana=dana,
        priya=priya,
        lena=lena,
        owen=owen,
        mallory=mallory,
        alice=make_patient(manchester, "Alice Ashworth"),
        bea=make_patient(manchester, "Bea Birch"),
    )


def make_clinic(name: str, *, is_main: bool = False) -> Clinic:
    """Make a clinic with an address, open from Monday to Saturday, nine to five."""
    slug = name.lower()
    clinic = Clinic.objects.create(slug=slug, name=name, is_main=is_main)
    Premises.objects.create(
        clinic=clinic, line1="1 Example Street", town=name, postcode="M1 1AA", phone="+441614960000",
        email=f"hello@{slug}.example",
    )  # fmt: skip
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=time(9), closes=time(17)) for weekday in MONDAY_TO_SATURDAY
    )
    return clinic


def make_user(name: str, roles: dict[Clinic, Role]) -> User:
    """Make somebody who works here; tests sign them in with force_login, so they have no password."""
    user = User(email=f"{name.split(maxsplit=1)[0].lower()}@corneum.example", name=name, created_at=NOW)
    user.set_unusable_password()
    user.save()
    Membership.objects.bulk_create(Membership(user=user, clinic=clinic, role=role) for clinic, role in roles.items())
    return user


def _make_treatments(clinic: Clinic) -> tuple[Treatment, Treatment, Treatment]:
    """Make the three treatments with what they need, and offer them at this clinic."""
    practitioner, room, device = Need.What.PRACTITIONER, Need.What.ROOM, Need.What.DEVICE
    consultation = make_treatment(
        "Consultation", Treatment.Kind.CONSULTATION, Treatment.Family.CONSULTATIONS, minutes=30, order=1,
        needs=[(practitioner, "", 0, 5), (room, "consulting", 0, 0)],
    )  # fmt: skip
    microdermabrasion = make_treatment(
        "Microdermabrasion", Treatment.Kind.TREATMENT, Treatment.Family.RESURFACING, minutes=45, order=2,
        needs=[(practitioner, "", 0, 10), (room, "treatment", 10, 15), (device, "crystal-unit", 5, 15)],
    )  # fmt: skip
    peel = make_treatment(
        "Glycolic peel", Treatment.Kind.TREATMENT, Treatment.Family.PEELS, minutes=30, order=3,
        needs=[(practitioner, "", 5, 5), (room, "treatment", 5, 10)],
    )  # fmt: skip
    for treatment, price in ((consultation, 4500), (microdermabrasion, 8500), (peel, 9500)):
        make_offer(clinic, treatment, price_pence=price)
    return consultation, microdermabrasion, peel


def make_treatment(
    name: str,
    kind: Treatment.Kind,
    family: Treatment.Family,
    *,
    minutes: int,
    order: int = 0,
    needs: list[tuple[Need.What, str, int, int]],
) -> Treatment:
    """Make a treatment; each need is what, of which kind, and the minutes before and after."""
    treatment = Treatment.objects.create(
        slug=name.lower().replace(" ", "-"), name=name, short_name=name, kind=kind, family=family,
        summary=f"What a {name.lower()} is.", minutes=minutes, order=order,
        is_bookable_online=kind == Treatment.Kind.CONSULTATION,
    )  # fmt: skip
    Need.objects.bulk_create(
        Need(treatment=treatment, what=what, kind=of_kind, before=before, after=after)
        for what, of_kind, before, after in needs
    )
    return treatment


def make_offer(clinic: Clinic, treatment: Treatment, *, price_pence: int) -> Offer:
    """Offer a treatment at a clinic: two hours' notice, sixty days ahead, every quarter of an hour."""
    return Offer.objects.create(clinic=clinic, treatment=treatment, price_pence=price_pence)


def make_room(clinic: Clinic, name: str, kind: Room.Kind, *, order: int = 0) -> Room:
    """Make a room."""
    return Room.objects.create(clinic=clinic, name=name, kind=kind, order=order)


def make_device(clinic: Clinic, name: str, kind: str, *, order: int = 0) -> Device:
    """Make a device."""
    return Device.objects.create(
        clinic=clinic, name=name, short_name=name[:16], kind=kind, serial=f"SAMPLE-{kind}-{order}", order=order
    )


def make_practitioner(
    name: str, clinic: Clinic, treatments: list[Treatment], *, order: int = 0, user: User | None = None
) -> Practitioner:
    """Make a registered nurse who works at this clinic whenever it is open, but for lunch."""
    practitioner = Practitioner.objects.create(
        slug=name.lower().replace(" ", "-"), name=name, profession="registered nurse", order=order, user=user
    )
    Registration.objects.create(
        practitioner=practitioner, body=Registration.Body.NMC, number=f"00A000{order}E", is_sample=True,
        valid_from=LONG_AGO, valid_until=date(2027, 3, 31),
    )  # fmt: skip
    Qualification.objects.bulk_create(
        Qualification(practitioner=practitioner, treatment=treatment, valid_from=LONG_AGO) for treatment in treatments
    )
    stretches = ((time(9), time(12, 30)), (time(13, 30), time(17)))
    WorkingHours.objects.bulk_create(
        WorkingHours(
            practitioner=practitioner, clinic=clinic, weekday=weekday, starts=starts, ends=ends, valid_from=LONG_AGO
        )
        for weekday, (starts, ends) in product(MONDAY_TO_SATURDAY, stretches)
    )
    return practitioner


def make_patient(clinic: Clinic, name: str = "Alice Ashworth", *, email: str = "", phone: str = "") -> Patient:
    """Make a patient, reached by e-mail unless the test says otherwise."""
    if not email and not phone:
        email = f"{name.split(maxsplit=1)[0].lower()}@patients.example"
    return Patient.objects.create(clinic=clinic, name=name, email=email, phone=phone, created_at=NOW)
