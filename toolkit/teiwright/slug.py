"""Names of files and folders, made of identifiers so that an address stays what it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

RESERVED = {"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
UNSAFE = re.compile(r"[^\w.\-]+")
LONGEST = 100  # characters; file systems allow 255 bytes


def slug(identifier: str) -> str:
    """A name that every file system and web server takes: letters of any script, digits, ".", "-", "_".

    >>> slug("pers-lenin"), slug("a/b c"), slug("index"), slug("…")
    ('pers-lenin', 'a-b-c', 'index_', 'x')
    """
    name = UNSAFE.sub("-", unicodedata.normalize("NFC", identifier)).strip(".-")[:LONGEST].strip(".-") or "x"
    return f"{name}_" if name.partition(".")[0].casefold() in RESERVED else name


def distinct(identifiers: Iterable[str]) -> list[str]:
    """A name for each, no two the same where case makes no difference; the first keeps its own.

    >>> distinct(["a", "A", "b"])
    ['a', 'A-2', 'b']
    """
    taken: set[str] = set()
    names = []
    for identifier in identifiers:
        name = base = slug(identifier)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def address(path: str, fragment: str = "") -> str:
    """The path of a file, and an id in it, as a relative address.

    >>> address("персоны/ленин.html", "a b")
    '%D0%BF%D0%B5%D1%80%D1%81%D0%BE%D0%BD%D1%8B/%D0%BB%D0%B5%D0%BD%D0%B8%D0%BD.html#a%20b'
    """
    return quote(path, safe="/-._~") + (f"#{quote(fragment, safe='-._~:')}" if fragment else "")


def relative(path: str, fragment: str, start: str) -> str:
    """The address of a page of the site, seen from another.

    >>> relative("persons/a.html", "m1", "texts/b.html"), relative("a.html", "m", "a.html")
    ('../persons/a.html#m1', '#m')
    """
    if path == start:
        return address("", fragment) if fragment else address(path.rpartition("/")[2])
    here, there = start.split("/")[:-1], path.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return address("/".join([".."] * (len(here) - common) + there[common:]), fragment)
