"""Taking out, proposing and deciding: everything that is touched is listed, and nothing moves by itself."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from corneum.clinic.booking.actions.desk import cancel_at_desk
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment, Block, Schedule, Slot
from corneum.clinic.replacing import actions, queries
from corneum.clinic.replacing.models import Outage, Replacement
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, make_device, make_patient, make_practitioner
from tests.factories.diary import make_appointment, make_hold, minute
from tests.factories.replacing import propose, rows, take_out

pytestmark = pytest.mark.django_db

TEN = minute("2026-03-10T10:00")


def micro(cast, clock="10:00", *, patient=None, practitioner=None, day="2026-03-10"):
    return make_appointment(
        cast, minute(f"{day}T{clock}"), patient=patient, practitioner=practitioner or cast.rosa,
        treatment=cast.microdermabrasion,
    )  # fmt: skip


def where(visit: Appointment) -> set[object]:
    slots = Slot.objects.filter(appointment=visit, is_live=True).select_related("schedule__room", "schedule__device")
    things: set[object] = {slot.schedule.room or slot.schedule.device for slot in slots}
    return things - {None}


def accept(cast, row, *, at=NOW):
    return actions.accept_replacement(replacement=row, by=Actor.staff(cast.dana), at=at)


def mail() -> list[Message]:
    """What will leave, of what outages wrote."""
    return list(Message.objects.filter(template__startswith="replacing/", state="queued").order_by("id"))


def test_take_out_lists_what_it_touches_and_moves_nothing(cast):
    touched = micro(cast)
    make_appointment(cast, TEN, patient=cast.bea, practitioner=cast.nadia)

    outage = take_out(cast, cast.rosa)

    assert list(rows(outage)) == ["Alice"]
    row = rows(outage)["Alice"]
    assert (row.state, row.promised_starts, row.promised_practitioner) == ("open", TEN, cast.rosa)
    assert Appointment.objects.get(pk=touched.pk).starts == TEN
    assert Block.objects.filter(series=outage.series, lifted_at=None).count() == 1
    with pytest.raises(diary.TimeRefused):
        make_appointment(cast, minute("2026-03-10T14:00"), patient=cast.bea, practitioner=cast.rosa)
    assert AuditEvent.objects.filter(action="replacing.take_out", entity_ref=outage.ref).count() == 1
    assert mail() == []


def test_take_out_counts_set_up_and_clean_down_of_that_diary_only(cast):
    micro(cast)  # the room is made ready from 9:50 and cleaned until 11:00; Rosa is done at 10:55
    room = next(iter(where(Appointment.objects.get()) - {cast.crystal}))

    cleaning = take_out(cast, room, starts="2026-03-10T10:55", ends="2026-03-10T12:00")
    after = take_out(cast, cast.rosa, starts="2026-03-10T10:55", ends="2026-03-10T12:00")

    assert list(rows(cleaning)) == ["Alice"]
    assert list(rows(after)) == []


def test_take_out_refuses_no_time_and_time_that_is_over(cast):
    for starts, ends in (("2026-03-10T10:00", "2026-03-10T10:00"), ("2026-03-08T10:00", "2026-03-09T08:00")):
        with pytest.raises(actions.NoTimeTaken):
            take_out(cast, cast.rosa, starts=starts, ends=ends)
    assert Outage.objects.count() == Block.objects.count() == 0


def test_take_out_gives_the_other_clinic_an_outage_of_its_own(cast):
    from corneum.clinic.practitioners.models import WorkingHours

    WorkingHours.objects.filter(practitioner=cast.rosa, weekday=1).update(clinic=cast.stockport)
    stranger = make_patient(cast.stockport, "Stella Stockport")
    make_appointment(cast, TEN, patient=stranger, practitioner=cast.rosa, clinic=cast.stockport)

    here = take_out(cast, cast.rosa)

    there = Outage.objects.get(clinic=cast.stockport)
    assert (list(rows(here)), list(rows(there))) == ([], ["Stella"])
    assert there.series == here.series


def test_propose_swaps_a_flooded_room_and_the_patient_notices_nothing(cast):
    visit = micro(cast)
    sequence = visit.sequence
    room = next(iter(where(visit) - {cast.crystal}))
    other = cast.treatment_room_2 if room == cast.treatment_room_1 else cast.treatment_room_1
    outage = take_out(cast, room)

    row = accept(cast, propose(cast, outage)["Alice"])

    visit.refresh_from_db()
    assert (row.state, visit.starts, visit.practitioner, visit.sequence) == ("accepted", TEN, cast.rosa, sequence)
    assert where(visit) == {other, cast.crystal}
    assert mail() == []
    assert queries.is_seen_changed(row) is False


def test_propose_keeps_the_time_with_somebody_else_when_one_is_ill(cast):
    visit = micro(cast)
    outage = take_out(cast, cast.rosa)

    row = propose(cast, outage)["Alice"]
    assert (row.state, row.starts, row.practitioner) == ("proposed", TEN, cast.nadia)
    visit.refresh_from_db()
    assert visit.practitioner == cast.rosa  # a proposal moves nothing

    accept(cast, row)

    visit.refresh_from_db()
    assert (visit.starts, visit.practitioner, visit.sequence) == (TEN, cast.nadia, 1)
    [letter] = mail()
    assert letter.send_at == NOW + timedelta(minutes=3)
    assert "the time stays, and you will see Nadia Rahman" in letter.text


def test_proposals_within_the_notice_keep_the_time(cast):
    visit = micro(cast, "10:30", day="2026-03-09")
    late = NOW + timedelta(minutes=90)  # an hour before, and the notice is two
    room = next(iter(where(visit) - {cast.crystal}))
    outage = take_out(cast, room, starts="2026-03-09T00:00", ends="2026-03-10T00:00", at=late)

    row = propose(cast, outage, at=late)["Alice"]

    assert (row.state, row.starts) == ("proposed", visit.starts)


def test_propose_keeps_the_days_between_sessions(cast):
    Treatment.objects.filter(pk=cast.peel.pk).update(gap_days=6)
    for wall in ("2026-03-16T10:00", "2026-03-10T10:00"):
        make_appointment(cast, minute(wall), treatment=cast.peel, practitioner=cast.rosa)

    row = propose(cast, take_out(cast, cast.rosa))["Alice"]

    assert row.starts is not None
    assert (row.state, local(row.starts, "Europe/London").date()) == ("proposed", date(2026, 3, 23))
    row.starts = minute("2026-03-12T10:00")
    row.save()
    with pytest.raises(diary.TooNear):
        accept(cast, row)


def test_propose_finds_places_that_go_together(cast):
    cast.nadia.qualifications.all().delete()
    people = [make_patient(cast.manchester, f"Patient{number} Smith") for number in range(5)]
    clocks = ("09:00", "10:15", "11:30", "13:30", "15:00")
    for person, clock in zip(people, clocks, strict=True):
        micro(cast, clock, patient=person)
    outage = take_out(cast, cast.rosa)

    found = propose(cast, outage)
    for row in reversed(found.values()):  # in any order
        accept(cast, row)

    assert {row.state for row in rows(outage).values()} == {"accepted"}
    starts = sorted(row.starts or 0 for row in found.values())
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 60


def test_propose_leaves_what_it_finds_no_place_for(cast):
    micro(cast)
    outage = take_out(cast, cast.crystal, ends="2026-07-01T00:00")

    row = propose(cast, outage)["Alice"]

    assert (row.state, row.starts, row.lanes) == ("open", None, [])
    with pytest.raises(actions.NothingProposed):
        accept(cast, row)


def test_propose_uses_another_device_of_the_kind(cast):
    make_device(cast.manchester, "Crystal two", "crystal-unit", order=2)
    visit = micro(cast)
    outage = take_out(cast, cast.crystal)

    accept(cast, propose(cast, outage)["Alice"])

    assert {str(thing) for thing in where(visit)} >= {"Crystal two"}
    assert mail() == []


def test_propose_lists_what_slipped_in_and_settles_what_was_moved_elsewhere(cast):
    visit = micro(cast)
    hold = make_hold(cast, minute("2026-03-10T12:00"), practitioner=cast.rosa)
    outage = take_out(cast, cast.rosa)
    diary.book_held_time(hold=hold, patient=cast.bea, note="", by=Actor.staff(cast.dana), at=NOW)
    diary.move_appointment(appointment=visit, starts=TEN, practitioner=cast.nadia, by=Actor.staff(cast.dana), at=NOW)

    found = propose(cast, outage)

    assert {name: row.state for name, row in found.items()} == {"Alice": "settled", "Bea": "open"}
    assert propose(cast, outage)["Bea"].state == "proposed"


def test_accept_is_refused_to_the_second_desk_by_name(cast):
    micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]
    accept(cast, row)

    with pytest.raises(actions.AlreadyDecided, match="Dana Okafor has decided about this visit already"):
        actions.leave_replacement(replacement=row, by=Actor.staff(cast.owen), at=NOW)

    assert Replacement.objects.get().state == "accepted"


def test_accept_is_refused_when_the_place_has_gone_and_a_new_one_is_proposed(cast):
    visit = micro(cast)
    outage = take_out(cast, cast.rosa)
    row = propose(cast, outage)["Alice"]
    make_appointment(cast, TEN, patient=cast.bea, practitioner=cast.nadia)

    with pytest.raises(diary.TimeRefused):
        accept(cast, row)

    visit.refresh_from_db()
    assert (visit.starts, visit.practitioner) == (TEN, cast.rosa)
    again = propose(cast, outage)["Alice"]
    assert (again.state, again.starts != TEN) == ("proposed", True)
    assert mail() == []


def test_accept_is_refused_when_the_visit_was_moved_elsewhere(cast):
    visit = micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]
    diary.cancel_appointment(appointment=visit, reason="Rang", by=Actor.staff(cast.dana), at=NOW)

    with pytest.raises(actions.NeedsNothing):
        accept(cast, row)


def test_change_gives_another_time_and_tells(cast):
    visit = micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]
    three = minute("2026-03-12T15:00")

    actions.change_replacement(replacement=row, starts=three, practitioner=cast.rosa, by=Actor.staff(cast.dana), at=NOW)

    visit.refresh_from_db()
    row.refresh_from_db()
    assert (visit.starts, row.state, row.starts) == (three, "accepted", three)
    [letter] = mail()
    assert "Thursday 12 March, 3pm, with Rosa Lindley (not 10am on Tuesday 10 March)" in letter.text


def test_leave_sends_nothing_and_can_still_be_decided(cast):
    visit = micro(cast)
    outage = take_out(cast, cast.rosa)
    row = propose(cast, outage)["Alice"]

    actions.leave_replacement(replacement=row, by=Actor.staff(cast.dana), at=NOW)
    row.refresh_from_db()
    assert (row.state, row.decided_by, mail()) == ("left", cast.dana, [])
    with pytest.raises(actions.VisitsLeft):
        actions.close_outage(outage=outage, by=Actor.staff(cast.dana), at=NOW)

    actions.cancel_replacement(replacement=row, reason="Cannot come", by=Actor.staff(cast.dana), at=NOW)
    visit.refresh_from_db()
    assert visit.status == "cancelled"


def test_one_message_says_all_changes_of_a_patient(cast):
    first, second = micro(cast, "09:30"), micro(cast, "14:00")
    outage = take_out(cast, cast.rosa)
    propose(cast, outage)

    for row in queries.replacements_of(outage):
        actions.change_replacement(
            replacement=row, starts=row.appointment.starts + 2 * 24 * 60, practitioner=cast.rosa,
            by=Actor.staff(cast.dana), at=NOW,
        )  # fmt: skip

    [letter] = mail()
    assert letter.text.count("with Rosa Lindley (not") == 2
    assert [part["name"] for part in letter.attachments] == ["appointment-1.ics", "appointment-2.ics"]
    assert [first.ref in letter.attachments[0]["text"], second.ref in letter.attachments[1]["text"]] == [True, True]
    assert Message.objects.filter(state="withdrawn", template="replacing/changed").count() == 1


def test_what_has_left_is_not_said_again(cast):
    micro(cast, "09:30")
    micro(cast, "14:00")
    outage = take_out(cast, cast.rosa)
    propose(cast, outage)
    one, other = queries.replacements_of(outage)
    accept(cast, one)
    Message.objects.filter(state="queued").update(state="sent", sent_at=NOW)

    actions.cancel_replacement(
        replacement=other, reason="No place", by=Actor.staff(cast.dana), at=NOW + timedelta(minutes=5)
    )

    [letter] = mail()
    assert ("2pm on Tuesday 10 March: cancelled" in letter.text, "9:30am" in letter.text) == (True, False)
    assert letter.subject == "Your cancelled appointment at Manchester"


def test_letters_never_say_why_and_never_what_for(cast):
    cast.alice.phone = "+447700900123"
    cast.alice.save()
    micro(cast)
    row = propose(cast, take_out(cast, cast.rosa))["Alice"]

    accept(cast, row)

    words = " ".join(f"{letter.subject} {letter.text} {letter.html}" for letter in mail()).lower()
    assert len(mail()) == 2
    assert [word for word in ("ill", "sick", "leave", "microdermabrasion", "rosa") if f" {word} " in words] == []


def test_shorten_lets_what_nobody_decided_fit_again(cast):
    morning, afternoon = micro(cast, "09:30"), micro(cast, "14:00", patient=cast.bea)
    outage = take_out(cast, cast.rosa)
    propose(cast, outage)

    actions.shorten_outage(outage=outage, ends=minute("2026-03-10T13:00"), by=Actor.staff(cast.dana), at=NOW)

    assert {name: row.state for name, row in rows(outage).items()} == {"Alice": "proposed", "Bea": "settled"}
    assert [block.ends for block in Block.objects.filter(lifted_at=None)] == [minute("2026-03-10T13:00")]
    assert [Appointment.objects.get(pk=one.pk).starts for one in (morning, afternoon)] == [
        morning.starts, afternoon.starts,
    ]  # fmt: skip


def test_shorten_to_nothing_lifts_it_and_keeps_what_was_placed(cast):
    visit = micro(cast)
    micro(cast, "14:00", patient=cast.bea)
    outage = take_out(cast, cast.rosa)
    accept(cast, propose(cast, outage)["Alice"])

    lifted = actions.shorten_outage(outage=outage, ends=outage.starts, by=Actor.staff(cast.dana), at=NOW)

    assert {name: row.state for name, row in rows(lifted).items()} == {"Alice": "accepted", "Bea": "settled"}
    assert Block.objects.filter(lifted_at=None).count() == 0
    visit.refresh_from_db()
    assert visit.practitioner == cast.nadia
    make_appointment(
        cast, minute("2026-03-10T09:00"), patient=make_patient(cast.manchester, "Cara C"), practitioner=cast.rosa
    )


def test_close_when_nothing_is_left_and_only_once(cast):
    micro(cast)
    outage = take_out(cast, cast.rosa)
    row = propose(cast, outage)["Alice"]
    with pytest.raises(actions.VisitsLeft):
        actions.close_outage(outage=outage, by=Actor.staff(cast.dana), at=NOW)
    accept(cast, row)

    closed = actions.close_outage(outage=outage, by=Actor.staff(cast.dana), at=NOW)

    assert (closed.closed_at, closed.closed_by) == (NOW, cast.dana)
    with pytest.raises(actions.OutageClosed):
        actions.close_outage(outage=outage, by=Actor.staff(cast.dana), at=NOW)
    assert Block.objects.filter(lifted_at=None).count() == 1


def test_a_room_with_two_places_is_out_with_both(cast):
    cast.treatment_room_1.places = 2
    cast.treatment_room_1.save()

    outage = take_out(cast, cast.treatment_room_1)

    assert len(outage.owners()) == 2
    assert Block.objects.values("schedule").distinct().count() == 2
    assert Schedule.objects.filter(room=cast.treatment_room_1).count() == 2


def test_spare_practitioner_is_preferred_to_another_day(cast):
    make_practitioner("Tess Third", cast.manchester, [cast.microdermabrasion], order=9)
    make_appointment(cast, TEN, patient=cast.bea, practitioner=cast.nadia)
    micro(cast)

    row = propose(cast, take_out(cast, cast.rosa))["Alice"]

    assert (row.starts, str(row.practitioner)) == (TEN, "Tess Third")


def test_shorten_does_not_block_again_what_was_given_back(cast):
    micro(cast)
    outage = take_out(cast, cast.rosa)
    diary.lift_blocks(series=outage.series, by=Actor.staff(cast.dana), at=NOW)

    assert (queries.is_lifted(outage), list(queries.touched_by(outage))) == (True, [])
    actions.shorten_outage(outage=outage, ends=minute("2026-03-10T13:00"), by=Actor.staff(cast.dana), at=NOW)

    assert Block.objects.filter(lifted_at=None).count() == 0
    assert rows(outage)["Alice"].state == "settled"


def test_cancelling_a_request_declines_it_and_takes_it_out_of_the_calendar(cast):
    visit = micro(cast)
    Appointment.objects.filter(pk=visit.pk).update(status="pending", request_expires_at=NOW + timedelta(hours=5))
    row = rows(take_out(cast, cast.rosa))["Alice"]

    done = actions.cancel_replacement(replacement=row, reason="No place", by=Actor.staff(cast.dana), at=NOW)

    letter = Message.objects.get(template="booking/declined", state="queued")
    [file] = letter.attachments
    assert (file["type"], done.letters) == ("text/calendar; method=CANCEL", [letter.ref])
    assert (done.state, mail()) == ("cancelled", [])


def test_a_letter_about_several_is_written_anew_when_one_of_them_is_cancelled_singly(cast):
    first, second = micro(cast, "09:30"), micro(cast, "14:00")
    outage = take_out(cast, cast.rosa)
    for row in queries.replacements_of(outage):
        actions.change_replacement(
            replacement=row, starts=row.appointment.starts + 2 * 24 * 60, practitioner=cast.rosa,
            by=Actor.staff(cast.dana), at=NOW,
        )  # fmt: skip

    cancel_at_desk(appointment=first, reason="Rang", tell=True, by=Actor.staff(cast.dana), at=NOW)

    [letter] = mail()
    [file] = letter.attachments
    assert (second.ref in file["text"], letter.text.count("(not ")) == (True, 1)
    assert [row.letters for row in queries.replacements_of(outage)] == [[], [letter.ref]]
