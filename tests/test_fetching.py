"""Fetching: by https and with bounds, each failure one sentence. The server is this machine's own."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from teiwright.errors import SchemaError
from teiwright.schemas.fetching import REDIRECTIONS, Fetcher, Request
from web import Site, give, lead_on, make_certificate, needs_openssl, serving

pytestmark = needs_openssl
Handler = http.server.BaseHTTPRequestHandler


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def site(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(certificate) as site:
        yield site


def refused(address: str, fetch: Fetcher | None = None) -> str:
    with pytest.raises(SchemaError) as caught:
        (fetch or Fetcher())(address)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_file_comes_and_it_is_said(site: Site) -> None:
    site.pages["/a.rng"] = b"<grammar/>"
    said: list[tuple[str, bytes]] = []
    got = Fetcher(lambda address, data: said.append((address, data)))(site.address("/a.rng"))
    assert got == ((site.address("/a.rng"),), b"<grammar/>")
    assert said == [(site.address("/a.rng"), b"<grammar/>")]


def test_addresses_are_escaped_on_the_wire(site: Site) -> None:
    site.pages["/%C3%BC%20b.rng?v=%C3%BC"] = b"x"
    assert Fetcher()(site.address("/ü b.rng?v=ü#top")).data == b"x"


def test_gzip_is_unpacked(site: Site) -> None:
    def zipped(handler: Handler) -> None:
        assert handler.headers["Accept-Encoding"] == "gzip"
        give(handler, gzip.compress(b"<grammar/>" * 1000, mtime=0), headers={"Content-Encoding": "gzip"})

    site.pages["/a.rng"] = zipped
    assert Fetcher()(site.address("/a.rng")).data == b"<grammar/>" * 1000


def test_chunks_are_put_together(site: Site) -> None:
    def in_chunks(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\n<a>\r\n4\r\n</a>\r\n0\r\n\r\n")

    site.pages["/a.rng"] = in_chunks
    assert Fetcher()(site.address("/a.rng")).data == b"<a></a>"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirections_are_followed_and_noted(site: Site, status: int) -> None:
    site.pages["/old"] = lead_on("/new", status)
    site.pages["/new"] = b"x"
    assert Fetcher()(site.address("/old")).addresses == (site.address("/old"), site.address("/new"))


def test_redirections_have_an_end(site: Site) -> None:
    for number in range(REDIRECTIONS + 1):
        site.pages[f"/{number}"] = lead_on(f"/{number + 1}")
    site.pages[f"/{REDIRECTIONS}"] = b"x"
    assert len(Fetcher()(site.address("/0")).addresses) == REDIRECTIONS + 1
    site.pages[f"/{REDIRECTIONS}"] = lead_on("/0")
    assert f"more than {REDIRECTIONS} times" in refused(site.address("/0"))
    site.pages["/loop"] = lead_on("/loop")
    assert f"more than {REDIRECTIONS} times" in refused(site.address("/loop"))


@pytest.mark.parametrize("target", ["http://localhost:1/a", "file:///etc/passwd", "ftp://localhost/a", "data:,x"])
def test_redirections_lead_to_https_only(site: Site, target: str) -> None:
    site.pages["/a"] = lead_on(target)
    assert "only https" in refused(site.address("/a")) or "status 302" in refused(site.address("/a"))


@pytest.mark.parametrize("address", ["http://localhost/a", "file:///etc/passwd", "ftp://x/a", "/etc/passwd", "data:,x"])
def test_only_https_is_asked(address: str) -> None:
    assert "only https" in refused(address)


@pytest.mark.parametrize("user", ["user:secret", "secret", ":secret"])
def test_a_password_is_neither_sent_nor_shown(user: str) -> None:
    assert "secret" not in refused(f"https://{user}@localhost/a")


def test_too_much_is_refused(site: Site) -> None:
    site.pages["/a"] = b"x" * 1001
    assert "more than" in refused(site.address("/a"), Fetcher(largest=1000))
    assert len(Fetcher(largest=1001)(site.address("/a")).data) == 1001


def test_too_much_in_all_is_refused(site: Site) -> None:
    site.pages["/a"] = b"x" * 600
    fetch = Fetcher(largest=1000)
    fetch(site.address("/a"))
    assert "more than" in refused(site.address("/a"), fetch)


def test_a_bomb_is_not_unpacked(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000, mtime=0)
    site.pages["/a"] = lambda handler: give(handler, bomb, headers={"Content-Encoding": "gzip"})
    assert len(bomb) < 100_000
    assert "more than 0 MB" in refused(site.address("/a"), Fetcher(largest=100_000))
    request = Request(site.address("/a"), 100_000)
    request.run()
    assert len(request.data) == 100_001  # and the rest never was in memory


def test_an_endless_answer_is_cut(site: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    site.pages["/a"] = endless
    assert "more than" in refused(site.address("/a"), Fetcher(largest=1_000_000))


def test_a_drip_is_not_waited_for(site: Site) -> None:
    stop = threading.Event()

    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not stop.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    site.pages["/a"] = drip
    assert "did not arrive within" in refused(site.address("/a"), Fetcher(longest=0.3))
    stop.set()


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        ({"Content-Length": "100"}, b"short", "broke off"),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"x" * 100, mtime=0)[:-10], "broke off"),
        ({"Content-Encoding": "gzip"}, b"not packed", "cannot be understood"),
        ({"Content-Encoding": "br"}, b"x", 'encoding "br"'),
    ],
)
def test_a_bad_answer_is_refused(site: Site, headers: dict[str, str], body: bytes, words: str) -> None:
    site.pages["/a"] = lambda handler: give(handler, body, headers=headers)
    assert words in refused(site.address("/a"))


@pytest.mark.parametrize("status", [204, 404, 403, 500, 503])
def test_a_status_is_said(site: Site, status: int) -> None:
    site.pages["/a"] = lambda handler: give(handler, b"", status)
    assert f"status {status}" in refused(site.address("/a"))


def test_what_is_not_http_is_refused(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.wfile.write(b"\0\1\2 nonsense\r\n\r\n") and None
    assert "cannot be understood" in refused(site.address("/a"))


def test_an_unknown_certificate_is_not_trusted(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/a"] = b"x"
    monkeypatch.setenv("SSL_CERT_FILE", str(make_certificate(tmp_path)))
    assert "certificate is not trusted" in refused(site.address("/a"))
    assert site.asked == []


def test_a_certificate_for_another_host_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_certificate(tmp_path, "other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with serving(other) as site:
        assert "certificate is not trusted" in refused(site.address("/a"))


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        assert "could not be fetched" in refused(f"https://localhost:{taken.getsockname()[1]}/a")
    assert "could not be fetched" in refused("https://no-such-host.invalid/a")


def test_a_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    site.pages["/a"] = b"x"
    with socket.create_server(("localhost", 0)) as proxy:
        thread = threading.Thread(target=_tunnel, args=(proxy, asked), daemon=True)
        thread.start()
        monkeypatch.setenv("https_proxy", f"http://localhost:{proxy.getsockname()[1]}")
        assert Fetcher()(site.address("/a")).data == b"x"
    assert asked
    assert asked[0].startswith(f"CONNECT localhost:{site.port} ".encode())


def _tunnel(proxy: socket.socket, asked: list[bytes]) -> None:
    client, _ = proxy.accept()
    request = client.recv(65_536)
    asked.append(request)
    server = socket.create_connection(("localhost", int(request.split(b" ")[1].rpartition(b":")[2])))
    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    back = threading.Thread(target=_pass_on, args=(server, client), daemon=True)
    back.start()
    _pass_on(client, server)
    back.join()
    client.close()
    server.close()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
