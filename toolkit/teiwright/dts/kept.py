"""What is kept so that it need not be made again: what was used last, up to some bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Things by key, as many as are no larger than ``limit`` bytes together. What several threads want at the same time is
    made once. ``size`` says how many bytes a thing takes.
    """

    def __init__(self, limit: int, size: Callable[[Value], int]) -> None:
        self.limit = limit
        self.total = 0
        self._size = size
        self._things: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._coming: dict[Hashable, Future[Value]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: Hashable) -> Value | None:
        """A thing, where it is kept."""
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key][0]

    def made(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """A thing that is kept, or is made now; waits where another thread makes it. Raises what ``make`` raises."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key][0]
            coming = self._coming.get(key)
            if coming is None:
                mine = self._coming[key] = Future[Value]()
        if coming is not None:
            return coming.result()
        return self._make(key, make, mine)

    def _make(self, key: Hashable, make: Callable[[], Value], coming: Future[Value]) -> Value:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._coming[key]
            coming.set_exception(error)
            raise
        with self._lock:
            del self._coming[key]
            self._put(key, value)
        coming.set_result(value)
        return value

    def _put(self, key: Hashable, value: Value) -> None:
        size = self._size(value)
        if size > self.limit:
            return
        self._things[key] = value, size
        self.total += size
        while self.total > self.limit:
            _, (_, freed) = self._things.popitem(last=False)
            self.total -= freed
