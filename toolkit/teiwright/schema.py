"""Station two of a document's way: a schema of any of three kinds, told apart by its content, and its report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from teiwright import assets
from teiwright.address import AddressError, project_folder, web_address
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import KINDS, TEI, Kind
from teiwright.opening import Opening
from teiwright.schemas.resolution import Resolver, resolving
from teiwright.source import Source
from teiwright.spelling import hint

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic, Report
    from teiwright.document import Document

KEPT = 16  # schemas that are kept ready for the next document
BEGINNING = 100_000  # bytes of a file in which it is looked for what it might be
DECLARATION = rb"<!(?:ELEMENT|ATTLIST|ENTITY)\s"
# How a schema in compact syntax begins, after comments: a declaration, a definition, or a pattern, each as far as
# nothing else begins so; one that begins otherwise has to be a file that ends in .rnc.
# It is compiled where it is needed: most schemas are XML.
COMPACT = rb"""(?x)(?:\xef\xbb\xbf)?(?:\s|\#[^\n]*\n)*
    (?:(?:default\s+)?namespace\b | datatypes\s+[\w.-]+\s*= | (?:grammar|div)\s*\{ | include\s*["'] | \[
    | (?:element|attribute)\s[^={}\n]{1,200}\{ | (?:list|mixed)\s*\{ | external\s*["'] | parent\s+[\w.-]+\s*\Z
    | (?:text|empty|notAllowed)\s*(?:[|&,?*+]|\Z) | start\s*[|&]?=
    | \\?[\w.-]+\s*[|&]?=\s*(?:\(|(?:element|attribute|list|mixed|grammar|external|text|empty|notAllowed)\b) )"""
Stamp = tuple[int, int]  # of a file: when it was changed, in nanoseconds, and its size


class Validator(Protocol):
    """What a grammar, a set of rules and an XML Schema have in common."""

    @property
    def files(self) -> tuple[Path, ...]:
        """All files it was read from."""

    def validate(self, document: Any) -> Iterator[Diagnostic]:
        """What in a Document does not fit; a grammar takes a Source too, and reads it as a stream."""


class Schema:
    """A schema that is ready to be used. ``name`` is its file name; ``stamps`` tell whether one of the files that it
    was read from has changed since.
    """

    __slots__ = ("kind", "name", "path", "stamps", "validator")

    def __init__(self, path: Path, kind: Kind, validator: Validator) -> None:
        self.name = path.name
        self.kind = kind
        self.path = path
        self.validator = validator
        self.stamps = tuple((part, _stamp(part)) for part in validator.files)

    def __repr__(self) -> str:
        return f"Schema({self.name!r}, {self.kind})"

    @property
    def codes(self) -> frozenset[str]:
        """The codes that it brings along: those of a Schematron schema's assertions."""
        if self.kind != Kind.SCHEMATRON:
            return frozenset()
        from teiwright.schematron import Schematron

        assert isinstance(self.validator, Schematron)
        return frozenset(assertion.code for assertion in self.validator.sheet.assertions)

    @classmethod
    def load(
        cls,
        name: str | Path,
        kind: str = "",
        phase: str | None = None,
        resolver: Resolver | None = None,
        timeout: float = 0,
    ) -> Schema:
        """The schema of a name, which is, in this order: a path or the name of a file; the name of a schema that the
        settings name, that is in the schema store, or that is the toolkit's own ("lenin", "lenin.sch"). An address on
        the web is looked up in catalogs and store. Its content tells the kind; ``kind`` asks for another use of it:
        "Schematron" for the rules in a RELAX NG grammar or a customization (ODD). It is read once in a process, until
        one of its files changes. ``resolver`` says where its references and the name lead; without one, catalogs and
        stores are those of the schema's own project and of the user. ``timeout`` is how many seconds the rules of a
        Schematron schema may take for a document (0: as long as they like). Raises SchemaError.
        """
        path = found(name, resolver)
        resolver = resolver or Resolver.of(project_folder(path.absolute()))
        key = path, path.absolute(), _stamp(path), kind, phase, resolver, timeout
        loaded = _loaded(*key)
        if any(_stamp(part) != stamp for part, stamp in loaded.stamps):
            _loaded.cache_clear()
            loaded = _loaded(*key)
        return loaded

    def validate(self, document: Document | Source) -> Report:
        """What in the document does not fit the schema. Raises DocumentError where the document must be parsed, as it
        has to be for all but RELAX NG, and is not well-formed.
        """
        from teiwright.diagnostic import Report

        name = document.name if isinstance(document, Source) else document.source
        return Report.of(self.findings(document), (name,), (self.name,))

    def findings(self, document: Document | Source) -> Iterator[Diagnostic]:
        """The same, one after another."""
        if isinstance(document, Source) and self.kind != Kind.RELAXNG:
            from teiwright.document import Document

            document = Document.of(document)
        return self.validator.validate(document)


@lru_cache(maxsize=KEPT)
def _loaded(
    path: Path, _absolute: Path, _changed: Stamp, kind: str, phase: str | None, resolver: Resolver, timeout: float
) -> Schema:
    content = kind_of(path, kind)
    if kind not in ("", content, Kind.SCHEMATRON if content == Kind.RELAXNG else content):
        raise SchemaError(path.name, f"named as {kind}, but is {content}")
    wanted = Kind(kind or content)
    with resolving(resolver, path):
        return Schema(path, wanted, _validator(path, wanted, phase, timeout))


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except (OSError, ValueError):  # it is not there; whoever reads it says so
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _validator(path: Path, kind: Kind, phase: str | None, timeout: float) -> Validator:
    """The engine for a kind of schema, imported only now: each is a weight of its own."""
    if kind == Kind.RELAXNG:
        from teiwright.relaxng import Grammar

        grammar: Validator = Grammar.read(path)
        return grammar
    if kind == Kind.SCHEMATRON:
        from teiwright.schematron import Schematron

        rules = Schematron.read(path, phase)
        return rules.limited(timeout) if timeout else rules
    from teiwright.xsd import Xsd

    return Xsd.read(path)


def found(name: str | Path, resolver: Resolver | None = None) -> Path:
    """The file a schema's name, path or address means. Raises SchemaError where there is none."""
    text = str(name)
    if "\0" in text:
        raise SchemaError(text.replace("\0", "�"), "no file can have this name")
    if re.match("(?i)(https?|file|urn):", text):
        return _addressed(text, resolver or Resolver.of())
    path = Path(name)
    if isinstance(name, Path) or len(path.parts) != 1 or _is_file(path):
        return path
    for beside in (Path(text + ending) for ending in assets.SCHEMA_ENDINGS):
        if _is_file(beside):
            return beside
    resolver = resolver or Resolver.of()
    schema = resolver.named(text)
    if schema is None:
        raise SchemaError(text, "no such schema file, and no schema of that name is known", _known(text, resolver))
    return schema.path


def _known(name: str, resolver: Resolver) -> str:
    names = resolver.names()
    if question := hint(name, names):
        return question
    known = f"known are {', '.join(names)}; " if names else ""
    return f"{known}teiwright schema add keeps others"


def _addressed(address: str, resolver: Resolver) -> Path:
    try:
        schema = resolver.found(address)
    except AddressError as error:
        raise SchemaError("", error.problem) from None
    if schema is None:
        raise not_kept(address, address)
    return schema.path


def not_kept(href: str, address: str) -> SchemaError:
    """That a schema on the web is in no store; the hint is the command that would fetch it."""
    if web_address(address) is None:
        return SchemaError("", f'the schema "{href}" is not in a file', "expected a relative address or file:")
    command = f"teiwright schema add {re.sub('(?i)^https?:', 'https:', address)}"
    return SchemaError("", f'the schema "{href}" is on the web and not in the schema store', f"fetch it: {command}")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file can have this name
        return False


def kind_of(path: Path, asked: str = "") -> Kind:
    """The kind of schema in a file, by its root element's namespace, or by how RELAX NG's compact syntax looks. A
    customization (ODD) is one only for whom ``asked`` for the Schematron rules in it. Raises SchemaError for everything else, in a sentence that shows nothing of the file's content.
    """
    try:
        source = Source.read(path)
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
    opening = Opening.of(source)
    kind = KINDS.get(opening.namespace)
    if kind is not None:
        return kind
    if not opening.has_root and is_compact(path.name, source.data):
        return Kind.RELAXNG
    if asked == Kind.SCHEMATRON and _is_odd(path, source.data, opening):
        return Kind.SCHEMATRON
    raise _no_schema(path, source.data, opening)


def _is_odd(path: Path, data: bytes, opening: Opening) -> bool:
    return opening.namespace == TEI and (path.suffix == ".odd" or b"<schemaSpec" in data)


def is_compact(name: str, data: bytes) -> bool:
    """Whether some UTF-8 that is not XML is a schema in compact syntax, by the name of its file or by how it begins."""
    return not data.lstrip().startswith(b"<") and (
        name.endswith(".rnc") or re.match(COMPACT, data[:BEGINNING]) is not None
    )


def _no_schema(path: Path, data: bytes, opening: Opening) -> SchemaError:
    is_dtd = path.suffix == ".dtd" or re.search(DECLARATION, data[:BEGINNING])
    if not opening.has_root and is_dtd:
        return SchemaError(path.name, "this is a DTD", "expected RELAX NG, Schematron or XML Schema")
    if not opening.has_root:
        return SchemaError(path.name, "not a schema: it does not begin as XML")
    if _is_odd(path, data, opening):
        command = f"teiwright schema compile {path.name} --source p5subset.xml"
        return SchemaError(path.name, "this is a customization (ODD), not a schema", f"compile it: {command}")
    return SchemaError(path.name, "not a schema", "its root is in none of the namespaces of RELAX NG, Schematron, XSD")
