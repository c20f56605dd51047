"""The text service over HTTP: headers, refusals, hostile requests, many clients, and how the command ends."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="the packages of teiwright[serve] are not installed")
pytest.importorskip("uvicorn", reason="the packages of teiwright[serve] are not installed")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places import ROOT
from serving_house import until
from teiwright.dts.answers import Answers
from teiwright.dts.application import Terms, application
from teiwright.dts.openapi import description
from teiwright.dts.resolving import resolve
from teiwright.dts.server import serving
from teiwright.dts.shelf import Shelf
from teiwright.dts.terms import base_of, hosts_of, url_of
from teiwright.dts.workshop import OutOfTimeError, Workshop
from teiwright.errors import ExchangeError
from teiwright.serving.hosts import Hosts
from teiwright.serving.server import bound
from test_dts_answers import verses

PATIENCE = 60


class Answer(NamedTuple):
    """An answer: its status, headers by names in lower case, and bytes."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found


class Client:
    """Asks one server."""

    def __init__(self, port: int, shelf: Shelf) -> None:
        self.port = port
        self.shelf = shelf

    @property
    def resource(self) -> str:
        """What the first text is called, as a query has it."""
        return quote(self.shelf.catalogue.texts()[0].identifier, safe="")

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): one for name, one in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): one for name, one in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def run(shelf: Shelf, terms: Terms) -> Iterator[Client]:
    """A server in a thread, which ends behind the tests."""
    listening = bound("127.0.0.1", 0)
    ready, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        async with serving(Answers(shelf), listening, terms, lambda _: None, pause=0.05):
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(PATIENCE)
    try:
        yield Client(listening.getsockname()[1], shelf)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(PATIENCE)
        loop.close()
        listening.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return verses(tmp_path_factory.mktemp("dts") / "verses.xml").parent


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    shelf = Shelf([folder])
    shelf.refresh()
    yield from run(shelf, Terms(Hosts.of("127.0.0.1")))


def test_all_endpoints_answer_with_their_media_types(client: Client) -> None:
    entry = client.ask("/")
    assert entry.headers["content-type"] == "application/ld+json"
    assert (
        entry.json()["navigation"]
        == f"http://127.0.0.1:{client.port}/navigation/{{?resource,ref,start,end,down,tree,page}}"
    )
    for path in ("/collection/", "/collection", f"/navigation/?resource={client.resource}&down=1"):
        assert client.ask(path).headers["content-type"] == "application/ld+json"
    whole = client.ask(f"/document/?resource={client.resource}")
    assert whole.headers["content-type"] == "application/tei+xml"
    home = f"http://127.0.0.1:{client.port}/collection/?id={client.resource}"
    assert whole.headers["link"] == f'<{home}>; rel="collection"'


def test_a_navigation_is_called_by_the_address_that_was_asked_for(client: Client) -> None:
    path = f"/navigation/?resource={client.resource}&down=-1&ref=1.1%3A2"
    assert client.ask(path).json()["@id"] == f"http://127.0.0.1:{client.port}{path}"


def test_who_has_an_answer_is_told_that_it_has_not_changed(client: Client) -> None:
    path = f"/document/?resource={client.resource}&ref=1"
    tag = client.ask(path).headers["etag"]
    for header in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
        again = client.ask(path, If_None_Match=header)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert client.ask(path, If_None_Match='"other"').status == 200


def test_answers_are_compressed_for_those_who_take_it(client: Client) -> None:
    path = f"/navigation/?resource={client.resource}&down=-1"
    plain, small = client.ask(path), client.ask(path, Accept_Encoding="br, gzip;q=0.5")
    assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body)
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in client.ask(path, Accept_Encoding="gzip;q=0").headers
    assert small.headers["vary"] == "Accept-Encoding"


def test_heads_are_as_those_of_whole_answers(client: Client) -> None:
    path = f"/document/?resource={client.resource}"
    whole, head = client.ask(path), client.ask(path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {name: value for name, value in head.headers.items() if name != "date"} == {
        name: value for name, value in whole.headers.items() if name != "date"
    }


def test_pages_of_the_web_may_read_answers_and_refusals(client: Client) -> None:
    for path in ("/", "/document/", "/nothing"):
        assert client.ask(path, Origin="https://example.org").headers["access-control-allow-origin"] == "*"
    asked = client.ask("/document/", "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="GET")
    assert (asked.status, asked.headers["access-control-allow-methods"]) == (204, "GET, HEAD, OPTIONS")


def test_without_cors_they_may_not(folder: Path) -> None:
    shelf = Shelf([folder])
    shelf.refresh()
    for client in run(shelf, Terms(Hosts.of("127.0.0.1"), origin="")):
        assert not [name for name in client.ask("/").headers if name.startswith("access-control")]


def test_a_server_behind_another_gives_the_address_of_that(folder: Path) -> None:
    shelf = Shelf([folder])
    shelf.refresh()
    address = url_of("https://example.org/dts")
    for client in run(shelf, Terms(hosts_of("127.0.0.1", address), address)):
        entry = client.ask("/", Host="example.org")
        assert (entry.status, entry.json()["@id"]) == (200, "https://example.org/dts/")


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/nothing", "GET", 404),
        ("/collection/x", "GET", 404),
        ("/../../etc/passwd", "GET", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", "GET", 404),
        ("/collection/?id=../../etc/passwd", "GET", 404),
        ("/collection/?id=%00", "GET", 404),
        ("/collection/?id=%ff", "GET", 400),
        ("/collection/?id=" + "x" * 3000, "GET", 400),
        ("/collection/?page=" + "9" * 1000, "GET", 400),
        ("/navigation/", "GET", 400),
        ("/document/", "GET", 400),
        ("/", "POST", 405),
        ("/document/", "DELETE", 405),
    ],
)
def test_refusals_say_why_as_json(client: Client, path: str, method: str, status: int) -> None:
    found = client.ask(path, method)
    assert (found.status, found.headers["content-type"]) == (status, "application/problem+json")
    assert found.json()["status"] == status
    assert str(found.json()["detail"]).endswith(".")
    if status == 405:
        assert found.headers["allow"] == "GET, HEAD, OPTIONS"


def test_other_names_than_its_own_are_not_answered_to(client: Client) -> None:
    assert client.ask("/", Host="evil.example").status == 421


VALUES = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["1", "1.1", "3", "-1", "0", "lines", "parents", "text/plain"]
)
NAMES = st.sampled_from(["id", "resource", "ref", "start", "end", "down", "tree", "page", "nav", "mediaType", "x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["collection", "navigation", "document"]), st.dictionaries(NAMES, VALUES, max_size=5), st.booleans()
)
def test_whatever_is_asked_the_answer_is_clear(
    client: Client, endpoint: str, values: dict[str, str], is_text: bool
) -> None:
    named = "&".join(
        f"{name}={quote(value, safe='')}" for name, value in values.items() if not (is_text and name == "resource")
    )
    found = client.ask(f"/{endpoint}/?{f'resource={client.resource}&' if is_text else ''}{named}")
    assert found.status in (200, 400, 404)
    if found.status != 200:
        assert found.json()["status"] == found.status


def test_two_hundred_clients_at_the_same_time_are_all_answered(client: Client) -> None:
    refs = ["1", "1.1", "1.1%3A1", "2", "3"]
    paths = [f"/{kind}/?resource={client.resource}&ref={ref}" for ref in refs for kind in ("navigation", "document")]
    with ThreadPoolExecutor(200) as pool:
        found = list(pool.map(lambda number: client.ask(paths[number % len(paths)]), range(1000)))
    assert {one.status for one in found} == {200}
    assert len({one.headers["etag"] for one in found}) == len(paths)


def test_a_file_that_changes_is_served_anew(tmp_path: Path) -> None:
    path = verses(tmp_path / "verses.xml")
    shelf = Shelf([tmp_path])
    shelf.refresh()
    asked = f"/document/?resource={quote(shelf.catalogue.texts()[0].identifier)}&ref=3"
    for client in run(shelf, Terms(Hosts.of("127.0.0.1"))):
        before = client.ask(asked)
        path.write_text(path.read_text("utf-8").replace("prose", "other"), "utf-8")
        until(partial(is_with, client, asked, b"other"))
        assert client.ask(asked, If_None_Match=before.headers["etag"]).status == 200


def is_with(client: Client, path: str, words: bytes) -> bool:
    return words in client.ask(path).body


def test_the_description_has_the_routes_their_parameters_and_what_they_refuse(client: Client) -> None:
    told = client.ask("/openapi.json").json()
    assert told == description(f"http://127.0.0.1:{client.port}/", client.shelf.catalogue.texts()[0].identifier)
    paths = told["paths"]
    assert isinstance(paths, dict)
    routes = {route.path for route in application(Answers(client.shelf), Terms(Hosts.of("localhost"))).routes}  # type: ignore[attr-defined]  # all are Route
    assert set(paths) == {path for path in routes if path.endswith(("/", ".json"))}
    entry = client.ask("/").json()
    parameters = told["components"]["parameters"]  # type: ignore[index]  # read as JSON
    for name in ("collection", "navigation", "document"):
        template = str(entry[name])
        listed = [
            parameters[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
            for one in paths[f"/{name}/"]["get"]["parameters"]
        ]
        assert {one["name"] for one in listed if one["in"] == "query"} == set(re.split(r"[{?,}]+", template)[1:-1])


def test_the_schemas_of_the_description_hold_of_the_answers(client: Client) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    told = client.ask("/openapi.json").json()
    asked = {
        "EntryPoint": "/",
        "CollectionOrResource": f"/collection/?id={client.resource}&nav=parents",
        "Navigation": f"/navigation/?resource={client.resource}&start=1&end=3&down=-1",
        "Problem": "/navigation/",
    }
    for name, path in asked.items():
        schema = {"$ref": f"#/components/schemas/{name}", "components": told["components"]}
        jsonschema.Draft202012Validator(schema).validate(client.ask(path).json())


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org/", "https://", "https://a b/", "https://example.org/?x", "http://["]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ExchangeError):
        url_of(url)
    with pytest.raises(ExchangeError):
        base_of("no address")


def test_xpath_that_never_ends_is_ended(tmp_path: Path) -> None:
    path = verses(tmp_path / "verses.xml")
    endless = "count(for $a in 1 to 100000000, $b in 1 to 100000000 return ($a * $b)[. = -1])"
    path.write_text(path.read_text("utf-8").replace('use="position()"', f'use="{endless}"', 1), "utf-8")
    with Workshop(1, patience=5) as workshop:
        shelf = Shelf([tmp_path], find=lambda *asked: workshop.run(resolve, *asked))
        shelf.refresh()
        with pytest.raises(OutOfTimeError, match="did not come to an end"):
            shelf.volume(shelf.catalogue.texts()[0].text or pytest.fail("no text"))
        assert workshop.run(len, "still there") == 11


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes in other ways")
def test_the_command_says_where_it_is_and_ends_when_it_is_asked_to(folder: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from teiwright.commands.dts import dts; dts()",
        "serve",
        str(folder),
        "--port",
        "0",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        address = re.match(r"http://127\.0\.0\.1:(\d+)/  \(Ctrl-C ends\)", process.stdout.readline())
        assert address
        shelf = Shelf([folder])
        shelf.refresh()
        client = Client(int(address[1]), shelf)
        made = client.ask(f"/document/?resource={client.resource}&ref=3&mediaType=text/plain")
        assert (made.status, made.headers["content-type"]) == (200, "text/plain; charset=utf-8")
        assert "prose" in made.body.decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert process.stderr.read().endswith("teiwright: stopped\n")
