"""What a validation is driven by: the bytes of a document, or a tree that was made of them.

Both look the same from here: a parser with expat's handlers, which a validation sets, and marks for the place of what
a handler has just been told. A mark costs little and becomes a place only when there is something to say of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, cast

from teiwright.diagnostic import Location
from teiwright.relaxng.datatypes import ENTITY
from teiwright.scanner import Opened, Refusal, parsed, parser, stopped
from teiwright.source import Namespaces, Place, Source

if TYPE_CHECKING:
    from xml.parsers.expat import ExpatError, XMLParserType

    from lxml import etree

    from teiwright.diagnostic import Diagnostic
    from teiwright.document import Document

Mark = Any  # what a reading makes of the place of an event; nobody else looks into it
WALKED = ("start", "end", "comment", "pi", "start-ns", "end-ns")


class Parser(Protocol):
    """Those of expat's handlers that a validation uses; namespaces are declared before the tag they stand in."""

    StartDoctypeDeclHandler: Callable[[str, str | None, str | None, bool], Any] | None
    UnparsedEntityDeclHandler: Callable[[str, str | None, str, str | None, str], Any] | None
    StartElementHandler: Callable[[str, list[str]], Any] | None
    EndElementHandler: Callable[[str], Any] | None
    CharacterDataHandler: Callable[[str], Any] | None
    StartNamespaceDeclHandler: Callable[[str, str], Any] | None
    EndNamespaceDeclHandler: Callable[[str], Any] | None
    buffer_text: bool


class Reading(Protocol):
    """One document, to be read as often as need be; all places are those of the reading that is under way."""

    def open(self) -> Parser:
        """A parser at the beginning of the document."""

    def read(self) -> Iterator[None]:
        """Drives the handlers to the end, with pauses."""

    def mark(self) -> Mark:
        """The start tag, end tag or text that a handler is told of."""

    def start(self, mark: Mark) -> Location:
        """Where a start tag stands (``Source.tag``); without a path, as all of these."""

    def end(self, mark: Mark, start: Mark) -> Location:
        """Where an end tag begins; of an empty-element tag where it stands itself. ``start`` is the start tag."""

    def attribute(self, mark: Mark, name: str, namespaces: Namespaces) -> Location:
        """Where an attribute (Clark name) stands in a start tag."""

    def text(self, mark: Mark, text: str) -> Location:
        """Where the first character of a text that is not white space stands."""

    def stopped(self, error: ExpatError | Refusal, last: Mark | None) -> Diagnostic:
        """The finding that reading has stopped; ``last`` is the start tag of the innermost element that is open."""


class Stream:
    """A document read from its bytes, in pieces: no tree is made, and only what is open is remembered."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.parser: XMLParserType = parser()

    def open(self) -> Parser:
        """A parser at the beginning of the document."""
        self.parser = parser()
        return cast(Parser, self.parser)

    def read(self) -> Iterator[None]:
        """Drives the handlers to the end. Raises ExpatError and Refusal."""
        return parsed(self.parser, self._source.data)

    def mark(self) -> Mark:
        """Line, column and byte of what a handler is told of."""
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, self.parser.CurrentByteIndex

    def start(self, mark: Mark) -> Location:
        """Where a start tag stands."""
        line, column, offset = mark
        return Location(self._source.name, *self._source.tag(offset, (line, column)))

    def end(self, mark: Mark, start: Mark) -> Location:
        """Where an end tag begins, or an empty-element tag stands."""
        return self.start(start) if self.is_empty(start) else Location(self._source.name, *mark[:2])

    def is_empty(self, start: Mark) -> bool:
        """Whether a start tag is that of an empty-element tag."""
        return self._source.is_empty_tag(start[2])

    def attribute(self, mark: Mark, name: str, namespaces: Namespaces) -> Location:
        """Where an attribute stands in a start tag."""
        line, column, offset = mark
        return Location(self._source.name, *self._source.attribute(name, namespaces, offset, (line, column)))

    def tag_end(self, offset: int, place: Place) -> Place:
        """The place behind the ``>`` of the start tag that begins at a byte and a place."""
        return self._source.tag_end(offset, place)

    def text(self, mark: Mark, text: str) -> Location:
        """Where the first character of a text that is not white space stands; the text has no line end before it."""
        line, column, offset = mark
        return Location(self._source.name, line, column + self._source.indent(offset, text))

    def stopped(self, error: ExpatError | Refusal, last: Mark | None) -> Diagnostic:
        """The finding that reading has stopped."""
        opened = Opened(offset=last[2], line=last[0]) if last else None
        return stopped(error, self.parser, self._source, opened)


class Walk:
    """A document read from its tree: what was included or changed there is read as it is there."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parser = Walker()

    def open(self) -> Parser:
        """What looks like a parser at the beginning of the document."""
        self._parser = Walker()
        return self._parser

    def read(self) -> Iterator[None]:
        """Drives the handlers to the end."""
        return self._parser.walk(self._document.tree)

    def mark(self) -> Mark:
        """The element, and how many of its children have begun."""
        return self._parser.node, self._parser.children[-1]

    def start(self, mark: Mark) -> Location:
        """Where a start tag stands."""
        return self._document.location(mark[0])

    def end(self, mark: Mark, start: Mark) -> Location:
        """Where an end tag begins, or an empty-element tag stands."""
        return self._document.end(mark[0])

    def attribute(self, mark: Mark, name: str, namespaces: Namespaces) -> Location:
        """Where an attribute stands in a start tag."""
        return self._document.location(mark[0], name)

    def text(self, mark: Mark, text: str) -> Location:
        """Where the first character of a text that is not white space stands."""
        return self._document.text_location(*mark)

    def stopped(self, error: ExpatError | Refusal, last: Mark | None) -> Diagnostic:
        """Never comes: a tree is well-formed."""
        raise error


class Walker:
    """A tree that tells handlers what expat would have told them of the document."""

    def __init__(self) -> None:
        self.StartDoctypeDeclHandler: Callable[[str, str | None, str | None, bool], Any] | None = None
        self.UnparsedEntityDeclHandler: Callable[[str, str | None, str, str | None, str], Any] | None = None
        self.StartElementHandler: Callable[[str, list[str]], Any] | None = None
        self.EndElementHandler: Callable[[str], Any] | None = None
        self.CharacterDataHandler: Callable[[str], Any] | None = None
        self.StartNamespaceDeclHandler: Callable[[str, str], Any] | None = None
        self.EndNamespaceDeclHandler: Callable[[str], Any] | None = None
        self.buffer_text = False
        self.node: etree._Element | None = None
        self.children = [0]

    def walk(self, tree: etree._ElementTree) -> Iterator[None]:
        """Tells all of a tree, and pauses at the end."""
        from lxml import etree

        self._tell_entities(tree.docinfo)
        for event, node in etree.iterwalk(tree, events=WALKED):
            if event == "start":
                self._enter(node)
            elif event == "end":
                self._leave(node)
            elif event == "start-ns" and self.StartNamespaceDeclHandler:
                self.StartNamespaceDeclHandler(*node)
            elif event == "end-ns" and self.EndNamespaceDeclHandler:
                self.EndNamespaceDeclHandler("")
            elif event in ("comment", "pi"):
                self._tell(node.tail)
        yield

    def _tell_entities(self, document: Any) -> None:
        """Those that are not in XML; external ones that are cannot be told from them, but no document refers to such."""
        if self.StartDoctypeDeclHandler and document.doctype:
            self.StartDoctypeDeclHandler(document.root_name or "", document.system_url, document.public_id, True)
        declared = document.internalDTD
        for entity in declared.iterentities() if declared is not None else ():
            if self.UnparsedEntityDeclHandler and entity.system_url:
                self.UnparsedEntityDeclHandler(str(entity.name), None, entity.system_url, None, "")

    def _enter(self, node: etree._Element) -> None:
        self.node = node
        self.children[-1] += 1
        self.children.append(0)
        if self.StartElementHandler:
            named = [part.removeprefix("{") if n % 2 == 0 else part for n, part in enumerate(flat(node))]
            self.StartElementHandler(str(node.tag).removeprefix("{"), named)
        self._tell(node.text)

    def _leave(self, node: etree._Element) -> None:
        self.node = node
        if self.EndElementHandler:
            self.EndElementHandler(str(node.tag).removeprefix("{"))
        self.children.pop()
        self.node = node.getparent()
        self._tell(node.tail)

    def _tell(self, text: str | None) -> None:
        if text and self.CharacterDataHandler:
            self.CharacterDataHandler(text)


def flat(node: etree._Element) -> list[str]:
    """The names and values of an element's attributes in one list, as expat gives them."""
    return [str(part) for pair in node.attrib.items() for part in pair]


class Scope(dict[str | None, str]):
    """The namespaces that are declared where a reading is, by prefix; None is the default's. Unparsed entities are among
    them, as datatypes want them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._before: list[tuple[str | None, str | None]] = []

    def follow(self, parser: Parser) -> None:
        """Listens to the declarations that a parser meets."""
        parser.StartDoctypeDeclHandler = self._begin_doctype
        parser.UnparsedEntityDeclHandler = self._declare_entity
        parser.StartNamespaceDeclHandler = self.declare
        parser.EndNamespaceDeclHandler = self.leave

    def _begin_doctype(self, _name: str, system: str | None, _public: str | None, _has_internal: bool) -> None:
        if system:  # a file that is not read may declare any
            self[ENTITY] = ""

    def _declare_entity(self, name: str, _base: str | None, _system: str, _public: str | None, _notation: str) -> None:
        self[ENTITY + name] = ""

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """Takes a declaration from a start tag; an address that is None or empty takes one back."""
        self._before.append((prefix or None, self.get(prefix or None)))
        self[prefix or None] = uri or ""

    def leave(self, _prefix: str | None) -> None:
        """Forgets the declaration that was made last; those of one tag are told in any order."""
        prefix, uri = self._before.pop()
        if uri is None:
            del self[prefix]
        else:
            self[prefix] = uri
