"""A diary's life: what can be done to it, and the rules that hold after every step."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Appointment, Block, BusyWeek, Hold, Owner, Slot
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.busy import WEEK, pack_week
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import WORKER, minute

TREATMENTS = st.sampled_from(["consultation", "microdermabrasion", "peel"])
STARTS = st.builds(
    lambda day, quarter: minute("2026-03-10T09:00") + day * 1440 + quarter * 15, st.integers(0, 1), st.integers(0, 30)
)
PLACES = st.integers(0, 20)
OVERLAPS = """
    SELECT count(*) FROM diary_slot one JOIN diary_slot other
    ON one.schedule_id = other.schedule_id AND one.id < other.id AND one.is_live AND other.is_live
    WHERE NOT one.is_overbooked AND NOT other.is_overbooked
      AND ((one.starts < other.clear_until AND other.starts < one.clear_until)
        OR (one.clear_from < other.ends AND other.clear_from < one.ends))
"""


class Life(RuleBasedStateMachine):
    """A desk, patients and a worker, all at one diary. What is refused is refused by name and changes nothing."""

    cast: Cast

    @initialize()
    def begin(self) -> None:
        self.at, self.refusals = NOW, 0
        self.holds: list[Hold] = []
        self.series: list[str] = []
        self.desk = Actor.staff(self.cast.dana)
        self.patients = [make_patient(self.cast.manchester, f"Patient {n}") for n in range(4)]

    def do(self, act: Any, **what: Any) -> Any:
        """Do something, and see that a refusal leaves no trace."""
        before = self.rows()
        try:
            with transaction.atomic():
                return act(**what, by=self.desk, at=self.at)
        except ClinicError:
            self.refusals += 1
        assert self.rows() == before
        return None

    @staticmethod
    def rows() -> list[Any]:
        slots = Slot.objects.order_by("pk").values_list(
            "pk", "schedule", "starts", "ends", "is_live", "hold", "appointment"
        )
        return [*slots, *Appointment.objects.order_by("pk").values_list("pk", "status", "starts", "sequence")]

    def some(self, place: int, **which: Any) -> Appointment | None:
        found = list(Appointment.objects.filter(**which).order_by("pk"))
        return found[place % len(found)] if found else None

    @rule(treatment=TREATMENTS, starts=STARTS, place=PLACES, in_spite=st.sampled_from(["", "", "", "an emergency"]))
    def book(self, treatment: str, starts: int, place: int, in_spite: str) -> None:
        self.do(
            actions.book_appointment, clinic=self.cast.manchester, treatment=getattr(self.cast, treatment), starts=starts,
            practitioner=None, patient=self.patients[place % 4], note="", in_spite=in_spite,
        )  # fmt: skip

    @rule(treatment=TREATMENTS, starts=STARTS, minutes=st.sampled_from([1, 10]))
    def hold(self, treatment: str, starts: int, minutes: int) -> None:
        held = self.do(
            actions.hold_time, clinic=self.cast.manchester, treatment=getattr(self.cast, treatment), starts=starts,
            practitioner=None, minutes=minutes,
        )  # fmt: skip
        self.holds += [held] if held else []

    @rule(place=PLACES, who=PLACES, as_request=st.booleans())
    def confirm(self, place: int, who: int, as_request: bool) -> None:
        if self.holds:
            hold = self.holds.pop(place % len(self.holds))
            until = self.at + timedelta(hours=2) if as_request else None
            self.do(actions.book_held_time, hold=hold, patient=self.patients[who % 4], note="", asked_until=until)

    @rule(place=PLACES)
    def extend(self, place: int) -> None:
        if self.holds:
            self.do(actions.extend_hold, hold=self.holds[place % len(self.holds)])

    @rule(place=PLACES)
    def leave(self, place: int) -> None:
        if self.holds:
            self.do(actions.release_hold, hold=self.holds.pop(place % len(self.holds)))

    @rule(place=PLACES, starts=STARTS)
    def move(self, place: int, starts: int) -> None:
        if appointment := self.some(place, status="booked"):
            self.do(actions.move_appointment, appointment=appointment, starts=starts, practitioner=None)

    @rule(place=PLACES)
    def cancel(self, place: int) -> None:
        if appointment := self.some(place, status__in=["booked", "pending"]):
            self.do(actions.cancel_appointment, appointment=appointment, reason="changed their mind")

    @rule(place=PLACES)
    def undo_cancelling(self, place: int) -> None:
        if appointment := self.some(place, status="cancelled"):
            self.do(actions.undo_cancellation, appointment=appointment)

    @rule(place=PLACES)
    def undo_moving(self, place: int) -> None:
        if appointment := self.some(place, status="booked", sequence__gt=0):
            self.do(actions.undo_move, appointment=appointment)

    @rule(place=PLACES, answer=st.sampled_from(["accept_request", "decline_request"]))
    def answer(self, place: int, answer: str) -> None:
        if appointment := self.some(place, status="pending"):
            why = {"reason": "no"} if answer == "decline_request" else {}
            self.do(getattr(actions, answer), appointment=appointment, **why)

    @rule(starts=STARTS, minutes=st.sampled_from([30, 120]), who=st.sampled_from(["rosa", "nadia"]))
    def block(self, starts: int, minutes: int, who: str) -> None:
        owner = Owner("practitioner", getattr(self.cast, who).pk)
        series = self.do(
            actions.block_time, clinic=self.cast.manchester, owners=[owner], kind="leave",
            spans=[Interval(starts, starts + minutes)],
        )  # fmt: skip
        self.series.append(series)

    @rule(place=PLACES)
    def lift(self, place: int) -> None:
        if self.series:
            self.do(actions.lift_blocks, series=self.series.pop(place % len(self.series)))

    @rule(starts=STARTS)
    def read_another_calendar(self, starts: int) -> None:
        owner = Owner("practitioner", self.cast.nadia.pk)
        self.do(
            actions.set_blocks, owner=owner, kind="other-calendar", series="elsewhere",
            spans=[Interval(starts, starts + 45)],
        )  # fmt: skip

    @rule(minutes=st.sampled_from([1, 5, 30]))
    def wait(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule()
    def tidy(self) -> None:
        actions.release_expired_holds(by=WORKER, at=self.at)
        assert not Slot.objects.filter(hold__expires_at__lte=self.at).exists()

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(OVERLAPS)
            assert cursor.fetchone() == (0,)

    @invariant()
    def every_visit_has_all_that_it_takes_and_no_other_has_anything(self) -> None:
        for appointment in Appointment.objects.prefetch_related("slots__schedule"):
            live = [slot for slot in appointment.slots.all() if slot.is_live]
            if appointment.status == "cancelled":
                assert live == []
                continue
            whats = sorted(slot.schedule.owner.what for slot in live)
            assert whats in (["patient", "practitioner", "room"], ["device", "patient", "practitioner", "room"])
            assert {(slot.starts, slot.ends) for slot in live} == {(appointment.starts, appointment.ends)}
            assert {slot.schedule.practitioner_id for slot in live} == {None, appointment.practitioner_id}

    @invariant()
    def nothing_is_kept_for_nobody(self) -> None:
        assert not Hold.objects.filter(expires_at__gt=self.clock(), slots=None).exists()

    @invariant()
    def weeks_say_what_slots_say(self) -> None:
        for week in BusyWeek.objects.all():
            first, last = week.week * WEEK, (week.week + 1) * WEEK
            slots = Slot.objects.filter(
                schedule=week.schedule_id, is_live=True, hold=None, clear_from__lt=last, clear_until__gt=first
            )
            visits = slots.values_list("starts", "ends", "clear_from", "clear_until")
            assert bytes(week.minutes or b"") == pack_week(week.week, visits)

    @invariant()
    def nothing_is_offered_in_blocked_time(self) -> None:
        day = NOW.date() + timedelta(days=1)
        times = queries.openings_for(
            clinic=self.cast.manchester, treatment=self.cast.consultation, practitioner=self.cast.nadia, first=day,
            last=day, at=self.clock(),
        )  # fmt: skip
        blocks = Block.objects.filter(schedule__practitioner=self.cast.nadia, lifted_at=None)
        assert not [time for time in times for one in blocks if time.starts < one.ends and time.ends > one.starts]

    def clock(self) -> datetime:
        return getattr(self, "at", NOW)


def live(life: type[Life], cast: Cast, *, examples: int, steps: int) -> None:
    """Live so many lives of so many steps with a cast, each undone before the next."""

    class LifeOfThisCast(life):  # type: ignore[valid-type,misc]
        def __init__(self) -> None:
            super().__init__()
            self.cast = cast
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    run_state_machine_as_test(
        LifeOfThisCast,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.reuse, Phase.generate),  # a life that fails is told as it was: to shorten it takes minutes
        ),
    )
