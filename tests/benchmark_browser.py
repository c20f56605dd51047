"""How soon a long novel is there to be read on a slow phone: first words, and when the page answers.

Makes a novel of 2 MB from a shorter one, its page and its site with a page for each chapter, serves both compressed as web
spaces do, and opens them in Chromium with the processor slowed down and the line of the browser's "Fast 3G" (1.6 Mbit/s
less a tenth, 562 ms there and back). Prints milliseconds, the median of some runs.

    python tests/benchmark_browser.py NOVEL.xml
"""

from __future__ import annotations

import gzip
import http.server
import re
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

import browser as chromium
from teiwright.document import Document
from teiwright.names import TEI, XML_ID
from teiwright.site.publication import Wishes, publish
from teiwright.stylesheet import Stylesheet

SIZE = 2_000_000  # bytes of the novel
RUNS = 5
FAST_3G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6e6 / 8 * 0.9,
    "uploadThroughput": 750e3 / 8 * 0.9,
}
SLOWER = (4, 6)  # times slower than this machine
TIMES = """() => new Promise((done) => {
  let largest = null;
  new PerformanceObserver((list) => { largest = list.getEntries().at(-1).startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
  const look = setInterval(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint"), [page] = performance.getEntriesByType("navigation");
    if (!paint || largest === null || !page.loadEventEnd) { return; }
    clearInterval(look);
    done({ first: paint.startTime, largest, parsed: page.domContentLoadedEventEnd, loaded: page.loadEventEnd });
  }, 100);
})"""
BLOCKED = "window.blocked = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.blocked += one.duration - 50; })).observe({ type: 'longtask', buffered: true });"


def novel(source: Path, target: Path) -> Path:
    """A novel as long as asked: the divisions of another again and again, each time with ids of their own."""
    tree = etree.parse(str(source))
    body = next(tree.iter(f"{{{TEI}}}body"))
    divisions = list(body)
    for number in range(SIZE // source.stat().st_size):
        for division in map(deepcopy, divisions):
            for element in division.iter("*"):
                for name, value in element.attrib.items():
                    if name == XML_ID or value.startswith("#"):
                        element.set(name, f"{value}-{number}")
            body.append(division)
    tree.write(str(target), encoding="utf-8", xml_declaration=True)
    return target


@contextmanager
def compressed(folder: Path) -> Iterator[str]:
    """A server that compresses what it sends."""
    packed = {
        path.relative_to(folder).as_posix(): gzip.compress(path.read_bytes())
        for path in folder.rglob("*.*")
        if path.is_file()
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/")
            kind = {"css": "text/css", "js": "text/javascript"}.get(name.rpartition(".")[2], "text/html; charset=utf-8")
            self.send_response(200 if name in packed else 404)
            for header, value in (
                ("Content-Type", kind),
                ("Content-Encoding", "gzip"),
                ("Content-Length", str(len(packed.get(name, b"")))),
            ):
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(packed.get(name, b""))

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def times(browser: Any, address: str, slower: int) -> dict[str, float]:
    """Milliseconds until the first and the largest piece is painted, all is parsed and loaded, and how long it did not
    answer.
    """
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.add_init_script(BLOCKED)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", FAST_3G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address, wait_until="load", timeout=120_000)
    found: dict[str, float] = page.evaluate(TIMES)
    found["blocked"] = page.evaluate("window.blocked")
    context.close()
    return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, chromium.running() as browser:
        folder = Path(name)
        source = novel(Path(sys.argv[1]), folder / "novel.xml")
        Stylesheet.load("html").transform(Document.read(source)).write(folder / "web" / "whole.html")
        publish([source], folder / "web" / "site", Wishes(is_split=True))
        pages = {"one page": "whole.html", "site, first chapter": _first(folder / "web")}
        print(f"novel of {source.stat().st_size / 1e6:.1f} MB")
        with compressed(folder / "web") as address:
            for label, path in pages.items():
                size = (folder / "web" / path).stat().st_size
                for slower in SLOWER:
                    runs = [times(browser, address + path, slower) for _ in range(RUNS)]
                    figures = ", ".join(f"{key} {statistics.median(run[key] for run in runs):,.0f}" for key in runs[0])
                    print(f"{label} ({size / 1e6:.2f} MB), processor {slower} times slower: {figures}")


def _first(folder: Path) -> str:
    """The page of the first chapter."""
    pages = (folder / "site" / "novel").glob("*.html")
    first = sorted(
        pages, key=lambda path: [int(part) if part.isdigit() else 0 for part in re.split(r"(\d+)", path.stem)]
    )
    return (next((page for page in first if page.name != "index.html"), first[0])).relative_to(folder).as_posix()


if __name__ == "__main__":
    main()
