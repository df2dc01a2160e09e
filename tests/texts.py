"""A real text provider on this machine: an HTTP server that speaks the protocol, refuses what is not it, and has moods."""

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

ACCOUNT, TOKEN, OURS = "AC0123456789", "s3cret", "+441614960000"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
KEY = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()


@dataclass
class TextProvider:
    """A provider that keeps what it was asked to send."""

    port: int = 0
    status: int = 201
    code: int = 0  # its own number of what went wrong
    cuts: str = ""  # "before" or "after" it has kept the message: the line goes dead
    asked: list[dict[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    on_message: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        """Where it is, as the settings name it."""
        return f"twilio://{ACCOUNT}:{TOKEN}@127.0.0.1:{self.port}/?from={OURS}"

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What it was asked to send: to whom, and what."""
        return [(fields["To"], fields["Body"]) for fields in self.asked]

    def answered(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes] | None:
        """Answer one request; None: the line goes dead."""
        if refusal := _not_the_protocol(path, headers, body):
            return refusal
        if self.cuts == "before":
            return None
        fields = dict(parse_qsl(body.decode(), strict_parsing=True))
        if self.status != 201:
            return _no(self.status, self.code, f"No: {fields['To']}")
        self.on_message()
        self.asked.append(fields)
        self.keys.append(headers.get("Idempotency-Key", ""))
        kept = json.dumps({"sid": f"SM{len(self.asked):032}", "status": "queued"}).encode()
        return None if self.cuts == "after" else (201, kept)


def _not_the_protocol(path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes] | None:
    """Refuse what is not asked as the protocol asks it."""
    if headers.get("Authorization") != KEY:
        return _no(401, 20003, "Authenticate")
    if path != PATH or headers.get("Content-Type") != "application/x-www-form-urlencoded":
        return _no(404, 20404, "Not found")
    if not {"To", "From", "Body"} <= dict(parse_qsl(body.decode(), strict_parsing=True)).keys():
        return _no(400, 21604, "Missing")
    return None


def _no(status: int, code: int, message: str) -> tuple[int, bytes]:
    return status, json.dumps({"code": code, "message": message, "status": status}).encode()


@contextmanager
def text_provider() -> Iterator[TextProvider]:
    """Run one."""
    provider = TextProvider()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = provider.answered(self.path, self.headers, body)  # type: ignore[arg-type]
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    provider.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
