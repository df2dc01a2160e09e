"""The other ways to look at the diary: a week, a list, by rooms, several clinics, paper; and where a visit can move."""

from datetime import date, timedelta

import pytest
import time_machine

from corneum.clinic.diary import actions, queries
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import clocks, make_appointment, minute

TUESDAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def monday_at_eight():
    with time_machine.travel(NOW, tick=False):
        yield


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_week_counts_each_day_and_says_how_full_it_is(cast: Cast):
    make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-11T09:00"), practitioner=cast.nadia, patient=cast.bea)

    everybody = queries.week_of(cast.dana, cast.manchester, TUESDAY - timedelta(days=1), at=NOW)
    rosa = queries.week_of(cast.dana, cast.manchester, TUESDAY - timedelta(days=1), at=NOW, who=cast.rosa.ref)

    assert [len(day.entries) for day in everybody.days] == [0, 1, 1, 0, 0, 0, 0]
    assert [len(day.entries) for day in rosa.days] == [0, 1, 0, 0, 0, 0, 0]
    assert (rosa.days[1].percent, everybody.days[1].percent) == (7, 4)  # 30 of 420 minutes, and of 840
    assert everybody.days[6].percent is None  # nobody works on Sundays


@pytest.mark.parametrize(
    "view", ["2026-03-10/", "2026-03-10/?by=rooms", "2026-W11/", "2026-03-10/list/", "2026-03-10/print/"]
)
def test_every_view_asks_the_same_number_of_questions_however_full(
    client, cast: Cast, view: str, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(cast.dana)
    make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa)
    client.get(f"/desk/diary/{view}")
    with django_assert_max_num_queries(30) as first:
        read(client, f"/desk/diary/{view}")
    for number in range(3):
        one = make_patient(cast.manchester, f"P{number} X")
        make_appointment(cast, minute(f"2026-03-10T1{number}:00"), practitioner=cast.nadia, patient=one)

    with django_assert_num_queries(len(first)):
        page = read(client, f"/desk/diary/{view}")

    assert page.count("P2 X") >= 1


def test_week_that_does_not_exist_is_a_404(client, cast: Cast):
    client.force_login(cast.dana)

    assert client.get("/desk/diary/2026-W60/").status_code == 404


def test_today_opens_the_view_that_this_browser_had_last(client, cast: Cast):
    client.force_login(cast.dana)
    client.get("/desk/diary/2026-03-20/list/")

    assert client.get("/desk/diary/")["Location"] == "/desk/diary/2026-03-09/list/"


def test_list_says_end_room_and_state_of_each(client, cast: Cast):
    make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa)
    client.force_login(cast.dana)

    page = " ".join(read(client, "/desk/diary/2026-03-10/list/").split())

    assert "9:00 to 9:30" in page
    assert "<td>Consulting room " in page


def test_not_settled_lists_earlier_visits_of_which_nobody_said_what_became(client, cast: Cast):
    make_appointment(cast, minute("2026-03-09T11:00"))
    settled = make_appointment(cast, minute("2026-03-09T12:00"), patient=cast.bea)
    with time_machine.travel(NOW + timedelta(hours=5), tick=False):
        actions.mark_noshow(appointment=settled, by=Actor.staff(cast.dana), at=NOW + timedelta(hours=5))
    client.force_login(cast.dana)

    page = read(client, "/desk/diary/2026-03-10/list/?show=unsettled")

    assert ("Alice Ashworth" in page, "Bea Birch" in page) == (True, False)


def test_several_clinics_shows_those_one_may_see_and_no_other(client, cast: Cast):
    make_appointment(cast, minute("2026-03-10T09:00"))
    client.force_login(cast.owen)
    both = read(client, "/desk/diary/2026-03-10/clinics/")
    client.force_login(cast.mallory)
    one = read(client, "/stockport/desk/diary/2026-03-10/clinics/")

    assert ("Alice Ashworth" in both, 'href="/stockport/desk/diary/2026-03-10/"' in both) == (True, True)
    assert ("Alice" in one, "Manchester" in one) == (False, False)


def test_pack_has_telephone_numbers_and_what_was_asked_for_by_person_and_by_room(client, cast: Cast):
    cast.alice.phone = "+447700900123"
    cast.alice.save()
    make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa)
    client.force_login(cast.dana)

    page = read(client, "/desk/diary/2026-03-10/print/")

    assert "07700 900123" in page
    assert page.count("Alice Ashworth") == 2  # under Rosa, and under the consulting room


def test_moving_marks_only_times_at_which_person_room_and_device_are_free(cast: Cast):
    moving = make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-10T11:00"), practitioner=cast.nadia, patient=cast.bea)  # in the only room

    book = queries.day_of(cast.dana, cast.manchester, TUESDAY, at=NOW, moving=moving)

    rosa = next(column for column in book.columns if column.practitioner == cast.rosa)
    marked = clocks([block.starts for block in rosa.blocks if block.kind == "to"])
    assert ("11:00" in marked, "12:30" in marked, "09:00" in marked) == (False, False, False)
    assert marked
    offered = {
        time.starts: time.practitioner_ids
        for time in queries.openings_for(
            clinic=cast.manchester, treatment=cast.consultation, first=TUESDAY, last=TUESDAY, at=NOW,
            patient=cast.alice, ignoring=moving,
        )
    }  # fmt: skip
    assert all(cast.rosa.pk in offered[block.starts] for block in rosa.blocks if block.kind == "to")


def test_a_marked_time_moves_it_to_that_person(client, cast: Cast):
    moving = make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa)
    client.force_login(cast.dana)
    page = read(client, f"/desk/diary/2026-03-11/?move={moving.ref}")
    to = f"/desk/appointments/{moving.ref}/move/?with={cast.nadia.slug}"
    assert f'value="{minute("2026-03-11T10:00")}" formaction="{to}"' in page

    client.post(to, {"starts": minute("2026-03-11T10:00"), "tell": "on", "why": "patient"})

    moving.refresh_from_db()
    assert (moving.starts, moving.practitioner) == (minute("2026-03-11T10:00"), cast.nadia)


def test_a_free_time_leads_to_a_new_appointment_there(client, cast: Cast):
    client.force_login(cast.dana)
    there = f"/desk/appointments/new/?day=2026-03-10&amp;time=9:00&amp;with={cast.rosa.slug}"
    assert there in read(client, "/desk/diary/2026-03-10/")

    page = read(client, there.replace("&amp;", "&"))

    assert 'value="09:00"' in page
    assert f'value="{cast.rosa.slug}" selected' in page
