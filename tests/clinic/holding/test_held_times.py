"""Times held in a reply: kept for one person, chosen with one press, given back when they are not."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.diary.queries import openings_for
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.holding import actions
from corneum.clinic.holding.models import HeldTime, HeldTimes
from corneum.clinic.patients.models import Patient
from corneum.domain.scheduling.wall import local
from corneum.platform.messages.models import Message
from corneum.platform.ui.forms import new_press
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute
from tests.factories.enquiries import hold_times, make_enquiry

THREE = ("2026-03-10T10:00", "2026-03-12T11:00", "2026-03-13T16:00")
UNTIL = NOW + timedelta(days=1, hours=9)  # Tuesday, when the clinic closes


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def enquiry(cast: Cast) -> Enquiry:
    return make_enquiry(cast)


def free(cast: Cast, *starts: str, at: datetime = NOW) -> list[bool]:
    """Say of each time whether anybody else can have it, with Rosa and Nadia busy or not."""
    moments = [minute(start) for start in starts]
    days = [local(one, "Europe/London").date() for one in moments]
    found = openings_for(clinic=cast.manchester, treatment=cast.consultation, first=min(days), last=max(days), at=at)
    return [one in set(found.starts) for one in moments]


def refs(times: HeldTimes) -> list[str]:
    return [time.ref for time in times.each.all()]


def test_reply_with_times_keeps_them_and_names_them_with_a_link_that_says_nothing_personal(
    cast: Cast, enquiry: Enquiry
):
    times = hold_times(cast, enquiry, *THREE)

    message = Message.objects.get()
    people = [time.practitioner.name for time in times.each.all()]
    assert message.text.strip() == (
        "Hello.\n\nWe keep these times for you until 5pm on Tuesday 10 March:\n\n"
        f"  Tuesday 10 March, 10am with {people[0]}\n  Thursday 12 March, 11am with {people[1]}\n"
        f"  Friday 13 March, 4pm with {people[2]}\n\n"
        f"Choose one here with one press:\nhttp://localhost:8000/t/{times.code}/\n\nDana"
    )
    assert free(cast, *THREE) == [False] * 3  # the one consulting room is taken
    assert (times.expires_at, Enquiry.objects.get().state) == (UNTIL, "answered")
    assert set(Hold.objects.values_list("expires_at", flat=True)) == {NOW + timedelta(days=1, hours=2), UNTIL}


def test_times_for_a_missed_call_go_out_as_one_text_and_are_chosen_like_the_others(client, cast: Cast):
    caller = make_enquiry(cast, "Unknown caller", email="", phone="+447700900118")
    client.force_login(cast.dana)
    shown = client.get(f"/desk/inbox/{caller.ref}/times/").context["form"]["text"].value()

    times = hold_times(cast, caller, *THREE, text=shown)
    message = Message.objects.get()
    client.post(f"/t/{times.code}/take/", {"time": refs(times)[0], "press": new_press()})

    assert (message.channel, message.text.strip()) == (
        "text",
        f"Manchester: we keep 3 times for you until 5pm Tue 10 Mar. Choose: http://localhost:8000/t/{times.code}/",
    )
    assert Appointment.objects.get().patient.phone == "+447700900118"


def test_choosing_books_one_gives_the_others_back_and_settles_the_conversation(client, cast: Cast, enquiry: Enquiry):
    times = hold_times(cast, enquiry, *THREE)

    answer = client.post(f"/t/{times.code}/take/", {"time": refs(times)[1], "press": new_press()})

    appointment = Appointment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/b/{appointment.code}/")
    assert (appointment.starts, appointment.status) == (minute(THREE[1]), "booked")
    assert (appointment.patient.name, appointment.patient.email) == ("Hannah Doyle", "hannah@mail.example")
    assert (free(cast, *THREE), Hold.objects.count()) == ([True, False, True], 0)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.patient) == ("booked", appointment.patient)
    assert Entry.objects.latest("id").text.startswith("They booked Thursday 12 March, 11am with ")
    assert Message.objects.filter(template__startswith="booking/").count() == 1
    assert client.get(f"/t/{times.code}/")["Location"] == f"/b/{appointment.code}/"


def test_chosen_twice_or_another_one_afterwards_is_one_appointment(client, cast: Cast, enquiry: Enquiry):
    times = hold_times(cast, enquiry, *THREE)
    first, second, _third = refs(times)

    answers = {
        client.post(f"/t/{times.code}/take/", {"time": ref, "press": new_press()})["Location"]
        for ref in (first, first, second)
    }

    assert (len(answers), Appointment.objects.count(), Patient.objects.filter(name="Hannah Doyle").count()) == (1, 1, 1)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_page_books_nothing(client, cast: Cast, enquiry: Enquiry, method: str):
    times = hold_times(cast, enquiry, *THREE)

    answers = {getattr(client, method)(f"/t/{times.code}/{path}").status_code for path in ("", "take/", "decline/")}

    assert (answers, Appointment.objects.count(), HeldTimes.objects.get().state) == ({200, 405}, 0, "open")


def test_page_is_kept_by_no_cache_and_found_by_no_search_engine(client, cast: Cast, enquiry: Enquiry):
    times = hold_times(cast, enquiry, THREE[0])

    answer = client.get(f"/t/{times.code}/")

    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert len(re.findall(r'name="time"', answer.content.decode())) == 1


def test_times_go_back_by_themselves_and_the_page_says_so(client, cast: Cast, enquiry: Enquiry):
    times = hold_times(cast, enquiry, *THREE)
    with time_machine.travel(UNTIL, tick=False):
        answer = client.post(f"/t/{times.code}/take/", {"time": refs(times)[1], "press": new_press()})

    assert (answer.status_code, Appointment.objects.count()) == (409, 0)
    page = answer.content.decode()
    assert ("This time is no longer kept for you" in page, "Answer our email" in page) == (True, True)
    assert free(cast, *THREE[1:], at=UNTIL) == [True, True]


def test_the_time_that_begins_soon_is_let_go_when_it_begins_and_the_others_are_kept(
    client, cast: Cast, enquiry: Enquiry
):
    times = hold_times(cast, enquiry, *THREE)
    with time_machine.travel(NOW + timedelta(days=1, hours=3), tick=False):
        page = client.get(f"/t/{times.code}/").content.decode()
        gone = client.post(f"/t/{times.code}/take/", {"time": refs(times)[0], "press": new_press()})

    assert [ref in page for ref in refs(times)] == [False, True, True]
    assert (gone.status_code, Appointment.objects.count()) == (409, 0)


def test_none_suits_gives_them_back_and_the_conversation_waits_for_us(client, cast: Cast, enquiry: Enquiry):
    times = hold_times(cast, enquiry, *THREE)

    answers = [client.post(f"/t/{times.code}/decline/").status_code for _ in range(2)]

    enquiry.refresh_from_db()
    assert (answers, enquiry.state, free(cast, *THREE)) == ([303, 303], "open", [True] * 3)
    said = list(Entry.objects.filter(kind="auto").values_list("text", flat=True))
    assert said == ["None of the times that we kept suits them."]


def test_new_times_take_the_place_of_the_old_ones(client, cast: Cast, enquiry: Enquiry):
    old = hold_times(cast, enquiry, *THREE)
    new = hold_times(cast, Enquiry.objects.get(), THREE[0], "2026-03-14T10:00")

    old.refresh_from_db()
    assert (old.state, new.state, HeldTime.objects.filter(hold__isnull=False).count()) == ("withdrawn", "open", 2)
    assert "no longer kept for you" in client.get(f"/t/{old.code}/").content.decode()


@pytest.mark.parametrize("starts", [(), (*THREE, "2026-03-14T10:00")])
def test_offer_refuses_none_and_more_than_three(cast: Cast, enquiry: Enquiry, starts: tuple[str, ...]):
    with pytest.raises(actions.WrongNumber):
        hold_times(cast, enquiry, *starts)

    assert (Message.objects.count(), Hold.objects.count()) == (0, 0)


def test_offer_of_a_time_that_has_gone_sends_nothing_keeps_nothing_and_keeps_what_was_typed(
    client, cast: Cast, enquiry: Enquiry
):
    hold_times(cast, make_enquiry(cast, "Owen Pryce"), THREE[0])
    client.force_login(cast.dana)

    answer = client.post(f"/desk/inbox/{enquiry.ref}/times/", said(enquiry, THREE[0], THREE[1]))

    page = answer.content.decode()
    assert (answer.status_code, Message.objects.filter(to="hannah@mail.example").count()) == (422, 0)
    assert ("10am on Tuesday 10 March has just gone" in page, "Careful words." in page) == (True, True)
    assert Hold.objects.count() == 1


def said(enquiry: Enquiry, *starts: str, send: str = "1") -> dict[str, object]:
    """Write what the browser sends of the desk's page."""
    given: dict[str, object] = {
        "text": "Careful words.\n\n{times}", "seen": last_entry(enquiry), "press": new_press(),
        "treatment": "consultation", "practitioner": "", "starts": [minute(start) for start in starts],
    }  # fmt: skip
    return given | ({"send": send} if send else {})


def test_desk_comes_from_a_reply_with_its_words_ticks_times_and_sends_once(client, cast: Cast, enquiry: Enquiry):
    client.force_login(cast.dana)
    typed = client.get(f"/desk/inbox/{enquiry.ref}/").context["reply_form"]["text"].value()

    shown = client.post(f"/desk/inbox/{enquiry.ref}/times/", {"text": typed, "seen": last_entry(enquiry)})
    words = shown.context["form"]["text"].value()
    ticked = said(enquiry, *THREE) | {"text": words}
    answers = [client.post(f"/desk/inbox/{enquiry.ref}/times/", ticked).status_code for _ in range(2)]

    assert words == "Hello Hannah,\n\n{times}\n\nDana, Manchester"
    assert str(minute(THREE[0])) in shown.content.decode()
    assert (answers, Message.objects.count(), HeldTimes.objects.count()) == ([302, 302], 1, 1)


def test_desk_that_has_not_read_the_last_of_it_is_shown_it_first(client, cast: Cast, enquiry: Enquiry):
    stale = said(enquiry, *THREE)
    Entry.objects.create(enquiry=enquiry, kind="theirs", text="Not before noon, please.", at=NOW)
    client.force_login(cast.dana)

    refused = client.post(f"/desk/inbox/{enquiry.ref}/times/", stale)
    again = stale | {"seen": refused.context["form"]["seen"].value()}

    assert (refused.status_code, "Not before noon, please." in refused.content.decode()) == (422, True)
    assert (HeldTimes.objects.count(), client.post(f"/desk/inbox/{enquiry.ref}/times/", again).status_code) == (0, 302)


def test_desk_takes_times_back(client, cast: Cast, enquiry: Enquiry):
    hold_times(cast, enquiry, *THREE)
    client.force_login(cast.dana)

    client.post(f"/desk/inbox/{enquiry.ref}/times/withdraw/")

    assert (HeldTimes.objects.get().state, free(cast, *THREE)) == ("withdrawn", [True] * 3)


def test_patient_who_has_an_appointment_then_is_told_and_can_choose_another(client, cast: Cast, enquiry: Enquiry):
    patient = make_patient(cast.manchester, "Hannah Doyle", email="hannah@mail.example")
    times = hold_times(cast, enquiry, *THREE)
    busy, other, _third = times.each.all()
    with_whom = cast.nadia if busy.practitioner == cast.rosa else cast.rosa
    make_appointment(cast, busy.starts, patient=patient, practitioner=with_whom, treatment=cast.microdermabrasion)

    refused = client.post(f"/t/{times.code}/take/", {"time": busy.ref, "press": new_press()})
    booked = client.post(f"/t/{times.code}/take/", {"time": other.ref, "press": new_press()})

    assert (refused.status_code, other.ref in refused.content.decode()) == (409, True)
    assert (booked.status_code, Appointment.objects.filter(patient=patient).count()) == (303, 2)


def test_times_of_another_clinic_look_like_nothing(client, cast: Cast, enquiry: Enquiry):
    times = hold_times(cast, enquiry, THREE[0])
    client.force_login(cast.mallory)

    answers = {
        client.get(f"/stockport/t/{times.code}/").status_code,
        client.post(f"/stockport/t/{times.code}/take/", {"time": refs(times)[0]}).status_code,
        client.get(f"/stockport/desk/inbox/{enquiry.ref}/times/").status_code,
        client.post(f"/stockport/desk/inbox/{enquiry.ref}/times/withdraw/").status_code,
    }

    assert (answers, HeldTimes.objects.get().state) == ({404}, "open")
