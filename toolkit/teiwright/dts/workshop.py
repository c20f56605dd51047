"""Other processes in which a document's XPaths are evaluated and formats are made: Saxon holds Python's lock as long as it
works, and what a document declares may never come to an end.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from queue import LifoQueue
from threading import Event, Timer
from types import TracebackType
from typing import ParamSpec, TypeVar

from teiwright.errors import ToolkitError
from teiwright.serving.worker import Worker

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
MOST = 4  # processes
PATIENCE = 60.0  # seconds that one piece of work may take


class OutOfTimeError(ToolkitError):
    """Work that was ended because it took too long."""


class Workshop:
    """Some processes, each of which is started when it is needed and kept; ``patience`` is how many seconds a piece of work
    may take.
    """

    def __init__(self, processes: int = 0, patience: float = PATIENCE) -> None:
        self._free: LifoQueue[Worker] = LifoQueue()
        self._workers = [Worker() for _ in range(processes or min(MOST, os.cpu_count() or 1))]
        for worker in self._workers:
            self._free.put(worker)
        self._patience = patience

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(
        self, function: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Result:
        """What a function of a module returns, called in another process; waits for one that is free, and for it.
        Raises ToolkitError, OutOfTimeError where it does not come to an end.
        """
        worker, is_over = self._free.get(), Event()

        def end() -> None:
            is_over.set()
            worker.stop()

        timer = Timer(self._patience, end)
        timer.daemon = True
        timer.start()
        try:
            return worker.run(function, *arguments, **named)
        except ToolkitError:
            if is_over.is_set():
                raise OutOfTimeError("", f"did not come to an end within {self._patience:g} seconds") from None
            raise
        finally:
            timer.cancel()
            self._free.put(self._renewed(worker) if is_over.is_set() else worker)

    def close(self) -> None:
        """End all processes, also in the midst of work."""
        for worker in self._workers:
            worker.stop()

    def _renewed(self, worker: Worker) -> Worker:
        """Another in place of one that was stopped."""
        fresh = Worker()
        self._workers[self._workers.index(worker)] = fresh
        return fresh
