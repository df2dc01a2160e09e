"""The ways out: a mail server in its three guises, a folder, the terminal."""

import os
import ssl
import stat
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from corneum.platform.messages.transports import BadAddress, NotTaken, Parcel, transport
from corneum.platform.messages.transports.smtp import Smtp, _quoted
from tests.platform.messages.conftest import MailServer, _Desk, free_port

PARCEL = Parcel(
    "20260309T080000Z-ref", ".eml", "hello@alder.example", "alice@example.com", b"Subject: Hello\r\n\r\nHello.\r\n"
)


def send(url: str, parcel: Parcel = PARCEL) -> None:
    with transport(url).reach(parcel) as hand_over:
        hand_over()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Smtp("mail.example", 25, "", "", "none")),
        ("smtp://mail.example:2525", Smtp("mail.example", 2525, "", "", "none")),
        ("smtps://u%40a:p%2Fw@mail.example", Smtp("mail.example", 465, "u@a", "p/w", "whole")),
        ("smtp://u:p@mail.example:587/?tls=starttls", Smtp("mail.example", 587, "u", "p", "starttls")),
        ("smtp://u:p@relay.lan/?tls=none", Smtp("relay.lan", 25, "u", "p", "none")),
        ("smtp://u:p@localhost", Smtp("localhost", 25, "u", "p", "none")),
    ],
)
def test_smtp_is_read_from_its_address(url, server):
    assert transport(url) == server


@pytest.mark.parametrize(
    "url",
    ["", "mail.example", "http://mail.example", "folder:", "smtp://", "smtp://a/?tls=yes", "smtp://u:p@mail.example"],
)
def test_transport_refuses_what_it_cannot_understand(url):
    with pytest.raises(BadAddress):
        transport(url)


def test_smtp_hands_over_every_byte(mail_server):
    body = b"Subject: dots\r\n\r\n.\r\n..two\r\n.\r\nend without line end"

    send(mail_server.url, Parcel("a", ".eml", "hello@alder.example", "alice@example.com", body))

    assert mail_server.raw == [body + b"\r\n"]


def test_quoted_ends_lines_as_servers_want_them():
    assert _quoted(b"a\nb\r.c\r\n") == b"a\r\nb\r\n..c\r\n.\r\n"


def test_smtp_over_starttls_signs_in(tmp_path, monkeypatch):
    server, controller = _secure_server(tmp_path, monkeypatch, starttls=True)

    send(f"smtp://ada:secret@localhost:{server.port}/?tls=starttls")
    with pytest.raises(NotTaken, match=r"refused our name and password \(535\)"):
        send(f"smtp://ada:wrong@localhost:{server.port}/?tls=starttls")
    controller.stop(no_assert=True)

    assert len(server.raw) == 1


def test_smtp_over_starttls_refuses_a_server_without_it(mail_server):
    with pytest.raises(NotTaken, match="would not talk with us"):
        send(f"{mail_server.url}/?tls=starttls")

    assert mail_server.raw == []


def test_smtps_talks_to_a_server_that_proves_who_it_is(tmp_path, monkeypatch):
    server, controller = _secure_server(tmp_path, monkeypatch, starttls=False)

    send(f"smtps://localhost:{server.port}")
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    with pytest.raises(NotTaken, match="does not answer"):
        send(f"smtps://localhost:{server.port}")
    controller.stop(no_assert=True)

    assert len(server.raw) == 1


def test_folder_writes_a_file_that_any_mail_program_reads(tmp_path):
    send(f"folder:{tmp_path}/outbox")

    (path,) = (tmp_path / "outbox").iterdir()
    assert path.name == "20260309T080000Z-ref.eml"
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["Subject"], mail.get_content().strip()) == ("Hello", "Hello.")


def test_folder_is_for_its_owner_alone(tmp_path):
    send(f"folder:{tmp_path}/outbox")

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "outbox", *(tmp_path / "outbox").iterdir())]
    assert modes == [0o700, 0o600]


def test_folder_keeps_the_same_message_once(tmp_path):
    send(f"folder:{tmp_path}")
    send(f"folder:{tmp_path}")

    assert [path.name for path in tmp_path.iterdir()] == ["20260309T080000Z-ref.eml"]


def test_folder_that_cannot_be_made_waits(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(NotTaken, match="The folder for messages cannot be made"):
        send(f"folder:{tmp_path}/file/outbox")


def test_folder_that_cannot_be_written_leaves_nothing_half_done(tmp_path):
    (tmp_path / f"{PARCEL.name}{PARCEL.suffix}").mkdir()  # the name is taken by something else

    with pytest.raises(NotTaken, match="could not be written"):
        send(f"folder:{tmp_path}")

    assert [path.name for path in tmp_path.iterdir()] == [f"{PARCEL.name}{PARCEL.suffix}"]


def test_console_shows_the_message(capsys):
    send("console:")

    assert capsys.readouterr().out == f"{'-' * 72}\nSubject: Hello\r\n\r\nHello.\r\n\n"


def _secure_server(folder: Path, monkeypatch: pytest.MonkeyPatch, *, starttls: bool) -> tuple[MailServer, Controller]:
    """Open a mail server with a certificate that this test alone trusts."""
    certificate, key = _certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = MailServer(port=free_port())
    tls = (
        {"tls_context": context, "require_starttls": True, "authenticator": _knows_ada}
        if starttls
        else {"ssl_context": context}
    )
    controller = Controller(_Desk(server), hostname="127.0.0.1", port=server.port, ready_timeout=20, **tls)
    controller.start()
    return server, controller


def _knows_ada(_server, _session, _envelope, _mechanism, data) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"ada", b"secret"), handled=False)


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths
