"""The desk plans a course, changes a line, books it, and plans the rest anew: every page without a script."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from corneum.clinic.courses.models import Course
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Treatment
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, make_device
from tests.factories.courses import make_course
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client, cast):
    """Sit Dana down."""
    client.force_login(cast.dana)
    return client


def asked(**changes):
    """Ask for four sessions a fortnight apart."""
    return {
        "treatment": "microdermabrasion",
        "visits": "4",
        "ideal_days": "14",
        "min_days": "10",
        "max_days": "18",
        "first": "2026-03-10",
        **changes,
    }


def plan_address(cast):
    """Say where a course for Alice is planned."""
    return f"/desk/patients/{cast.alice.ref}/course/"


def times_of(page):
    """Read which times a page would book."""
    return [line.chosen for line in page.context["lines"]]


def test_plan_asks_what_the_course_is_to_be(desk, cast):
    page = desk.get(plan_address(cast))

    assert page.status_code == 200
    assert "Find times" in page.content.decode()
    assert page.context["form"]["first"].value() == date(2026, 3, 10)


def test_plan_says_what_is_wrong_and_keeps_what_was_typed(desk, cast):
    page = desk.get(plan_address(cast), asked(min_days="20", visits="1", first="2026-03-01"))

    assert page.status_code == 422
    assert page.context["form"].errors == {
        "visits": ["Number of visits must be a whole number from 2 to 24"],
        "ideal_days": ["The best number of days must lie between the least and the most"],
        "first": ["The first visit cannot be in the past"],
    }


def test_plan_refuses_somebody_who_does_not_give_the_treatment(desk, cast):
    page = desk.get(plan_address(cast), asked(treatment="glycolic-peel", practitioner=cast.nadia.ref))

    assert page.context["form"].errors == {"practitioner": ["Choose somebody who gives this treatment"]}


def test_plan_refuses_visits_nearer_than_the_treatment_allows_and_remarks_on_long_waits(desk, cast):
    Treatment.objects.filter(pk=cast.microdermabrasion.pk).update(gap_days=10, longest_gap_days=12)

    refused = desk.get(plan_address(cast), asked(min_days="7"))
    proposed = desk.get(plan_address(cast), asked())

    assert "At least 10 days lie between two sessions of this treatment" in refused.content.decode()
    remark = "More than 12 days after the one before, which is the most that is sensible"
    assert [line.remarks for line in proposed.context["lines"]] == [(), (remark,), (remark,), (remark,)]


def test_plan_proposes_a_time_for_each_visit_and_writes_nothing(desk, cast):
    page = desk.get(plan_address(cast), asked())

    assert [line.start for line in page.context["lines"]] == [
        minute(wall) for wall in ("2026-03-10T09:00", "2026-03-24T09:00", "2026-04-07T08:00", "2026-04-21T08:00")
    ]
    assert "Book all 4 visits" in page.content.decode()
    assert Appointment.objects.count() == 0


def test_plan_says_what_stood_in_the_way(desk, cast):
    page = desk.get(plan_address(cast), asked(visits="12")).content.decode()

    assert "There is no plan for these 12 visits" in page
    assert "Visit 7 of 12 would be between 10 May and 26 May, but times can only be booked up to 8 May so far." in page


def test_a_line_is_changed_to_a_time_that_keeps_the_others(desk, cast):
    first = desk.get(plan_address(cast), asked())
    change = desk.get(first.context["lines"][1].change_url.partition("#")[0])
    days = change.context["others"]
    assert [days[0].day, days[-1].day] == [
        date(2026, 3, 20),
        date(2026, 3, 28),
    ]  # 10 to 18 days after the 10th, before the 7th

    other = next(time for day in days if day.day == date(2026, 3, 26) for time in day.times if not time.is_now)
    changed = desk.get(other.url)

    assert changed.context["lines"][1].start == other.start
    assert [times_of(changed)[n] for n in (0, 2, 3)] == [times_of(first)[n] for n in (0, 2, 3)]


def test_book_books_what_was_shown_and_shows_the_course(desk, cast):
    page = desk.get(plan_address(cast), asked())

    answer = desk.post(
        f"{plan_address(cast)}book/", asked(time=times_of(page), press=page.context["press"]), follow=True
    )

    course = Course.objects.get()
    assert answer.redirect_chain == [(f"/desk/courses/{course.ref}/", 302)]
    assert "4 visits are booked" in answer.content.decode()
    assert [one.starts for one in Appointment.objects.order_by("starts")] == [
        line.start for line in page.context["lines"]
    ]
    again = desk.post(f"{plan_address(cast)}book/", asked(time=times_of(page), press=page.context["press"]))
    assert (again.url, Course.objects.count()) == (f"/desk/courses/{course.ref}/", 1)


def test_plan_names_the_device_in_its_times_and_each_time_once(desk, cast):
    make_device(cast.manchester, "Second unit", "crystal-unit", order=1)
    page = desk.get(plan_address(cast), asked())
    changing = desk.get(plan_address(cast), {**asked(), "time": times_of(page), "change": "2"})

    assert {chosen.split(".")[3] for chosen in times_of(page)} == {cast.crystal.ref}
    others = [(day.practitioner.pk, one.start) for day in changing.context["others"] for one in day.times]
    assert len(others) == len(set(others)) > 1
    assert {one.url.count(cast.crystal.ref) for day in changing.context["others"] for one in day.times} == {4}


def test_book_proposes_anew_when_a_time_has_gone(desk, cast):
    page = desk.get(plan_address(cast), asked())
    second = page.context["lines"][1]
    make_appointment(
        cast, second.start, treatment=cast.consultation, practitioner=second.practitioner, patient=cast.bea
    )

    answer = desk.post(f"{plan_address(cast)}book/", asked(time=times_of(page), press="a"), follow=True)

    assert "The time of visit 2 has just been taken, so nothing was booked." in answer.content.decode()
    assert (Course.objects.count(), Appointment.objects.count()) == (0, 1)
    assert [times_of(answer)[n] for n in (0, 2, 3)] == [times_of(page)[n] for n in (0, 2, 3)]
    assert times_of(answer)[1] != times_of(page)[1]


def test_book_asks_again_for_what_was_not_sent(desk, cast):
    assert desk.post(f"{plan_address(cast)}book/", {}).status_code == 422
    nothing = desk.post(f"{plan_address(cast)}book/", asked(time=["x", "1.2.3", "9.9"]), follow=True)
    assert "A time must be chosen for each visit." in nothing.content.decode()


def test_course_shows_its_visits_and_offers_to_mend_what_moved(desk, cast):
    course = make_course(cast)
    quiet = desk.get(f"/desk/courses/{course.ref}/").content.decode()
    second = course.places.get(number=2).appointment
    diary.move_appointment(
        appointment=second, starts=minute("2026-03-31T10:00"), practitioner=None, by=Actor.staff(cast.dana), at=NOW
    )

    page = desk.get(f"/desk/courses/{course.ref}/").content.decode()

    assert ("no longer fits the course" in quiet, "Visit 2 no longer fits the course" in page) == (False, True)
    assert f"/desk/courses/{course.ref}/rest/?from=2" in page


def test_rest_is_proposed_changed_and_kept(desk, cast):
    course = make_course(cast)
    proposed = desk.get(f"/desk/courses/{course.ref}/rest/?from=3")
    lines = proposed.context["lines"]
    assert [bool(line.change_url) for line in lines] == [False, False, True, True]

    changing = desk.get(lines[2].change_url.partition("#")[0])
    other = next(time for day in changing.context["others"] if day.day == date(2026, 4, 9) for time in day.times[2:3])
    changed = desk.get(other.url)
    times = [line.chosen for line in changed.context["lines"] if line.chosen]
    answer = desk.post(
        f"/desk/courses/{course.ref}/rest/move/", {"from": "3", "time": times, "press": "p"}, follow=True
    )

    assert "The new times are kept" in answer.content.decode()
    assert course.places.get(number=3).appointment.starts == other.start
    assert parse_qs(urlsplit(other.url).query)["from"] == ["3"]


def test_rest_that_has_changed_meanwhile_is_proposed_anew(desk, cast):
    course = make_course(cast)

    answer = desk.post(f"/desk/courses/{course.ref}/rest/move/", {"from": "3", "time": []}, follow=True)

    assert "This course has changed meanwhile" in answer.content.decode()
    assert desk.get(f"/desk/courses/{course.ref}/rest/?from=x").status_code == 404


def test_end_cancels_what_is_left(desk, cast):
    course = make_course(cast)
    assert desk.post(f"/desk/courses/{course.ref}/end/", {}).status_code == 422

    answer = desk.post(f"/desk/courses/{course.ref}/end/", {"reason": "Moving away"}, follow=True)

    # What said that it was booked had not left yet, so there is nothing to say.
    assert "what was left of it is cancelled, and no message goes to" in answer.content.decode()
    assert set(Appointment.objects.values_list("status", flat=True)) == {"cancelled"}
    again = desk.post(f"/desk/courses/{course.ref}/end/", {"reason": "Again"}, follow=True)
    assert "This course was ended early" in again.content.decode()
    nothing = desk.get(f"/desk/courses/{course.ref}/rest/", follow=True)
    assert "There is nothing left of this course to plan." in nothing.content.decode()


def test_mallory_sees_nothing_of_it(client, cast):
    course = make_course(cast)
    client.force_login(cast.mallory)

    assert client.get(f"/desk/courses/{course.ref}/", HTTP_HOST="testserver").status_code == 404
    assert client.get(plan_address(cast)).status_code == 404
