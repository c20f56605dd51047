"""A document's bytes before anything has parsed them, and where in them things stand."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.errors import DocumentError
from teiwright.names import XML

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
# These are compiled where they are needed, which is not on the way of a document that is well.
WIDE = "(?i)utf[-_]?(?:16|32)|ucs|iso-10646-ucs"  # in none of these a declaration can be read as ASCII
LINE_END = rb"\r\n|\r|\n"
ATTRIBUTE = rb"""\s([^\s=<>/"']+)\s*=\s*(?:"[^"]*"|'[^']*')|>"""
START_TAG = rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>"""
SAVE_AS = "save the file in that encoding, or correct the encoding in its XML declaration"
SPACES = " \t\r\n"  # XML's white space; Python knows more
Namespaces = Mapping[str | None, str]  # by prefix; None is the default's
Place = tuple[int, int]  # line and column in characters, both from 1


class Source:
    """A document that nobody has parsed.

    ``name`` is what it was asked for by and what reports say; ``uri`` its absolute address; ``data`` its characters
    as UTF-8, whatever the file's encoding, without byte order mark. Whether a file that says it is UTF-8 keeps to it
    is found by whoever reads on: ``text`` raises DocumentError then, expat stops there.
    """

    __slots__ = ("_tag", "_text", "data", "name", "uri")

    def __init__(self, name: str, uri: str, data: bytes) -> None:
        self.name = name
        self.uri = uri
        self.data = data
        self._text: str | None = None
        self._tag: tuple[int, dict[str, Place]] = (-1, {})

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.data):,} bytes)"

    @classmethod
    def read(cls, path: str | Path) -> Source:
        """The document in a file. Raises DocumentError with a sentence for each way that can fail."""
        return cls.parse(file_bytes(path), str(path), Path(path).absolute().as_uri())

    @classmethod
    def parse(cls, data: bytes | str, name: str = "document.xml", uri: str = "") -> Source:
        """The document in some bytes or characters. Raises DocumentError where its encoding is not known, or where it
        is another than UTF-8 and a byte does not fit it.
        """
        if isinstance(data, bytes):
            encoding = encoding_of(data)
            if _is_utf8(encoding):
                return cls(name, uri, data.removeprefix(codecs.BOM_UTF8))
            data = decoded(data, name)
        return cls(name, uri, data.encode("utf-8", "surrogatepass"))

    @property
    def path(self) -> Path:
        """The file it was read from; its name in the working directory where it was made in memory."""
        return path_of(self.uri, self.name)

    @property
    def text(self) -> str:
        """Its characters. Raises DocumentError at the first byte that is not UTF-8."""
        if self._text is None:
            self._text = _decoded_as(self.data, "utf-8", self.name)
        return self._text

    def attribute(self, name: str, namespaces: Namespaces, offset: int, start: Place) -> Place:
        """The place of an attribute (Clark name) in the start tag at a byte and a place; that of the tag itself where
        the attribute is not written there. ``namespaces`` are those in scope by prefix.
        """
        if self._tag[0] != offset:
            self._tag = offset, self._attributes(namespaces, offset, start)
        return self._tag[1].get(name) or self.tag(offset, start)

    def indent(self, offset: int, text: str) -> int:
        """How many characters of white space the text at a byte begins with; none where a reference stands for it."""
        return 0 if self.data.startswith(b"&", offset) else len(text) - len(text.lstrip(SPACES))

    def tag(self, offset: int, start: Place) -> Place:
        """The place that stands for the start tag at a byte: where it begins; of one over several lines where the last
        of them begins, which is the line that jing, libxml2 and the editors built on them give.
        """
        tag = re.compile(START_TAG).match(self.data, offset)
        _, *more = re.split(LINE_END, tag[0]) if tag else [b""]
        return (start[0] + len(more), 1 + len(more[-1]) - len(more[-1].lstrip())) if more else start

    def tag_end(self, offset: int, start: Place) -> Place:
        """The place behind the start tag at a byte; that of the tag (``start``) where an entity is there instead."""
        tag = re.compile(START_TAG).match(self.data, offset)
        return after(start, tag[0]) if tag else start

    def is_empty_tag(self, offset: int) -> bool:
        """Whether an empty-element tag is at a byte."""
        tag = re.compile(START_TAG).match(self.data, offset)
        return tag is not None and self.data.endswith(b"/>", tag.start(), tag.end())

    def _attributes(self, namespaces: Namespaces, offset: int, start: Place) -> dict[str, Place]:
        """The places of attributes in a tag by Clark names; none where an entity is there that holds the tag."""
        found: dict[str, Place] = {}
        if self.data[offset : offset + 1] != b"<":
            return found
        place = start
        for token in re.compile(ATTRIBUTE).finditer(self.data, offset):
            if token.start(1) < 0:
                break
            place = after(place, self.data[offset : token.start(1)])
            offset = token.start(1)
            prefix, colon, local = token[1].decode("utf-8", "replace").rpartition(":")
            namespace = XML if prefix == "xml" else namespaces.get(prefix, "")
            found[f"{{{namespace}}}{local}" if colon else local] = place
        return found


def path_of(uri: str, name: str) -> Path:
    """The file an address leads to; where it leads to none, the file of that name in the working directory."""
    address = urlsplit(uri)
    return Path(unquote(address.path)).resolve() if address.scheme == "file" else Path(name).resolve()


def after(place: Place, data: bytes) -> Place:
    """The place after some more UTF-8.

    >>> after((1, 1), b"<p>"), after((1, 4), "a\\nä".encode())
    ((1, 4), (2, 2))
    """
    ends = [end.end() for end in re.finditer(LINE_END, data)]
    last = len(data[ends[-1] if ends else 0 :].decode("utf-8", "replace"))
    return (place[0] + len(ends), last + 1) if ends else (place[0], place[1] + last)


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
    if not data[:1000].strip() and not data.strip():
        raise DocumentError(str(path), "the file is empty")
    return data


def decoded(data: bytes, source: str) -> str:
    """The characters of an XML file: by byte order mark, else by its declaration, else UTF-8 (XML 1.0, appendix F).
    Raises DocumentError.
    """
    encoding = encoding_of(data)
    if DECLARED_ENCODING.match(data) and re.match(WIDE, encoding):
        place = Location(source, 1, 1)
        problem = f'declares the encoding "{encoding}", and is in another'
        found = Diagnostic(place, Severity.FATAL, "encoding-mismatch", f"the file {problem}; {SAVE_AS}", "xml")
        raise DocumentError(source, problem, SAVE_AS, found)
    return _decoded_as(data, encoding, source)


def encoding_of(data: bytes) -> str:
    """The encoding of an XML file, as its mark, its declaration or its first bytes say."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "")
    if not encoding:
        declared = DECLARED_ENCODING.match(data)
        encoding = declared[1].decode("ascii") if declared else _undeclared(data)
    return encoding


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in ("utf-8", "utf8", "utf-8-sig")


def _decoded_as(data: bytes, encoding: str, source: str) -> str:
    try:
        if codecs.lookup(encoding).name.replace("-", "_") in PYTHON_ONLY:
            raise LookupError
        return data.decode(encoding)
    except LookupError:
        raise DocumentError(source, f'declares the encoding "{encoding}", which is not known') from None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        place = Location(source, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        found = misfit(place, data[error.start], encoding)
        raise DocumentError(source, found.message.partition("; ")[0], SAVE_AS, found) from None
    except UnicodeError:
        raise DocumentError(source, f'cannot be decoded as "{encoding}"') from None


def misfit(place: Location, byte: int, encoding: str) -> Diagnostic:
    """The finding that a byte does not fit the encoding."""
    message = f'byte 0x{byte:02X} does not fit the encoding "{encoding}"; {SAVE_AS}'
    return Diagnostic(place, Severity.FATAL, "encoding-mismatch", message, "xml")


def _undeclared(data: bytes) -> str:
    """UTF-16 without a mark shows as a zero byte beside the first "<"; everything else undeclared is UTF-8."""
    if data[:2] == b"<\0":
        return "utf-16-le"
    return "utf-16-be" if data[:2] == b"\0<" else "utf-8"
