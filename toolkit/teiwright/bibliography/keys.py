"""Keys of records, each given once."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Keys:
    """Names of which each is given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def free(self, name: str, folded: Callable[[str], str] = str) -> str:
        """A name, or the same with the next number behind it that makes it one of its own; names that ``folded`` makes
        the same are one.

        >>> keys = Keys(["a"])
        >>> keys.free("a"), keys.free("a"), keys.free("b")
        ('a-2', 'a-3', 'b')
        """
        made = name
        while folded(made) in self._taken:
            self._numbers[folded(name)] = number = self._numbers.get(folded(name), 1) + 1
            made = f"{name}-{number}"
        self._taken.add(folded(made))
        return made
