"""The process that does the server's work ends when it is told to, whatever it is at."""

from __future__ import annotations

import multiprocessing
import threading
import time
from multiprocessing.context import SpawnProcess

import pytest

from teiwright.serving.worker import Worker, WorkError


@pytest.fixture
def slow_start(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Has processes take a while to start; is set when one begins to."""
    begun, start = threading.Event(), SpawnProcess.start

    def started(process: SpawnProcess) -> None:
        begun.set()
        time.sleep(0.2)
        start(process)

    monkeypatch.setattr(SpawnProcess, "start", started)
    return begun


def test_it_ends_while_the_process_is_being_started(slow_start: threading.Event) -> None:
    worker, before, failures = Worker(), set(multiprocessing.active_children()), []

    def work() -> None:
        try:
            worker.run(time.sleep, 60)
        except WorkError as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert slow_start.wait(10)
    worker.stop()
    thread.join(10)
    assert len(failures) == 1
    assert set(multiprocessing.active_children()) <= before


def test_nothing_is_started_once_it_has_ended() -> None:
    worker = Worker()
    worker.stop()
    with pytest.raises(WorkError, match="stopped"):
        worker.run(time.sleep, 0)
    with pytest.raises(WorkError, match="stopped"):
        worker.run(time.sleep, 0)
