"""The desk's pages for setting a clinic up: what they show, what they save, and what they show beforehand."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine

from corneum.clinic.diary.models import Appointment, Block
from corneum.clinic.practitioners.models import RotaDay, WorkingHours
from corneum.clinic.premises.models import Closure, OpeningHours, Premises, SpecialHours
from corneum.clinic.treatments.models import Need, Offer
from corneum.domain.places import Place
from corneum.platform.accounts.models import User
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def at_desk(user: User) -> DeskClient:
    """Sit somebody down at the desk."""
    client = DeskClient()
    client.force_login(user)
    return client


def page(user: User, path: str) -> str:
    """Read a page of the clinic's."""
    answer = at_desk(user).get(f"/desk/clinic/{path}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(user: User, path: str, **sent: Any) -> Any:
    """Send a form of the clinic's; `a__b` stands for the field a-b."""
    return at_desk(user).post(f"/desk/clinic/{path}", {name.replace("__", "-"): value for name, value in sent.items()})


def seen_in(answer: Any) -> str:
    """Read the stamp of the visits that a page shows."""
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found.group(1)


def last_event() -> AuditEvent:
    """What was recorded last."""
    return AuditEvent.objects.latest("pk")


def test_overview_leads_to_everything(cast: Cast):
    text = page(cast.owen, "")

    assert [
        name for name in ("Monday to Saturday", "Rosa Lindley", "Microdermabrasion", "Crystal unit") if name not in text
    ] == []
    assert "Sian Howell" not in text


def test_clinic_is_in_the_rail_for_those_who_set_it_up_alone(cast: Cast):
    assert 'href="/desk/clinic/"' in at_desk(cast.owen).get("/desk/diary/2026-03-09/").content.decode()
    assert 'href="/desk/clinic/"' not in at_desk(cast.dana).get("/desk/diary/2026-03-09/").content.decode()


def test_week_is_saved_at_once_when_it_bothers_nobody(cast: Cast):
    answer = send(cast.owen, "hours/week/", week__d0="9-12.30, 13:30 to 18:00", week__d2="10:00-14:00")

    assert (answer.status_code, answer["Location"]) == (303, "/desk/clinic/hours/")
    assert list(OpeningHours.objects.filter(clinic=cast.manchester).values_list("weekday", "opens", "closes")) == [
        (0, time(9), time(12, 30)),
        (0, time(13, 30), time(18)),
        (2, time(10), time(14)),
    ]
    event = last_event()
    assert (event.action, len(event.detail["before"]), len(event.detail["after"])) == (
        "premises.set_opening_hours",
        6,
        3,
    )


def test_week_that_leaves_a_visit_out_is_saved_only_after_it_was_shown(cast: Cast):
    visit = make_appointment(cast, minute("2026-03-10T15:00"), practitioner=cast.rosa)
    sent = {f"week__d{day}": "09:00-14:00" for day in range(6)}

    answer = send(cast.owen, "hours/week/", **sent)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "1 visit would no longer fit" in text
    assert f"/desk/appointments/{visit.ref}/" in text
    assert "Alice Ashworth" in text
    assert 'value="09:00-14:00"' in text  # what was typed is still there
    assert OpeningHours.objects.filter(clinic=cast.manchester, closes=time(17)).count() == 6

    saved = send(cast.owen, "hours/week/", **sent, seen=seen_in(answer))

    assert saved.status_code == 303
    assert OpeningHours.objects.filter(clinic=cast.manchester, closes=time(14)).count() == 6
    visit.refresh_from_db()
    assert (visit.status, visit.starts, visit.sequence) == ("booked", minute("2026-03-10T15:00"), 0)


def test_visit_booked_since_they_were_shown_is_shown_first(cast: Cast):
    make_appointment(cast, minute("2026-03-10T15:00"), practitioner=cast.rosa)
    sent = {"closure__on": "2026-03-10", "closure__reason": "Flood"}
    seen = seen_in(send(cast.owen, "hours/close/", **sent))
    make_appointment(cast, minute("2026-03-10T16:00"), practitioner=cast.nadia, patient=cast.bea)

    answer = send(cast.owen, "hours/close/", **sent, seen=seen)

    assert answer.status_code == 200
    assert "2 visits would no longer fit" in answer.content.decode()
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nine to five", "Write hours like 09:00-12:30, 13:30-17:00"),
        ("25:00-26:00", "Write hours like 09:00-12:30, 13:30-17:00"),
        ("17:00-09:00", "Hours must end later on the same day than they begin"),
        ("09:00-12:00, 11:00-13:00", "These hours overlap or touch: write them as one"),
    ],
)
def test_hours_that_cannot_be_read_are_said_so_and_kept(cast: Cast, typed: str, sentence: str):
    answer = send(cast.owen, "hours/week/", week__d0=typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()


def test_special_hours_are_set_shown_and_taken_back(cast: Cast):
    send(cast.owen, "hours/special/", special__on="2026-03-15", special__hours="10-14")

    assert SpecialHours.objects.get().opens == time(10)
    assert "Sunday 15 March: 10:00-14:00" in page(cast.owen, "hours/")

    send(cast.owen, "hours/as-usual/", back__on="2026-03-15")

    assert not SpecialHours.objects.exists()


def test_special_hours_taken_back_show_the_visit_that_needs_them(cast: Cast):
    send(cast.owen, "hours/special/", special__on="2026-03-15", special__hours="10-14")
    send(cast.owen, f"rota/{cast.rosa.ref}/day/", day__on="2026-03-15", day__hours="10-14")
    make_appointment(cast, minute("2026-03-15T11:00"), practitioner=cast.rosa)

    answer = send(cast.owen, "hours/as-usual/", back__on="2026-03-15")

    assert "1 visit would no longer fit" in answer.content.decode()
    assert send(cast.owen, "hours/as-usual/", back__on="2026-03-15", seen=seen_in(answer)).status_code == 303


def test_days_are_closed_from_one_to_another_and_opened_again(cast: Cast):
    send(cast.owen, "hours/close/", closure__on="2026-12-24", closure__last="2026-12-28", closure__reason="Christmas")

    assert Closure.objects.filter(clinic=cast.manchester).count() == 5
    assert last_event().detail["days"] == 5
    send(cast.owen, "hours/reopen/", back__on="2026-12-28")
    assert Closure.objects.count() == 4


def test_holidays_kept_are_listed_by_name(cast: Cast):
    send(cast.owen, "hours/holidays/", holidays__nation="GB-SCT")

    assert Premises.objects.get(clinic=cast.manchester).holidays == "GB-SCT"
    assert (last_event().detail["before"], last_event().detail["after"]) == ("", "GB-SCT")
    text = page(cast.owen, "hours/")
    assert "Good Friday" in text
    assert "Easter Monday" not in text  # in Scotland it is none


def test_rota_of_two_weeks_is_shown_as_it_comes_to(cast: Cast):
    sent = {
        "rota__valid_from": "2026-03-09",
        "rota__alternates": "on",
        "rota__d0": "09:00-12:00",
        "rota__e1": "13:00-17:00",
    }

    assert send(cast.owen, f"rota/{cast.rosa.ref}/weeks/", **sent).status_code == 303

    rows = WorkingHours.objects.filter(practitioner=cast.rosa, valid_until=None)
    assert list(rows.values_list("weekday", "every_weeks", "valid_from")) == [
        (0, 2, date(2026, 3, 9)),
        (1, 2, date(2026, 3, 16)),
    ]
    text = page(cast.owen, f"rota/{cast.rosa.ref}/")
    assert (text.count(">9:00 to 12:00<"), text.count(">13:00 to 17:00<")) == (2, 2)
    assert text.count('value="09:00-12:00"') == 1
    assert text.count('value="13:00-17:00"') == 1


def test_day_off_is_shown_and_can_be_taken_back(cast: Cast):
    send(cast.owen, f"rota/{cast.rosa.ref}/day/", day__on="2026-03-10", day__hours="")

    assert RotaDay.objects.get().starts is None
    assert "Tuesday 10 March: off" in page(cast.owen, f"rota/{cast.rosa.ref}/")
    send(cast.owen, f"rota/{cast.rosa.ref}/as-usual/", back__on="2026-03-10")
    assert not RotaDay.objects.exists()


def test_practitioner_is_not_switched_off_while_anybody_is_booked(cast: Cast):
    visit = make_appointment(cast, minute("2026-03-10T15:00"), practitioner=cast.rosa)

    answer = send(cast.owen, f"rota/{cast.rosa.ref}/off/")

    assert answer.status_code == 409
    assert f"/desk/appointments/{visit.ref}/" in answer.content.decode()
    cast.rosa.refresh_from_db()
    assert cast.rosa.is_active

    assert send(cast.owen, f"rota/{cast.nadia.ref}/off/").status_code == 303
    cast.nadia.refresh_from_db()
    assert not cast.nadia.is_active
    send(cast.owen, f"rota/{cast.nadia.ref}/on/")
    cast.nadia.refresh_from_db()
    assert cast.nadia.is_active


def test_rules_are_saved_with_what_they_were(cast: Cast):
    offer = Offer.objects.get(clinic=cast.manchester, treatment=cast.peel)
    sent = {
        "notice_minutes": 60, "horizon_days": 90, "step_minutes": 30, "weekdays": ["0", "4"], "most_per_day": 3,
        "most_open_per_patient": "", "consultation_first": "on", "request_hours": 12, "free_cancel_hours": 48,
        "grace_minutes": 15, "late_fee": "25.50",
    }  # fmt: skip

    answer = send(
        cast.owen, "treatments/glycolic-peel/rules/", **{f"rules__{name}": value for name, value in sent.items()}
    )

    assert answer.status_code == 303, answer.content.decode()
    offer.refresh_from_db()
    assert (offer.weekdays, offer.most_per_day, offer.most_open_per_patient) == (0b0010001, 3, None)
    assert (offer.consultation_first, offer.is_by_request, offer.late_fee_pence) == (True, False, 2550)
    assert last_event().detail["before"]["notice_minutes"] == 120


def test_clinic_says_where_it_is_as_its_map_writes_it(cast):
    owner = DeskClient()
    owner.force_login(cast.owen)
    page = owner.post("/desk/clinic/where/", {"place-place": "Alder Row"}).content.decode()
    assert "Write it as maps do" in page
    assert "Alder Row" in page

    owner.post("/desk/clinic/where/", {"place-place": "53.4808, -2.2426"})

    assert Premises.objects.get(clinic=cast.manchester).place == Place(53.4808, -2.2426)
    assert "53.4808, -2.2426" in owner.get("/desk/clinic/where/").content.decode()


def test_days_between_sessions_are_saved_and_must_be_in_order(cast: Cast):
    needs = Need.objects.filter(treatment=cast.peel)
    sent = {f"length__need{need.pk}__{side}": 0 for need in needs for side in ("before", "after")}
    page = "treatments/glycolic-peel/length/"

    refused = send(cast.owen, page, length__minutes=30, length__gap_days=14, length__longest_gap_days=7, **sent)
    saved = send(cast.owen, page, length__minutes=30, length__gap_days=14, length__longest_gap_days=42, **sent)

    assert "The most days must not be fewer than the least" in refused.content.decode()
    assert saved.status_code == 303
    cast.peel.refresh_from_db()
    assert (cast.peel.gap_days, cast.peel.longest_gap_days) == (14, 42)
    assert last_event().detail["before"]["gap_days"] == 0


def test_length_shows_visits_at_every_clinic_that_offers_it(cast: Cast):
    make_appointment(cast, minute("2026-03-10T16:30"), practitioner=cast.rosa)
    make_appointment(
        cast,
        minute("2026-03-10T16:30"),
        practitioner=cast.sian,
        clinic=cast.stockport,
        patient=make_patient(cast.stockport, "Cleo"),
    )
    needs = Need.objects.filter(treatment=cast.consultation)
    sent = {f"length__need{need.pk}__{side}": 0 for need in needs for side in ("before", "after")}

    answer = send(cast.owen, "treatments/consultation/length/", length__minutes=60, **sent)

    text = answer.content.decode()
    assert "2 visits would no longer fit" in text
    assert "at Stockport" in text
    assert (
        send(cast.owen, "treatments/consultation/length/", length__minutes=60, **sent, seen=seen_in(answer)).status_code
        == 303
    )
    assert set(Appointment.objects.values_list("ends", flat=True)) == {minute("2026-03-10T17:00")}


def test_device_is_fixed_in_a_room_until_its_service(cast: Cast):
    name = f"device-{cast.crystal.ref}"
    sent = {"places": 1, "room": cast.treatment_room_1.ref, "service_due": "2026-06-01", "is_active": "on"}

    send(cast.owen, f"devices/{cast.crystal.ref}/", **{f"{name}__{field}": value for field, value in sent.items()})

    cast.crystal.refresh_from_db()
    assert (cast.crystal.room, cast.crystal.service_due) == (cast.treatment_room_1, date(2026, 6, 1))
    assert last_event().detail["after"]["service_due"] == "2026-06-01"


def test_room_of_another_clinic_is_not_there(cast: Cast):
    assert send(cast.owen, f"rooms/{cast.stockport_room.ref}/").status_code == 404


def blocked(user: User, cast: Cast, *, seen: str = "", **sent: Any) -> Any:
    """Block Rosa's Tuesday for training, unless the test says otherwise."""
    form = {"who": [f"practitioner:{cast.rosa.ref}"], "kind": "training", "first": "2026-03-10", "part": "whole"}
    return send(user, "blocked/block/", seen=seen, **{f"block__{name}": value for name, value in (form | sent).items()})


def test_time_is_blocked_for_many_every_week_by_half_days(cast: Cast):
    who = [f"practitioner:{cast.rosa.ref}", f"room:{cast.consulting_room.ref}"]

    answer = blocked(cast.dana, cast, who=who, part="morning", until="2026-03-24", press="p1")
    blocked(cast.dana, cast, who=who, part="morning", until="2026-03-24", press="p1")

    assert answer.status_code == 303
    assert Block.objects.count() == 6  # two of them, three Tuesdays, pressed twice and done once
    spans = sorted(set(Block.objects.values_list("starts", "ends")))
    assert spans[0] == (minute("2026-03-10T00:00"), minute("2026-03-10T13:00"))
    assert len({block.series for block in Block.objects.all()}) == 1


def test_blocked_time_shows_the_visits_in_it_first_and_is_given_back(cast: Cast):
    make_appointment(cast, minute("2026-03-10T15:00"), practitioner=cast.rosa)
    answer = blocked(cast.dana, cast)

    assert "1 visit would no longer fit" in answer.content.decode()
    assert blocked(cast.dana, cast, seen=seen_in(answer)).status_code == 303
    series = Block.objects.get().series
    assert "Training" in page(cast.dana, "blocked/")

    assert send(cast.dana, f"blocked/{series}/lift/").status_code == 303
    assert "Training" not in page(cast.dana, "blocked/").split("<form")[0]
    assert not Block.objects.filter(lifted_at=None).exists()


def test_sickness_and_notes_are_for_those_who_set_the_clinic_up(cast: Cast):
    assert blocked(cast.owen, cast, kind="sickness", note="Broken leg").status_code == 303

    for_owen, for_dana = page(cast.owen, "blocked/"), page(cast.dana, "blocked/")

    assert "<b>Ill</b>" in for_owen
    assert "Broken leg" in for_owen
    assert "<b>Not available</b>" in for_dana
    assert [word for word in ("Ill<", "Broken leg", "sickness") if word in for_dana] == []
    assert blocked(cast.dana, cast, kind="sickness").status_code == 422


def test_another_clinic_sees_and_lifts_nothing_of_it(cast: Cast):
    blocked(cast.owen, cast)
    series = Block.objects.get().series
    client = at_desk(cast.mallory)

    assert "Rosa" not in client.get("/stockport/desk/clinic/blocked/").content.decode()
    assert client.post(f"/stockport/desk/clinic/blocked/{series}/lift/").status_code == 404
    assert Block.objects.get().lifted_at is None


def test_diary_shows_what_is_blocked_to_each_as_they_may_know(cast: Cast):
    owners = [f"practitioner:{cast.rosa.ref}"]
    blocked(cast.owen, cast, who=owners, kind="sickness", part="hours", hours="10-12")
    blocked(cast.owen, cast, who=[f"device:{cast.crystal.ref}"], kind="out-of-order")

    for_owen, for_dana = (
        at_desk(user).get("/desk/diary/2026-03-10/").content.decode() for user in (cast.owen, cast.dana)
    )

    assert '<span>Ill<span class="sr">, 10:00 to 12:00</span></span>' in for_owen
    assert '<span>Not available<span class="sr">, 10:00 to 12:00</span></span>' in for_dana
    assert "Out of order, 9:00 to 17:00" in for_dana
