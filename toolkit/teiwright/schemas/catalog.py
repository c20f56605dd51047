"""OASIS XML Catalogs 1.1: which local file stands for an address, or for a public or system identifier.

Catalog entry files are read from disk only. As section 8 asks, one that another names and that is not there is passed
over; one that is there but is no catalog is an error, so that no schema is missed without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from teiwright.address import AddressError, local_file
from teiwright.errors import DocumentError, SchemaError

NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
PUBLICID = "urn:publicid:"
SEPARATOR = "\N{INFORMATION SEPARATOR ONE}"
BASE = f"http://www.w3.org/XML/1998/namespace{SEPARATOR}base"
CONTAINERS = frozenset(("catalog", "group"))
# Of each entry (section 6.5): the attribute that is compared, and the one that says where to.
ENTRIES = {
    "public": ("publicId", "uri"),
    "system": ("systemId", "uri"),
    "rewriteSystem": ("systemIdStartString", "rewritePrefix"),
    "systemSuffix": ("systemIdSuffix", "uri"),
    "delegatePublic": ("publicIdStartString", "catalog"),
    "delegateSystem": ("systemIdStartString", "catalog"),
    "uri": ("name", "uri"),
    "rewriteURI": ("uriStartString", "rewritePrefix"),
    "uriSuffix": ("uriSuffix", "uri"),
    "delegateURI": ("uriStartString", "catalog"),
    "nextCatalog": ("", "catalog"),
}
# The kinds of entries that answer for each kind of name, in the order of sections 7.1.2 and 7.2.2.
SYSTEM = ("system", "rewriteSystem", "systemSuffix", "delegateSystem")
URI = ("uri", "rewriteURI", "uriSuffix", "delegateURI")
PUBLIC = ("public", "", "", "delegatePublic")
DISALLOWED = re.compile(r"""[^!#-;=?-Z\[\]_a-z~]""")  # in an address (section 6.4)
Stamp = tuple[int, int]  # of a file: when it was changed, in nanoseconds, and its size


class Entry(NamedTuple):
    """One entry: its element's name, what it is compared with, normalized, and the absolute address it leads to."""

    kind: str
    key: str
    target: str
    prefers_public: bool


class Wanted(NamedTuple):
    """A name to be found: by which kinds of entries, and whether an entry must prefer public identifiers."""

    kinds: tuple[str, str, str, str]
    name: str
    only_preferred: bool = False


class Catalog(NamedTuple):
    """A list of catalog entry files, asked in their order. ``prefers_public`` holds where a file does not say."""

    files: tuple[Path, ...]
    prefers_public: bool = True

    def resolved(self, address: str) -> str | None:
        """Where an address leads to, as a URI and, since many catalogs have schemas only so, as a system identifier.
        Raises SchemaError where a catalog is malformed.

        >>> Catalog(()).resolved("https://example.org/a.rng") is None
        True
        """
        return self.uri(address) or self.external(system=address)

    def uri(self, name: str) -> str | None:
        """The address that stands for a URI reference (section 7.2); None where no entry matches."""
        if is_publicid(name):
            return self.external(public=name)
        return self._found(self.files, (Wanted(URI, normalized(name)),), set())

    def external(self, public: str = "", system: str = "") -> str | None:
        """The address that stands for an external identifier (section 7.1); None where no entry matches.

        A system identifier that is a urn:publicid: counts as a public one, unless another public one is given.
        """
        if is_publicid(system):
            public, system = public or system, ""
        wanted = []
        if system:
            wanted.append(Wanted(SYSTEM, normalized(system)))
        if public:
            wanted.append(Wanted(PUBLIC, public_identifier(public), only_preferred=bool(system)))
        return self._found(self.files, tuple(wanted), set())

    def _found(
        self, files: Iterable[Path], wanted: tuple[Wanted, ...], seen: set[tuple[Path, tuple[Wanted, ...]]]
    ) -> str | None:
        """``seen`` are the files that were asked for this already: whoever leads back to one leads in a circle."""
        waiting = [*files]
        while waiting:
            path = waiting.pop(0)
            if (path, wanted) in seen:
                continue
            seen.add((path, wanted))
            entries = entries_of(path, self.prefers_public)
            for name in wanted:
                if found := _matched(entries, name):
                    return found
                if (delegates := _delegates(entries, name)) is not None:
                    return self._found(delegates, (name._replace(only_preferred=False),), seen)
            waiting[:0] = _files(entry.target for entry in entries if entry.kind == "nextCatalog")
        return None


def _matched(entries: Iterable[Entry], wanted: Wanted) -> str | None:
    exact, rewrite, suffix, _ = wanted.kinds
    name = wanted.name
    usable = [entry for entry in entries if entry.prefers_public or not wanted.only_preferred]
    for entry in usable:
        if entry.kind == exact and entry.key == name:
            return entry.target
    if longest := _longest(entry for entry in usable if entry.kind == rewrite and name.startswith(entry.key)):
        return longest.target + name[len(longest.key) :]
    longest = _longest(entry for entry in usable if entry.kind == suffix and name.endswith(entry.key))
    return longest.target if longest else None


def _longest(entries: Iterator[Entry]) -> Entry | None:
    return max(entries, key=lambda entry: len(entry.key), default=None)


def _delegates(entries: Iterable[Entry], wanted: Wanted) -> list[Path] | None:
    """The catalogs that alone are asked from here on, longest match first; None where no entry delegates."""
    matching = [
        entry
        for entry in entries
        if entry.kind == wanted.kinds[3]
        and wanted.name.startswith(entry.key)
        and (entry.prefers_public or not wanted.only_preferred)
    ]
    matching.sort(key=lambda entry: -len(entry.key))
    # Entries that delegate to the web have decided all the same: nobody is left to ask.
    return [*_files(entry.target for entry in matching)] if matching else None


def _files(addresses: Iterable[str]) -> Iterator[Path]:
    """The files among some addresses; what is on the web or is no address counts as not there (section 8)."""
    for address in addresses:
        try:
            path = local_file(address, "")
        except AddressError:
            continue
        if path is not None:
            yield path


def entries_of(path: Path, prefers_public: bool = True) -> tuple[Entry, ...]:
    """The entries of a catalog file in their order, those in groups among them; none where there is no such file.
    Raises SchemaError where it is no catalog.
    """
    try:
        status = path.stat()
    except (OSError, ValueError):
        return ()
    return _read(path.absolute(), (status.st_mtime_ns, status.st_size), prefers_public)


@lru_cache(maxsize=256)
def _read(path: Path, _stamp: Stamp, prefers_public: bool) -> tuple[Entry, ...]:
    from xml.parsers import expat

    from teiwright.source import decoded, file_bytes

    try:
        text = decoded(file_bytes(path), str(path))
    except DocumentError as error:
        raise SchemaError(error.subject, f"not a catalog: {error.problem}", error.hint) from None
    reader = Reader(path, prefers_public)
    try:
        reader.parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        words = expat.errors.messages.get(error.code, "unreadable")
        raise SchemaError(f"{path}:{error.lineno}", f"not a catalog: not well-formed XML, {words}") from None
    return tuple(reader.entries)


class Reader:
    """Reads one catalog entry file (section 6)."""

    def __init__(self, path: Path, prefers_public: bool) -> None:
        from xml.parsers import expat

        self.path = path
        self.entries: list[Entry] = []
        self.open = [("", path.as_uri(), prefers_public)]  # names of elements, base addresses, preferences
        self.ignored = 0  # levels of elements that mean nothing here (section 6)
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        outer, base, prefers_public = self.open[-1]
        if not outer and (namespace, local) != (NAMESPACE, "catalog"):
            raise self._error(f'not a catalog: its root is "{local}"', f'expected "catalog" in {NAMESPACE}')
        if self.ignored or namespace != NAMESPACE or (outer and outer not in CONTAINERS):
            self.ignored += 1
            return
        base = self._joined(base, attributes.get(BASE, ""))
        if "prefer" in attributes and local in CONTAINERS:
            prefers_public = self._preference(attributes["prefer"])
        self.open.append((local, base, prefers_public))
        if local in ENTRIES:
            self.entries.append(self._entry(local, attributes, base, prefers_public))

    def _end(self, _name: str) -> None:
        if self.ignored:
            self.ignored -= 1
        else:
            self.open.pop()

    def _entry(self, kind: str, attributes: dict[str, str], base: str, prefers_public: bool) -> Entry:
        compared, leading = ENTRIES[kind]
        for needed in filter(None, (compared, leading)):
            if needed not in attributes:
                raise self._error(f'"{kind}" has no attribute "{needed}"', "it needs one")
        key = attributes.get(compared, "")
        key = _spaces_folded(key) if "ublic" in kind else normalized(key)
        return Entry(kind, key, self._joined(base, attributes[leading]), prefers_public or "ublic" not in kind)

    def _joined(self, base: str, address: str) -> str:
        try:
            return urljoin(base, normalized(address.strip()))
        except ValueError:
            raise self._error(f'"{address}" is not an address') from None

    def _preference(self, word: str) -> bool:
        if word not in ("public", "system"):
            raise self._error(f'prefer="{word}" is not known', 'expected "public" or "system"')
        return word == "public"

    def _error(self, problem: str, hint: str = "") -> SchemaError:
        return SchemaError(f"{self.path}:{self.parser.CurrentLineNumber}", problem, hint)


def normalized(address: str) -> str:
    """A system identifier or URI reference with what may not stand in one escaped (section 6.4).

    >>> normalized("http://example.org/a b/ü|%20")
    'http://example.org/a%20b/%C3%BC%7C%20'
    """

    def escaped(character: re.Match[str]) -> str:
        return "".join(f"%{byte:02X}" for byte in character[0].encode("utf-8", "surrogatepass"))

    return DISALLOWED.sub(escaped, address)


def is_publicid(name: str) -> bool:
    """Whether a name is a public identifier wrapped as a URN (RFC 3151)."""
    return name[: len(PUBLICID)].lower() == PUBLICID


def public_identifier(name: str) -> str:
    """A public identifier, unwrapped where it is a URN, white space folded (sections 6.3 and 6.5).

    >>> public_identifier("urn:publicid:-:OASIS:DTD+DocBook+XML+V4.1.2:EN")
    '-//OASIS//DTD DocBook XML V4.1.2//EN'
    """
    if is_publicid(name):
        written = name[len(PUBLICID) :].replace("+", " ").replace(":", "//").replace(";", "::")
        name = re.sub("%(?:2B|3A|2F|3B|27|3F|23|25)", lambda escape: unquote(escape[0]), written, flags=re.IGNORECASE)
    return _spaces_folded(name)


def _spaces_folded(text: str) -> str:
    """White space as XML knows it becomes single spaces, and none at the ends (section 6.3)."""
    return re.sub("[ \t\r\n]+", " ", text).strip(" ")
