"""A course letter that has not left and the letters about single visits know of each other."""

from datetime import timedelta

import pytest

from corneum.clinic.booking import actions as booking
from corneum.clinic.courses import actions, jobs
from corneum.clinic.courses.models import Course
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.pages import undo_of
from corneum.domain.scheduling.course import Candidate
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.queries import history_of
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW
from tests.factories.courses import make_course
from tests.factories.diary import minute

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def visit_of(course: Course, number: int) -> Appointment:
    """Find the appointment that is one visit of a course."""
    return Appointment.objects.get(course_visit__course=course, course_visit__number=number)


def test_a_visit_moved_by_itself_is_right_in_the_letter_that_has_not_left(cast):
    course = make_course(cast)
    visit, by = visit_of(course, 3), Actor.staff(cast.dana)
    booking.move_at_desk(
        appointment=visit, starts=minute("2026-04-08T09:00"), practitioner=None, why="", tell=False, by=by, at=LATER
    )

    jobs.write_letters_anew(LATER)
    jobs.write_letters_anew(LATER)

    letters = list(Message.objects.order_by("pk"))
    assert [(one.template, one.state) for one in letters] == [
        ("courses/booked", "withdrawn"),
        ("courses/booked", "queued"),
    ]
    assert ("Wednesday 8 April" in letters[1].text, "Tuesday 7 April" in letters[1].text) == (True, False)


def test_a_visit_cancelled_and_put_back_leaves_the_waiting_letter_and_returns_to_it(cast):
    course = make_course(cast)
    visit, by = visit_of(course, 3), Actor.staff(cast.dana)

    booking.cancel_at_desk(appointment=visit, reason="On holiday", tell=True, by=by, at=LATER)
    jobs.write_letters_anew(LATER)
    assert "Tuesday 7 April" not in Message.objects.get(template="courses/booked", state="queued").text
    booking.undo_cancellation(appointment=visit, by=by, at=LATER)
    jobs.write_letters_anew(LATER)

    assert "Tuesday 7 April" in Message.objects.get(state="queued").text


@pytest.mark.parametrize("change", ["move", "end"])
def test_a_course_that_changes_takes_back_the_letter_about_one_of_its_visits(cast, change):
    course = make_course(cast)
    Message.objects.update(state="sent", sent_at=NOW)
    visit, by = visit_of(course, 4), Actor.staff(cast.dana)
    booking.move_at_desk(
        appointment=visit, starts=minute("2026-04-22T09:00"), practitioner=None, why="", tell=True, by=by, at=NOW
    )
    if change == "move":
        times = {4: Candidate(minute("2026-04-23T09:00"), visit.practitioner_id)}
        actions.move_rest(course=course, number=4, times=times, by=by, at=LATER)
    else:
        actions.end_course_early(course=course, reason="Moving away", by=by, at=LATER)

    assert Message.objects.get(template="booking/moved").state == "withdrawn"
    assert Message.objects.get(state="queued").template == ("courses/moved" if change == "move" else "courses/ended")


def test_a_visit_that_went_with_its_course_is_not_put_back_by_itself(cast):
    course = make_course(cast)
    by = Actor.staff(cast.dana)
    actions.end_course_early(course=course, reason="Moving away", by=by, at=LATER)
    visit = visit_of(course, 3)

    with pytest.raises(diary.CannotUndo):
        booking.undo_cancellation(appointment=visit, by=by, at=LATER)

    visit.refresh_from_db()
    assert (visit.status, undo_of(list(history_of(visit)), at=LATER)) == ("cancelled", "")
