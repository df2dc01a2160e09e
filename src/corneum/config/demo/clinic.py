"""The two clinics of the demonstration: premises, treatments, people, accounts."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from corneum.clinic.practitioners import actions as practitioners
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises import actions as premises
from corneum.clinic.treatments import actions as treatments
from corneum.clinic.treatments.actions import Needed
from corneum.clinic.treatments.models import Treatment
from corneum.domain.places import Place
from corneum.domain.scheduling.gap import Gap
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit import staff

Week = list[tuple[int, time, time]]
WEEKDAYS, SATURDAY, SUNDAY = (0, 1, 2, 3, 4), (5,), (6,)


@dataclass(slots=True)
class Group:
    """What the rest of the demonstration builds on."""

    main: Clinic
    small: Clinic
    treatments: dict[str, Treatment] = field(default_factory=dict)
    practitioners: dict[str, Practitioner] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


def hours(*stretches: tuple[tuple[int, ...], str, str]) -> Week:
    """Write a week: ((0, 1), "9:00", "12:15") is Monday and Tuesday morning."""
    return [
        (weekday, time.fromisoformat(starts.zfill(5)), time.fromisoformat(ends.zfill(5)))
        for weekdays, starts, ends in stretches
        for weekday in weekdays
    ]


def open_group(*, today: date, at: datetime) -> Group:
    """Open both clinics, as they were set up some time ago."""
    by = Actor.system("demo")
    group = Group(main=_manchester(by, at), small=_buxton(by, at))
    _offer_treatments(group, by, at)
    _make_accounts(group, by, at)
    _take_on_practitioners(group, today, by, at)
    return group


def _manchester(by: Actor, at: datetime) -> Clinic:
    clinic = premises.open_clinic(
        name="Alder Skin Clinic",
        slug="manchester",
        zone="Europe/London",
        line1="14 Alder Row",
        town="Manchester",
        postcode="M1 9ZZ",
        phone="0161 496 0000",
        email="hello@alderskin.example",
        place=Place(53.4808, -2.2426),
        getting_here=(
            "Six minutes on foot from the tram at St Peter's Square. Step-free from the street, with a lift to both floors. "
            "Two parking spaces for blue badge holders behind the building."
        ),
        by=by,
        at=at,
    )
    week = hours((WEEKDAYS, "9:00", "18:00"), (SATURDAY, "9:00", "17:00"), (SUNDAY, "10:00", "16:00"))
    premises.set_opening_hours(clinic=clinic, week=week, by=by, at=at)
    for order, (name, kind) in enumerate((("Room 1", "consulting"), ("Room 2", "treatment"), ("Room 3", "treatment"))):
        premises.add_room(clinic=clinic, name=name, kind=kind, order=order, by=by, at=at)
    for order, unit in enumerate("AB"):
        premises.add_device(
            clinic=clinic,
            name=f"Crystal unit {unit}",
            short_name=f"Unit {unit}",
            kind="crystal-unit",
            serial=f"SAMPLE-{1040 + order}",
            order=order,
            by=by,
            at=at,
        )
    return clinic


def _buxton(by: Actor, at: datetime) -> Clinic:
    clinic = premises.open_clinic(
        name="Alder Skin Clinic Buxton",
        slug="buxton",
        zone="Europe/London",
        line1="3 The Slopes",
        town="Buxton",
        postcode="SK17 9ZZ",
        phone="01632 960 017",
        email="buxton@alderskin.example",
        place=Place(53.2591, -1.9111),
        getting_here="Opposite the gardens, five minutes on foot from the station. One step at the door; we have a ramp.",
        by=by,
        at=at,
    )
    week = hours(((1, 2, 3), "9:30", "17:00"), (SATURDAY, "9:30", "13:00"))
    premises.set_opening_hours(clinic=clinic, week=week, by=by, at=at)
    premises.add_room(clinic=clinic, name="Front room", kind="consulting", by=by, at=at)
    premises.add_room(clinic=clinic, name="Back room", kind="treatment", order=1, by=by, at=at)
    return clinic


# What it feels like, what is seen afterwards, time off, and how many.
FACTS = {
    "consultation": ("Questions and a close look, no treatment", "", "None", "One"),
    "microdermabrasion": (
        "A fine scrub with light suction", "Pink or warm, usually for hours, up to a day", "Most people need none",
        "Often 6, two weeks apart",
    ),
    "superficial-peel": (
        "Stings or tingles for some minutes", "Tight, then flaking for 2 to 5 days", "Plan for visible flaking",
        "Often 4 to 6, two to four weeks apart",
    ),
    "microneedling": (
        "Prickling; a numbing cream is used", "Redness or warmth for 1 to 3 days", "A day or two, if redness would bother you",
        "Often 3 to 6, four to six weeks apart",
    ),
    "ipl": (
        "Like the snap of a warm rubber band", "Red or hot for hours; marks darken, then flake for about a week",
        "Plan for visible marks", "Often 3 to 6, four weeks apart",
    ),
    "care-at-home": ("Little; a new cream can sting", "Nothing to settle", "None", "Every day; creams for spots for 12 weeks"),
    "led": ("Warm, bright light", "Usually nothing to see", "None", "Twice a week for 4 to 8 weeks"),
    "course-review": ("A look at how your skin has changed", "", "None", "After session 3 and at the end"),
}  # fmt: skip
SUMMARIES = {
    "consultation": "A practitioner looks at your skin, asks about your health and tells you what could help, and what would not.",
    "microdermabrasion": "Fine crystals and light suction take off the dead outer cells of the skin.",
    "superficial-peel": "A mild acid loosens the outer layer of the skin, which then flakes away.",
    "microneedling": "Very fine needles make tiny channels, and the skin repairs itself.",
    "ipl": "Short flashes of bright light warm brown marks and fine veins.",
    "care-at-home": "A gentle wash, a plain moisturiser and sun cream, and a pharmacist or GP where one comes first.",
    "led": "Red or blue light, used for mild spots and for comfort after other treatments.",
    "course-review": "We look at how your skin has changed and decide together what comes next.",
}


# Days between two sessions: sooner than ten after microdermabrasion the outer layer may not have rebuilt (trade
# articles; a split-face trial of six sessions recommends two weeks). The others are customary. A sample that a
# clinician must approve.
GAPS = {
    "microdermabrasion": Gap(10, 28),
    "superficial-peel": Gap(14, 42),
    "microneedling": Gap(28, 70),
    "ipl": Gap(21, 60),
}


def _offer_treatments(group: Group, by: Actor, at: datetime) -> None:
    room, treatment_room = Needed("room", after=5), Needed("room", "treatment", before=5, after=10)
    person, person_after = Needed("practitioner"), Needed("practitioner", after=5)
    unit = Needed("device", "crystal-unit", after=10)
    offered = (
        # slug, name, short name, kind, family, minutes, needs, prices in Manchester and Buxton
        ("consultation", "Skin consultation", "Consultation", "consultation", "consultations", 30, (person_after, room), (2500, 2500)),
        ("microdermabrasion", "Medical microdermabrasion", "Microdermabrasion", "treatment", "resurfacing", 30,
         (person_after, treatment_room, unit), (8500, None)),
        ("superficial-peel", "Superficial chemical peel", "Light peel", "treatment", "peels", 45,
         (person_after, treatment_room), (11000, 10500)),
        ("microneedling", "Microneedling", "Microneedling", "treatment", "resurfacing", 60, (person_after, treatment_room), (19500, None)),
        ("led", "LED light", "LED light", "treatment", "other", 20, (person, treatment_room), (4500, 4500)),
        ("ipl", "Intense pulsed light (IPL)", "IPL", "treatment", "other", 40, (person_after, treatment_room), (14500, None)),
        ("care-at-home", "Care at home, or your GP first", "Care at home", "care", "other", 5, (), (None, None)),
        ("course-review", "Course review", "Course review", "review", "reviews", 20, (person, room), (0, 0)),
    )  # fmt: skip
    for order, (slug, name, short, kind, family, minutes, needs, prices) in enumerate(offered):
        feels, afterwards, time_off, course = FACTS[slug]
        group.treatments[slug] = treatment = treatments.add_treatment(
            slug=slug,
            name=name,
            short_name=short,
            kind=kind,
            family=family,
            summary=SUMMARIES[slug],
            minutes=minutes,
            needs=needs,
            feels_like=feels,
            afterwards=afterwards,
            time_off=time_off,
            course=course,
            order=order,
            is_bookable_online=slug == "consultation",
            gap=GAPS.get(slug, Gap()),
            by=by,
            at=at,
        )
        for clinic, price in zip((group.main, group.small), prices, strict=True):
            if price is not None:
                note = "taken off your first session" if slug == "consultation" else ""
                treatments.offer_treatment(
                    clinic=clinic, treatment=treatment, price_pence=price, price_note=note, by=by, at=at
                )


def _make_accounts(group: Group, by: Actor, at: datetime) -> None:
    accounts = (
        ("jo", "Jo Barnes", ((group.main, "desk"),)),
        ("rosa", "Rosa Lindqvist", ((group.main, "practitioner"),)),
        (
            "nadia",
            "Nadia Farrow",
            ((group.main, "owner"), (group.small, "owner"), (group.main, "lead"), (group.small, "lead")),
        ),
        ("sam", "Sam Okell", ((group.small, "desk"),)),
    )
    for key, name, roles in accounts:
        user = staff.add_user(email=f"{key}@alderskin.example", name=name, password=None, by=by, at=at)
        for clinic, role in roles:
            staff.give_role(user=user, clinic=clinic, role=role, by=by, at=at)
        group.users[key] = user


def _take_on_practitioners(group: Group, today: date, by: Actor, at: datetime) -> None:
    since, later = today - timedelta(days=400), today + timedelta(days=240)
    checked_at = at + timedelta(days=365)
    people = (
        # key, name, profession, letters, register, sample number, registered until, clinic, user, week
        ("rosa", "Rosa Lindqvist", "registered nurse", "RN", "NMC", "00X0000X", later, group.main, "rosa",
         hours((WEEKDAYS, "9:00", "12:00"), (WEEKDAYS, "12:45", "17:00"), (SUNDAY, "10:00", "16:00"))),
        ("nadia", "Dr Nadia Farrow", "doctor and medical director", "", "GMC", "0000000", later, group.main, "nadia",
         hours(((0, 1, 3, 4), "10:00", "12:00"), ((0, 1, 3, 4), "13:00", "18:00"), (SATURDAY, "9:00", "14:00"))),
        ("tom", "Tom Adeyemi", "registered nurse", "RN", "NMC", "00X0001X", today + timedelta(days=12), group.main, None,
         hours(((1, 2, 3, 4), "9:00", "14:00"), (SATURDAY, "9:00", "12:30"), (SATURDAY, "13:00", "17:00"), (SUNDAY, "10:00", "16:00"))),
        ("imogen", "Imogen Vance", "registered nurse", "RN", "NMC", "00X0002X", later, group.small, None,
         hours(((1, 2, 3), "9:30", "12:30"), ((1, 2, 3), "13:15", "17:00"), (SATURDAY, "9:30", "13:00"))),
    )  # fmt: skip
    for order, (key, name, profession, letters, body, number, until, clinic, user, week) in enumerate(people):
        practitioner = practitioners.add_practitioner(
            slug=name.lower().replace("dr ", "").replace(" ", "-"),
            name=name,
            profession=profession,
            post_nominals=letters,
            user=group.users.get(user or ""),
            order=order,
            by=by,
            at=at,
        )
        practitioners.record_registration(
            practitioner=practitioner,
            body=body,
            number=number,
            valid_from=since,
            valid_until=until,
            checked_by=group.users["nadia"],
            is_sample=True,
            by=by,
            at=checked_at,
        )
        for slug, treatment in group.treatments.items():
            if treatment.kind != "care" and not (key == "tom" and slug in {"microneedling", "ipl"}):
                practitioners.qualify(practitioner=practitioner, treatment=treatment, valid_from=since, by=by, at=at)
        practitioners.set_working_hours(
            practitioner=practitioner, clinic=clinic, week=week, valid_from=since, by=by, at=at
        )
        group.practitioners[key] = practitioner
