"""How a command that writes files ends before it is done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


@contextmanager
def ended_gently() -> Iterator[None]:
    """Has a request to end (SIGTERM) meanwhile do what Ctrl-C does, so that temporary files go and other processes end."""
    if current_thread() is not main_thread():  # only there can signals be heard
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
