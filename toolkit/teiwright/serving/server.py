"""The server from its start to its end."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn

from teiwright.errors import ToolkitError
from teiwright.serving.application import application
from teiwright.serving.hosts import Hosts
from teiwright.serving.house import House

FAREST = 100  # ports beyond the one that is taken among which a free one is sought
SIGNALS = (signal.SIGINT, signal.SIGTERM)  # that ask to end
GRACE = 2  # seconds that open answers have when the server ends


class PortError(ToolkitError):
    """A port or host that a server cannot have."""


class Server(uvicorn.Server):
    """A server that leaves the signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is done about signals."""
        yield


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens at a host and port (0: any that is free). Raises PortError, which names a free port where
    that one is taken.
    """
    try:
        return _socket(host, port)
    except PermissionError:
        raise PortError("", f"port {port} is not for everybody", "choose one above 1023") from None
    except socket.gaierror:
        raise PortError("", f'no host is called "{host}"', "the host is an address of this machine") from None
    except OSError as error:
        free = _free(host, port)
        if free is None:
            raise PortError("", f"{host}, port {port} cannot be used: {error.strerror or error}") from None
        raise PortError("", f"port {port} is taken", f"{free} is free: --port {free}") from None


def _socket(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
        0
    ]
    listening = socket.create_server(address[:2], family=family, backlog=128)
    # asyncio does so only for sockets that name their protocol; the body would wait 40 ms for the header's receipt.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _free(host: str, port: int) -> int | None:
    """The next free port; None where there is none, or the host is not this machine's."""
    for other in range(port + 1, min(port + FAREST, 65_536)):
        with suppress(OSError), _socket(host, other):
            return other
    return None


def run(house: House, listening: socket.socket, hosts: Hosts, is_live: bool = True) -> None:
    """Serve until Ctrl-C, or until a signal asks to end; then everything is closed."""
    early: list[int] = []  # a signal that comes while the loop is made would leave it half made
    for number in SIGNALS:
        signal.signal(number, lambda number, _: early.append(number))
    asyncio.run(_run(house, listening, hosts, is_live, early))


async def _run(house: House, listening: socket.socket, hosts: Hosts, is_live: bool, early: list[int]) -> None:
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: _wake(loop, asked))
    if early:
        asked.set()
    waiting = asyncio.create_task(asked.wait())
    async with serving(house, listening, hosts, is_live) as answering:
        await asyncio.wait((answering, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    answering.result()


def _wake(loop: asyncio.AbstractEventLoop, asked: asyncio.Event) -> None:
    loop.call_soon_threadsafe(asked.set)


@asynccontextmanager
async def serving(
    house: House, listening: socket.socket, hosts: Hosts, is_live: bool = True
) -> AsyncIterator[asyncio.Task[None]]:
    """A server that answers as long as the context lasts; the task ends when it was asked to end, or when something
    keeps it from following its sources, and then with that error.
    """
    config = uvicorn.Config(
        application(house, hosts, is_live), log_config=None, access_log=False, lifespan="off", ws="none", loop="asyncio",
        http="h11", server_header=False, timeout_graceful_shutdown=GRACE, proxy_headers=False,
    )  # fmt: skip
    server = Server(config)
    keeping = asyncio.create_task(house.keep(is_live))
    keeping.add_done_callback(lambda task: _stop_if_failed(task, server))
    answering = asyncio.create_task(_answer(server, listening, keeping))
    try:
        yield answering
    finally:
        house.close()
        server.should_exit = True
        keeping.cancel()
        await asyncio.wait((answering,))


async def _answer(server: Server, listening: socket.socket, keeping: asyncio.Task[None]) -> None:
    await server.serve(sockets=[listening])
    if keeping.done() and not keeping.cancelled():
        keeping.result()


def _stop_if_failed(task: asyncio.Task[None], server: Server) -> None:
    """A server that no longer follows its sources is to end, and say why, rather than to show what is old."""
    if not task.cancelled() and task.exception() is not None:
        server.should_exit = True
