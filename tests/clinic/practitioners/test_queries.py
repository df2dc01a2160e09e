"""Who may be shown, who may treat, and when they work."""

from datetime import date, time, timedelta

from corneum.clinic.practitioners import queries
from corneum.clinic.practitioners.models import Qualification, Registration, WorkingHours
from corneum.domain.scheduling.wall import span_on
from tests.factories.cast import NOW, Cast

DAY = date(2026, 3, 10)  # a Tuesday
NEXT_DAY = DAY + timedelta(days=1)


def end_registration(practitioner, last_day: date) -> None:
    Registration.objects.filter(practitioner=practitioner).update(valid_until=last_day)


def test_shown_at_a_clinic_are_those_on_its_rota_with_their_registrations(
    cast: Cast, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        shown = [(who.name, [entry.number for entry in who.valid_registrations]) for who in _shown(cast)]

    assert shown == [("Rosa Lindley", ["00A0001E"]), ("Nadia Rahman", ["00A0002E"])]
    assert list(queries.shown_at(cast.stockport, DAY)) == [cast.sian]


def _shown(cast: Cast, day: date = DAY):
    return queries.shown_at(cast.manchester, day)


def test_shown_at_leaves_out_a_registration_and_then_a_person_once_it_has_ended(cast: Cast) -> None:
    end_registration(cast.rosa, DAY)
    Registration.objects.create(
        practitioner=cast.nadia, body="GMC", number="0000001", valid_from=NEXT_DAY, valid_until=date(2027, 1, 1)
    )

    today = {who: [entry.body for entry in who.valid_registrations] for who in _shown(cast)}
    tomorrow = {who: [entry.body for entry in who.valid_registrations] for who in _shown(cast, NEXT_DAY)}

    assert today == {cast.rosa: ["NMC"], cast.nadia: ["NMC"]}
    assert tomorrow == {cast.nadia: ["GMC", "NMC"]}


def test_shown_at_leaves_out_who_has_left(cast: Cast) -> None:
    cast.rosa.is_active = False
    cast.rosa.save()
    WorkingHours.objects.filter(practitioner=cast.nadia).update(valid_until=DAY)

    assert list(_shown(cast)) == [cast.nadia]
    assert list(_shown(cast, NEXT_DAY)) == []


def test_may_give_needs_training_and_registration_on_that_very_day(cast: Cast) -> None:
    end_registration(cast.rosa, DAY)
    Qualification.objects.filter(practitioner=cast.nadia).update(valid_from=NEXT_DAY)

    assert list(queries.may_give(cast.microdermabrasion, DAY)) == [cast.rosa]
    assert list(queries.may_give(cast.microdermabrasion, NEXT_DAY)) == [cast.nadia]
    assert list(queries.may_give(cast.peel, NEXT_DAY)) == []


def test_working_intervals_follow_the_rota_in_force_on_each_day(cast: Cast, django_assert_num_queries) -> None:
    WorkingHours.objects.filter(practitioner=cast.nadia).update(valid_until=DAY)
    WorkingHours.objects.create(
        practitioner=cast.nadia, clinic=cast.manchester, weekday=2, starts=time(12), ends=time(20), valid_from=NEXT_DAY
    )

    with django_assert_num_queries(2):
        found = queries.working_intervals(cast.manchester, DAY, NEXT_DAY)

    morning, afternoon = (time(9), time(12, 30)), (time(13, 30), time(17))
    assert found == {
        cast.rosa.pk: [
            span_on(day, *part, "Europe/London") for day in (DAY, NEXT_DAY) for part in (morning, afternoon)
        ],
        cast.nadia.pk: [
            *(span_on(DAY, *part, "Europe/London") for part in (morning, afternoon)),
            span_on(NEXT_DAY, time(12), time(20), "Europe/London"),
        ],
    }


def test_working_intervals_leave_out_who_has_left(cast: Cast) -> None:
    cast.rosa.is_active = False
    cast.rosa.save()

    assert set(queries.working_intervals(cast.manchester, DAY, DAY)) == {cast.nadia.pk}
    assert NOW.date() < DAY
