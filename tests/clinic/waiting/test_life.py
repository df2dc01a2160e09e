"""The same life with courses and a waiting list in it: every rule of the diary holds, and each keeps its own."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from corneum.clinic.courses import actions as courses
from corneum.clinic.courses.models import Course
from corneum.clinic.diary.models import Appointment, Slot
from corneum.clinic.patients.contact import parse_contact
from corneum.clinic.waiting import actions as waiting
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.domain.scheduling.course import Spacing
from corneum.domain.waiting import Window
from corneum.platform.messages.models import Message
from tests.clinic.diary.life import PLACES, TREATMENTS, Life, live
from tests.factories.cast import Cast
from tests.factories.courses import make_wish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TUESDAY = date(2026, 3, 10)
CLOSE_TOGETHER = Spacing(min_days=1, max_days=2, ideal_days=1)


class LifeWithOthers(Life):
    """What stands above the diary and takes its times: courses, and who is asked one after the other."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        for who, opens in enumerate((9, 11, 13)):
            self.wait_for_a_time(treatment="consultation", who=who, opens=opens)

    @rule(place=PLACES, treatment=TREATMENTS)
    def book_a_course(self, place: int, treatment: str) -> None:
        wish = make_wish(
            self.cast, patient=self.patients[place % 4], treatment=getattr(self.cast, treatment), visits=2,
            spacing=CLOSE_TOGETHER, first=TUESDAY,
        )  # fmt: skip
        self.do(courses.book_course, wish=wish, times=None)

    @rule(place=PLACES)
    def end_a_course(self, place: int) -> None:
        found = list(Course.objects.order_by("pk"))
        if found:
            ended = self.do(courses.end_course_early, course=found[place % len(found)], reason="moved away")
            assert not ended or not Appointment.objects.filter(course_visit__course=ended, status="booked").exists()

    @rule(treatment=TREATMENTS, who=st.integers(0, 3), opens=st.integers(9, 15))
    def wait_for_a_time(self, treatment: str, who: int, opens: int) -> None:
        self.do(
            waiting.join_waiting_list, clinic=self.cast.manchester, treatment=getattr(self.cast, treatment),
            practitioner=None, windows=[Window(TUESDAY, TUESDAY, opens=opens * 60, closes=opens * 60 + 90)],
            expires_on=TUESDAY + timedelta(days=7), name=f"Waiter {who}", contact=parse_contact(f"w{who}@mail.example"),
            later=None,
        )  # fmt: skip

    @rule()
    def offer_what_is_free(self) -> None:
        self.do(waiting.expire_offers, clinic=self.cast.manchester)
        self.do(waiting.offer_freed_times, clinic=self.cast.manchester)

    @rule(place=PLACES, accepts=st.booleans())
    def answer_an_offer(self, place: int, accepts: bool) -> None:
        found = list(FreedOffer.objects.order_by("pk"))
        if found:
            offer = found[place % len(found)]
            if accepts:
                self.do(waiting.accept_offer, offer=offer, keeps_later=True)
            else:
                self.do(waiting.decline_offer, offer=offer)

    @rule(place=PLACES)
    def leave_the_list(self, place: int) -> None:
        found = list(Wait.objects.filter(state="waiting").order_by("pk"))
        if found:
            self.do(waiting.leave_waiting_list, wait=found[place % len(found)])

    @invariant()
    def what_is_offered_is_kept_and_what_is_answered_is_not(self) -> None:
        for offer in FreedOffer.objects.select_related("hold", "appointment"):
            if offer.state == "open" and offer.expires_at > self.clock():
                assert offer.hold is not None
                assert Slot.objects.filter(hold=offer.hold, is_live=True, starts=offer.starts).count() >= 2
            if offer.state != "open":
                assert offer.hold is None
            assert (offer.state == "accepted") == (offer.appointment is not None)

    @invariant()
    def nobody_is_asked_for_two_times_at_once(self) -> None:
        asked = list(FreedOffer.objects.filter(state="open").values_list("person", flat=True))
        assert len(asked) == len(set(asked))

    @invariant()
    def a_course_has_all_its_visits(self) -> None:
        for course in Course.objects.all():
            assert course.places.count() == course.visits

    @invariant()
    def nothing_is_on_its_way_about_what_is_over(self) -> None:
        over = FreedOffer.objects.exclude(state="open").values("ref")
        assert not Message.objects.filter(about_kind="waiting.freedoffer", about_ref__in=over, state="queued").exists()
        gone = Appointment.objects.filter(status="cancelled").values("ref")
        about = Message.objects.filter(about_kind="diary.appointment", about_ref__in=gone, state="queued")
        assert not about.filter(template__in=["booking/booked", "booking/moved", "booking/requested"]).exists()


def test_every_rule_holds_with_courses_and_a_waiting_list(cast: Cast):
    live(LifeWithOthers, cast, examples=4, steps=30)
