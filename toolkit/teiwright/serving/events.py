"""What open pages are told: which build of the site there is, and how much was found (server-sent events, HTML
Standard, 9.2).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import NamedTuple

HEARTBEAT = 15.0  # seconds after which something is said, so that whoever is between does not hang up
RETRY = 1000  # milliseconds after which a browser asks again


class State(NamedTuple):
    """What a page shows of the server. ``site`` is another word for each build, ``findings`` for each set of findings;
    ``badge`` says how much was found.
    """

    site: str
    findings: str
    badge: str


class Events:
    """The present state, and whoever listens to its changes."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.is_closed = False
        self._changed = asyncio.Event()

    def announce(self, state: State) -> None:
        """Tell all who listen."""
        self.state = state
        self._wake()

    def close(self) -> None:
        """Let all who listen go."""
        self.is_closed = True
        self._wake()

    async def stream(self) -> AsyncIterator[str]:
        """The present state, then each later one; of several in quick succession the last."""
        yield f"retry: {RETRY}\n\n"
        told = None
        while not self.is_closed:
            changed = self._changed
            if told != self.state:
                told = self.state
                yield f"data: {json.dumps(told._asdict())}\n\n"
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
