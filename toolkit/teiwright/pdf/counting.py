"""How far a PDF has come, as WeasyPrint's own log says it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOG = "weasyprint.progress"
PAGE = re.compile(r"Step 5 - .* Page (\d+)")
WRITING = "Step 6 - "

Told = Callable[[str], None]


class Listener(logging.Handler):
    """Tells each page that is laid out ("page 12"; one that is laid out again is told again), then that they are written."""

    def __init__(self, told: Told) -> None:
        super().__init__(logging.INFO)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        """Tell what one record of the log says, if it is of a page or of the end."""
        said = record.getMessage()
        if found := PAGE.match(said):
            self.told(f"page {found[1]}")
        elif said.startswith(WRITING):
            self.told("writing")


@contextmanager
def progress_told(told: Told) -> Iterator[None]:
    """While this lasts, ``told`` is called with how far WeasyPrint has come, many times a second."""
    log, listener = logging.getLogger(LOG), Listener(told)
    before = log.level
    log.addHandler(listener)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(listener)
        log.setLevel(before)
