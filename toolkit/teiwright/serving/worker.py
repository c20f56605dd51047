"""A process of its own for long work. Saxon holds Python's lock as long as it works, so that in a thread it would keep
the server from answering; and what crashes there does not end the server.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from teiwright.errors import ToolkitError

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
PATIENCE = 2.0  # seconds that a process is given to end


class WorkError(ToolkitError):
    """Work that another process could not do."""


class Worker:
    """Does one thing after the other in another process, which is started for the first and kept: what it has compiled
    stays compiled.
    """

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._turn = Lock()
        self._change = Lock()  # held while the process is started, or taken to be ended: never half of either
        self._is_stopped = False

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def run(
        self, function: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Result:
        """What a function of a module returns, called there; waits for it. Raises WorkError."""
        with self._turn:
            try:
                connection = self._started()
                connection.send((function, arguments, named))
                is_done, result = connection.recv()
            except (EOFError, OSError):
                self._end()
                raise WorkError("", "the process that does the work ended before it was done") from None
        if not is_done:
            raise WorkError(*result)
        done: Result = result
        return done

    def forget(self) -> None:
        """Let the process end, and with it what it has compiled; the next work has a new one."""
        with self._turn:
            self._end()

    def stop(self) -> None:
        """End the process at once, also in the midst of work."""
        self._is_stopped = True
        self._end()

    def _started(self) -> Connection:
        with self._change:
            if self._is_stopped:
                raise WorkError("", "the work was stopped")
            if self._connection is None:
                context = get_context("spawn")  # a fork would take along the server's threads and Saxon's
                connection, theirs = context.Pipe()
                process = context.Process(target=_work, args=(theirs,))
                process.start()
                theirs.close()
                self._process, self._connection = process, connection
            return self._connection

    def _end(self) -> None:
        with self._change:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if process is not None:
            _signal(process, signal.SIGTERM)
            process.join(PATIENCE)
            if process.is_alive():
                _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
                process.join(PATIENCE)
        if connection is not None:
            connection.close()


def _signal(process: BaseProcess, number: int) -> None:
    """Send a signal to a process and to those that it started, where they are a group."""
    try:
        if process.pid is not None and hasattr(os, "killpg") and os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, number)
        else:
            process.terminate()
    except OSError:  # it has ended by itself
        pass


def _work(connection: Connection) -> None:
    """What the process does until nobody asks it any more. A group of its own: Ctrl-C in the terminal is the server's
    matter, and whoever ends the process ends its children too.
    """
    if hasattr(os, "setsid"):
        os.setsid()
    else:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            function, arguments, named = connection.recv()
            connection.send(_outcome(function, arguments, named))
    except (EOFError, OSError):
        return


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[bool, Any]:
    """Whether something was done, and what came of it, or the parts of the sentence that says why not."""
    try:
        return True, function(*arguments, **named)
    except ToolkitError as error:
        return False, (error.subject, error.problem, error.hint)
    except Exception as error:  # a fault in the toolkit, or of the machine: the server is to say so and to go on
        return False, ("", f"{type(error).__name__}: {error}", "this is a fault of the toolkit; please report it")
