"""The service over HTTP: four endpoints and their description, for programs on any page of the web."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import cached_property, partial
from http import HTTPStatus
from typing import NamedTuple

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from teiwright.dts.answers import Answer, Answers
from teiwright.dts.openapi import PROBLEM, description
from teiwright.dts.query import Query, Refusal
from teiwright.serving.application import INERT, Guard
from teiwright.serving.hosts import Hosts

HEADERS = {
    "Cache-Control": "no-cache",  # ask again with the tag
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": INERT,
}
ALLOWED = "GET, HEAD, OPTIONS"
MAKERS = 8  # threads that wait for formats to be made
ENDPOINTS = ("collection", "navigation", "document")


class Terms(NamedTuple):
    """On what terms a service answers: the names that it answers to, the address that it is known by ("": the one that it
    is asked at), and the pages whose scripts may read its answers: "*" for all, "" for none (CORS).
    """

    hosts: Hosts
    address: str = ""
    origin: str = "*"


def application(answers: Answers, terms: Terms) -> Starlette:
    """The service."""
    desk = Desk(answers, terms)
    routes = [Route("/", desk.endpoint(""), methods=["GET", "OPTIONS"])]
    for name in ENDPOINTS:
        routes += [Route(path, desk.endpoint(name), methods=["GET", "OPTIONS"]) for path in (f"/{name}/", f"/{name}")]
    routes.append(Route("/openapi.json", desk.openapi, methods=["GET", "OPTIONS"]))
    made = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=terms.hosts)],
        exception_handlers={HTTPException: desk.refused, Exception: desk.failed},
    )
    made.router.redirect_slashes = False
    return made


class Desk:
    """Takes requests and hands out answers."""

    def __init__(self, answers: Answers, terms: Terms) -> None:
        self.answers = answers
        self.terms = terms

    def endpoint(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """What answers requests to one of the endpoints, "" for the entry point."""

        async def answer(request: Request) -> Response:
            if request.method == "OPTIONS":
                return self._preflight()
            try:
                return await self._sent(request, await self._answer(name, request))
            except Refusal as refusal:
                return self._problem(refusal.status, refusal.detail)

        return answer

    async def openapi(self, request: Request) -> Response:
        """The description of the service."""
        if request.method == "OPTIONS":
            return self._preflight()
        texts = self.answers.shelf.catalogue.texts()
        made = description(self._address(request), texts[0].identifier if texts else "")
        content = json.dumps(made, ensure_ascii=False, indent=1)
        return await self._sent(request, Answer(content.encode(), "application/json"))

    async def refused(self, request: Request, error: Exception) -> Response:
        """What Starlette refuses: unknown paths and methods."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 405:
            return self._problem(status, f"The service answers to {ALLOWED}.", {"Allow": ALLOWED})
        return self._problem(status, "There is nothing at this address; the entry point is /.")

    async def failed(self, request: Request, error: Exception) -> Response:
        """What is a fault of this program."""
        return self._problem(500, f"{type(error).__name__}: this is a fault of the toolkit; please report it.")

    async def _answer(self, name: str, request: Request) -> Answer:
        sent, address = request.scope["query_string"], self._address(request)
        key = self.answers.key(name, address, sent)
        if (known := self.answers.known(key)) is not None:
            return known
        query = Query.of(sent)
        if self.answers.is_quick(name, query):
            return self.answers.answer(key, name, address, query)
        make = partial(self.answers.answer, key, name, address, query)
        return await to_thread.run_sync(make, limiter=self._makers if self.answers.is_made(name, query) else None)

    @cached_property
    def _makers(self) -> CapacityLimiter:
        """Those who wait for formats do not take all threads, so that texts are answered meanwhile."""
        return CapacityLimiter(MAKERS)

    def _address(self, request: Request) -> str:
        return self.terms.address or f"http://{request.headers['host']}{request.scope.get('root_path', '')}/"

    async def _sent(self, request: Request, answer: Answer) -> Response:
        headers = {**HEADERS, **self._cors(), "ETag": answer.tag}
        if answer.link:
            headers["Link"] = answer.link
        if _has(request.headers.get("if-none-match", ""), answer.tag):
            return Response(None, 304, headers)
        body = answer.body
        if _takes_gzip(request.headers.get("accept-encoding", "")):
            smaller = await _compressed(answer)
            if smaller is not None:
                body, headers["Content-Encoding"] = smaller, "gzip"
        return Response(body, 200, headers, answer.media_type)

    def _preflight(self) -> Response:
        more = {"Access-Control-Allow-Methods": ALLOWED, "Access-Control-Allow-Headers": "If-None-Match, Accept"}
        return Response(None, 204, {**self._cors(), **(more if self.terms.origin else {}), "Allow": ALLOWED})

    def _cors(self) -> dict[str, str]:
        if not self.terms.origin:
            return {}
        return {"Access-Control-Allow-Origin": self.terms.origin, "Access-Control-Expose-Headers": "ETag, Link"}

    def _problem(self, status: int, detail: str, more: dict[str, str] | None = None) -> Response:
        """Why a request is not answered as it wishes (RFC 9457)."""
        content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
        body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
        return Response(body, status, {**HEADERS, **self._cors(), **(more or {})}, PROBLEM)


async def _compressed(answer: Answer) -> bytes | None:
    if len(answer.body) < 100_000 or "compressed" in answer.__dict__:
        return answer.compressed
    return await to_thread.run_sync(lambda: answer.compressed)


def _has(header: str, tag: str) -> bool:
    """Whether a header ``If-None-Match`` names a tag (RFC 9110, 13.1.2: W/ does not matter)."""
    named = {one.strip().removeprefix("W/") for one in header.split(",")}
    return header.strip() == "*" or tag.removeprefix("W/") in named


def _takes_gzip(header: str) -> bool:
    """Whether a header ``Accept-Encoding`` allows gzip (RFC 9110, 12.5.3)."""
    for one in header.split(","):
        coding, _, weight = one.partition(";")
        if coding.strip().lower() in ("gzip", "x-gzip", "*"):
            return weight.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
