"""Station two of a document's way: a schema of any of three kinds, told apart by its content, and its report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from teiwright import assets
from teiwright.diagnostic import Diagnostic, Report
from teiwright.document import Document, decoded, file_bytes
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import RELAXNG, SCHEMATRON, XSD

ENDINGS = (".rng", ".sch", ".xsd")
SEPARATOR = "\N{INFORMATION SEPARATOR ONE}"
KINDS = {RELAXNG: "RELAX NG", SCHEMATRON: "Schematron", XSD: "XSD"}


class Validator(Protocol):
    """What a grammar, a set of rules and an XML Schema have in common."""

    def validate(self, document: Document) -> Iterator[Diagnostic]:
        """What in a document does not fit."""


@dataclass(frozen=True)
class Schema:
    """A schema that is ready to be used. ``name`` is its file name, ``kind`` "RELAX NG", "Schematron" or "XSD"."""

    name: str
    kind: str
    path: Path
    validator: Validator = field(repr=False)

    @classmethod
    def load(cls, name: str | Path, kind: str = "", phase: str | None = None) -> Schema:
        """The schema in a file, or the toolkit's own of that name ("lenin", "lenin.sch"). Its content tells the kind;
        ``kind`` asks for another use of it: "Schematron" for the rules in a RELAX NG grammar. Raises SchemaError.
        """
        path = found(name)
        content = kind_of(path)
        if kind not in ("", content, "Schematron" if content == "RELAX NG" else content):
            raise SchemaError(path.name, f"named as {kind}, but is {content}")
        return cls(path.name, kind or content, path, _validator(path, kind or content, phase))

    def validate(self, document: Document) -> Report:
        """What in the document does not fit the schema."""
        return Report.of(self.validator.validate(document), (document.source,), (self.name,))


def _validator(path: Path, kind: str, phase: str | None) -> Validator:
    """The engine for a kind of schema, imported only now: each is a weight of its own."""
    if kind == "RELAX NG":
        from teiwright.relaxng import Grammar

        grammar: Validator = Grammar.read(path)
        return grammar
    if kind == "Schematron":
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
    if path.is_file() or isinstance(name, Path) or len(path.parts) != 1:
        return path
    own = assets.folder("schemas")
    for candidate in (text, *(text + ending for ending in ENDINGS)):
        if (own / candidate).is_file():
            return own / candidate
    names = sorted(file.name for file in own.glob("*") if file.suffix in ENDINGS)
    hint = f"the toolkit's own are {', '.join(names)}" if names else ""
    raise SchemaError(text, "no such schema file, and the toolkit has none of that name", hint)


def kind_of(path: Path) -> str:
    """The kind of schema in a file, by its root element's namespace. Raises SchemaError for everything else, in a
    sentence that shows nothing of the file's content.
    """
    try:
        text = decoded(file_bytes(path), path.name)
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
    root = Opening.of(text).root
    kind = KINDS.get(root.rpartition(SEPARATOR)[0])
    if kind is None:
        raise _no_schema(path, text, bool(root))
    return kind


def _no_schema(path: Path, text: str, is_xml: bool) -> SchemaError:
    if path.suffix == ".rnc":
        return SchemaError(path.name, "RELAX NG compact syntax is not read", "convert it to the XML syntax (.rng)")
    if not is_xml and (path.suffix == ".dtd" or re.search(r"<!(?:ELEMENT|ATTLIST)\s", text[:100_000])):
        return SchemaError(path.name, "this is a DTD", "expected RELAX NG, Schematron or XML Schema")
    if not is_xml:
        return SchemaError(path.name, "not a schema: it does not begin as XML")
    return SchemaError(path.name, "not a schema", "its root is in none of the namespaces of RELAX NG, Schematron, XSD")


@dataclass(frozen=True, slots=True)
class Instruction:
    """A processing instruction: its target, what follows, and where it stands (line and column from 1)."""

    target: str
    text: str
    line: int
    column: int


@dataclass
class Opening:
    """What an XML file begins with: its processing instructions, but for those in a document type declaration, and
    its root's name, namespace first ("" if none).
    """

    instructions: list[Instruction] = field(default_factory=list)
    root: str = ""
    in_doctype: bool = False

    @classmethod
    def of(cls, text: str) -> Opening:
        """Reads no further than the root's start tag, and stops without complaint at what is not well-formed."""
        opening = cls()
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)

        def instruction(target: str, data: str) -> None:
            if opening.in_doctype:
                return
            place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
            opening.instructions.append(Instruction(target, data, *place))

        def start(name: str, _attributes: dict[str, str]) -> None:
            opening.root = name
            raise _RootReached

        def doctype(*_: object) -> None:
            opening.in_doctype = True

        def doctype_end() -> None:
            opening.in_doctype = False

        parser.ProcessingInstructionHandler = instruction
        parser.StartDoctypeDeclHandler = doctype
        parser.EndDoctypeDeclHandler = doctype_end
        parser.StartElementHandler = start
        with suppress(_RootReached, expat.ExpatError):
            parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        return opening


class _RootReached(Exception):
    """Ends the parse; nothing is wrong."""
