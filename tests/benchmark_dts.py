"""How many requests a second the text service answers: navigation and passages of a text of two megabytes, for one client
and for two hundred at the same time. Start with ``python tests/benchmark_dts.py``; figures go to standard output.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

BOOKS, CHAPTERS, SECTIONS = 12, 20, 25
CLIENTS = (1, 200)
SECONDS = 5.0
SENTENCE = "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam <name>Aquitani</name>, tertiam qui ipsorum lingua Celtae, nostra Galli appellantur. "
HEADER = """<teiHeader><fileDesc><titleStmt><title>De bello</title><author>Caesar</author></titleStmt>
<publicationStmt><p>None</p></publicationStmt><sourceDesc><p>None</p></sourceDesc></fileDesc><encodingDesc><refsDecl>
<citeStructure unit="book" match="/TEI/text/body/div" use="@n"><citeStructure unit="chapter" match="div" use="@n" delim=".">
<citeStructure unit="section" match="p" use="@n" delim="."/></citeStructure></citeStructure></refsDecl></encodingDesc></teiHeader>"""


def text() -> str:
    """A text of books, chapters and sections."""

    def chapter(number: int) -> str:
        sections = "".join(f'<p n="{n}">{SENTENCE * 2}</p>\n' for n in range(1, SECTIONS + 1))
        return f'<div n="{number}"><head>Caput {number}</head>{sections}</div>'

    books = "".join(
        f'<div n="{book}">{"".join(map(chapter, range(1, CHAPTERS + 1)))}</div>' for book in range(1, BOOKS + 1)
    )
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body>{books}</body></text></TEI>'


def requests(resource: str) -> dict[str, list[str]]:
    """The requests of each kind, each another."""
    chapters = [f"{book}.{chapter}" for book in range(1, BOOKS + 1) for chapter in range(1, CHAPTERS + 1)]
    sections = [f"{chapter}.{n}" for chapter in chapters for n in range(1, SECTIONS + 1)]
    named = f"resource={quote(resource, safe='')}"
    return {
        "navigation, a unit": [f"/navigation/?{named}&ref={one}" for one in sections],
        "navigation, a chapter with all in it": [f"/navigation/?{named}&ref={one}&down=-1" for one in chapters],
        "navigation, all, by pages": [f"/navigation/?{named}&down=-1&page={page}" for page in range(1, 7)],
        "document, a section": [f"/document/?{named}&ref={one}" for one in sections],
        "document, a chapter": [f"/document/?{named}&ref={one}" for one in chapters],
        "document, a range": [
            f"/document/?{named}&start={a}&end={b}" for a, b in zip(sections, sections[30:], strict=False)
        ],
        "document, the whole": [f"/document/?{named}"],
    }


async def ask(port: int, paths: Sequence[str], until: float, waits: list[float], encoding: str) -> None:
    """Asks one path after the other on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    order = random.Random(len(waits))
    while (begun := time.perf_counter()) < until:
        path = order.choice(paths)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: {encoding}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        assert head.startswith("http/1.1 200"), head
        await reader.readexactly(int(head.partition("content-length: ")[2].split("\r\n")[0]))
        waits.append(time.perf_counter() - begun)
    writer.close()


async def measured(port: int, paths: Sequence[str], clients: int, encoding: str) -> list[float]:
    """How long each answer took, in seconds."""
    waits: list[float] = []
    until = time.perf_counter() + SECONDS
    await asyncio.gather(*(ask(port, paths, until, waits, encoding) for _ in range(clients)))
    return waits


async def whole_text(port: int) -> str:
    """The identifier of the only text."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /collection/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    body = (await reader.read()).partition(b"\r\n\r\n")[2]
    writer.close()
    return str(json.loads(body)["member"][0]["@id"])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.xml")
        path.write_text(text(), "utf-8")
        command = [sys.executable, "-m", "teiwright", "dts", "serve", str(path), "--port", "0"]
        begun = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            port = int(server.stdout.readline().split("/  (")[0].rpartition(":")[2])
            print(f"{path.stat().st_size / 1e6:.1f} MB, ready after {time.perf_counter() - begun:.2f} s")
            kinds = requests(asyncio.run(whole_text(port)))
            for encoding in ("identity", "gzip"):
                for kind, paths in kinds.items():
                    for clients in CLIENTS:
                        waits = sorted(asyncio.run(measured(port, paths, clients, encoding)))
                        late = waits[int(len(waits) * 0.99)]
                        rate = len(waits) / SECONDS
                        print(
                            f"{kind:<38}{encoding:<10}{clients:>4} clients {rate:>7.0f}/s  median {statistics.median(waits) * 1000:>6.1f} ms  99 % {late * 1000:>7.1f} ms"
                        )
            server.terminate()


if __name__ == "__main__":
    main()
