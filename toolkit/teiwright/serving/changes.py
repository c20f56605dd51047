"""When something changed that the site is made from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path

from watchfiles import awatch

from teiwright.serving.sources import Stamp, Watched

SETTLING = 50  # milliseconds without a further event after which a burst of them is over
LONGEST = 500  # milliseconds after which a burst that does not end is told of
LOOK = 2000  # milliseconds after which the files are looked at although no event came: networks' disks send none
CLOCK = 20_000_000  # nanoseconds by which the time of a file may lag behind the clock
Stamps = dict[Path, Stamp | None]


async def changes(watched: Callable[[], Watched]) -> AsyncGenerator[frozenset[Path], None]:
    """All the files; then, each time some changed, came or went, these. While whoever is told is busy, further changes
    collect.

    Events of the system only say when to look: what counts is whether a file is another than when it was last looked
    at, so that nothing is lost between two watches, and disks that send no events are watched too.
    """
    seen, _ = await asyncio.to_thread(_look, watched())
    began = time.time_ns()
    yield frozenset(seen)
    seen, folders = await asyncio.to_thread(_look, watched(), seen, began)
    while True:
        async with aclosing(_events(folders)) as events:
            async for _ in events:
                began = time.time_ns()
                now, there = await asyncio.to_thread(_look, watched())
                if differing := difference(seen, now):
                    yield differing
                seen, there = await asyncio.to_thread(_look, watched(), now, began) if differing else (now, there)
                if there != folders:
                    folders = there
                    break


def difference(before: Stamps, now: Stamps) -> frozenset[Path]:
    """The files that are looked at now and are not what they were; one that nobody looks at any more is no change."""
    return frozenset(path for path, stamp in now.items() if before.get(path) != stamp)


def _look(watched: Watched, before: Stamps | None = None, began: int = 0) -> tuple[Stamps, frozenset[Path]]:
    """The files as they are, those known ``before`` as they were then; and the folders to watch. A file that is looked
    at for the first time because a document has come to name it has not changed, unless it was written since the site
    ``began`` to be made (nanoseconds since 1970): then it may have been read before, and counts as one that was not there.
    """
    stamps = watched.stamps()
    if before is not None:
        stamps = {path: before[path] if path in before else _settled(stamp, began) for path, stamp in stamps.items()}
    return stamps, watched.folders()


def _settled(stamp: Stamp | None, began: int) -> Stamp | None:
    return stamp if stamp and stamp[0] < began - CLOCK else None


async def _events(folders: frozenset[Path]) -> AsyncGenerator[None, None]:
    """Something when events came from some folders and ended, and now and then without any."""
    watching = awatch(
        *sorted(folders), recursive=False, step=SETTLING, debounce=LONGEST, rust_timeout=LOOK, yield_on_timeout=True,
        watch_filter=None,
    )  # fmt: skip
    async with aclosing(watching):
        async for _ in watching:
            yield
