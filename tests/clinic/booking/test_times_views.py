"""The pages of times: what they show, and what pressing a time does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.actions import NotOffered
from corneum.clinic.diary.models import Hold
from corneum.clinic.premises.models import Closure, OpeningHours, Premises
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.platform.audit.models import AuditEvent
from tests.factories.booking import TIMES, begin, field_of, main_of, press_time, text_of, times_in
from tests.factories.cast import NOW, make_patient, make_practitioner
from tests.factories.diary import clocks, make_appointment, make_hold, minute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT_10 = minute("2026-03-10T10:00")
AT_11 = minute("2026-03-10T11:00")


def fill_day(cast, day: str) -> None:
    """Book everything that can be booked on a day."""
    for hour in range(9, 17):
        for half in ("00", "30"):
            try:
                make_appointment(
                    cast,
                    minute(f"{day}T{hour:02d}:{half}"),
                    patient=make_patient(cast.manchester, f"P{day} {hour}{half}"),
                )
            except NotOffered:  # lunch
                continue


# --- what is shown ------------------------------------------------------------------------------


def test_what_skips_the_choice_when_there_is_only_one(cast, client):
    answer = client.get("/book/?about=microdermabrasion")

    assert (answer.status_code, answer["Location"]) == (302, "/book/consultation/?about=microdermabrasion")


def test_what_offers_the_choice_when_there_is_one(cast, client):
    Treatment.objects.filter(pk=cast.peel.pk).update(is_bookable_online=True)

    page = client.get("/book/")

    assert page.status_code == 200
    assert 'href="/book/consultation/"' in main_of(page)
    assert 'href="/book/glycolic-peel/"' in main_of(page)


def test_what_says_so_when_nothing_is_booked_online(cast, client):
    Treatment.objects.update(is_bookable_online=False)

    assert "Times at this clinic are not booked online" in text_of(client.get("/book/"))


def test_times_show_five_open_days_with_counts(cast, client):
    page = text_of(client.get(TIMES))

    assert "9 to 13 March" in page
    assert "Monday 9 12 times, soonest" in page
    assert "Tuesday 10 14 times" in page


def test_times_leave_out_what_would_overlap_another(cast, client):
    tuesday = [
        time for time in times_in(client.get(TIMES)) if clocks([time]) and 0 <= time - minute("2026-03-10T00:00") < 1440
    ]

    assert clocks(tuesday) == [
        "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00",
        "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30",
    ]  # fmt: skip


def test_times_show_a_full_day_as_full(cast, client):
    fill_day(cast, "2026-03-10")

    page = client.get(TIMES)

    assert "Tuesday 10 Full" in text_of(page)
    assert '<li id="d2026-03-10" class="full">' in main_of(page)


def test_times_open_on_the_first_day_that_has_some(cast, client):
    for day in (9, 10, 11):
        fill_day(cast, f"2026-03-{day:02d}")

    page = text_of(client.get(TIMES))

    assert "11 to 16 March" in page
    assert "Thursday 12 14 times, soonest" in page


def test_times_leave_closed_days_out(cast, client):
    Closure.objects.create(clinic=cast.manchester, on=NOW.date() + timedelta(days=1), reason="Training")

    page = client.get(TIMES)

    assert 'id="d2026-03-10"' not in main_of(page)
    assert 'id="d2026-03-14"' in main_of(page)


def test_times_name_the_day_and_the_person_on_every_button(cast, client):
    anyone = main_of(client.get(TIMES))
    with_nadia = main_of(client.get(f"{TIMES}?with=nadia-rahman"))

    assert '>10am<span class="sr">, Tuesday 10 March with anyone</span></button>' in anyone
    assert '>10am<span class="sr">, Tuesday 10 March with Nadia Rahman</span></button>' in with_nadia


def test_times_can_be_narrowed_to_a_part_of_the_day(cast, client):
    page = client.get(f"{TIMES}?part=morning")

    assert set(clocks(times_in(page))) == {"09:00", "09:30", "10:00", "10:30", "11:00", "11:30"}
    assert '<option value="morning" selected>' in main_of(page)


def test_times_turn_to_later_and_earlier_days_and_keep_what_was_asked_for(cast, client):
    first = main_of(client.get(f"{TIMES}?part=morning&about=microdermabrasion"))
    later = main_of(client.get(f"{TIMES}?part=morning&from=2026-03-16"))

    assert 'href="/book/consultation/?about=microdermabrasion&amp;part=morning&amp;from=2026-03-14"' in first
    assert "There are no earlier days" in first
    assert "16 to 20 March" in later
    assert 'href="/book/consultation/?part=morning&amp;from=2026-03-10"' in later


def test_times_say_when_nothing_is_free_and_how_to_ask(cast, client):
    OpeningHours.objects.all().delete()

    page = text_of(client.get(TIMES))

    assert "Nothing free in the next 8 weeks." in page
    assert "0161 496 0000" in page


def test_times_say_when_nothing_is_free_as_it_was_asked_for(cast, client):
    page = text_of(client.get(f"{TIMES}?with=rosa-lindley&part=evening"))

    assert "Nothing free with Rosa Lindley after 5pm in the next 8 weeks." in page
    assert "See times with anyone, at any time of day" in page


def test_times_point_to_the_next_free_day_from_a_page_without_any(cast, client):
    Offer.objects.filter(clinic=cast.manchester).update(horizon_days=20)
    for day in (16, 17, 18, 19, 20):
        fill_day(cast, f"2026-03-{day}")

    page = client.get(f"{TIMES}?from=2026-03-16")

    assert "The nearest free time is on Saturday 21 March ." in text_of(page)
    assert 'href="/book/consultation/?from=2026-03-21"' in main_of(page)


@pytest.mark.parametrize("query", ["from=yesterday", "from=9999-99-99", "part=night", "from=2020-01-01", "about=<b>"])
def test_times_bear_an_address_that_makes_no_sense(cast, client, query):
    assert "9 to 13 March" in text_of(client.get(f"{TIMES}?{query}"))


@pytest.mark.parametrize("slug", ["nobody", "sian-howell"])
def test_times_of_somebody_who_does_not_work_here_are_anyones(cast, client, slug):
    asked, anyone = client.get(f"{TIMES}?with={slug}"), client.get(TIMES)

    assert (asked.status_code, text_of(asked)) == (200, text_of(anyone))


def test_times_of_what_this_clinic_does_not_offer_are_missing(cast, client):
    assert client.get("/book/nothing/").status_code == 404
    assert client.get("/stockport/book/microdermabrasion/").status_code == 404


def test_times_page_names_the_groups_other_clinics_nearest_first_with_their_next_time(cast, client):
    Premises.objects.filter(clinic=cast.manchester).update(latitude=53.4808, longitude=-2.2426)
    here = text_of(client.get("/book/consultation/"))
    assert "Stockport . Next free: 10am on Monday 9 March" in here  # nobody has said how far it is

    Premises.objects.filter(clinic=cast.stockport).update(latitude=53.4106, longitude=-2.1575)
    page = client.get("/book/consultation/?about=microdermabrasion")
    assert "Stockport , 6 miles away. Next free: 10am on Monday 9 March" in text_of(page)
    assert 'href="/stockport/book/consultation/?about=microdermabrasion"' in page.content.decode()
    back = client.get("/stockport/book/consultation/").content.decode()
    assert 'href="/book/consultation/"' in back[back.index("Our other clinics") :]


def test_times_page_names_no_clinic_that_does_not_offer_it_or_has_nothing_free(cast, client):
    OpeningHours.objects.filter(clinic=cast.stockport).delete()
    assert "Our other clinics" not in client.get("/book/consultation/").content.decode()


def test_times_of_a_treatment_lead_to_a_consultation_first(cast, client):
    page = client.get("/book/microdermabrasion/")

    assert "A consultation comes first" in text_of(page)
    assert 'href="/book/consultation/?about=microdermabrasion"' in main_of(page)
    assert times_in(page) == []


def test_times_say_what_somebody_has_read_about(cast, client):
    assert "Consultation for microdermabrasion, 30 minutes." in " ".join(
        text_of(client.get(f"{TIMES}?about=microdermabrasion")).replace(" ,", ",").split()
    )


def test_times_never_name_a_patient(cast, client):
    make_appointment(cast, AT_10)

    page = client.get(TIMES).content.decode()

    assert "Alice" not in page
    assert "Ashworth" not in page


def test_times_ask_the_same_number_of_questions_whatever_there_is(cast, client):
    make_appointment(cast, minute("2026-03-12T10:00"))
    client.get(TIMES)
    with CaptureQueriesContext(connection) as few:
        client.get(TIMES)
    make_practitioner("Tom Adams", cast.manchester, [cast.consultation], order=4)
    for half in ("09:00", "10:00", "11:00", "14:00"):
        make_appointment(cast, minute(f"2026-03-11T{half}"), patient=make_patient(cast.manchester, f"P {half}"))
    make_hold(cast, AT_10)
    client.get(TIMES)  # the other clinic's setup is read anew after a change
    with CaptureQueriesContext(connection) as many:
        client.get(TIMES)

    assert len(many) == len(few)


def test_times_of_the_other_clinic_are_its_own(cast, client):
    page = client.get("/stockport/book/consultation/")

    assert 'action="/stockport/book/consultation/hold/"' in main_of(page)
    assert "Sian" not in main_of(page)  # the only one there: nothing to choose


# --- what pressing does -------------------------------------------------------------------------


def test_hold_keeps_the_time_and_asks_who_comes(cast, client):
    answer = press_time(client, AT_10)

    draft = Draft.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/book/d/{draft.code}/")
    assert (draft.starts, draft.clinic, draft.treatment) == (AT_10, cast.manchester, cast.consultation)


def test_hold_of_a_person_is_with_that_person(cast, client):
    assert begin(client, AT_10, **{"with": "nadia-rahman"}).practitioner == cast.nadia


def test_hold_pressed_twice_leads_to_one_draft(cast, client):
    page = client.get(TIMES)

    places = {press_time(client, AT_10, page=page)["Location"] for _ in range(3)}

    assert len(places) == 1
    assert (Draft.objects.count(), Hold.objects.count()) == (1, 1)


def test_hold_of_another_time_from_the_same_page_frees_the_first(cast, client):
    page = client.get(TIMES)

    places = {press_time(client, starts, page=page)["Location"] for starts in (AT_10, AT_11, AT_10)}

    assert len(places) == 1
    assert list(Hold.objects.values_list("starts", flat=True)) == [AT_10]


def test_hold_from_two_tabs_is_two_drafts(cast, client):
    one, two = client.get(TIMES), client.get(TIMES)

    places = {press_time(client, AT_10, page=one)["Location"], press_time(client, AT_11, page=two)["Location"]}

    assert len(places) == 2
    assert Hold.objects.count() == 2


def test_hold_from_a_page_that_somebody_else_got_hold_of_is_a_draft_of_their_own(cast, client):
    page = client.get(TIMES)
    mine = press_time(client, AT_10, page=page)["Location"]
    stranger = Client()
    stranger.get(TIMES)

    theirs = press_time(stranger, AT_11, page=page)["Location"]

    assert theirs != mine
    assert set(Hold.objects.values_list("starts", flat=True)) == {AT_10, AT_11}


def test_hold_again_after_leaving_keeps_the_time_again(cast, client):
    page = client.get(TIMES)
    place = press_time(client, AT_10, page=page)["Location"]
    client.post(f"{place}leave/")
    assert Hold.objects.count() == 0

    again = press_time(client, AT_10, page=page)

    assert again["Location"] == place
    assert list(Hold.objects.values_list("starts", flat=True)) == [AT_10]


def test_hold_of_a_time_that_has_gone_offers_the_nearest(cast, client):
    page = client.get(TIMES)
    make_appointment(cast, AT_10)

    answer = press_time(client, AT_10, page=page)

    assert answer.status_code == 409
    assert "10am on Tuesday has just been booked" in text_of(answer)
    summary = answer.content.decode().split("data-error-summary", 1)[1].split("</form>", 1)[0]
    assert '9:30am the same day<span class="sr">, Tuesday 10 March with anyone</span>' in summary
    assert '10:30am the same day<span class="sr">, Tuesday 10 March with anyone</span>' in summary
    assert f'value="{AT_10}"' not in main_of(answer)
    assert Draft.objects.count() == 0


def test_hold_of_the_nearest_time_works(cast, client):
    page = client.get(TIMES)
    make_appointment(cast, AT_10)
    gone = press_time(client, AT_10, page=page)

    answer = press_time(client, times_in(gone)[0], page=gone)

    assert answer.status_code == 303


@pytest.mark.parametrize("starts", ["", "0", "-5", "soon", str(AT_10 + 1), "9" * 40, str(minute("2026-03-09T08:30")),
                                    str(minute("2026-03-15T10:00")), str(minute("2027-03-09T10:00"))])  # fmt: skip
def test_hold_of_a_time_that_no_button_offered_is_refused(cast, client, starts):
    answer = press_time(client, starts)

    assert answer.status_code == 409
    assert "This time cannot be booked" in text_of(answer)
    assert (Draft.objects.count(), Hold.objects.count()) == (0, 0)


def test_hold_with_somebody_unknown_is_missing(cast, client):
    assert press_time(client, AT_10, **{"with": "sian-howell"}).status_code == 404


@pytest.mark.parametrize("slug", ["microdermabrasion", "nothing"])
def test_hold_of_what_is_not_booked_online_is_missing(cast, client, slug):
    answer = client.post(f"/book/{slug}/hold/", {"starts": AT_10, "press": "x"})

    assert answer.status_code == 404
    assert Hold.objects.count() == 0


def test_hold_by_a_link_does_nothing(cast, client):
    assert client.get(f"{TIMES}hold/?starts={AT_10}").status_code == 405
    assert Hold.objects.count() == 0


def test_hold_needs_a_form_of_ours(cast):
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post(f"{TIMES}hold/", {"starts": AT_10}).status_code == 403


def test_hold_of_too_many_asks_for_patience(cast, client, settings):
    settings.HOLDS_PER_NETWORK = 1
    begin(client, AT_10)

    answer = press_time(client, AT_11)

    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "0161 496 0000" in text_of(answer)
    assert Hold.objects.count() == 1


def test_reading_the_times_writes_nothing(cast, client):
    for path in ("/book/", TIMES, f"{TIMES}?with=rosa-lindley", "/book/microdermabrasion/"):
        client.get(path)

    assert AuditEvent.objects.count() == 0
    assert field_of(client.get(TIMES), "press") != field_of(client.get(TIMES), "press")
