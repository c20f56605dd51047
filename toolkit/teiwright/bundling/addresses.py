"""Addresses of the files of an edition, and pointers as they are written elsewhere (RFC 3986, 5)."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from teiwright.address import AddressError, local_file
from teiwright.rules.pointers import SCHEME


class Target(NamedTuple):
    """What a pointer leads to: a file, by the one address that it has here, and an identifier in it ("": the file)."""

    address: str
    identifier: str


class Addresses:
    """Files by the addresses that lead to them, each followed once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def canonical(self, address: str) -> str:
        """One address for all that lead to a file (without fragment); itself for one that no file can have."""
        if address not in self._known:
            try:
                path = local_file(address, address)
            except AddressError:
                path = None
            self._known[address] = address if path is None else path.resolve().as_uri()
        return self._known[address]

    def target(self, pointer: str, base: str) -> Target | None:
        """What a pointer leads to from a base address; None where that is no file, or more than an element."""
        try:
            parts = urlsplit(urljoin(base, pointer))
        except ValueError:
            return None
        if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "(" in parts.fragment:
            return None
        return Target(self.canonical(f"file://{parts.path}"), unquote(parts.fragment))


def rebased(pointer: str, base: str, home: str) -> str:
    """A pointer as it is written in another file; itself where it is absolute, its base is no file, or both files are in
    one folder.

    >>> rebased("../images/a%20b.png?x#y", "file:///e/letters/1.xml", "file:///e/main.xml")
    'images/a%20b.png?x#y'
    """
    here, there = (posixpath.dirname(urlsplit(address).path) for address in (home, base))
    if not base.startswith("file:") or SCHEME.match(pointer) or pointer.startswith(("/", "?", "#")) or here == there:
        return pointer
    parts = urlsplit(pointer)
    joined = posixpath.normpath(posixpath.join(there, parts.path))
    path = posixpath.relpath(joined, here) + ("/" if parts.path.endswith("/") else "")
    path = f"./{path}" if ":" in path.partition("/")[0] else path  # else it would be a scheme
    return parts._replace(path=path).geturl()


def path_of(address: str) -> Path:
    """The path of a file: address."""
    return Path(unquote(urlsplit(address).path))
