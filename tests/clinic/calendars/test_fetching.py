"""Fetching from other people's servers, and from nowhere that we should not look. The server is a real one."""

import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from corneum.clinic.calendars import fetching
from corneum.clinic.calendars.fetching import (
    AtFault,
    CalendarFault,
    Closed,
    Fetched,
    NoAnswer,
    NotAnAddress,
    NotTrusted,
    PrivateAddress,
    SentAround,
    TooLarge,
    TooSlow,
    fetch,
    is_public,
    whole_address,
)
from tests.clinic.calendars.provider import HERE, Provider, serving


def test_fetch_brings_what_is_there_and_the_marks_to_ask_with_next_time(provider: Provider):
    provider.say(b"a calendar", ETag='"one"', Last_Modified="Mon, 09 Mar 2026 08:00:00 GMT")

    assert fetch(provider.url, private=HERE) == Fetched(b"a calendar", '"one"', "Mon, 09 Mar 2026 08:00:00 GMT")
    assert provider.asked[0]["path"] == "/secret-token/basic.ics"


def test_fetch_asks_with_the_marks_and_is_told_that_nothing_has_changed(provider: Provider):
    provider.say(b"a calendar", ETag='"one"')

    assert fetch(provider.url, etag='"one"', last_modified="Mon, 09 Mar 2026 08:00:00 GMT", private=HERE) is None
    assert provider.asked[0]["If-None-Match"] == '"one"'
    assert provider.asked[0]["If-Modified-Since"] == "Mon, 09 Mar 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "fault"),
    [(500, AtFault), (503, AtFault), (429, AtFault), (404, Closed), (410, Closed), (401, Closed), (403, Closed)],
)
def test_fetch_says_what_the_server_said(provider: Provider, status, fault):
    provider.say(b"", status=status)

    with pytest.raises(fault):
        fetch(provider.url, private=HERE)


def test_fetch_takes_no_packed_answer_that_it_did_not_ask_for(provider: Provider):
    provider.say(b"\x1f\x8b", Content_Encoding="gzip")

    with pytest.raises(AtFault):
        fetch(provider.url, private=HERE)


def test_fetch_follows_a_redirect(provider: Provider):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        moved = handler.path == "/new"
        handler.send_response(200 if moved else 302)
        handler.send_header("Location", "/new")
        handler.send_header("Content-Length", "4")
        handler.end_headers()
        handler.wfile.write(b"here")

    provider.instead = answer

    assert fetch(provider.url, private=HERE) == Fetched(b"here", "", "")
    assert [each["path"] for each in provider.asked] == ["/secret-token/basic.ics", "/new"]


def test_fetch_follows_no_more_than_four_redirects(provider: Provider):
    provider.say(b"", status=302, Location="/round")

    with pytest.raises(SentAround):
        fetch(provider.url, private=HERE)
    assert len(provider.asked) == 5


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/x", "", "gopher://127.0.0.1/"])
def test_fetch_follows_a_redirect_to_nothing_but_the_web(provider: Provider, location):
    provider.say(b"", status=302, Location=location)

    with pytest.raises((NotAnAddress, SentAround)):
        fetch(provider.url, private=HERE)


def test_fetch_stops_at_five_megabytes(provider: Provider):
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1_000_000)

    provider.instead = pour

    with pytest.raises(TooLarge):
        fetch(provider.url, private=HERE)


@pytest.mark.parametrize("drips", [False, True], ids=["silent", "dripping"])
def test_fetch_gives_up_on_a_slow_server(provider: Provider, monkeypatch, drips):
    def dawdle(handler: BaseHTTPRequestHandler) -> None:
        if drips:
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for _ in range(200):
            if drips:
                handler.wfile.write(b"X-Drop: 1\r\n")
            time.sleep(0.05)

    provider.instead = dawdle
    monkeypatch.setattr(fetching, "SECONDS_TO_CONNECT", 0.5 if not drips else 5.0)
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 0.5)

    with pytest.raises(TooSlow):
        fetch(provider.url, private=HERE)


def test_fetch_says_when_nobody_answers(provider: Provider):
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    provider.instead = hang_up

    with pytest.raises(NoAnswer):
        fetch(provider.url, private=HERE)
    with pytest.raises(NoAnswer):
        fetch("http://127.0.0.1:9/", private=HERE)
    with pytest.raises(NoAnswer):
        fetch("https://no-such-host.invalid/", private=HERE)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "127.1"])
def test_fetch_asks_nothing_of_this_machine(provider: Provider, address):
    port = provider.url.split(":")[2].partition("/")[0]

    for scheme in ("http", "https"):
        with pytest.raises((PrivateAddress, NoAnswer)):
            fetch(f"{scheme}://{address}:{port}/")
    assert provider.asked == []


def test_fetch_refuses_a_redirect_to_a_private_address(provider: Provider):
    provider.say(b"", status=302, Location=provider.url.replace("127.0.0.1", "127.0.0.2"))

    with pytest.raises(PrivateAddress):
        fetch(provider.url, private=HERE)
    assert len(provider.asked) == 1


def test_fetch_believes_no_server_that_cannot_prove_who_it_is(provider: Provider, tmp_path, monkeypatch):
    own = self_signed(tmp_path)
    with serving(certificate=own) as secure:
        secure.say(b"a calendar")

        with pytest.raises(NotTrusted):
            fetch(secure.url, private=HERE)
        assert secure.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(own))
        assert fetch(secure.url, private=HERE) == Fetched(b"a calendar", "", "")
        with pytest.raises(NotTrusted):  # the same server by a name that its certificate does not bear
            fetch(secure.url.replace("127.0.0.1", "localhost"), private=["127.0.0.1/32", "::1/128"])


def self_signed(folder: Path) -> Path:
    """Make a certificate for 127.0.0.1 that nobody has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "calendar server")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "certificate.pem"
    file.write_bytes(plain + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_private_calendars_without_tls_are_fetched_only_where_they_are_allowed(provider: Provider):
    provider.say(b"a calendar")

    with pytest.raises(PrivateAddress):
        fetch(provider.url)
    assert fetch(provider.url, private=HERE) is not None


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)  # fmt: skip
def test_private_addresses_are_known_for_what_they_are(address):
    assert is_public(address) is False


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_known_too(address):
    assert is_public(address) is True


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("https://calendar.example/a.ics", "https://calendar.example/a.ics"),
        (" webcal://calendar.example/a.ics?key=1 ", "https://calendar.example/a.ics?key=1"),
        ("webcals://calendar.example/a.ics", "https://calendar.example/a.ics"),
    ],
)
def test_address_is_read_as_it_is_pasted(pasted, address):
    assert whole_address(pasted) == address


@pytest.mark.parametrize(
    "pasted",
    ["", "calendar.example/a.ics", "ftp://calendar.example/", "https://", "https://user:pw@calendar.example/",
     "https://calendar.example/a b", "https://calendar.example:port/", "https://calendar.example/\r\nX: 1", "javascript:1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(pasted):
    with pytest.raises(NotAnAddress):
        whole_address(pasted)


@pytest.mark.parametrize("fault", CalendarFault.__subclasses__(), ids=lambda fault: fault.__name__)
def test_every_fault_is_a_sentence_that_fits_beside_a_calendar(fault):
    assert 20 < len(str(fault())) <= 200
    assert str(fault()).endswith(".")
