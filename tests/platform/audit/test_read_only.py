"""GET never writes: the connection refuses, whatever the page does, and is itself again afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from corneum.config import urls as corneum_urls
from corneum.platform.accounts import access
from corneum.platform.accounts.access import Access
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.read_only import read_only

pytestmark = [pytest.mark.urls(__name__)]


@access.public
def writes(request: HttpRequest) -> HttpResponse:
    Clinic.objects.create(slug="manchester", name="Manchester")
    return HttpResponse("written")


@access.public
def writes_raw(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_clinic")
    return HttpResponse("written")


@access.public
def writes_in_a_transaction(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        Clinic.objects.update(name="Changed")
    return HttpResponse("written")


@access.public
def shrugs(request: HttpRequest) -> HttpResponse:
    try:
        Clinic.objects.create(slug="manchester", name="Manchester")
    except DatabaseError:
        return HttpResponse("never mind")
    return HttpResponse("written")


@access.public
def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Clinic.objects.count()))


@access.public
def remembers(request: HttpRequest) -> HttpResponse:
    request.session["basket"] = 1
    return HttpResponse("remembered")


@access.public
def streams(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield str(Clinic.objects.count())
        if request.GET:
            Clinic.objects.all().delete()
        yield "."

    return StreamingHttpResponse(lines())


def signs_in(request: HttpRequest) -> HttpResponse:
    return writes(request)  # type: ignore[return-value]


signs_in.access = Access("identity")  # type: ignore[attr-defined]

urlpatterns = [
    path("writes/", writes),
    path("writes-raw/", writes_raw),
    path("writes-in-a-transaction/", writes_in_a_transaction),
    path("shrugs/", shrugs),
    path("reads/", reads),
    path("remembers/", remembers),
    path("streams/", streams),
    path("signs-in/", signs_in),
    *corneum_urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def _door_is_open(settings: Any) -> None:
    """The door knows its sign-in pages by name, and ours is none of them."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.endswith(".Door")]


in_a_test_case = pytest.mark.django_db
in_earnest = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize(
    "way",
    [
        pytest.param("", marks=in_a_test_case, id="in a test's transaction"),
        pytest.param("", marks=in_earnest, id="in earnest"),
    ],
)


def recover() -> None:
    """Go on in a test's own transaction after Django has noted that something in it failed."""
    if connection.in_atomic_block:
        transaction.set_rollback(False)


@both_ways
@pytest.mark.parametrize(
    ("method", "page"),
    [("get", "writes"), ("get", "writes-raw"), ("head", "writes"), ("options", "writes-in-a-transaction")],
)
def test_page_that_writes_on_a_safe_method_fails(client, way, method, page):
    Clinic.objects.create(slug="stockport", name="Stockport")

    with pytest.raises(DatabaseError, match=r"readonly|read-only"):
        getattr(client, method)(f"/{page}/")

    recover()
    assert list(Clinic.objects.values_list("name", flat=True)) == ["Stockport"]
    Clinic.objects.create(slug="manchester", name="The guard is lifted after the failure")


@both_ways
def test_page_that_writes_on_get_is_an_error_that_is_logged(client, way, caplog):
    client.raise_request_exception = False

    response = client.get("/writes/")

    assert response.status_code == 500
    assert ("django.request", "Internal Server Error: /writes/") in [
        (line.name, line.getMessage()) for line in caplog.records
    ]


@both_ways
def test_page_may_write_on_post(client, way):
    response = client.post("/writes/")

    assert response.content == b"written"
    assert Clinic.objects.count() == 1


@both_ways
def test_page_may_read_on_get_and_the_guard_is_lifted_afterwards(client, way):
    response = client.get("/reads/")

    assert response.content == b"0"
    Clinic.objects.create(slug="manchester", name="Manchester")


@both_ways
def test_page_that_swallows_the_error_has_written_nothing(client, way):
    response = client.get("/shrugs/")

    recover()
    assert response.content == b"never mind"
    assert Clinic.objects.count() == 0
    Clinic.objects.create(slug="manchester", name="Manchester")


@both_ways
def test_missing_page_leaves_the_connection_as_it_was(client, way):
    assert client.get("/nowhere/").status_code == 404

    Clinic.objects.create(slug="manchester", name="Manchester")


@both_ways
def test_session_is_saved_after_a_get(client, way):
    client.get("/remembers/")

    assert Session.objects.get().get_decoded() == {"basket": 1}


@both_ways
def test_identity_page_may_write_on_get(client, way):
    response = client.get("/signs-in/")

    assert response.content == b"written"
    assert Clinic.objects.count() == 1


@both_ways
def test_stream_may_read_and_the_guard_is_lifted_at_its_end(client, way):
    response = client.get("/streams/")

    assert b"".join(response) == b"0."
    Clinic.objects.create(slug="manchester", name="Manchester")


@both_ways
def test_stream_that_writes_fails(client, way):
    Clinic.objects.create(slug="stockport", name="Stockport")

    response = client.get("/streams/?write=yes")

    with pytest.raises(DatabaseError, match=r"readonly|read-only"):
        list(response)
    recover()
    assert Clinic.objects.count() == 1
    Clinic.objects.create(slug="manchester", name="Manchester")


@in_earnest
def test_stream_that_nobody_reads_to_its_end_leaves_the_connection_as_it_was(client):
    response = client.get("/streams/")

    assert next(iter(response)) == b"0"
    response.close()

    Clinic.objects.create(slug="manchester", name="Manchester")


@both_ways
def test_guard_inside_a_guard_is_lifted_with_the_outer_one(way):
    with read_only():
        with read_only():
            pass
        with pytest.raises(DatabaseError, match=r"readonly|read-only"), transaction.atomic():
            Clinic.objects.create(slug="manchester", name="Manchester")

    Clinic.objects.create(slug="manchester", name="Manchester")
