"""What is said around a visit: approved by name, given once, at a private link, and nothing of it in the letter."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from corneum.clinic.aftercare import actions
from corneum.clinic.aftercare.jobs import tell_what_to_do
from corneum.clinic.aftercare.models import CareSheet, CareText, When
from corneum.clinic.diary.actions import undo_outcome
from corneum.clinic.diary.models import Appointment
from corneum.domain.aftercare.wording import RednessAlone
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories.aftercare import approve_text, finish, give
from tests.factories.booking import text_of
from tests.factories.cast import NOW, Cast
from tests.factories.diary import WORKER, make_appointment, minute
from tests.factories.sign_in import DeskClient

TEXT = "/desk/aftercare/texts/microdermabrasion/after/"


def letters() -> list[Message]:
    """List what this area has queued."""
    return list(Message.objects.filter(template__startswith="aftercare/").order_by("pk"))


def done_at(visit: Appointment) -> datetime:
    """Say when it was marked done."""
    assert visit.finished_at is not None
    return visit.finished_at


def test_visit_that_is_done_is_told_once_with_a_link_and_nothing_of_what_it_was_for(client, cast: Cast):
    approve_text(cast, "after")
    visit = finish(cast)

    tell_what_to_do(done_at(visit) + timedelta(minutes=2))
    assert letters() == []  # the desk may still take it back
    for minutes in (3, 4):
        tell_what_to_do(done_at(visit) + timedelta(minutes=minutes))

    sheet, letter = CareSheet.objects.get(), letters()[0]
    whole = f"{letter.subject} {letter.text} {letter.html}".lower()
    assert len(letters()) == 1
    assert f"/a/{sheet.code}/" in letter.text
    assert not any(word in whole for word in ("microderm", "abrasion", "peel", "skin type", "nadia"))
    assert AuditEvent.objects.get(action="aftercare.give_after").entity_ref == sheet.ref

    with time_machine.travel(done_at(visit), tick=False):
        page = client.get(f"/a/{sheet.code}/")
    said = text_of(page)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store, private")
    for fact in (
        "Microdermabrasion",
        "Call 999 now",
        "0161 496 0000",
        "111",
        "go by how it feels",
        "approved by Nadia Rahman",
    ):
        assert fact in said
    assert "Ashworth" not in said
    assert client.get(f"/stockport/a/{sheet.code}/").status_code == 404


def test_patient_keeps_the_version_that_they_were_given(client, cast: Cast):
    approve_text(cast, "after")
    first = give(finish(cast), at=NOW)
    approve_text(cast, "after", body="# Now\nOther words.")

    assert CareText.objects.count() == 2
    assert "Other words" not in text_of(client.get(f"/a/{first.code}/"))


def test_nothing_is_sent_of_what_nobody_approved_or_after_done_was_taken_back(cast: Cast):
    visit = finish(cast)
    tell_what_to_do(done_at(visit) + timedelta(minutes=3))
    with pytest.raises(actions.NoTextApproved):
        give(visit, at=NOW)
    approve_text(cast, "after")
    undo_outcome(appointment=visit, by=WORKER, at=done_at(visit))
    tell_what_to_do(done_at(visit) + timedelta(minutes=3))
    with pytest.raises(actions.NotDone):
        give(visit, at=NOW)

    assert (letters(), CareSheet.objects.count()) == ([], 0)


def test_database_refuses_a_second_sheet_for_a_visit(cast: Cast):
    text = approve_text(cast, "after")
    sheet = give(finish(cast), at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        CareSheet.objects.create(appointment=sheet.appointment, when=When.AFTER, text=text, given_at=NOW)


def test_preparation_waits_for_the_morning_but_not_when_the_visit_is_tomorrow(cast: Cast):
    approve_text(cast, "before")
    night = NOW.replace(hour=22, minute=0)
    far = make_appointment(cast, minute("2026-03-12T10:00"), treatment=cast.microdermabrasion, at=NOW)
    near = make_appointment(
        cast, minute("2026-03-10T10:00"), treatment=cast.microdermabrasion, patient=cast.bea, at=NOW
    )
    assert near.starts_at - night < timedelta(days=1) < far.starts_at - night
    tell_what_to_do(night)
    tell_what_to_do(night)

    when = {letter.to: letter.send_at for letter in letters()}
    assert when == {"bea@patients.example": night, "alice@patients.example": night + timedelta(hours=10)}


def test_only_a_live_practitioner_approves_and_only_the_last_version(cast: Cast):
    first = approve_text(cast, "after")
    second = actions.save_care_text(
        clinic=cast.manchester, treatment=cast.microdermabrasion, when=When.AFTER, body="# Now\nWash.", based_on=1,
        user=cast.owen, by=Actor.staff(cast.owen), at=NOW,
    )  # fmt: skip
    with pytest.raises(actions.NotAPractitioner):
        actions.approve_care_text(text=second, user=cast.owen, by=Actor.staff(cast.owen), at=NOW)
    with pytest.raises(actions.AnotherVersionIsNewer):
        actions.approve_care_text(text=first, user=cast.priya, by=Actor.staff(cast.priya), at=NOW)
    with pytest.raises(RednessAlone):
        approve_text(cast, "after", body="# Normal\nRedness for a day.")
    second.refresh_from_db()
    assert second.approved_at is None


def test_page_of_a_text_offers_the_sample_keeps_what_was_typed_and_approves_by_name(cast: Cast):
    desk = DeskClient()
    with time_machine.travel(NOW, tick=False):
        desk.force_login(cast.priya)
        assert "This is a sample" in text_of(desk.get(TEXT))
        wrong = desk.post(TEXT, {"body": "# Normal\nRedness only.", "based_on": "0", "press": "one"})
        assert (wrong.status_code, "Redness only." in text_of(wrong)) == (422, True)
        desk.post(TEXT, {"body": "# Normal\nIt feels warm.", "based_on": "0", "press": "two"})
        late = desk.post(TEXT, {"body": "# Mine\nTyped meanwhile.", "based_on": "0", "press": "three"})
        assert (late.status_code, "Typed meanwhile." in text_of(late)) == (422, True)
        desk.post(f"{TEXT}approve/", {"number": "1"})

    text = CareText.objects.get()
    assert (text.body, text.approved_by, text.approved_at) == ("# Normal\nIt feels warm.", cast.nadia, NOW)
