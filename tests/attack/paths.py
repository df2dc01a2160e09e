"""
Six ways to one and the same time, each by the real actions, pressed as people press them.

Online through a hold, at the desk (with and without a reason), a move at the desk, a course, a time
offered from the waiting list, a visit placed anew. Each is pressed again, with the same press, by
whoever was killed before they heard an answer.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from corneum.clinic.booking import actions as booking
from corneum.clinic.booking.models import Draft
from corneum.clinic.courses import actions as courses
from corneum.clinic.courses.models import Course
from corneum.clinic.courses.planning import Wish
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary import queries
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries.search import Search
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.replacing import actions as replacing
from corneum.clinic.replacing.models import Replacement
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.waiting import actions as waiting
from corneum.clinic.waiting.queries import offer_at
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.course import Candidate, Spacing
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import PATIENT, VISITOR, Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import AlreadyDone

PATHS = ("online", "desk", "move", "course", "waiting", "replacing")
EARLY = datetime(2026, 3, 9, 8, tzinfo=UTC)  # while what is offered from the waiting list is still kept
LATE = EARLY + timedelta(hours=2)  # for everybody whose clock says that it is kept no longer
SPACING = Spacing(min_days=1, max_days=20, ideal_days=1)
Try = Mapping[str, Any]


class Attacker:
    """One process of the horde: it tries one time after another by the path that the try names."""

    def __init__(self, *, clinic: int, treatment: int, user: int, rosa: int, is_blind: bool) -> None:
        """Find the rows by their keys."""
        self.clinic = Clinic.objects.get(pk=clinic)
        self.treatment = Treatment.objects.get(pk=treatment)
        self.by = Actor.staff(User.objects.get(pk=user))
        self.rosa = Practitioner.objects.get(pk=rosa)
        self.is_blind = is_blind

    def attempt(self, one: Try) -> dict[str, Any]:
        """Try, and say which appointments it is, or the refusal's name and how many other times it has to offer."""
        self.was_done = False
        try:
            with blindfold() if self.is_blind else nothing():
                got = getattr(self, one["path"])(one)
        except diary.TimeRefused as refusal:
            return self._refused(refusal, refusal)
        except courses.CourseTimeLost as refusal:
            return self._refused(refusal, refusal.__cause__)
        except Exception as error:  # noqa: BLE001 -- whatever else happens is for the referee to see
            typed = isinstance(error, ClinicError)
            return {"refusal": type(error).__name__, "is_typed": typed, "nearest": 0, "says": str(error)[:300]}
        return {"got": [[each.starts, each.ref] for each in got], "again": self.was_done}

    def _refused(self, refusal: ClinicError, cause: BaseException | None) -> dict[str, Any]:
        assert isinstance(cause, diary.TimeRefused), cause
        wanted = cause.wanted
        nearest = queries.nearest_openings(
            clinic=wanted.clinic, treatment=wanted.treatment, starts=wanted.starts, at=LATE
        )
        return {"refusal": type(refusal).__name__, "is_typed": True, "nearest": len(nearest), "says": str(refusal)}

    def online(self, one: Try) -> list[Appointment]:
        """Hold the time on the page of times, fill in the form, confirm: pressed again, the page finds its draft."""
        draft = Draft.objects.filter(page=one["press"]).first() or booking.begin_draft(
            clinic=self.clinic, treatment=self.treatment, about="", starts=one["starts"], practitioner=None,
            page=one["press"], network=one["press"], by=VISITOR, at=LATE,
        )  # fmt: skip
        if not draft.contact and draft.appointment_id is None:
            draft = booking.keep_details(
                draft=draft, name=f"Visitor {one['press']}", contact=f"{one['press']}@mail.example", note="",
                by=VISITOR, at=LATE,
            )  # fmt: skip
        try:
            return [booking.confirm_draft(draft=draft, by=VISITOR, at=LATE, press=f"confirm-{one['press']}")]
        except AlreadyDone:
            self.was_done = True
            draft.refresh_from_db()
            assert draft.appointment is not None
            return [draft.appointment]

    def desk(self, one: Try) -> list[Appointment]:
        """Book at the desk, every second time with a reason that goes against the rules."""
        patient = Patient.objects.get(pk=one["patient"])
        try:
            booked = diary.book_appointment(
                clinic=self.clinic, treatment=self.treatment, starts=one["starts"], practitioner=None,
                patient=patient, note="", in_spite=one["in_spite"], by=self.by, at=LATE, press=one["press"],
            )  # fmt: skip
        except AlreadyDone as done:
            self.was_done = True
            booked = Appointment.objects.get(ref=done.event.entity_ref)
        return [booked]

    def move(self, one: Try) -> list[Appointment]:
        """Move a visit there, and tell its patient."""
        moving = Appointment.objects.get(pk=one["appointment"])
        try:
            moved = booking.move_at_desk(
                appointment=moving, starts=one["starts"], practitioner=None, why="practitioner", tell=True, by=self.by,
                at=LATE, press=one["press"],
            )  # fmt: skip
        except AlreadyDone as done:
            self.was_done = True
            moved = Appointment.objects.get(ref=done.event.entity_ref)
        return [moved]

    def course(self, one: Try) -> list[Appointment]:
        """Book two visits a day apart, both or none."""
        starts = sorted(one["both"])
        wish = Wish(
            clinic=self.clinic, patient=Patient.objects.get(pk=one["patient"]), treatment=self.treatment,
            visits=2, spacing=SPACING, first=local(starts[0], self.clinic.zone).date(),
        )  # fmt: skip
        times = [Candidate(start, self.rosa.pk) for start in starts]
        try:
            booked = courses.book_course(wish=wish, times=times, by=self.by, at=LATE, press=one["press"])
        except AlreadyDone as done:
            self.was_done = True
            booked = Course.objects.get(ref=done.event.entity_ref)
        return [place.appointment for place in booked.places.order_by("number")]

    def waiting(self, one: Try) -> list[Appointment]:
        """Take the time that is kept for somebody on the list, by a clock by which it still is."""
        offer = offer_at(self.clinic, one["offer"])
        self.was_done = offer.appointment_id is not None
        return [waiting.accept_offer(offer=offer, keeps_later=True, by=PATIENT, at=EARLY, press="")]

    def replacing(self, one: Try) -> list[Appointment]:
        """Accept the place that is proposed for a visit of somebody who is out."""
        row = Replacement.objects.get(pk=one["replacement"])
        try:
            row = replacing.accept_replacement(replacement=row, by=self.by, at=LATE)
        except replacing.AlreadyDecided:
            self.was_done = True
            row = Replacement.objects.get(pk=row.pk, state=Replacement.State.ACCEPTED)
        return [Appointment.objects.get(pk=row.appointment_id)]


@contextmanager
def blindfold() -> Iterator[None]:
    """Let every search find every time free, as if it had looked before everybody else wrote."""
    sees = Search.openings
    Search.openings = Search.openings_if_nothing_were_booked  # type: ignore[method-assign]
    try:
        yield
    finally:
        Search.openings = sees  # type: ignore[method-assign]


@contextmanager
def nothing() -> Iterator[None]:
    """Let the search see what is there."""
    yield
