"""Saying who comes while the time is kept: nothing typed is ever lost."""

from datetime import timedelta

import pytest

from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.models import Hold
from corneum.platform.audit.models import AuditEvent
from tests.factories.booking import HANNAH, begin, book, field_of, fill_in, main_of, text_of, times_in
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT_10 = minute("2026-03-10T10:00")
AT_11 = minute("2026-03-10T11:00")
HALF_TYPED = {"name": "Hannah", "contact": "hannah.doy", "note": "Step"}
MINUTES_11 = timedelta(minutes=11)


def typed(draft: Draft) -> dict[str, str]:
    """Read what the draft holds."""
    draft.refresh_from_db()
    return {"name": draft.name, "contact": draft.contact, "note": draft.note}


def address(draft: Draft, page: str = "") -> str:
    """Write an address of the draft."""
    return f"/book/d/{draft.code}/{page}"


# --- who comes ----------------------------------------------------------------------------------


def test_details_show_the_time_that_is_kept_and_for_how_long(cast, client):
    page = client.get(address(begin(client, AT_10)))

    assert "Tuesday 10 March, 10am Consultation with Rosa Lindley, 30 minutes" in text_of(page)
    assert "We are keeping 10am for you for 10 minutes ." in text_of(page)
    assert 'data-until="1773043800" data-now="1773043200"' in main_of(page)


def test_details_count_down_in_begun_minutes(cast, client, clock):
    draft = begin(client, AT_10)
    clock.shift(timedelta(minutes=7, seconds=30))

    assert "for 3 minutes" in text_of(client.get(address(draft)))


def test_details_ask_three_things_and_no_more(cast, client):
    main = main_of(client.get(address(begin(client, AT_10))))

    assert main.count('class="field') == 3


def test_details_that_are_right_lead_to_the_check(cast, client):
    draft = begin(client, AT_10)

    answer = client.post(address(draft), HANNAH)

    assert (answer.status_code, answer["Location"]) == (303, address(draft, "check/"))
    assert typed(draft) == HANNAH


def test_details_that_are_wrong_are_shown_with_what_to_mend_and_all_that_was_typed(cast, client):
    draft = begin(client, AT_10)

    answer = client.post(address(draft), {"name": "", "contact": "hannah@", "note": "Step-free"})

    page = main_of(answer)
    assert answer.status_code == 422
    assert '<a href="#id_name">Enter your name</a>' in page
    assert '<a href="#id_contact">Enter an email address, like name@example.com</a>' in page
    assert 'value="hannah@"' in page
    assert "Step-free</textarea>" in page
    assert "<title>Error:" in answer.content.decode()


def test_details_take_the_time_again_without_a_word_when_it_was_kept_no_longer(cast, client, clock):
    draft = begin(client, AT_10)
    clock.shift(MINUTES_11)

    answer = client.post(address(draft), HANNAH)

    assert answer["Location"] == address(draft, "check/")
    assert "We are keeping 10am for you for 10 minutes" in text_of(client.get(answer["Location"]))


def test_details_say_when_the_time_is_kept_no_longer(cast, client, clock):
    draft = begin(client, AT_10)
    clock.shift(MINUTES_11)

    assert "10am is no longer kept for you. Go on: if it is still free, it is yours." in text_of(
        client.get(address(draft))
    )


def test_details_of_a_time_that_has_gone_are_kept_and_the_nearest_offered(cast, client, clock):
    draft = begin(client, AT_10)
    clock.shift(MINUTES_11)
    make_hold(cast, AT_10, at=draft.created_at + MINUTES_11)

    answer = client.post(address(draft), HANNAH)

    page = main_of(answer)
    assert answer.status_code == 409
    assert "10am on Tuesday has just been booked" in text_of(answer)
    assert "Your details are kept. The nearest times are:" in text_of(answer)
    assert f'formaction="{address(draft, "time/")}" formnovalidate>9:30am the same day' in page
    assert 'value="Hannah Doyle"' in page
    assert typed(draft) == HANNAH


def test_choosing_one_of_the_nearest_times_keeps_the_details_and_leads_to_the_check(cast, client, clock):
    draft = begin(client, AT_10)
    clock.shift(MINUTES_11)
    make_hold(cast, AT_10, at=draft.created_at + MINUTES_11)
    gone = client.post(address(draft), HANNAH)

    answer = client.post(address(draft, "time/"), HANNAH | {"starts": times_in(gone)[0], "with": ""})

    assert (answer.status_code, answer["Location"]) == (303, address(draft, "check/"))
    assert typed(draft) == HANNAH
    assert draft.starts == minute("2026-03-10T09:30")


def test_the_nearest_times_are_with_the_person_who_was_asked_for(cast, client, clock):
    draft = begin(client, AT_10, **{"with": "nadia-rahman"})
    clock.shift(MINUTES_11)
    make_hold(cast, AT_10, practitioner=cast.nadia, at=draft.created_at + MINUTES_11)

    gone = client.post(address(draft), HANNAH)

    assert "9:15am the same day , Tuesday 10 March with Nadia Rahman" in text_of(gone)
    assert field_of(gone, "with") == "nadia-rahman"


def test_details_of_somebody_who_is_booked_lead_to_the_appointment(cast, client):
    appointment = book(client, AT_10)
    draft = Draft.objects.get()

    for page in ("", "check/", "time/"):
        assert client.get(address(draft, page))["Location"] == f"/b/{appointment.code}/"
    assert client.post(address(draft), HANNAH)["Location"] == f"/b/{appointment.code}/"


@pytest.mark.parametrize("page", ["", "check/", "time/"])
def test_pages_of_a_draft_are_missing_under_another_clinic(cast, client, page):
    draft = begin(client, AT_10)

    assert client.get(f"/stockport{address(draft, page)}").status_code == 404
    assert client.post(f"/stockport{address(draft, page)}", HANNAH).status_code == 404


@pytest.mark.parametrize("page", ["keep/", "leave/"])
def test_buttons_of_a_draft_are_missing_under_another_clinic(cast, client, page):
    draft = begin(client, AT_10)

    assert client.post(f"/stockport{address(draft, page)}").status_code == 404
    assert Hold.objects.get().extended is False


@pytest.mark.parametrize("page", ["", "check/", "time/"])
def test_pages_of_a_draft_are_kept_by_nobody(cast, client, page):
    answer = client.get(address(fill_in(client, AT_10), page))

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("page", ["", "check/", "time/"])
def test_reading_a_page_of_a_draft_changes_nothing(cast, client, clock, page):
    draft = fill_in(client, AT_10)
    events = AuditEvent.objects.count()
    clock.shift(timedelta(minutes=5))

    for _ in range(2):
        client.get(address(draft, page))

    assert AuditEvent.objects.count() == events
    assert Hold.objects.get().extended is False


# --- keep it, choose another, leave ---------------------------------------------------------------


def test_keep_gives_ten_minutes_more_and_keeps_what_was_typed_so_far(cast, client, clock):
    draft = begin(client, AT_10)
    clock.shift(timedelta(minutes=8))

    answer = client.post(address(draft, "keep/"), HALF_TYPED)

    page = client.get(answer["Location"])
    assert answer.status_code == 303
    assert typed(draft) == HALF_TYPED
    assert "for 12 minutes" in text_of(page)
    assert 'value="hannah.doy"' in main_of(page)
    assert "Keep it 10 more minutes" not in text_of(page)


def test_keep_gives_ten_minutes_more_only_once(cast, client):
    draft = begin(client, AT_10)

    for _ in range(2):
        client.post(address(draft, "keep/"), HALF_TYPED)

    assert "for 20 minutes" in text_of(client.get(address(draft)))


def test_keep_bears_what_no_browser_sends(cast, client):
    draft = begin(client, AT_10)

    client.post(address(draft, "keep/"), {"name": "H\x00" * 400, "contact": "c" * 999, "note": "n" * 9999})

    kept = typed(draft)
    assert {field: len(value) for field, value in kept.items()} == {"name": 120, "contact": 254, "note": 2000}
    assert "\x00" not in kept["name"]


def test_keep_after_the_time_has_gone_keeps_what_was_typed_and_offers_the_nearest(cast, client, clock):
    draft = begin(client, AT_10)
    clock.shift(MINUTES_11)
    make_hold(cast, AT_10, at=draft.created_at + MINUTES_11)

    answer = client.post(address(draft, "keep/"), HALF_TYPED)

    assert answer.status_code == 409
    assert typed(draft) == HALF_TYPED
    assert 'value="hannah.doy"' in main_of(answer)


def test_keep_on_the_check_comes_back_to_the_check(cast, client):
    draft = fill_in(client, AT_10)

    answer = client.post(address(draft, "keep/"), {"page": "check"})

    assert answer["Location"] == address(draft, "check/")
    assert typed(draft) == HANNAH


def test_another_time_can_be_chosen_and_what_was_typed_so_far_is_kept(cast, client):
    draft = begin(client, AT_10)

    answer = client.post(address(draft, "time/"), HALF_TYPED)
    page = client.get(answer["Location"])
    chosen = client.post(address(draft, "time/"), {"starts": AT_11, "with": ""})

    assert answer["Location"] == address(draft, "time/")
    assert "You have 10am on Tuesday 10 March , and keep it until you choose another." in text_of(page)
    assert chosen["Location"] == address(draft)
    assert typed(draft) == HALF_TYPED
    assert list(Hold.objects.values_list("starts", flat=True)) == [AT_11]


def test_another_time_that_has_gone_leaves_the_one_that_is_kept(cast, client):
    draft = fill_in(client, AT_10)
    make_appointment(cast, AT_11)

    answer = client.post(address(draft, "time/"), {"starts": AT_11, "with": ""})

    assert answer.status_code == 409
    assert "11am on Tuesday has just been booked Your details are kept." in text_of(answer)
    assert list(Hold.objects.values_list("starts", flat=True)) == [AT_10]


def test_another_time_that_no_button_offered_is_refused(cast, client):
    draft = fill_in(client, AT_10)

    assert client.post(address(draft, "time/"), {"starts": AT_10 + 7}).status_code == 409
    assert client.post(address(draft, "time/"), {"starts": AT_11, "with": "nobody"}).status_code == 404


def test_leave_gives_the_time_back_forgets_and_shows_the_times(cast, client):
    draft = fill_in(client, AT_10)

    answer = client.post(address(draft, "leave/"))

    assert (answer.status_code, answer["Location"]) == (303, "/book/consultation/")
    assert Hold.objects.count() == 0
    assert typed(draft) == {"name": "", "contact": "", "note": ""}


@pytest.mark.parametrize("page", ["keep/", "leave/"])
def test_a_link_neither_keeps_nor_leaves(cast, client, page):
    assert client.get(address(begin(client, AT_10), page)).status_code == 405
