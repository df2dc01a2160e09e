"""Who read whose record is written after the page, once for each patient, and never in the page's way."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from corneum.config import urls as corneum_urls
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.models import RecordRead
from corneum.platform.audit.reads import RecordReads, saw

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ALICE, BEA = "a" * 26, "b" * 26


@access.staff(Right.SEE_PATIENTS)
def patients(request: HttpRequest) -> HttpResponse:
    saw(request, ALICE, BEA)
    saw(request, ALICE)
    return HttpResponse("Alice, Bea")


@access.public
def nobody(request: HttpRequest) -> HttpResponse:
    saw(request, ALICE)
    return HttpResponse("Alice, by her own link")


@access.staff(Right.SEE_PATIENTS)
def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("patients/", patients, name="list"),
    path("link/", nobody),
    path("missing/", missing),
    *corneum_urls.urlpatterns,
]


def test_read_is_written_once_for_each_patient_and_request(cast, client):
    client.force_login(cast.dana)

    first = client.get("/patients/")
    client.post("/patients/")

    assert first.content == b"Alice, Bea"
    reads = RecordRead.objects.filter(request_id=first["X-Request-Id"]).order_by("patient_ref")
    assert [(read.patient_ref, read.user, read.clinic, read.page) for read in reads] == [
        (ALICE, cast.dana, cast.manchester, "list"),
        (BEA, cast.dana, cast.manchester, "list"),
    ]
    assert RecordRead.objects.filter(patient_ref=ALICE).count() == 2


def test_read_by_a_patients_own_link_is_nobodys(cast, client):
    response = client.get("/link/")

    assert response.status_code == 200
    assert RecordRead.objects.count() == 0


def test_page_that_shows_nobody_writes_nothing(cast, client):
    client.force_login(cast.dana)

    assert client.get("/missing/").status_code == 404
    assert RecordRead.objects.count() == 0


def test_read_that_cannot_be_written_is_logged_and_the_page_shown(cast, client, caplog):
    client.force_login(cast.dana)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_recordread RENAME TO audit_elsewhere")

    response = client.get("/patients/")

    assert response.content == b"Alice, Bea"
    errors = [line.getMessage() for line in caplog.records if line.name == "corneum.platform.audit.reads"]
    assert errors == ["2 reads of patients' records could not be written"]


def test_read_before_any_address_was_found_has_no_page(cast, rf):
    def early(request: HttpRequest) -> HttpResponse:
        saw(request, ALICE)
        return HttpResponse()

    request = rf.get("/")
    request.user, request.clinic = cast.dana, cast.manchester

    RecordReads(early)(request)

    assert [read.page for read in RecordRead.objects.filter(patient_ref=ALICE)] == [""]


def test_visitor_reads_nothing(cast, rf):
    request = rf.get("/")
    request.user, request.clinic = AnonymousUser(), cast.manchester
    saw(request, ALICE)

    RecordReads(lambda _request: HttpResponse())(request)

    assert RecordRead.objects.count() == 0
