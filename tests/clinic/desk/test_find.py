"""Finding anyone at the desk: by a word, without a word of it in an address, and never anybody of another clinic."""

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.platform.audit.models import RecordRead
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute

FIND = "/desk/find/"


@pytest.fixture(autouse=True)
def monday_at_eight():
    with time_machine.travel(NOW, tick=False):
        yield


def test_find_shows_whom_it_may_mean_without_the_words_in_the_address(client, cast: Cast):
    visit = make_appointment(cast, minute("2026-03-10T10:00"), patient=cast.alice)
    client.force_login(cast.dana)

    answer = client.post(FIND, {"q": "ashwerth alise"}, follow=True)
    page = answer.content.decode()

    assert answer.redirect_chain == [(FIND, 302)]
    assert f"/desk/patients/{cast.alice.ref}/" in page
    assert f"/desk/appointments/{visit.ref}/" in page
    assert "Bea Birch" not in page
    assert RecordRead.objects.count() == 0


def test_find_keeps_what_was_typed_for_going_back_to_and_forgets_it_on_signing_out(client, cast: Cast):
    client.force_login(cast.dana)
    client.post(FIND, {"q": "birch"})

    assert "Bea Birch" in client.get(FIND).content.decode()
    client.post("/accounts/logout/")
    assert Session.objects.count() == 0


def test_find_by_a_reference_opens_the_diary_at_the_visit(client, cast: Cast):
    visit = make_appointment(cast, minute("2026-03-10T10:00"))
    client.force_login(cast.dana)
    spaced = f"{visit.reference[:2].lower()} {visit.reference[2:]}"

    answer = client.post(FIND, {"q": spaced}, follow=True)

    assert answer.redirect_chain[-1] == (f"/desk/appointments/{visit.ref}/", 302)
    assert RecordRead.objects.get().patient_ref == visit.patient.ref


def test_find_of_another_clinics_patients_and_references_finds_nothing(client, cast: Cast):
    visit = make_appointment(cast, minute("2026-03-10T10:00"), patient=cast.alice)
    make_patient(cast.stockport, "Alicia Ashworthy")
    client.force_login(cast.mallory)

    for typed in ("alice", "alice@patients.example", visit.reference):
        for path in ("/stockport/desk/find/", "/stockport/desk/find/list/"):
            page = client.post(path, {"q": typed}, follow=True).content.decode()
            assert ("Alice Ashworth" in page.replace("Alicia Ashworthy", ""), visit.ref in page) == (False, False)


def test_find_at_the_group_shows_each_clinics_own(client, cast: Cast):
    make_patient(cast.stockport, "Alice Other")
    client.force_login(cast.owen)

    here, there = (client.post(f"{at}/desk/find/list/", {"q": "alice"}).content.decode() for at in ("", "/stockport"))

    assert ("Alice Ashworth" in here, "Alice Other" in here) == (True, False)
    assert ("Alice Ashworth" in there, "Alice Other" in there) == (False, True)


def test_list_under_the_field_is_the_first_few_and_asks_no_more_for_many_than_for_one(client, cast: Cast):
    client.force_login(cast.dana)

    def questions() -> tuple[int, int]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.post("/desk/find/list/", {"q": "alice"}).content.decode()
        return page.count("/desk/patients/"), len(asked)

    one = questions()
    for number in range(12):
        make_appointment(
            cast, minute(f"2026-03-{10 + number % 4}T1{number % 3}:00"), practitioner=(cast.rosa, cast.nadia)[number // 6],
            patient=make_patient(cast.manchester, f"Alice Number{number}"), treatment=cast.consultation,
        )  # fmt: skip
    many = questions()

    assert (one[0], many[0]) == (1, 8)
    assert many[1] <= one[1]


def test_find_of_nobody_says_so_and_keeps_what_was_typed(client, cast: Cast):
    client.force_login(cast.dana)

    page = client.post(FIND, {"q": "<b>Zebedee</b>"}, follow=True).content.decode()

    assert "No one matches “&lt;b&gt;Zebedee&lt;/b&gt;”" in page
