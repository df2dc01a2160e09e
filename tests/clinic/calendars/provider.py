"""Somebody else's calendar server: a real one, on this machine, that answers as it is told to."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = ("127.0.0.1/32",)  # the network in which it stands


class Provider:
    """What the server answers, and what it was asked."""

    def __init__(self, port: int, scheme: str) -> None:
        self.url = f"{scheme}://127.0.0.1:{port}/secret-token/basic.ics"
        self.body = b""
        self.status = 200
        self.headers: dict[str, str] = {}
        self.asked: list[dict[str, str]] = []
        self.instead: Callable[[BaseHTTPRequestHandler], None] | None = None  # answers in place of the above

    def say(self, body: bytes = b"", *, status: int = 200, **headers: str) -> None:
        """Answer like this from now on; an underscore in a header's name is a hyphen."""
        self.body, self.status, self.instead = body, status, None
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def serving(*, certificate: Path | None = None) -> Iterator[Provider]:
    """Run a server while the test lasts; with a certificate, by TLS."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append({"path": self.path, **self.headers})
            if provider.instead:
                provider.instead(self)
                return
            etag = provider.headers.get("ETag")
            if provider.status == 200 and etag and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(provider.status)
            for name, value in {"Content-Length": str(len(provider.body)), **provider.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(provider.body)

        def log_message(self, *_args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: object) -> None:
            pass  # whoever fetched has hung up, as it should

    server = Quiet(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    provider = Provider(server.server_address[1], "https" if certificate else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
