"""Station two of a document's way: a schema of any of three kinds, told apart by its content, and its report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from teiwright import assets
from teiwright.diagnostic import Diagnostic, Report
from teiwright.document import Document, decoded, file_bytes
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import KINDS, Kind
from teiwright.opening import Opening

ENDINGS = (".rng", ".sch", ".xsd")
KEPT = 16  # schemas that are kept ready for the next document
Stamp = tuple[int, int]  # of a file: when it was changed, in nanoseconds, and its size


class Validator(Protocol):
    """What a grammar, a set of rules and an XML Schema have in common."""

    @property
    def files(self) -> tuple[Path, ...]:
        """All files it was read from."""

    def validate(self, document: Document) -> Iterator[Diagnostic]:
        """What in a document does not fit."""


@dataclass(frozen=True)
class Schema:
    """A schema that is ready to be used. ``name`` is its file name; ``stamps`` tell whether one of the files that it
    was read from has changed since.
    """

    name: str
    kind: Kind
    path: Path
    validator: Validator = field(repr=False)
    stamps: tuple[tuple[Path, Stamp], ...] = field(default=(), repr=False)

    @classmethod
    def load(cls, name: str | Path, kind: str = "", phase: str | None = None) -> Schema:
        """The schema in a file, or the toolkit's own of that name ("lenin", "lenin.sch"). Its content tells the kind;
        ``kind`` asks for another use of it: "Schematron" for the rules in a RELAX NG grammar. It is read once in a
        process, until one of its files changes. Raises SchemaError.
        """
        path = found(name)
        key = path, path.absolute(), _stamp(path), kind, phase
        loaded = _loaded(*key)
        if any(_stamp(part) != stamp for part, stamp in loaded.stamps):
            _loaded.cache_clear()
            loaded = _loaded(*key)
        return loaded

    def validate(self, document: Document) -> Report:
        """What in the document does not fit the schema."""
        return Report.of(self.validator.validate(document), (document.source,), (self.name,))


@lru_cache(maxsize=KEPT)
def _loaded(path: Path, _absolute: Path, _changed: Stamp, kind: str, phase: str | None) -> Schema:
    content = kind_of(path)
    if kind not in ("", content, Kind.SCHEMATRON if content == Kind.RELAXNG else content):
        raise SchemaError(path.name, f"named as {kind}, but is {content}")
    wanted = Kind(kind or content)
    validator = _validator(path, wanted, phase)
    return Schema(path.name, wanted, path, validator, tuple((part, _stamp(part)) for part in validator.files))


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except (OSError, ValueError):  # it is not there; whoever reads it says so
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _validator(path: Path, kind: Kind, phase: str | None) -> Validator:
    """The engine for a kind of schema, imported only now: each is a weight of its own."""
    if kind == Kind.RELAXNG:
        from teiwright.relaxng import Grammar

        grammar: Validator = Grammar.read(path)
        return grammar
    if kind == Kind.SCHEMATRON:
        from teiwright.schematron import Schematron

        return Schematron.read(path, phase)
    from teiwright.xsd import Xsd

    return Xsd.read(path)


def found(name: str | Path) -> Path:
    """The file a schema's name or path means. Raises SchemaError where there is none."""
    text = str(name)
    if re.match(r"https?:", text):
        raise SchemaError(text, "a schema on the web is not fetched", "keep a local copy and name that")
    path = Path(name)
    if "\0" in text:
        raise SchemaError(text.replace("\0", "�"), "no file can have this name")
    if isinstance(name, Path) or len(path.parts) != 1 or _is_file(path):
        return path
    own = assets.folder("schemas")
    for candidate in (text, *(text + ending for ending in ENDINGS)):
        if _is_file(own / candidate):
            return own / candidate
    names = sorted(file.name for file in own.glob("*") if file.suffix in ENDINGS)
    hint = f"the toolkit's own are {', '.join(names)}" if names else ""
    raise SchemaError(text, "no such schema file, and the toolkit has none of that name", hint)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file can have this name
        return False


def kind_of(path: Path) -> Kind:
    """The kind of schema in a file, by its root element's namespace. Raises SchemaError for everything else, in a
    sentence that shows nothing of the file's content.
    """
    try:
        text = decoded(file_bytes(path), path.name)
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
    opening = Opening.of(text)
    kind = KINDS.get(opening.namespace)
    if kind is None:
        raise _no_schema(path, text, opening.has_root)
    return kind


def _no_schema(path: Path, text: str, is_xml: bool) -> SchemaError:
    if path.suffix == ".rnc":
        return SchemaError(path.name, "RELAX NG compact syntax is not read", "convert it to the XML syntax (.rng)")
    if not is_xml and (path.suffix == ".dtd" or re.search(r"<!(?:ELEMENT|ATTLIST)\s", text[:100_000])):
        return SchemaError(path.name, "this is a DTD", "expected RELAX NG, Schematron or XML Schema")
    if not is_xml:
        return SchemaError(path.name, "not a schema: it does not begin as XML")
    return SchemaError(path.name, "not a schema", "its root is in none of the namespaces of RELAX NG, Schematron, XSD")
