"""
The life of a whole clinic: everybody does anything in any order, and after each step the tables are swept.

Visitors online, patients by their links, the desk, somebody on the waiting list, courses, somebody ill,
a calendar kept elsewhere and the clock, all at one diary and through the same actions as the pages.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from corneum.clinic.booking import actions as booking
from corneum.clinic.booking import jobs as booking_jobs
from corneum.clinic.booking.models import Draft
from corneum.clinic.calendars import actions as calendars
from corneum.clinic.calendars.models import ForeignCalendar
from corneum.clinic.courses import actions as courses
from corneum.clinic.courses import jobs as courses_jobs
from corneum.clinic.courses.models import Course
from corneum.clinic.courses.planning import Proposal, Wish
from corneum.clinic.courses.queries import replan_rest
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary import jobs as diary_jobs
from corneum.clinic.diary.models import Appointment, Slot
from corneum.clinic.patients.contact import parse_contact
from corneum.clinic.replacing import actions as replacing
from corneum.clinic.replacing import queries as replacing_queries
from corneum.clinic.replacing.models import Outage, Replacement
from corneum.clinic.treatments.models import Offer
from corneum.clinic.waiting import actions as waiting
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.course import Spacing
from corneum.domain.scheduling.interval import Interval
from corneum.domain.waiting import Window
from corneum.platform.accounts.actors import PATIENT, VISITOR, Actor
from corneum.platform.messages.models import Message
from tests.attack.sweep import stale_messages, sweep
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import WORKER, minute

TUESDAY = date(2026, 3, 10)
TREATMENTS = st.sampled_from(["consultation", "microdermabrasion", "peel"])
STARTS = st.builds(
    lambda day, quarter: minute("2026-03-10T09:00") + day * 1440 + quarter * 15, st.integers(0, 1), st.integers(0, 30)
)
PLACES = st.integers(0, 20)
SPACING = Spacing(min_days=1, max_days=3, ideal_days=1)
MINUTE = timedelta(minutes=1)
UNDO_AFTER = st.sampled_from([None, None, 0, 2, 3])  # minutes


class Life(RuleBasedStateMachine):
    """One clinic; what is refused is refused by name and changes nothing."""

    cast: Cast
    done: Counter[str]

    @initialize()
    def begin(self) -> None:
        """Open on a Monday morning; consultations are asked for online, everything else is booked at once."""
        self.at, self.count = NOW, 0
        self.desk = Actor.staff(self.cast.dana)
        self.patients = [make_patient(self.cast.manchester, f"Patient {n}") for n in range(4)]
        Offer.objects.filter(clinic=self.cast.manchester, treatment=self.cast.consultation).update(
            is_by_request=True, request_hours=1
        )
        self.elsewhere = ForeignCalendar.objects.create(
            practitioner=self.cast.nadia, clinic=self.cast.manchester, name="Hospital", url="https://x.example/a.ics",
            created_at=NOW, created_by=self.cast.priya,
        )  # fmt: skip
        # Every life begins with something in the diary, a course, and somebody who waits for what is taken.
        self.book("consultation", minute("2026-03-10T10:00"), 0, "")
        self.book_course(1, 2, "microdermabrasion")
        self.join("consultation", 0, 10, gives_up=False)

    def do(self, act: Any, *, by: Actor | None = None, **what: Any) -> Any:
        """Do something, and see that a refusal leaves no trace."""
        before, name = self.rows(), f"{act.__module__.split('.')[2]}.{act.__name__}"
        try:
            with transaction.atomic():
                result = act(**what, by=by or self.desk, at=self.at)
        except ClinicError:
            self.done[f"{name} refused"] += 1
            assert self.rows() == before
            return None
        self.done[name] += 1
        return result

    @staticmethod
    def rows() -> list[Any]:
        """Read what no refusal may change."""
        slots = Slot.objects.order_by("pk").values_list("pk", "schedule", "starts", "is_live", "hold", "appointment")
        visits = Appointment.objects.order_by("pk").values_list("pk", "status", "starts", "sequence")
        messages = Message.objects.order_by("pk").values_list("pk", "state", "template")
        return [*slots, *visits, *messages]

    @staticmethod
    def some(found: Any, place: int) -> Any:
        """Pick one of those that there are, or nothing."""
        rows = list(found.order_by("pk"))
        return rows[place % len(rows)] if rows else None

    # --- online ---------------------------------------------------------------------------------

    @rule(treatment=TREATMENTS, starts=STARTS, confirms=st.booleans())
    def choose(self, treatment: str, starts: int, confirms: bool) -> None:
        self.count += 1
        draft = self.do(
            booking.begin_draft, clinic=self.cast.manchester, treatment=getattr(self.cast, treatment), about="",
            starts=starts, practitioner=None, page=str(self.count), network=str(self.count), by=VISITOR,
        )  # fmt: skip
        if draft:
            self.do(
                booking.keep_details, draft=draft, name=f"Visitor {self.count % 5}",
                contact=f"v{self.count % 5}@mail.example", note="", by=VISITOR,
            )  # fmt: skip
            if confirms:
                self.do(booking.confirm_draft, draft=draft, by=VISITOR)

    @rule(place=PLACES, starts=STARTS, what=st.sampled_from(["another", "longer", "leave"]))
    def change_mind(self, place: int, starts: int, what: str) -> None:
        if draft := self.some(Draft.objects.filter(appointment=None), place):
            if what == "another":
                self.do(
                    booking.choose_time, draft=draft, starts=starts, practitioner=None, network=str(place), by=VISITOR
                )
            else:
                self.do(booking.keep_time if what == "longer" else booking.leave_draft, draft=draft, by=VISITOR)

    @rule(place=PLACES)
    def confirm(self, place: int) -> None:
        if draft := self.some(Draft.objects.exclude(contact=""), place):
            self.do(booking.confirm_draft, draft=draft, by=VISITOR)

    @rule(place=PLACES, starts=STARTS, moves=st.booleans())
    def follow_link(self, place: int, starts: int, moves: bool) -> None:
        if visit := self.some(Appointment.objects.all(), place):
            if moves:
                self.do(booking.move_booking, appointment=visit, starts=starts, practitioner=None, by=PATIENT)
            else:
                self.do(booking.cancel_booking, appointment=visit, reason="", by=PATIENT)

    # --- at the desk ----------------------------------------------------------------------------

    @rule(treatment=TREATMENTS, starts=STARTS, place=PLACES, in_spite=st.sampled_from(["", "", "an emergency"]))
    def book(self, treatment: str, starts: int, place: int, in_spite: str) -> None:
        self.do(
            diary.book_appointment, clinic=self.cast.manchester, treatment=getattr(self.cast, treatment),
            starts=starts, practitioner=None, patient=self.patients[place % 4], note="", in_spite=in_spite,
        )  # fmt: skip

    @rule(place=PLACES, starts=STARTS, tell=st.booleans(), undo_after=UNDO_AFTER)
    def move(self, place: int, starts: int, tell: bool, undo_after: int | None) -> None:
        if visit := self.some(Appointment.objects.filter(status="booked"), place):
            self.do(booking.move_at_desk, appointment=visit, starts=starts, practitioner=None, why="patient", tell=tell)
            self.undo_this(visit, undo_after)

    @rule(place=PLACES, tell=st.booleans(), undo_after=UNDO_AFTER)
    def cancel(self, place: int, tell: bool, undo_after: int | None) -> None:
        if visit := self.some(Appointment.objects.filter(status__in=["booked", "pending"]), place):
            self.do(booking.cancel_at_desk, appointment=visit, reason="no", tell=tell)
            self.undo_this(visit, undo_after)

    def undo_this(self, visit: Appointment, after: int | None) -> None:
        if after is not None:
            if after:
                self.wait(after)
            visit.refresh_from_db()
            self.do(booking.undo_cancellation if visit.status == "cancelled" else booking.undo_move, appointment=visit)

    @rule(place=PLACES)
    def undo(self, place: int) -> None:
        if visit := self.some(Appointment.objects.all(), place):
            self.undo_this(visit, 0)

    @rule(place=PLACES, accepts=st.booleans(), tell=st.booleans())
    def answer(self, place: int, accepts: bool, tell: bool) -> None:
        if visit := self.some(Appointment.objects.filter(status="pending"), place):
            if accepts:
                self.do(booking.accept_request, appointment=visit)
            else:
                self.do(booking.decline_request, appointment=visit, reason="no", tell=tell)

    # --- courses --------------------------------------------------------------------------------

    @rule(place=PLACES, visits=st.integers(2, 3), treatment=st.sampled_from(["microdermabrasion", "peel"]))
    def book_course(self, place: int, visits: int, treatment: str) -> None:
        wish = Wish(
            clinic=self.cast.manchester, patient=self.patients[place % 4], treatment=getattr(self.cast, treatment),
            visits=visits, spacing=SPACING, first=TUESDAY,
        )  # fmt: skip
        self.do(courses.book_course, wish=wish, times=None)

    @rule(place=PLACES, number=st.integers(1, 3))
    def move_rest(self, place: int, number: int) -> None:
        if course := self.some(Course.objects.all(), place):
            found = replan_rest(course, number, at=self.at)
            if isinstance(found, Proposal):
                times = {n: one for n, one in enumerate(found.plan.visits, 1) if n not in found.fixed}
                self.do(courses.move_rest, course=course, number=number, times=times)

    @rule(place=PLACES)
    def end_course(self, place: int) -> None:
        if course := self.some(Course.objects.all(), place):
            self.do(courses.end_course_early, course=course, reason="enough")

    # --- the waiting list -----------------------------------------------------------------------

    @rule(treatment=TREATMENTS, place=PLACES, opens=st.integers(9, 15), gives_up=st.booleans())
    def join(self, treatment: str, place: int, opens: int, gives_up: bool) -> None:
        later = self.some(Appointment.objects.filter(status="booked"), place) if gives_up else None
        self.do(
            waiting.join_waiting_list, clinic=self.cast.manchester, treatment=getattr(self.cast, treatment),
            practitioner=None, windows=[Window(TUESDAY, TUESDAY + timedelta(days=1), opens=opens * 60)],
            expires_on=TUESDAY + timedelta(days=1), name=f"Waiting {place % 3}",
            contact=parse_contact(f"w{place % 3}@mail.example"), later=later, by=VISITOR,
        )  # fmt: skip

    def look_for_freed_times(self) -> None:
        self.do(waiting.expire_offers, clinic=self.cast.manchester, by=WORKER)
        self.do(waiting.offer_freed_times, clinic=self.cast.manchester, by=WORKER)

    @rule(place=PLACES, what=st.sampled_from(["accept", "accept", "decline"]), keeps_later=st.booleans())
    def answer_offer(self, place: int, what: str, keeps_later: bool) -> None:
        self.look_for_freed_times()
        if offer := self.some(FreedOffer.objects.all(), place):
            if what == "accept":
                self.do(waiting.accept_offer, offer=offer, keeps_later=keeps_later, by=PATIENT)
            else:
                self.do(waiting.decline_offer, offer=offer, by=PATIENT)

    @rule(place=PLACES)
    def leave_list(self, place: int) -> None:
        if wait := self.some(Wait.objects.all(), place):
            self.do(waiting.leave_waiting_list, wait=wait, by=PATIENT)

    # --- somebody or something out --------------------------------------------------------------

    @rule(starts=STARTS, minutes=st.sampled_from([60, 480]), what=st.sampled_from(["rosa", "nadia", "crystal"]))
    def take_out(self, starts: int, minutes: int, what: str) -> None:
        outage = self.do(
            replacing.take_out, clinic=self.cast.manchester, what=getattr(self.cast, what), kind="other",
            starts=starts, ends=starts + minutes,
        )  # fmt: skip
        if outage:
            self.propose_for(outage)

    @rule(place=PLACES)
    def propose(self, place: int) -> None:
        if outage := self.some(Outage.objects.all(), place):
            self.propose_for(outage)

    def propose_for(self, outage: Outage) -> None:
        proposals = replacing_queries.work_out(outage, at=self.at)
        self.do(replacing.propose, outage=outage, proposals=proposals)

    @rule(place=PLACES, what=st.sampled_from(["accept", "accept", "leave", "cancel"]), undecided=st.booleans())
    def decide(self, place: int, what: str, undecided: bool) -> None:
        rows = Replacement.objects.filter(state="proposed") if undecided else Replacement.objects.all()
        if row := self.some(rows, place):
            why: dict[str, Any] = {"reason": "ill"} if what == "cancel" else {}
            self.do(getattr(replacing, f"{what}_replacement"), replacement=row, **why)

    @rule(place=PLACES, starts=STARTS)
    def shorten(self, place: int, starts: int) -> None:
        if outage := self.some(Outage.objects.all(), place):
            self.do(replacing.shorten_outage, outage=outage, ends=starts)

    @rule(starts=STARTS, again=st.booleans())
    def read_another_calendar(self, starts: int, again: bool) -> None:
        spans = [Interval(starts, starts + 45), *([Interval(starts + 100, starts + 130)] if again else [])]
        self.do(calendars.keep_busy_times, calendar=self.elsewhere, spans=spans, unread=0, digest=str(starts))

    # --- the clock ------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 1, 4, 30, 70]))
    def wait(self, minutes: int) -> None:
        """Let time pass: what the clock does each minute is done, and then what is due leaves, if it is true."""
        for passes in (1, minutes - 1):
            self.at += passes * MINUTE
            diary_jobs.release_expired_holds(self.at)
            booking_jobs.expire_requests(self.at)
            courses_jobs.write_letters_anew(self.at)
            waiting.expire_offers(clinic=self.cast.manchester, by=WORKER, at=self.at)
            assert stale_messages(ask, with_courses=True) == []
            due = Message.objects.filter(state="queued", send_at__lte=self.at)
            self.done["messages left"] += due.update(state="sent", sent_at=self.at)
        assert not Slot.objects.filter(hold__expires_at__lte=self.at).exists()

    @precondition(lambda self: hasattr(self, "at"))
    @invariant()
    def the_diary_is_in_order(self) -> None:
        is_postgres = connection.vendor == "postgresql"
        assert sweep(ask, at=f"{self.at:%Y-%m-%d %H:%M:%S}+00:00", is_postgres=is_postgres) == {}

    @precondition(lambda self: hasattr(self, "at"))
    @invariant()
    def nothing_waits_to_be_said_that_is_no_longer_so(self) -> None:
        assert stale_messages(ask) == []


def ask(sql: str) -> list[Any]:
    """Ask the database of this process, past every model."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
