"""Whose registration ends, and the visits that no longer stand on one."""

from datetime import date, timedelta

import time_machine

from corneum.clinic.credentials.queries import standings
from corneum.clinic.practitioners.models import Qualification, Registration
from corneum.domain.credentials import Ending
from tests.factories import booking
from tests.factories.cast import NOW, Cast
from tests.factories.diary import minute
from tests.factories.sign_in import DeskClient

TODAY = NOW.date()


def of(cast: Cast, person):
    return next(one for one in standings(cast.manchester, at=NOW) if one.person == person)


def end(person, last: date) -> None:
    Registration.objects.filter(practitioner=person).update(valid_until=last)


def test_standings_speak_of_an_end_before_it_comes_and_on_the_day_after(cast: Cast) -> None:
    end(cast.rosa, TODAY + timedelta(days=7))
    assert of(cast, cast.rosa).registration.ending is Ending.WITHIN_7

    end(cast.rosa, TODAY - timedelta(days=1))
    assert of(cast, cast.rosa).registration.ending is Ending.OVER


def test_standings_list_visits_on_days_when_a_registration_has_ended(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        visit = booking.book(DeskClient(), minute("2026-03-10T10:00"))
    person = visit.practitioner
    end(person, date(2026, 3, 10))
    assert list(of(cast, person).visits) == []

    end(person, date(2026, 3, 9))

    assert list(of(cast, person).visits) == [visit]
    assert standings(cast.manchester, at=NOW)[0].person == person


def test_standings_list_visits_on_days_when_training_has_ended(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        visit = booking.book(DeskClient(), minute("2026-03-10T10:00"))
    Qualification.objects.filter(practitioner=visit.practitioner, treatment=visit.treatment).update(
        valid_from=date(2025, 1, 1), valid_until=date(2026, 3, 9)
    )

    assert list(of(cast, visit.practitioner).visits) == [visit]


def test_page_names_what_ends_and_no_patient(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        visit = booking.book(DeskClient(), minute("2026-03-10T10:00"))
        end(visit.practitioner, date(2026, 3, 9))
        owner = DeskClient()
        owner.force_login(cast.owen)

        page = owner.get("/desk/clinic/credentials/").content.decode()

    assert "1 visit booked for when somebody may not treat" in page
    assert f'href="/desk/appointments/{visit.ref}/"' in page
    assert visit.patient.name not in page


def test_page_is_for_whoever_runs_the_clinic_there_alone(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        for user in (cast.dana, cast.mallory):
            client = DeskClient(raise_request_exception=False)
            client.force_login(user)
            assert client.get("/desk/clinic/credentials/").status_code in {403, 404}
