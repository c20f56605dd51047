"""The site, built into a folder of its own that takes the place of the last when it is done: whoever reads meanwhile
reads the old one, and a build that fails leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from teiwright.serving.worker import Worker

FOLDERS = ("first", "second", "third")


class Made(NamedTuple):
    """What came of a build: the number of files, and why some sources were left out, by their paths."""

    files: int
    failed: dict[Path, str]


Make = Callable[[Sequence[Path], Path], Made]  # of sources and a folder


class Press:
    """Builds the site in a folder, by a function that another process can import.

    ``layers`` are the folders to read, the newest first. As long as some source cannot be read or rendered, the last site of all the sources
    lies below the newest one: the pages of that source stay as they last were.
    """

    def __init__(self, make: Make, folder: Path, worker: Worker) -> None:
        self.make = make
        self.folder = folder
        self.worker = worker
        self.layers: tuple[Path, ...] = ()
        self._whole: Path | None = None

    def build(self, sources: Sequence[Path], is_whole: bool) -> Made:
        """Build anew from some sources, all there are if it ``is_whole``. Raises WorkError."""
        folder = next(path for name in FOLDERS if (path := self.folder / name) not in self.layers)
        made = self.worker.run(self.make, sources, folder)
        is_whole = is_whole and not made.failed
        if is_whole:
            self._whole = folder
        self.layers = (folder,) if is_whole or self._whole is None else (folder, self._whole)
        return made
