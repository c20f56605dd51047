"""One process at a time changes a store; the others wait for it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from teiwright.errors import OutputError

PATIENCE = 30.0  # seconds
PAUSE = 0.05  # seconds

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Inside, this process alone changes the store in a folder. The system lets go of the lock of a process that
    died. Raises OutputError where the folder cannot be written, or stays locked for longer than ``patience`` seconds.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except (OSError, ValueError) as error:
        problem = f"schemas cannot be kept here: {getattr(error, 'strerror', None) or error}"
        raise OutputError(str(folder), problem, "TEIWRIGHT_STORE names another folder") from None
    try:
        _wait(descriptor, folder, patience)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, folder: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            return _take(descriptor)
        except OSError:
            if time.monotonic() > until:
                problem = f"another process has held this schema store for more than {patience:.0f} seconds"
                raise OutputError(str(folder), problem) from None
            time.sleep(PAUSE)
