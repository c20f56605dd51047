"""Site and findings are kept up to date: one rebuild at a time, findings beside it, browsers told of both."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from secrets import token_hex

from teiwright.errors import ToolkitError
from teiwright.reporting.summary import counted
from teiwright.serving.changes import changes
from teiwright.serving.events import Events, State
from teiwright.serving.inspection import Verdict, inspected, tally
from teiwright.serving.press import Make, Press
from teiwright.serving.sources import Reading, Watched, reading
from teiwright.serving.worker import Worker, WorkError

Say = Callable[[str], None]


class House:
    """A site that follows its sources. ``asked`` are files and folders, ``trees`` files and folders whose change makes
    another site of the same sources: stylesheets.

    ``fault`` says why the site is not the one of the sources as they are now ("": it is), ``unrendered`` what kept some
    sources out of it.
    """

    def __init__(
        self, asked: Sequence[Path], make: Make, folder: Path, trees: Sequence[Path] = (), say: Say = lambda words: None
    ) -> None:
        self.builder, self.checker = Worker(), Worker()
        self.press = Press(make, folder, self.builder)
        self.watched = Watched(tuple(asked), (), tuple(trees))
        self.verdicts: dict[Path, Verdict] = {}
        self.unrendered: dict[Path, str] = {}
        self.fault = ""
        self._say = say
        self._run = token_hex(4)  # so that a page of another run is not taken for one of this
        self._builds = self._checks = 0
        self.events = Events(self._state("being built"))

    async def keep(self, is_followed: bool = True) -> None:
        """Build and check, then again at each change, until cancelled; only once unless changes are ``followed``."""
        async with aclosing(changes(lambda: self.watched)) as changing:
            async for changed in changing:
                await self.renew(changed)
                if not is_followed:
                    return

    async def renew(self, changed: frozenset[Path]) -> None:
        """Check what has to do with files that changed, and build the site anew unless only sources changed that cannot
        be read.
        """
        documents = self.watched.documents()
        known = {reading.path: reading for reading in self.watched.readings if reading.path in documents}
        touched = [path for path in documents if path not in known or path in self.watched.affected(changed)]
        if changed.intersection(self.watched.style()):
            self.builder.forget()
        if not changed.issubset(documents):
            self.checker.forget()  # it may have compiled a schema that is another now
        known.update((path, one) for path, one in zip(touched, await self._looked_at(touched), strict=True))
        self.watched = self.watched._replace(readings=tuple(known[path] for path in documents))
        await asyncio.gather(self._inspect(touched), self._build(changed))

    def told(self) -> tuple[Verdict, ...]:
        """What was found in each source, and why it could not be rendered."""
        return tuple(
            verdict._replace(faults=(*verdict.faults, self.unrendered[path])) if path in self.unrendered else verdict
            for path, verdict in self.verdicts.items()
        )

    def close(self) -> None:
        """End all work at once, and let the browsers go."""
        self.events.close()
        self.builder.stop()
        self.checker.stop()

    async def _looked_at(self, paths: Sequence[Path]) -> list[Reading]:
        return [await asyncio.to_thread(reading, path) for path in paths]

    async def _inspect(self, paths: Sequence[Path]) -> None:
        try:
            found = await asyncio.to_thread(self.checker.run, inspected, paths)
        except WorkError as error:
            found = [Verdict(path, faults=(str(error),)) for path in paths]
        verdicts = {**self.verdicts, **{verdict.path: verdict for verdict in found}}
        self.verdicts = {one.path: verdicts[one.path] for one in self.watched.readings if one.path in verdicts}
        self._checks += 1
        self._tell(tally(self.told()))

    async def _build(self, changed: frozenset[Path]) -> None:
        readable = [one.path for one in self.watched.readings if one.is_readable]
        parts = frozenset().union(*(one.parts for one in self.watched.readings if one.is_readable))
        unreadable = frozenset(one.path for one in self.watched.readings if not one.is_readable) - parts
        if not readable or (self.press.layers and changed <= unreadable):
            self._fail(_left_out(unreadable) if unreadable else "there is no document to make a site of")
            return
        began = time.monotonic()
        try:
            made = await asyncio.to_thread(self.press.build, readable, not unreadable)
        except ToolkitError as error:
            self._fail(f"the site could not be built: {error}")
            return
        self.unrendered = made.failed
        self.fault = _left_out(unreadable | made.failed.keys())
        self._builds += 1
        self._checks += bool(made.failed)
        self._tell(f"{counted(made.files, 'file')} built in {time.monotonic() - began:.1f} s")

    def _fail(self, fault: str) -> None:
        self.fault = fault
        self._checks += 1  # the findings tell of it
        self._tell(fault)

    def _tell(self, words: str) -> None:
        self._say(words)
        self.events.announce(self._state(tally(self.told())))

    def _state(self, found: str) -> State:
        badge = f"site not up to date, {found}" if self.fault else found
        return State(f"{self._run}-{self._builds}", f"{self._run}-{self._checks}", badge)


def _left_out(unreadable: frozenset[Path]) -> str:
    """That pages are as they last were, since their sources cannot be read."""
    if not unreadable:
        return ""
    names = ", ".join(sorted(path.name for path in unreadable))
    return f"cannot be read or rendered as TEI, and left as last built: {names}"
