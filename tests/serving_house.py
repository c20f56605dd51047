"""A server of small sites in a thread of the tests, and how to speak with it."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from small_site import make
from teiwright.serving.hosts import Hosts
from teiwright.serving.house import House
from teiwright.serving.press import Make
from teiwright.serving.server import bound, serving

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{}</body></text></TEI>'
PATIENCE = 60.0  # seconds after which what does not come is taken for a failure


def write(path: Path, words: str) -> Path:
    """A document with a paragraph."""
    path.write_text(TEI.format(f"<p>{words}</p>"), encoding="utf-8")
    return path


def until(holds: Callable[[], object]) -> None:
    """Waits until something holds; fails where it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


class Answer(NamedTuple):
    """An answer: status, headers by names in lower case, text."""

    status: int
    headers: dict[str, str]
    text: str


class Client:
    """Asks one server."""

    def __init__(self, house: House, port: int) -> None:
        self.house = house
        self.port = port

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """The answer to a request; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read().decode("utf-8", "replace"))
        finally:
            connection.close()

    def text(self, path: str) -> str:
        """The text of an answer."""
        return self.ask(path).text

    @contextmanager
    def listening(self) -> Iterator[Iterator[dict[str, str]]]:
        """What is told to whoever listens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/_events")
        answer = connection.getresponse()
        try:
            yield (json.loads(line.removeprefix(b"data: ")) for line in answer if line.startswith(b"data: "))
        finally:
            connection.close()


@contextmanager
def served(
    asked: list[Path],
    folder: Path,
    make: Make = make,
    trees: tuple[Path, ...] = (),
    is_live: bool = True,
) -> Iterator[Client]:
    """A server of the site that a function makes, in a thread."""
    folder.mkdir(exist_ok=True)
    house = House(asked, make, folder, trees)
    with bound("127.0.0.1", 0) as socket:
        loop = asyncio.new_event_loop()
        stop = asyncio.Event()

        async def life() -> None:
            async with serving(house, socket, Hosts.of("127.0.0.1"), is_live):
                await stop.wait()
            await loop.shutdown_default_executor()

        def live() -> None:  # the browser's driver has a loop of its own in the thread of the tests
            loop.run_until_complete(life())
            loop.close()

        thread = threading.Thread(target=live)
        thread.start()
        try:
            yield Client(house, socket.getsockname()[1])
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join()


def built(client: Client) -> bool:
    """Whether there is a site, and findings."""
    return bool(client.house.press.layers and client.house.verdicts)
