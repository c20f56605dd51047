"""What the server answers: files of the built site and nothing else, events, and the page of findings."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from teiwright.serving.findings import findings_page, notice_page, policy
from teiwright.serving.hosts import Hosts
from teiwright.serving.house import House
from teiwright.serving.media import media_type
from teiwright.serving.page import EVENTS, FINDINGS, live, live_findings

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRAMES = "frame-ancestors 'none'"
INERT = f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox; {FRAMES}"  # for XML, SVG, …
UNGUARDED = ("text/html", "text/javascript", "application/pdf", "application/wasm")  # pages have policies of their own


def application(house: House, hosts: Hosts, is_live: bool = True) -> Starlette:
    """The server's answers. Unless it ``is_live``, pages are sent as they are on the disk."""
    site = Answers(house, is_live)
    routes = [Route(EVENTS, site.events), Route(FINDINGS, site.findings), Route("/{path:path}", site.file)]
    return Starlette(routes=routes, middleware=[Middleware(Guard, hosts=hosts)])


class Guard:
    """Refuses requests under names that are not the server's, and sees to it that no answer is kept."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        names = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(names) != 1 or not self.hosts.answers(names[0]):
            refusal = PlainTextResponse("This server does not answer to that name.\n", 421, HEADERS)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Answers:
    """The answers about one house."""

    def __init__(self, house: House, is_live: bool) -> None:
        self.house = house
        self.is_live = is_live

    async def events(self, request: Request) -> Response:
        """What happens, as it happens."""
        if request.method == "HEAD":
            return Response(headers=HEADERS, media_type="text/event-stream")
        return StreamingResponse(self.house.events.stream(), headers=HEADERS, media_type="text/event-stream")

    async def findings(self, request: Request) -> Response:
        """The page of findings."""
        page = findings_page(self.house.told(), self.house.fault)
        return _page(live_findings(page, self.house.events.state) if self.is_live else page, 200)

    async def file(self, request: Request) -> Response:
        """A file of the site; of a folder its index."""
        path: str = request.path_params["path"]
        if not self.house.press.layers:
            return self._notice("Not built", self.house.fault or "The site is being built.", 503)
        found = self._found(path)
        if found is None:
            return self._missing()
        if found.is_dir():
            return RedirectResponse(f"{request.scope['root_path']}/{_quoted(path)}/", 307, HEADERS)
        return self._sent(found, 200)

    def _missing(self) -> Response:
        """The site's own page for what is not there."""
        own = self._found("404.html")
        if own is None or not own.is_file():
            return self._notice("Not found", "The site has nothing at this address.", 404)
        return self._sent(own, 404)

    def _notice(self, title: str, words: str, status: int) -> Response:
        page = notice_page(title, words)
        return _page(live(page, self.house.events.state) if self.is_live else page, status)

    def _sent(self, path: Path, status: int) -> Response:
        kind = media_type(path.name)
        if kind.startswith("text/html"):
            page = path.read_text(encoding="utf-8", errors="replace")
            page = live(page, self.house.events.state) if self.is_live else page
            return HTMLResponse(page, status, {**HEADERS, "Content-Security-Policy": FRAMES})
        guard = {} if kind.startswith(UNGUARDED) else {"Content-Security-Policy": INERT}
        return FileResponse(path, status, {**HEADERS, **guard}, kind)

    def _found(self, path: str) -> Path | None:
        """The file or folder at a path in the newest layer that has it."""
        return next(filter(None, (found(path, layer) for layer in self.house.press.layers)), None)


def found(path: str, folder: Path) -> Path | None:
    """What is at a path in a folder, of a folder that is named with its slash the index. None where nothing is there,
    or it is hidden, or the path or a link in it leads out of the folder.
    """
    steps = [step for step in path.split("/") if step]
    if any(step.startswith(".") or "\\" in step or "\0" in step or ":" in step for step in steps):
        return None
    target = folder.joinpath(*steps, *(["index.html"] if path.endswith("/") or not path else []))
    try:
        real = Path(os.path.realpath(target))
        is_there = target.exists() and real.is_relative_to(os.path.realpath(folder))
    except (OSError, ValueError):
        return None
    return target if is_there else None


def _page(text: str, status: int) -> Response:
    return HTMLResponse(text, status, {**HEADERS, "Content-Security-Policy": f"{policy()}; {FRAMES}"})


def _quoted(path: str) -> str:
    """A path for an address of this server: never one that begins with two slashes, which would be another server's."""
    from urllib.parse import quote

    return quote(path.strip("/"))
