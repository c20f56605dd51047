"""Station one of a document's way: bytes of a file become a tree whose every element knows its place.

Two parsers read the same text. Expat goes first: it gives line and column and stops at whatever is
not well-formed, at entity bombs and at external entities, with a place each. lxml then builds the tree.
Neither fetches anything: external DTDs and entities are never opened.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from lxml import etree

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.errors import DocumentError
from teiwright.names import TEI, shown

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Codecs of Python's that are no encodings of XML files.
PYTHON_ONLY = frozenset(("unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined"))
DECLARED_ENCODING = re.compile(rb"""^<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
XML_DECLARATION = re.compile(r"^<\?xml\s[^>]*\?>")
ATTRIBUTE = re.compile(r"""\s(?:([^\s=<>/:]+):)?([^\s=<>/:]+)\s*=\s*(?:"[^"]*"|'[^']*')|>""")
DEEPEST = 2000  # levels; libxml2 itself stops at 2,048
Place = tuple[int, int]  # line and column, both from 1


@dataclass(frozen=True, eq=False)
class Document:
    """An XML document and where everything in it stands.

    ``source`` is the name it was asked for by and is what reports say; ``uri`` is its absolute address;
    ``text`` its decoded characters; ``places`` the line and column of each start tag in document order.
    """

    source: str
    uri: str
    text: str = field(repr=False)
    tree: etree._ElementTree = field(repr=False)
    places: tuple[Place, ...] = field(repr=False)
    _numbers: dict[etree._Element, int] = field(default_factory=dict, init=False, repr=False)
    _steps: dict[etree._Element, dict[etree._Element, str]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def read(cls, path: str | Path) -> Document:
        """The document in a file. Raises DocumentError with one sentence, and with a Diagnostic where the
        fault has a place in the file.
        """
        return cls.parse(file_bytes(path), source=str(path), uri=Path(path).absolute().as_uri())

    @classmethod
    def parse(cls, data: bytes | str, source: str = "document.xml", uri: str = "") -> Document:
        """The document in some bytes or characters. Raises DocumentError."""
        text = data if isinstance(data, str) else decoded(data, source)
        places = Scanner(source).scan(text)
        return cls(source, uri, text, _tree(text, source, uri), places)

    @property
    def path(self) -> Path:
        """The file it was read from; its name in the working directory where it was parsed from memory."""
        address = urlsplit(self.uri)
        return Path(unquote(address.path)).resolve() if address.scheme == "file" else Path(self.source).resolve()

    @property
    def root(self) -> etree._Element:
        """The outermost element."""
        return self.tree.getroot()

    @property
    def is_tei(self) -> bool:
        """Whether the root is in TEI's namespace."""
        return etree.QName(self.root).namespace == TEI

    def require_tei(self) -> Document:
        """Itself, when it is TEI; else raises DocumentError naming the root."""
        if not self.is_tei:
            raise DocumentError(
                self.source, f'not a TEI document: its root is "{shown(self.root.tag)}"', f"TEI's namespace is {TEI}"
            )
        return self

    def elements(self) -> Iterator[etree._Element]:
        """Every element in document order."""
        return self.tree.iter(etree.Element)

    def number(self, element: etree._Element) -> int:
        """The element's index in document order, from 0."""
        if not self._numbers:
            self._numbers.update((e, n) for n, e in enumerate(self.elements()))
        return self._numbers[element]

    def location(self, element: etree._Element, attribute: str = "") -> Location:
        """Where an element's start tag begins, or where one of its attributes (Clark name) stands in that tag."""
        line, column = self.places[self.number(element)]
        path = self.xpath(element)
        if not attribute:
            return Location(self.source, line, column, path)
        line, column = self._attribute_place(line, column, attribute)
        return Location(self.source, line, column, f"{path}/@{shown(attribute)}")

    def xpath(self, element: etree._Element) -> str:
        """The path to an element in TEI names, with a position only where siblings share the name.

        >>> document = Document.parse('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p/><p/></text></TEI>')
        >>> document.xpath(document.root[0][1])
        '/TEI/text/p[2]'
        """
        steps = []
        while (parent := element.getparent()) is not None:
            if parent not in self._steps:
                self._steps[parent] = steps_below(parent)
            steps.append(self._steps[parent][element])
            element = parent
        return "/" + "/".join([shown(element.tag), *reversed(steps)])

    def _attribute_place(self, line: int, column: int, attribute: str) -> Place:
        start = self._line_starts[line - 1] + column - 1
        local = etree.QName(attribute).localname
        for token in ATTRIBUTE.finditer(self.text, start):
            if token[0] == ">":
                break
            if token[2] == local and bool(token[1]) == attribute.startswith("{"):
                return self._place(token.start() + 1)
        return line, column

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", self.text))]

    def _place(self, offset: int) -> Place:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


def steps_below(parent: etree._Element) -> dict[etree._Element, str]:
    """The last step of the path to each child of an element."""
    children = list(parent.iterchildren(etree.Element))
    total = Counter(child.tag for child in children)
    seen: Counter[str] = Counter()
    steps = {}
    for child in children:
        seen[child.tag] += 1
        name = shown(child.tag)
        steps[child] = name if total[child.tag] == 1 else f"{name}[{seen[child.tag]}]"
    return steps


def attributes(element: etree._Element) -> list[tuple[str, str]]:
    """An element's attributes, by Clark name."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def words(element: etree._Element) -> str:
    """An element's text, white space folded to single spaces."""
    return " ".join("".join(map(str, element.itertext())).split())


def file_bytes(path: str | Path) -> bytes:
    """A file's bytes. Raises DocumentError with a sentence for each way that can fail."""
    path = Path(path)
    try:
        if path.exists() and not (path.is_file() or path.is_dir() or str(path) == "/dev/stdin"):
            raise DocumentError(str(path), "this is a device or a pipe, not a regular file")
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(str(path), "no such file") from None
    except IsADirectoryError:
        raise DocumentError(str(path), "this is a folder, not a file") from None
    except PermissionError:
        raise DocumentError(str(path), "may not be read: permission denied") from None
    except (OSError, ValueError) as error:
        raise DocumentError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not data.strip():
        raise DocumentError(str(path), "the file is empty")
    return data


def decoded(data: bytes, source: str) -> str:
    """The characters of an XML file: by byte order mark, else by its declaration, else UTF-8 (XML 1.0, appendix F)."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "")
    if not encoding:
        declared = DECLARED_ENCODING.match(data)
        encoding = declared[1].decode("ascii") if declared else _undeclared(data)
    try:
        if codecs.lookup(encoding).name.replace("-", "_") in PYTHON_ONLY:
            raise LookupError
        return data.decode(encoding)
    except LookupError:
        raise DocumentError(source, f'declares the encoding "{encoding}", which is not known') from None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        place = Location(source, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        shown_byte = f"0x{data[error.start]:02X}"
        problem = f'byte {shown_byte} does not fit the encoding "{encoding}"'
        hint = "save the file in that encoding, or correct the encoding in its XML declaration"
        raise DocumentError(
            source, problem, hint, Diagnostic(place, Severity.FATAL, "encoding-mismatch", f"{problem}; {hint}", "xml")
        ) from None
    except UnicodeError:
        raise DocumentError(source, f'cannot be decoded as "{encoding}"') from None


def _undeclared(data: bytes) -> str:
    """UTF-16 without a mark shows as a zero byte beside the first "<"; everything else undeclared is UTF-8."""
    if data[:2] == b"<\0":
        return "utf-16-le"
    return "utf-16-be" if data[:2] == b"\0<" else "utf-8"


class _Nothing(etree.Resolver):
    """Everything a document asks for is empty: where ids are not collected, libxml2 opens external DTDs whatever
    ``load_dtd`` says.
    """

    def resolve(self, system_url: Any, public_id: Any, context: Any) -> Any:  # type: ignore[override]  # the stubs leave context out
        return self.resolve_string("", context, base_url="")


def parser() -> etree.XMLParser:
    """The one way the toolkit lets lxml read XML: no network, no file but the one in hand, internal entities expanded."""
    # collect_ids: libxml2 would refuse a duplicate xml:id, which is ours to report at both places.
    # huge_tree: expat has refused entity bombs already; without it a text of 10 MB or 257 levels would be refused.
    made = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # lxml 5 knows more than its stubs
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        huge_tree=True,
    )
    made.resolvers.add(_Nothing())
    return made


def _tree(text: str, source: str, uri: str) -> etree._ElementTree:
    data = XML_DECLARATION.sub("", text).encode("utf-8", "surrogatepass")
    try:
        root = etree.fromstring(b'<?xml version="1.0" encoding="UTF-8"?>' + data, parser(), base_url=uri)
    except etree.XMLSyntaxError as error:
        place = Location(source, *error.position)
        raise _not_well_formed(place, _reworded(error.msg or "unreadable")) from None
    return root.getroottree()


def _reworded(message: str) -> str:
    """libxml2's words for what expat lets pass, without its line numbers."""
    return re.sub(r",? line \d+, column \d+$", "", message).strip()[:200]


def _not_well_formed(place: Location, problem: str) -> DocumentError:
    found = Diagnostic(place, Severity.FATAL, "not-well-formed", problem, "xml")
    return DocumentError(str(place), f"not well-formed: {problem}", diagnostic=found)


class Scanner:
    """One pass of expat over a document: places of start tags, and the first thing that is not well-formed."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: list[Place] = []
        self.open: list[tuple[str, int]] = []  # names and lines of the elements that are open
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator="\N{INFORMATION SEPARATOR ONE}")
        parser.ordered_attributes = True
        parser.namespace_prefixes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        self.parser = parser

    def scan(self, text: str) -> tuple[Place, ...]:
        """The place of each start tag. Raises DocumentError where the text is not well-formed."""
        try:
            self.parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            place = Location(self.source, error.lineno, error.offset + 1)
            raise _not_well_formed(place, self._explained(error, text)) from None
        return tuple(self.places)

    def _start(self, name: str, _attributes: list[str]) -> None:
        line = self.parser.CurrentLineNumber
        self.places.append((line, self.parser.CurrentColumnNumber + 1))
        self.open.append((_written(name), line))
        if len(self.open) > DEEPEST:
            raise self._refused("nested-too-deeply", f"elements are nested more than {DEEPEST:,} levels deep")

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _external(self, _context: str, _base: str | None, system: str | None, _public: str | None) -> int:
        raise self._refused(
            "external-entity", f'the external entity "{system}" is not read; put its text into the file'
        )

    def _skipped(self, name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity:
            raise self._refused(
                "undeclared-entity", f'"&{name};" is not declared in this file, and external DTDs are not read'
            )

    def _refused(self, code: str, problem: str) -> DocumentError:
        place = Location(self.source, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        found = Diagnostic(place, Severity.FATAL, code, problem, "xml")
        return DocumentError(str(place), problem, diagnostic=found)

    def _explained(self, error: expat.ExpatError, text: str) -> str:
        words = expat.errors.messages.get(error.code, "unreadable")
        if words == expat.errors.XML_ERROR_TAG_MISMATCH and self.open:
            name, line = self.open[-1]
            found = re.match(r"[^\s>]*", _from(text, error.lineno, error.offset))  # expat points behind the "</"
            return f'end tag "{found[0] if found else ""}" found; "{name}", opened in line {line}, must be closed first'
        if words == expat.errors.XML_ERROR_NO_ELEMENTS and self.open:
            name, line = self.open[-1]
            return f'the file ends while "{name}", opened in line {line}, is still open'
        if words == expat.errors.XML_ERROR_INVALID_TOKEN:
            return _invalid_token(text, error.lineno, error.offset)
        if words == expat.errors.XML_ERROR_UNDEFINED_ENTITY:
            found = re.match(r"&[^;\s]*;?", _from(text, error.lineno, error.offset))
            return f'the entity "{found[0] if found else "&…;"}" is not declared; type the character itself'
        if words == expat.errors.XML_ERROR_UNBOUND_PREFIX:
            return "a prefix is used that no xmlns attribute declares"
        if "amplification" in words:
            return "its entities would expand without bound; it is not read further"
        return EXPLANATIONS.get(words, words)


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
}


def _invalid_token(text: str, line: int, column: int) -> str:
    """What is likely meant by a character that expat does not expect (line from 1, column from 0)."""
    lines = re.split(r"\r\n|\r|\n", text)
    before = "\n".join([*lines[max(0, line - 50) : line - 1], lines[line - 1][:column]])
    here = lines[line - 1][column : column + 1]
    opened = before[before.rfind("<") :] if before.rfind("<") > before.rfind(">") else ""
    if before.rfind("<!--") > before.rfind("-->"):
        return '"--" may not stand inside a comment'
    if attribute := re.search(r"([^\s=<]+)\s*=\s*$", opened):
        given = f", not by {here}" if here in "“”„‘’«»" and here else ""
        return (
            f'the value of the attribute "{attribute[1]}" must be enclosed by straight quotation marks (" or \'){given}'
        )
    if before.endswith("&") or here == "&":
        return 'a bare "&"; write it as "&amp;"'
    if before.endswith("<") or here == "<":
        return 'a bare "<"; write it as "&lt;"'
    if here and ord(here) < 32:
        return f"the control character U+{ord(here):04X}, which XML does not allow"
    return EXPLANATIONS[expat.errors.XML_ERROR_INVALID_TOKEN]


def _from(text: str, line: int, column: int) -> str:
    """The rest of a line (from 1) after a column (from 0)."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[line - 1][column:] if line <= len(lines) else ""


def _written(name: str) -> str:
    """An element's name as the file writes it, from expat's triple of namespace, local name and prefix."""
    parts = name.split("\N{INFORMATION SEPARATOR ONE}")
    return f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]
