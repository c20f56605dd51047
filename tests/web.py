"""A web server of one's own that speaks https, with a certificate that openssl makes: no network is needed."""

from __future__ import annotations

import http.server
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl command is not here")

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class Site:
    """What a server answers, by path: bytes, or a function that does the answering. ``asked`` are the paths it was
    asked for.
    """

    def __init__(self, certificate: Path) -> None:
        self.pages: dict[str, bytes | Answer] = {}
        self.asked: list[str] = []
        self.certificate = certificate
        self.port = 0

    def address(self, path: str) -> str:
        """The address of a path."""
        return f"https://localhost:{self.port}{path}"


def make_certificate(folder: Path, name: str = "localhost") -> Path:
    """A certificate for a host that vouches for itself, and its key, in one file."""
    key, made, both = folder / f"{name}.key", folder / f"{name}.crt", folder / f"{name}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    more = ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(made)]
    subprocess.run([*command, *more], check=True, capture_output=True)
    both.write_bytes(made.read_bytes() + key.read_bytes())
    return both


@contextmanager
def serving(certificate: Path) -> Iterator[Site]:
    """A server on this machine."""
    site = Site(certificate)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def do_GET(self) -> None:
            site.asked.append(self.path)
            page = site.pages.get(self.path)
            if callable(page):
                page(self)
            else:
                give(self, page or b"not here", 200 if page is not None else 404)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what some tests are about."""

    server = Server(("localhost", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def give(
    handler: http.server.BaseHTTPRequestHandler, body: bytes, status: int = 200, headers: dict[str, str] | None = None
) -> None:
    """An answer with its length, unless ``headers`` say another."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def lead_on(address: str, status: int = 302) -> Answer:
    """An answer that names another address."""
    return lambda handler: give(handler, b"", status, {"Location": address})
