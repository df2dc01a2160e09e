"""Many desks book courses of the same times at once: each is booked whole or not at all, and none waits for ever."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connections

from corneum.clinic.courses import actions, queries
from corneum.clinic.courses.models import Course, CourseVisit
from corneum.clinic.courses.planning import Proposal
from corneum.clinic.diary.models import Appointment, Slot
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, make_patient
from tests.factories.courses import make_wish

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_courses_of_the_same_times_are_booked_whole_or_not_at_all(cast):
    answers: Counter[str] = Counter()
    by, gate = Actor.staff(cast.dana), Barrier(16)

    def book(patient, times):
        gate.wait()
        try:
            actions.book_course(wish=make_wish(cast, patient=patient), times=times, by=by, at=NOW)
            answers["booked"] += 1
        except Exception as refusal:  # noqa: BLE001 -- whatever it is, it is counted
            answers[type(refusal).__name__] += 1
        finally:
            connections.close_all()

    threads = []
    for number in range(8):
        patient = make_patient(cast.manchester, f"Pat{number} Ashby")
        found = queries.plan_course(make_wish(cast, patient=patient), at=NOW)
        assert isinstance(found, Proposal)
        threads += [Thread(target=book, args=(patient, times)) for times in (found.plan.visits, None)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.keys() <= {"booked", "CourseTimeLost"}
    assert answers["booked"] >= 8
    assert CourseVisit.objects.count() == Appointment.objects.count() == 4 * Course.objects.count()
    rows = list(Slot.objects.values_list("schedule_id", "starts", "ends", "clear_from", "clear_until"))
    assert [
        (one, other)
        for place, one in enumerate(rows)
        for other in rows[:place]
        if one[0] == other[0]
        and ((one[1] < other[4] and other[1] < one[4]) or (one[3] < other[2] and other[3] < one[2]))
    ] == []
