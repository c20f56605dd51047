"""Expat, configured once: nothing is fetched, no entity expands without bound, and what is not well-formed is said in
words that help (XML 1.0, section 2.1).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.errors import DocumentError
from teiwright.source import SPACES, Place, Source, misfit

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

SEPARATOR = "}"  # of namespace and local name in the names that expat gives; no namespace can hold it
SMALLEST, LARGEST = 1 << 16, 1 << 20  # bytes that are read at once; Python hands no more than the latter to expat
NEARBY = 4000  # bytes before a fault that are looked at to explain it
UTF8_LONGEST = 4  # bytes of a character
DEEPEST = 2000  # levels in a tree; libxml2 itself stops at 2,048
MOST_ELEMENTS = 3_000_000  # in a tree: about a gigabyte of memory
NO_TREE = "no more are read into memory, as rules, Schematron and XML Schema need it; RELAX NG alone is not limited"
LARGEST = 128_000_000  # bytes of a document that becomes a tree: text and tree are several times as large


class Refusal(Exception):
    """Something that XML allows and the toolkit does not read: a code, the message, and the parser that stands at it."""

    def __init__(self, code: str, problem: str, made: XMLParserType) -> None:
        super().__init__(code, problem)
        self.code = code
        self.problem = problem
        self.place: Place = (made.CurrentLineNumber, made.CurrentColumnNumber + 1)  # it moves on later


class Opened(NamedTuple):
    """A start tag whose end tag has not come: the byte that it begins at, and its line from 1."""

    offset: int
    line: int


def parser() -> XMLParserType:
    """An expat parser that gives names as ``namespace}local`` and attributes in order, and refuses what lies outside
    of the document by raising Refusal.
    """
    made = expat.ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)
    made.ordered_attributes = True

    def external(_context: str | None, _base: str | None, system: str | None, _public: str | None) -> int:
        problem = f'the external entity "{system}" is not read; put its text into the file'
        raise Refusal("external-entity", problem, made)

    def skipped(name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity:
            problem = f'"&{name};" is not declared in this file, and external DTDs are not read'
            raise Refusal("undeclared-entity", problem, made)

    made.ExternalEntityRefHandler = external
    made.SkippedEntityHandler = skipped
    return made


def parsed(made: XMLParserType, data: bytes) -> Iterator[None]:
    """Feeds some bytes to a parser, and pauses between the pieces. Raises what the parser and its handlers raise.

    Expat reads an unfinished tag or comment again from its beginning with each piece, so the pieces grow where one is
    longer than a piece.
    """
    view = memoryview(data)
    start, size = 0, SMALLEST
    while start < len(data):
        before = made.CurrentByteIndex
        made.Parse(view[start : start + size], False)
        start += size
        size = SMALLEST if made.CurrentByteIndex > before else min(2 * size, LARGEST)
        yield
    made.Parse(b"", True)


def clark_of(name: str) -> str:
    """The Clark name for one as expat gives it.

    >>> clark_of("urn:x}a"), clark_of("a")
    ('{urn:x}a', 'a')
    """
    return f"{{{name}" if SEPARATOR in name else name


def stopped(error: expat.ExpatError | Refusal, made: XMLParserType, source: Source, last: Opened | None) -> Diagnostic:
    """The finding that reading has stopped; ``last`` is the innermost element that was open."""
    if isinstance(error, Refusal):
        place = Location(source.name, *error.place)
        return Diagnostic(place, Severity.FATAL, error.code, error.problem, "xml")
    place = Location(source.name, error.lineno, error.offset + 1)
    offset = made.ErrorByteIndex
    words = expat.errors.messages.get(error.code, "unreadable")
    if words in NOT_TOKENS and (bad := _misfitting(source.data, offset)) is not None:
        return misfit(place, source.data[bad], "utf-8")
    if words == expat.errors.XML_ERROR_INVALID_TOKEN:
        place = place._replace(column=place.column - _behind_a_sign(source.data, offset))
    return Diagnostic(place, Severity.FATAL, "not-well-formed", _explained(words, source.data, offset, last), "xml")


def _behind_a_sign(data: bytes, offset: int) -> int:
    """How many characters an offset is behind the bare "&" or "<" that is at fault there; 0 where it is none."""
    sign = re.search(rb"(?:&[A-Za-z0-9_.:-]*|<)\Z", data[max(0, offset - 100) : offset])
    return len(sign[0]) if sign else 0


def refused(found: Diagnostic) -> DocumentError:
    """The exception for a document of which no tree can be made."""
    problem = f"not well-formed: {found.message}" if found.code == "not-well-formed" else found.message
    return DocumentError(str(found.location), problem, diagnostic=found)


class Places:
    """Where many things begin, in the order of the document: line and column, both from 1, and the byte in the source;
    sixteen bytes for each.
    """

    __slots__ = ("_columns", "_lines", "_offsets")

    def __init__(self) -> None:
        self._lines = array("I")
        self._columns = array("I")
        self._offsets = array("Q")

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, number: int) -> Place:
        return self._lines[number], self._columns[number]

    def offset(self, number: int) -> int:
        """The byte at which a thing begins."""
        return self._offsets[number]

    def append(self, line: int, column: int, offset: int) -> None:
        """Adds a place; a column beyond what can be kept is the last that can."""
        self._lines.append(line)
        self._columns.append(min(column, 0xFFFFFFFF))
        self._offsets.append(offset)

    def put(self, number: int, line: int, column: int, offset: int) -> None:
        """Says where a thing begins, one that was there already or the next."""
        if number == len(self):
            self.append(line, column, offset)
        self._lines[number] = line
        self._columns[number] = min(column, 0xFFFFFFFF)
        self._offsets[number] = offset


class Scanner:
    """One pass of expat over a document of which a tree is to be made: the places of its start tags, and the first
    thing that is not well-formed.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places = Places()
        self.open: list[Opened] = []
        self.parser = parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def scan(self) -> Places:
        """The place of each start tag. Raises DocumentError where the document is not well-formed, or too large."""
        if len(self.source.data) > LARGEST:
            problem = f"the file has more than {LARGEST:,} bytes; {NO_TREE}"
            raise refused(Diagnostic(Location(self.source.name, 1, 1), Severity.FATAL, "too-large", problem, "xml"))
        try:
            for _ in parsed(self.parser, self.source.data):
                pass
        except (expat.ExpatError, Refusal) as error:
            last = self.open[-1] if self.open else None
            raise refused(stopped(error, self.parser, self.source, last)) from None
        return self.places

    def _start(self, _name: str, _attributes: list[str]) -> None:
        line, offset = self.parser.CurrentLineNumber, self.parser.CurrentByteIndex
        self.places.append(line, self.parser.CurrentColumnNumber + 1, offset)
        self.open.append(Opened(offset, line))
        if len(self.open) > DEEPEST:
            problem = f"elements are nested more than {DEEPEST:,} levels deep"
            raise Refusal("nested-too-deeply", problem, self.parser)
        if len(self.places) > MOST_ELEMENTS:
            raise Refusal("too-large", f"this is one of more than {MOST_ELEMENTS:,} elements; {NO_TREE}", self.parser)

    def _end(self, _name: str) -> None:
        self.open.pop()


class Layout:
    """One more pass over a document that is well-formed: where its elements end and its texts begin.

    Elements are numbered in the order of the document, from 0. ``ends`` are the places of end tags by number, those of
    empty-element tags themselves;
    ``texts`` those of the first characters that are not white space, by the number of the parent and how many of its
    children come before them.
    """

    def __init__(self, source: Source) -> None:
        self.ends = Places()
        self.texts: dict[tuple[int, int], Place] = {}
        self._source = source
        self._numbers: list[int] = []
        self._children: list[int] = [0]
        self._next = 0
        self._parser = made = parser()
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._text
        for _ in parsed(made, source.data):
            pass

    def _start(self, _name: str, _attributes: list[str]) -> None:
        self._children[-1] += 1
        self._children.append(0)
        self._numbers.append(self._next)
        self._put(self._next)
        self._next += 1

    def _end(self, _name: str) -> None:
        self._children.pop()
        number = self._numbers.pop()
        behind_empty = self._source.data.endswith(b"/>", 0, self._parser.CurrentByteIndex)  # where expat is then
        if not behind_empty or not self._source.is_empty_tag(self.ends.offset(number)):
            self._put(number)

    def _put(self, number: int) -> None:
        made = self._parser
        self.ends.put(number, made.CurrentLineNumber, made.CurrentColumnNumber + 1, made.CurrentByteIndex)

    def _text(self, text: str) -> None:
        if text.strip(SPACES):
            made = self._parser
            key = self._numbers[-1], self._children[-1]
            column = made.CurrentColumnNumber + 1 + self._source.indent(made.CurrentByteIndex, text)
            self.texts.setdefault(key, (made.CurrentLineNumber, column))


UNBOUNDED = "its entities would expand without bound; it is not read further"
EXPLANATIONS = {
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute stands twice in one tag",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "there is text or an element after the end of the root element",
    expat.errors.XML_ERROR_NO_ELEMENTS: "no element found",
    expat.errors.XML_ERROR_SYNTAX: "no element found; expected the document to begin with a tag",
    expat.errors.XML_ERROR_RECURSIVE_ENTITY_REF: "an entity refers to itself",
    expat.errors.XML_ERROR_MISPLACED_XML_PI: "the XML declaration must be the very first thing in the file",
    expat.errors.XML_ERROR_INVALID_TOKEN: 'a character that may not stand here (a bare "&" or "<", or a control character)',
    expat.errors.XML_ERROR_BAD_CHAR_REF: "a character reference to a character that XML does not allow",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "a tag, comment or reference is not closed",
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "a CDATA section is not closed",
    expat.errors.XML_ERROR_UNBOUND_PREFIX: "a prefix is used that no xmlns attribute declares",
}
NO_CHARACTERS = "\ufffe\uffff"
NOT_TOKENS = (
    expat.errors.XML_ERROR_INVALID_TOKEN,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
)


def _explained(words: str, data: bytes, offset: int, last: Opened | None) -> str:
    """What is likely wrong at a byte; ``words`` are expat's."""
    if last and words == expat.errors.XML_ERROR_TAG_MISMATCH:
        found = _match(rb"(?:</)?([^\s>]*)", data, offset)  # expat points behind the "</"
        return f'end tag "{found}" found; "{_name(data, last)}", opened in line {last.line}, must be closed first'
    if last and words == expat.errors.XML_ERROR_NO_ELEMENTS:
        return f'the file ends while "{_name(data, last)}", opened in line {last.line}, is still open'
    if words == expat.errors.XML_ERROR_SYNTAX and _match(rb"<([^!?])", data, offset):
        return 'a namespace holds "}", which no address may'
    if words == expat.errors.XML_ERROR_INVALID_TOKEN:
        return _invalid_token(data, offset)
    if words == expat.errors.XML_ERROR_UNDEFINED_ENTITY:
        found = _match(rb"(&[^;\s]*;?)", data, offset) or "&…;"
        return f'the entity "{found}" is not declared; type the character itself'
    if "amplification" in words:
        return UNBOUNDED
    return EXPLANATIONS.get(words, words)


def _match(expression: bytes, data: bytes, offset: int) -> str:
    found = re.match(expression, data[offset : offset + NEARBY])
    return found[1].decode("utf-8", "replace") if found else ""


def _name(data: bytes, tag: Opened) -> str:
    """The name in a start tag, as the file writes it; an entity's where the tag is in one."""
    return _match(rb"[<&]([^\s/>;]+)", data, tag.offset)


def _misfitting(data: bytes, offset: int) -> int | None:
    """The offset itself, where the bytes there are not UTF-8; None where they are."""
    try:
        data[offset : offset + 2 * UTF8_LONGEST].decode("utf-8")
    except UnicodeDecodeError as error:
        return offset if error.start == 0 else None
    return None


def _invalid_token(data: bytes, offset: int) -> str:
    """What is likely meant by a character that expat does not expect."""
    before = data[max(0, offset - NEARBY) : offset].decode("utf-8", "replace")
    here = data[offset : offset + UTF8_LONGEST].decode("utf-8", "ignore")[:1]
    opened = before[before.rfind("<") :] if before.rfind("<") > before.rfind(">") else ""
    if data.endswith(b"--", 0, offset) and data.rfind(b"<!--", 0, offset) > data.rfind(b"-->", 0, offset):
        return '"--" may not stand inside a comment'
    if attribute := re.search(r"([^\s=<]+)\s*=\s*$", opened):
        given = f", not by {here}" if here and here in "“”„‘’«»" else ""
        return (
            f'the value of the attribute "{attribute[1]}" must be enclosed by straight quotation marks (" or \'){given}'
        )
    if before.endswith("&") or here == "&":
        return 'a bare "&"; write it as "&amp;"'
    if before.endswith("<") or here == "<":
        return 'a bare "<"; write it as "&lt;"'
    if here and (ord(here) < 32 or here in NO_CHARACTERS):
        return f"the {'control ' if ord(here) < 32 else ''}character U+{ord(here):04X}, which XML does not allow"
    return EXPLANATIONS[expat.errors.XML_ERROR_INVALID_TOKEN]
