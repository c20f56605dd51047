"""The server from its start to its end."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn

from teiwright.dts.answers import Answers
from teiwright.dts.application import Terms, application
from teiwright.dts.shelf import Shelf
from teiwright.errors import ToolkitError
from teiwright.serving.server import GRACE, Server

PAUSE = 1.0  # seconds between two looks at the files


def run(answers: Answers, listening: socket.socket, terms: Terms, tell: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, or until a signal asks to end."""
    asyncio.run(_run(answers, listening, terms, tell))


async def _run(answers: Answers, listening: socket.socket, terms: Terms, tell: Callable[[str], None]) -> None:
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(asked.set))
    async with serving(answers, listening, terms, tell) as answering:
        waiting = asyncio.create_task(asked.wait())
        await asyncio.wait((answering, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
    answering.result()


@asynccontextmanager
async def serving(
    answers: Answers, listening: socket.socket, terms: Terms, tell: Callable[[str], None], pause: float = PAUSE
) -> AsyncIterator[asyncio.Task[None]]:
    """A server that answers as long as the context lasts, and meanwhile looks for changes."""
    config = uvicorn.Config(
        application(answers, terms), log_config=None, log_level="error", access_log=False, lifespan="off", ws="none", loop="asyncio",
        server_header=False, timeout_graceful_shutdown=GRACE, proxy_headers=False, backlog=512,
    )  # fmt: skip
    server = Server(config)
    following = asyncio.create_task(_follow(answers.shelf, tell, pause))
    answering = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield answering
    finally:
        server.should_exit = True
        following.cancel()
        await asyncio.wait((answering,))


async def _follow(shelf: Shelf, tell: Callable[[str], None], pause: float) -> None:
    """Has the shelf look for changes, again and again."""
    fault = ""
    while True:
        await asyncio.sleep(pause)
        try:
            await asyncio.to_thread(shelf.refresh)
            fault = ""
        except ToolkitError as error:
            if str(error) != fault:
                tell(fault := str(error))
