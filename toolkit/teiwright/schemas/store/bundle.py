"""A schema with every file that it needs, gathered and laid out so that relative addresses go on leading there."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from teiwright.address import AddressError, canonical, local_file, web_address
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import Kind
from teiwright.schemas.store.parts import Part, contents
from teiwright.source import file_bytes

MOST_FILES = 500
LONGEST_NAME = 200  # characters of one step of a path; file systems hold 255 bytes
FORBIDDEN = frozenset('\\:*?"<>|')  # in names of files, on one system or another


class Fetched(NamedTuple):
    """What was behind an address: the addresses that led there, the last of them its own, and its bytes."""

    addresses: tuple[str, ...]
    data: bytes


class Member(NamedTuple):
    """One file of a bundle: where it is laid out, the addresses it answers to (its own first), and its bytes."""

    path: str
    addresses: tuple[str, ...]
    data: bytes

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return sha256(self.data).hexdigest()


class Bundle(NamedTuple):
    """A schema and its parts; the first member is the schema itself."""

    kind: Kind
    members: tuple[Member, ...]

    @property
    def identity(self) -> str:
        """What is equal for bundles of equal files."""
        listing = "".join(f"{member.path}\0{member.sha256}\n" for member in sorted(self.members))
        return sha256(listing.encode("utf-8")).hexdigest()[:20]


Get = Callable[[str], Fetched]


def gathered(start: str, fetch: Get) -> Bundle:
    """The schema at an absolute address, of a file or on the web, with all its parts; ``fetch`` gets what is on the
    web. Raises SchemaError where something is missing, or is not what it should be.
    """
    main = _got(start, fetch)
    found = contents(main.data, main.addresses[-1], _named(start))
    if found.kind is None:
        raise SchemaError(_named(start), "not a schema", "expected RELAX NG, Schematron or XML Schema")
    gotten = {start: main}
    waiting = deque((main.addresses[-1], part) for part in found.parts)
    while waiting:
        parent, part = waiting.popleft()
        if part.address in gotten or any(part.address in other.addresses for other in gotten.values()):
            continue
        if len(gotten) >= MOST_FILES:
            raise SchemaError(_named(start), f"the schema names more than {MOST_FILES} files")
        gotten[part.address] = got = _part(parent, part, fetch)
        inner = contents(got.data, got.addresses[-1], _named(part.address))
        _require_kind(parent, part, inner.kind)
        waiting.extend((got.addresses[-1], following) for following in inner.parts)
    return Bundle(found.kind, tuple(_laid_out(gotten)))


def _part(parent: str, part: Part, fetch: Get) -> Fetched:
    place = f"{_named(parent)}:{part.line}"
    if web_address(parent) and not web_address(part.address):
        raise SchemaError(place, f'a schema from the web may not name "{part.address}", which is not on the web')
    try:
        return _got(re.sub("(?i)^http:", "https:", part.address), fetch)
    except SchemaError as error:
        problem = f'the schema needs "{part.address}", and that is not to be had'
        raise SchemaError(place, problem, f"{error.problem}{f' ({error.hint})' if error.hint else ''}") from None


def _require_kind(parent: str, part: Part, kind: Kind | None) -> None:
    if part.kind not in (None, kind):
        problem = f'"{part.address}" is {f"a {kind} schema" if kind else "not a schema"}'
        raise SchemaError(f"{_named(parent)}:{part.line}", problem, f"expected {part.kind}")


def _got(address: str, fetch: Get) -> Fetched:
    if web_address(address):
        return fetch(address)
    try:
        path = local_file(address, "")
        if path is None:
            raise SchemaError(address, "neither a file nor on the web")
        return Fetched((address,), file_bytes(path))
    except (AddressError, DocumentError) as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None


def _named(address: str) -> str:
    """An address as messages show it: on the web whole, of a file its path."""
    return address if web_address(address) else unquote(urlsplit(address).path)


def _laid_out(gotten: dict[str, Fetched]) -> Iterator[Member]:
    """Files of one host keep their paths below a folder of its name, local ones those below the folder they share.

    The schema itself lies where its own address says, since its references are relative to that; a part where the
    address says by which it was named. Where one path is taken, by addresses that differ only in their query or in
    upper and lower case, the second gets a name of its own: it is found by its address.
    """
    folders = [str(Path(_named(address)).parent) for address in gotten if not web_address(address)]
    shared = os.path.commonpath(folders) if folders else ""
    taken: set[str] = set()
    for number, (address, got) in enumerate(gotten.items()):
        path = _path(got.addresses[-1] if number == 0 else address, shared)
        if path.casefold() in taken:
            path = f"{path}-{sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        taken.add(path.casefold())
        on_web = [web for web in (*reversed(got.addresses), address) if web_address(web)]
        yield Member(path, tuple({canonical(web): web for web in reversed(on_web)}.values())[::-1], got.data)


def _path(address: str, shared: str) -> str:
    """The path of an address within a bundle. Raises SchemaError for names that not every file system has."""
    if web_address(address):
        parts = urlsplit(address)
        host = (parts.hostname or "") + (f"_{parts.port}" if parts.port not in (None, 80, 443) else "")
        path = PurePosixPath(host, unquote(parts.path).strip("/") or "schema")
    else:
        path = PurePosixPath("files", Path(_named(address)).relative_to(shared).as_posix())
    for step in path.parts:
        unusable = step in (".", "..") or len(step) > LONGEST_NAME or FORBIDDEN.intersection(step)
        if unusable or not step.isprintable():
            raise SchemaError(_named(address), "its name is not one that a file can have on every system")
    return str(path)
