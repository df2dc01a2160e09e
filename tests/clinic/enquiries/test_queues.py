"""Queues: who waits, who has it, what is out of sight; and nobody answers what they have not read."""

from datetime import timedelta

import pytest
import time_machine

from corneum.clinic.enquiries import actions, presence, queries
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry, Presence
from corneum.clinic.enquiries.snoozing import moments
from corneum.platform.accounts.actors import Actor
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.enquiries import make_enquiry, reply_to


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def queue(cast: Cast, show: str, *, at=NOW) -> dict[str, list[str]]:
    shown = queries.inbox(cast.dana, cast.manchester, show=show, text="", at=at)
    return {title: [enquiry.name.split()[0] for enquiry in group] for title, group in shown.groups}


def give(enquiry: Enquiry, to, cast: Cast) -> None:
    actions.assign_enquiry(enquiry=enquiry, to=to, by=Actor.staff(cast.dana), at=NOW)


def answer(enquiry: Enquiry, cast: Cast, *, at=NOW) -> None:
    actions.reply_to_enquiry(
        enquiry=enquiry, text="Yes.", seen=last_entry(enquiry), user=cast.owen, by=Actor.staff(cast.owen), at=at
    )


def test_each_conversation_stands_in_the_queue_of_what_is_to_be_done(cast: Cast):
    make_enquiry(cast, "New Nora")
    give(make_enquiry(cast, "Mine Mo"), cast.dana, cast)
    give(make_enquiry(cast, "Owens Olga"), cast.owen, cast)
    answer(make_enquiry(cast, "Answered Ann"), cast)
    actions.close_enquiry(enquiry=make_enquiry(cast, "Done Dot"), by=Actor.staff(cast.dana), at=NOW)
    make_enquiry(cast, "Robot Rob", spam=True)

    assert {show: queue(cast, show) for show in queries.SHOWN} == {
        "new": {"Waiting for us": ["New"], "With a colleague": ["Owens"]},
        "mine": {"Waiting for you": ["Mine"], "Waiting for them": []},
        "waiting": {"Waiting for them": ["Answered"]},
        "booked": {"Booked": []},
        "snoozed": {"Snoozed": []},
        "done": {"Done": ["Done"]},
        "quarantine": {"In quarantine": ["Robot"]},
    }
    counts = queries.inbox(cast.dana, cast.manchester, show="new", text="", at=NOW).counts
    assert counts == {"new": 1, "mine": 1, "colleagues": 1, "waiting": 1, "snoozed": 0, "spam_this_week": 1}


def test_snooze_puts_out_of_sight_until_its_moment_and_comes_back_by_itself(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    client.post(f"/desk/inbox/{enquiry.ref}/snooze/", {"until": "opening"})

    until = NOW + timedelta(hours=1)  # nine o'clock
    assert Enquiry.objects.get().snoozed_until == until
    assert (queue(cast, "new")["Waiting for us"], queue(cast, "snoozed")["Snoozed"]) == ([], ["Hannah"])
    assert queries.waiting_count(cast.dana, cast.manchester, at=NOW) == 0
    assert (queue(cast, "new", at=until)["Waiting for us"], queue(cast, "snoozed", at=until)["Snoozed"]) == (
        ["Hannah"], [],
    )  # fmt: skip


def test_snooze_offers_the_next_opening_and_one_in_a_week(cast: Cast):
    noon_on_saturday = NOW + timedelta(days=5, hours=4)

    offered = {moment.key: moment.at for moment in moments(cast.manchester, noon_on_saturday)}

    assert offered == {
        "hours": noon_on_saturday + timedelta(hours=3),
        "opening": NOW + timedelta(days=7, hours=1),
        "week": NOW + timedelta(days=12, hours=1),
    }


def test_snooze_until_a_day_is_its_morning_and_wake_takes_it_back(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    client.post(f"/desk/inbox/{enquiry.ref}/snooze/", {"day": "2026-03-30"})  # summer time has begun
    until = Enquiry.objects.get().snoozed_until
    client.post(f"/desk/inbox/{enquiry.ref}/wake/")

    assert (until and until.isoformat(), Enquiry.objects.get().snoozed_until) == ("2026-03-30T08:00:00+00:00", None)


@pytest.mark.parametrize(
    "said", [{"day": "2026-03-09"}, {"day": "2030-01-01"}, {"day": "soon"}, {"until": "never"}, {}]
)
def test_snooze_refuses_a_moment_that_is_not_to_come(client, cast: Cast, said: dict[str, str]):
    enquiry = make_enquiry(cast)

    with time_machine.travel(NOW.replace(hour=12), tick=False):
        client.force_login(cast.dana)
        answer = client.post(f"/desk/inbox/{enquiry.ref}/snooze/", said, follow=True)

    assert (answer.status_code, Enquiry.objects.get().snoozed_until) == (200, None)
    assert "Choose a moment that is still to come" in answer.content.decode()


def test_snooze_of_a_closed_conversation_is_refused(cast: Cast):
    enquiry = make_enquiry(cast)
    actions.close_enquiry(enquiry=enquiry, by=Actor.staff(cast.dana), at=NOW)

    with pytest.raises(actions.NothingToSnooze):
        actions.snooze_enquiry(enquiry=enquiry, until=NOW + timedelta(1), by=Actor.staff(cast.dana), at=NOW)


def test_assign_gives_to_a_colleague_and_not_to_somebody_who_does_not_answer_here(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    answers = [
        client.post(f"/desk/inbox/{enquiry.ref}/assign/", {"to": user.ref}).status_code
        for user in (cast.owen, cast.mallory, cast.priya)
    ]

    assert (answers, Enquiry.objects.get().assigned_to) == ([302, 404, 404], cast.owen)
    with pytest.raises(actions.NotOnTheTeam):
        give(Enquiry.objects.get(), cast.mallory, cast)


def test_answer_is_promised_in_opening_hours_and_whether_it_was_kept_is_counted(cast: Cast):
    kept, late = make_enquiry(cast, "Kept Kay"), make_enquiry(cast, "Late Lou")
    answer(kept, cast, at=NOW + timedelta(hours=3))
    answer(late, cast, at=NOW + timedelta(days=3))

    promised = NOW + timedelta(days=1, hours=9)  # "one working day": by Tuesday, five o'clock
    assert list(Enquiry.objects.order_by("id").values_list("due_at", "answered_in_time")) == [
        (promised, True), (promised, False),
    ]  # fmt: skip
    shown = queries.inbox(cast.dana, cast.manchester, show="new", text="", at=NOW + timedelta(days=3))
    assert (shown.in_time_this_week, shown.answered_this_week) == (1, 2)


def test_inbox_says_in_words_that_a_promise_has_passed(client, cast: Cast):
    make_enquiry(cast, at=NOW - timedelta(days=4))
    client.force_login(cast.dana)

    assert "was promised by" in client.get("/desk/inbox/").content.decode()


def test_reply_to_what_was_not_read_is_refused_with_the_news_and_the_words_and_goes_out_on_the_second_press(
    client, cast: Cast
):
    enquiry = make_enquiry(cast)
    said = reply_to(enquiry, "Quite careful words.")
    actions.note_on_enquiry(
        enquiry=enquiry, text="I am ringing her now.", seen="", user=cast.owen, answers=False,
        by=Actor.staff(cast.owen), at=NOW,
    )  # fmt: skip
    client.force_login(cast.dana)

    refused = client.post(f"/desk/inbox/{enquiry.ref}/reply/", said)
    page = refused.content.decode()

    assert (refused.status_code, Message.objects.count()) == (422, 0)
    assert "Owen Price has left a note since you opened this" in page
    assert ("I am ringing her now." in page, "Quite careful words." in page) == (True, True)
    again = said | {"seen": refused.context["reply_form"]["seen"].value()}
    assert client.post(f"/desk/inbox/{enquiry.ref}/reply/", again).status_code == 302
    assert Message.objects.count() == 1


def test_presence_tells_who_else_reads_or_writes_and_forgets_them_when_they_leave(client, cast: Cast):
    enquiry = make_enquiry(cast)
    presence.be_here(enquiry, cast.owen, is_writing=True, at=NOW)
    client.force_login(cast.dana)

    told = client.post(f"/desk/inbox/{enquiry.ref}/here/", {"seen": last_entry(enquiry), "writing": "0"})
    with time_machine.travel(NOW + timedelta(seconds=31), tick=False):
        alone = client.post(f"/desk/inbox/{enquiry.ref}/here/", {"seen": last_entry(enquiry), "writing": "1"})

    assert "Owen Price is writing a reply" in told.content.decode()
    assert alone.content.decode().strip() == ""
    assert Presence.objects.get(user=cast.dana).is_writing is True


def test_presence_says_when_more_was_said_since_the_page_was_opened(client, cast: Cast):
    enquiry = make_enquiry(cast)
    seen = last_entry(enquiry)
    answer(enquiry, cast)
    client.force_login(cast.dana)

    told = client.post(f"/desk/inbox/{enquiry.ref}/here/", {"seen": seen, "writing": "0"})

    assert "Somebody has added to this conversation" in told.content.decode()


def test_what_is_typed_is_kept_for_whoever_types_it_until_it_is_sent(client, cast: Cast):
    enquiry = make_enquiry(cast)
    here, thread = f"/desk/inbox/{enquiry.ref}/here/", f"/desk/inbox/{enquiry.ref}/"
    client.force_login(cast.dana)
    opening = client.get(thread).context["reply_form"]["text"].value()

    kept = client.post(here, {"seen": last_entry(enquiry), "writing": "1", "text": "Half a sen"})
    mine = client.get(thread).context["reply_form"]["text"].value()
    client.force_login(cast.owen)
    theirs = client.get(thread).context["reply_form"]["text"].value()
    client.force_login(cast.dana)
    client.post(f"{thread}reply/", reply_to(enquiry, "A whole sentence."))
    client.post(here, {"text": "A whole sentence."})  # on its way when the reply was sent
    after = client.get(thread).context["reply_form"]["text"].value()

    assert (kept["X-Draft-Saved"], mine, theirs, after) == (
        "8:00",
        "Half a sen",
        opening.replace("Dana", "Owen"),
        opening,
    )


def test_afresh_forgets_what_was_typed(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)
    client.post(f"/desk/inbox/{enquiry.ref}/here/", {"text": "Half a sen"})

    client.post(f"/desk/inbox/{enquiry.ref}/afresh/")

    assert "Half a sen" not in client.get(f"/desk/inbox/{enquiry.ref}/").content.decode()


def test_presence_keeps_no_sitting_alive(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)
    client.get("/desk/inbox/")
    for minutes in (10, 20, 29):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            client.post(f"/desk/inbox/{enquiry.ref}/here/", {})

    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        answer = client.get("/desk/inbox/")

    assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


def test_opening_a_conversation_writes_no_presence(client, cast: Cast):
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    client.get(f"/desk/inbox/{enquiry.ref}/")

    assert Presence.objects.count() == 0


def test_join_names_the_patient_and_part_takes_it_back(client, cast: Cast):
    patient = make_patient(cast.manchester, "Hannah Doyle", email="other@mail.example")
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    found = client.get(f"/desk/inbox/{enquiry.ref}/?patient=hannah").content.decode()
    client.post(f"/desk/inbox/{enquiry.ref}/join/", {"patient": patient.ref})
    joined = Enquiry.objects.get().patient
    client.post(f"/desk/inbox/{enquiry.ref}/part/")

    assert f'value="{patient.ref}"' in found
    assert (joined, Enquiry.objects.get().patient) == (patient, None)


def test_join_with_a_patient_of_another_clinic_finds_nobody(client, cast: Cast):
    theirs = make_patient(cast.stockport, "Hannah Doyle", email="hannah@mail.example")
    enquiry = make_enquiry(cast)
    client.force_login(cast.dana)

    answer = client.post(f"/desk/inbox/{enquiry.ref}/join/", {"patient": theirs.ref})

    assert (answer.status_code, Enquiry.objects.get().patient) == (302, None)
    with pytest.raises(actions.AnotherClinics):
        actions.join_enquiry(enquiry=enquiry, patient=theirs, by=Actor.staff(cast.dana), at=NOW)
