"""Which visits a change would leave without a place: what is said beforehand is what is so afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, time
from itertools import product

import pytest
from django.db import connection

from corneum.clinic.diary.actions import block_time, book_appointment
from corneum.clinic.diary.models import Appointment, Block, Owner
from corneum.clinic.diary.queries import openings_for
from corneum.clinic.practitioners import actions as practitioners
from corneum.clinic.premises import actions as premises
from corneum.clinic.setup.fitting import visits_that_would_not_fit
from corneum.clinic.treatments import actions as treatments
from corneum.clinic.treatments.models import Need, Offer
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY, GOOD_FRIDAY = date(2026, 3, 10), date(2026, 3, 11), date(2026, 4, 3)


@pytest.fixture
def owen(cast: Cast) -> Actor:
    """The owner, who sets the clinic up."""
    return Actor.staff(cast.owen)


@pytest.fixture
def visits(cast: Cast) -> list[Appointment]:
    """A dozen visits of all kinds, on Tuesday, Wednesday and Good Friday."""
    wanted = [
        (cast.consultation, cast.rosa, "T09:00"),
        (cast.consultation, cast.nadia, "T10:00"),
        (cast.microdermabrasion, cast.rosa, "T11:00"),
        (cast.peel, cast.rosa, "T13:30"),
        (cast.microdermabrasion, cast.nadia, "T15:45"),
    ]
    return [
        make_appointment(
            cast, minute(f"{day}{clock}"), treatment=treatment, practitioner=person,
            patient=make_patient(cast.manchester, f"Patient {day}{clock}"),
        )
        for day, (treatment, person, clock) in product((TUESDAY, WEDNESDAY), wanted)
    ] + [
        book_appointment(
            clinic=cast.manchester, treatment=cast.consultation, starts=minute("2026-04-03T10:00") - 60,
            practitioner=cast.rosa, patient=cast.alice, note="", by=Actor.staff(cast.dana), at=NOW,
        )
    ]  # fmt: skip


def rules_of(offer: Offer, **changed: object) -> treatments.Rules:
    """The rules as they are, but for these."""
    kept = {name: getattr(offer, name) for name in treatments.Rules.__dataclass_fields__}
    return treatments.Rules(**kept | changed)


def week(*weekdays: int, to: time = time(17)) -> list[tuple[int, time, time]]:
    """Nine to five, or to another hour, on these weekdays."""
    return [(weekday, time(9), to) for weekday in weekdays]


def lengthen(cast: Cast, owen: Actor, minutes: int, after: int = 10) -> object:
    """Let microdermabrasion take so long, and its practitioner so long afterwards."""
    need = Need.objects.get(treatment=cast.microdermabrasion, what="practitioner")
    return treatments.set_length(
        treatment=cast.microdermabrasion, minutes=minutes, buffers={need.pk: (0, after)}, by=owen, at=NOW
    )


def block(cast: Cast, owen: Actor, owner: Owner, kind: str = "leave") -> object:
    """Block all of Tuesday."""
    return block_time(
        clinic=cast.manchester, owners=[owner], kind=kind,
        spans=[Interval(minute("2026-03-10T00:00"), minute("2026-03-11T00:00"))], by=owen, at=NOW,
    )  # fmt: skip


def set_rules(cast: Cast, owen: Actor, **changed: object) -> object:
    """Change some rules of consultations."""
    offer = Offer.objects.get(clinic=cast.manchester, treatment=cast.consultation)
    return treatments.set_rules(offer=offer, rules=rules_of(offer, **changed), by=owen, at=NOW)


Change = Callable[[Cast, Actor], object]
CHANGES: dict[str, tuple[Change, int]] = {
    "nothing": (set_rules, 0),
    "closes at four": (
        lambda cast, owen: premises.set_opening_hours(
            clinic=cast.manchester, week=week(*range(6), to=time(16)), by=owen, at=NOW
        ),
        2,
    ),
    "closed on Tuesdays": (
        lambda cast, owen: premises.set_opening_hours(
            clinic=cast.manchester, week=week(0, 2, 3, 4, 5), by=owen, at=NOW
        ),
        5,
    ),
    "special hours": (
        lambda cast, owen: premises.set_special_hours(
            clinic=cast.manchester, day=TUESDAY, stretches=[(time(10), time(12))], by=owen, at=NOW
        ),
        3,
    ),
    "closure": (
        lambda cast, owen: premises.close_on(
            clinic=cast.manchester, day=TUESDAY, last=WEDNESDAY, reason="Flood", by=owen, at=NOW
        ),
        10,
    ),
    "holidays": (
        lambda cast, owen: premises.keep_holidays(clinic=cast.manchester, nation="GB-ENG", by=owen, at=NOW),
        1,
    ),
    "rota": (
        lambda cast, owen: practitioners.set_rota(
            practitioner=cast.rosa,
            clinic=cast.manchester,
            weeks=[week(*range(6)), []],
            valid_from=TUESDAY,
            by=owen,
            at=NOW,
        ),
        1,
    ),
    "a day off": (
        lambda cast, owen: practitioners.set_rota_day(
            practitioner=cast.rosa, clinic=cast.manchester, day=TUESDAY, stretches=[], by=owen, at=NOW
        ),
        3,
    ),
    "longer": (lambda cast, owen: lengthen(cast, owen, 95), 4),
    "longer buffer": (lambda cast, owen: lengthen(cast, owen, 45, after=120), 2),
    "other weekdays": (lambda cast, owen: set_rules(cast, owen, weekdays=0b1111101), 2),
    "another step": (lambda cast, owen: set_rules(cast, owen, step_minutes=120), 2),
    "fewer a day": (lambda cast, owen: set_rules(cast, owen, most_per_day=1), 4),
    "longer notice": (lambda cast, owen: set_rules(cast, owen, free_cancel_hours=72), 0),
    "service due": (
        lambda cast, owen: premises.change_device(
            device=cast.crystal, places=1, room=None, service_due=TUESDAY, is_active=True, by=owen, at=NOW
        ),
        2,
    ),
    "device gone": (
        lambda cast, owen: premises.change_device(
            device=cast.crystal, places=1, room=None, service_due=None, is_active=False, by=owen, at=NOW
        ),
        4,
    ),
    "leave": (lambda cast, owen: block(cast, owen, Owner("practitioner", cast.rosa.pk)), 3),
    "device broken": (lambda cast, owen: block(cast, owen, Owner("device", cast.crystal.pk), "out-of-order"), 2),
    "room flooded": (lambda cast, owen: block(cast, owen, Owner("room", cast.consulting_room.pk), "maintenance"), 2),
    "room gone": (
        lambda cast, owen: premises.change_room(room=cast.consulting_room, places=1, is_active=False, by=owen, at=NOW),
        5,
    ),
}


def is_offered(visit: Appointment) -> bool:
    """Ask the search that everybody asks whether this very time would be offered, were the visit not there."""
    day = local(visit.starts, visit.zone).date()
    offered = openings_for(
        clinic=visit.clinic, treatment=visit.treatment, first=day, last=day, at=NOW,
        practitioner=visit.practitioner, ignoring=visit,
    )  # fmt: skip
    return visit.starts in {time.starts for time in offered}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_said_beforehand_is_what_is_so_afterwards(
    cast: Cast, owen: Actor, visits: list[Appointment], name: str
):
    change, expected = CHANGES[name]
    assert all(is_offered(visit) for visit in visits)

    misfits = visits_that_would_not_fit(lambda: change(cast, owen), clinics=[cast.manchester], at=NOW)

    assert len(misfits) == expected
    assert all(is_offered(visit) for visit in visits)  # nothing has been changed by asking
    change(cast, owen)
    lost = {misfit.visit.pk for misfit in misfits if not misfit.elsewhere}
    assert {visit.pk for visit in visits if not is_offered(visit)} == lost


def test_visit_whose_room_goes_is_named_although_another_room_is_free(
    cast: Cast, owen: Actor, visits: list[Appointment]
):
    visit = next(one for one in visits if one.treatment == cast.peel)
    room = next(slot.schedule.room for slot in visit.slots.all() if slot.schedule.room)

    misfits = visits_that_would_not_fit(
        lambda: premises.change_room(room=room, places=1, is_active=False, by=owen, at=NOW),
        clinics=[cast.manchester], at=NOW,
    )  # fmt: skip

    assert (visit.pk, True) in {(misfit.visit.pk, misfit.elsewhere) for misfit in misfits}


def test_asking_leaves_no_trace(cast: Cast, owen: Actor, visits: list[Appointment]):
    events = AuditEvent.objects.count()

    visits_that_would_not_fit(
        lambda: block(cast, owen, Owner("practitioner", cast.rosa.pk)), clinics=[cast.manchester], at=NOW
    )

    assert (AuditEvent.objects.count(), Block.objects.count()) == (events, 0)


def test_visit_that_does_not_fit_as_things_stand_is_no_longer_spoken_of(
    cast: Cast, owen: Actor, visits: list[Appointment]
):
    practitioners.set_rota_day(
        practitioner=cast.rosa, clinic=cast.manchester, day=TUESDAY, stretches=[], by=owen, at=NOW
    )

    misfits = visits_that_would_not_fit(
        lambda: premises.close_on(clinic=cast.manchester, day=TUESDAY, reason="Flood", by=owen, at=NOW),
        clinics=[cast.manchester], at=NOW,
    )  # fmt: skip

    assert {misfit.visit.practitioner for misfit in misfits} == {cast.nadia}
    assert len(misfits) == 2


def test_change_that_bears_on_nothing_searches_for_nothing(
    cast: Cast,
    owen: Actor,
    visits: list[Appointment],
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
):
    with django_assert_max_num_queries(80):  # how the clinic is set up is read twice; a dozen searches would ask more
        assert not visits_that_would_not_fit(
            lambda: practitioners.set_rota_day(
                practitioner=cast.rosa, clinic=cast.manchester, day=date(2026, 3, 30), stretches=[], by=owen, at=NOW
            ),
            clinics=[cast.manchester], at=NOW,
        )  # fmt: skip
    assert connection.in_atomic_block
