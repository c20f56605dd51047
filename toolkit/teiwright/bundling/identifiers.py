"""Names that stay distinct where several files come together (TEI Guidelines #SAPU)."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

NO_NAME = re.compile("[^A-Za-z0-9_.\\-\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff]")
NO_START = re.compile(r"[0-9.\-]")


class Identifiers:
    """The identifiers of a bundle."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def take(self, identifier: str, address: str) -> str:
        """A name of its own for the identifier of a file: itself where that is free, else with the file's name before it,
        and a number where that is taken, too.

        >>> names = Identifiers()
        >>> [names.take("p1", "file:///a/b%20c.xml") for _ in range(3)]
        ['p1', 'b_c-p1', 'b_c-p1-2']
        """
        if identifier in self._taken:
            identifier = self._numbered(f"{_stem(address)}-{identifier}")
        self._taken.add(identifier)
        return identifier

    def _numbered(self, name: str) -> str:
        while True:
            self._numbers[name] += 1
            number = self._numbers[name]
            made = name if number == 1 else f"{name}-{number}"
            if made not in self._taken:
                return made


def _stem(address: str) -> str:
    stem = NO_NAME.sub("_", Path(unquote(urlsplit(address).path)).stem)
    return f"f{stem}" if NO_START.match(stem) else stem
