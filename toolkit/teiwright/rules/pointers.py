"""Pointers: every reference leads somewhere (TEI Guidelines #SAPTL, #SAPU for private prefixes, #SATS for XPointer).

Attributes that TEI types as pointers are looked at wherever they stand. A pointer may lead into the
document, into another file of the project, by a private prefix to either, or to the wide world; what
lies outside the project's folder is neither opened nor fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache, reduce
from pathlib import Path
from urllib.parse import unquote, urljoin

from lxml import etree

from teiwright.address import AddressError, local_file, project_folder
from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import TEI, XML_BASE, shown
from teiwright.rules.finding import finding
from teiwright.rules.pointer_attributes import EVERYWHERE, ON_SOME, OR_WORDS
from teiwright.rules.prefixes import Prefixes
from teiwright.rules.survey import Survey

# Addresses that lead out of the project by their own scheme; only a name not listed can be a private prefix.
WORLD = frozenset(
    """about ark blob cid cts data dns doi file ftp ftps geo git hdl http https imap info ipfs ipns irc ircs ldap lsid
    magnet mailto mid news ni nih nntp oai purl rtsp sftp sip sips sms ssh svn swh tag tel telnet urn view-source vnc ws
    wss xmpp zotero""".split()
)
CUSTOMIZATION = "tei"  # in customizations, "tei:4.9.0" is a release of TEI's definitions (#TDMDES)
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
RESOURCES = frozenset(("graphic", "media", "binaryObject"))
RESOURCE_FILES = tuple(
    f".{ending}"
    for ending in "jpg jpeg png gif tif tiff jp2 svg webp bmp mp3 ogg wav flac mp4 webm mov avi pdf djvu".split()
)
XML_FILES = (".xml", ".tei", ".odd")  # which have identifiers, unless they are broken
FILES_KEPT = 32  # of other files that pointers lead to: authority files are shared by many documents
MOST_GUESSES = 20
MOST_COMPARED = 5_000  # identifiers a guess chooses from
FARTHEST = 2  # characters that a likely identifier may be longer or shorter
LONGEST_GUESSED = 80  # characters
Fault = tuple[str, str]  # code and message


def check(document: Document) -> Iterator[Diagnostic]:
    """A finding for each pointer, and each part of a list of pointers, that leads nowhere."""
    resolver = Resolver(document)
    for definition, problem in resolver.prefixes.malformed:
        yield finding(document, definition, "prefix-malformed", problem)
    for element, attribute, value in pointers(document):
        for pointer in dict.fromkeys(value.split()):
            if fault := resolver.fault(pointer, element):
                code, message = fault
                yield finding(document, element, code, f'@{shown(attribute)} "{pointer}" {message}', attribute)
    for element, value in Survey.of(document).bearers.get(XML_BASE, ()):
        if not _is_address(value):
            message = f'@xml:base "{value}" is not an address'
            yield finding(document, element, "pointer-malformed", message, XML_BASE)


def pointers(document: Document) -> Iterator[tuple[etree._Element, str, str]]:
    """Each attribute of a document that TEI types as one pointer or several, but xml:base: element, name, value."""
    for attribute, bearers in Survey.of(document).bearers.items():
        if attribute in EVERYWHERE:
            if attribute != XML_BASE:
                yield from ((element, attribute, value) for element, value in bearers)
        elif some := ON_SOME.get(attribute):
            for element, value in bearers:
                local = etree.QName(element).localname
                if local in some and ((local, attribute) not in OR_WORDS or re.search("[:#/]", value)):
                    yield element, attribute, value


class Resolver:
    """What a document's pointers can lead to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ids = frozenset(Survey.of(document).ids)
        self.prefixes = Prefixes.of(document)
        self.has_bases = XML_BASE in Survey.of(document).bearers
        self.files: dict[tuple[str, tuple[str, ...]], tuple[Path | None, Fault | None]] = {}
        self.guesses: dict[str, str] = {}

    @cached_property
    def path(self) -> Path:
        """The document's own file."""
        return self.document.path

    @cached_property
    def project(self) -> Path:
        """The nearest folder above the document with a project's marks, else its own."""
        return project_folder(self.path)

    def fault(self, pointer: str, element: etree._Element) -> Fault | None:
        """What is wrong with a pointer at an element, or None."""
        if pointer.startswith("#"):
            return self._fault_of_uri(pointer, element)
        prefix, colon, rest = pointer.partition(":")
        forms = self.prefixes.forms(prefix, element) if colon else None
        if forms is None:
            return self._fault_of_uri(pointer, element)
        expanded = self.prefixes.expand(forms, rest)
        if expanded is None:
            return "pointer-prefix-mismatch", f'does not fit the pattern of the prefix "{prefix}"'
        fault = self._fault_of_uri(expanded, element) if expanded else None
        return (fault[0], f'(that is "{expanded}") {fault[1]}') if fault else None

    def _fault_of_uri(self, pointer: str, element: etree._Element) -> Fault | None:
        if self.document.is_composed and pointer[:1] == "#" and pointer[1:] in self.ids:
            return None  # the parts of one document point to each other, whatever base address each of them brings
        if pointer.startswith("#") and not (self.has_bases and _bases(element)):
            return None if pointer[1:] in self.ids else self._fault_of_fragment(pointer[1:], self.ids, "this document")
        scheme = SCHEME.match(pointer)
        if not scheme:
            return self._fault_of_file(pointer, element)
        if scheme[1].lower() in WORLD or (scheme[1] == CUSTOMIZATION and _specifies(element)):
            return None
        return (
            "pointer-prefix-undeclared",
            f'uses the prefix "{scheme[1]}", which no prefixDef declares and which is no known scheme',
        )

    def _fault_of_fragment(self, fragment: str, ids: frozenset[str], where: str) -> Fault | None:
        fragment = unquote(fragment)
        if not fragment:
            return "pointer-empty", 'names nothing; expected an identifier after "#"'
        if "(" in fragment:
            return self._fault_of_xpointer(fragment, ids, where)
        if fragment in ids:
            return None
        message = f'leads nowhere: no element of {where} has the xml:id "{fragment}"'
        return "pointer-without-target", message + self._guess(fragment, ids)

    def _fault_of_xpointer(self, fragment: str, ids: frozenset[str], where: str) -> Fault | None:
        from teiwright.rules import xpointer

        parts = xpointer.parts(fragment)
        if parts is None:
            return "pointer-malformed", 'is no XPointer; expected a scheme and balanced brackets, such as "#range(a,b)"'
        for part in parts:
            if not part.is_known:
                return "pointer-scheme-unknown", f'uses the XPointer scheme "{part.scheme}", which TEI does not define'
            for name in xpointer.identifiers(part):
                if name not in ids:
                    return self._fault_of_fragment(name, ids, where)
        return None

    def _guess(self, fragment: str, ids: frozenset[str]) -> str:
        """A likely identifier; guessing is slow, so only the first dangling pointers get one."""
        if fragment not in self.guesses:
            if len(self.guesses) >= MOST_GUESSES or len(fragment) > LONGEST_GUESSED:
                return ""
            from difflib import get_close_matches

            alike = [name for name in ids if abs(len(name) - len(fragment)) <= FARTHEST and name[:1] == fragment[:1]]
            near = get_close_matches(fragment, sorted(alike)[:MOST_COMPARED], n=1, cutoff=0.8)
            self.guesses[fragment] = f'; did you mean "#{near[0]}"?' if near else ""
        return self.guesses[fragment]

    def _fault_of_file(self, pointer: str, element: etree._Element) -> Fault | None:
        address, _, fragment = pointer.partition("#")
        bases = tuple(_bases(element)) if self.has_bases else ()
        if (address, bases) not in self.files:
            self.files[address, bases] = self._place(address, bases)
        path, fault = self.files[address, bases]
        if fault or path is None:
            return fault
        if path == self.path:
            return self._fault_of_fragment(fragment, self.ids, "this document") if fragment else None
        if not path.exists():
            return self._fault_of_absence(pointer, element)
        if not fragment:
            return None
        ids = ids_in(path)
        if ids is None:
            message = f'leads nowhere: "{path.name}" cannot be read as XML'
            return ("pointer-without-target", message) if path.suffix in XML_FILES else None
        return self._fault_of_fragment(fragment, ids, f'"{path.name}"')

    def _place(self, address: str, bases: tuple[str, ...]) -> tuple[Path | None, Fault | None]:
        """The file of an address with the xml:base values around it, innermost first; None for one on the web."""
        try:
            base = reduce(urljoin, reversed(bases), self.path.as_uri())
            named = local_file(address, base)
        except (AddressError, ValueError):  # ValueError: an xml:base that is no address
            return None, ("pointer-malformed", "is not an address that a file can have")
        path = named.resolve() if named else None
        if path and not path.is_relative_to(self.project):
            return None, ("pointer-outside-project", "leads out of the project's folder and is not followed")
        return path, None

    def _fault_of_absence(self, pointer: str, element: etree._Element) -> Fault:
        if etree.QName(element).localname in RESOURCES or pointer.partition("#")[0].lower().endswith(RESOURCE_FILES):
            return "resource-absent", "leads to a file that is not here"  # pictures are often kept elsewhere
        hint = f'; did you mean "#{pointer}"?' if pointer in self.ids else ""
        if not hint and "/" not in pointer and "." not in pointer:
            hint = f'; a pointer to an xml:id is written "#{pointer}"'
        return "pointer-without-file", f"leads to a file that does not exist{hint}"


def ids_in(path: Path) -> frozenset[str] | None:
    """The identifiers of a file, kept as long as it does not change; None where it is not XML and so has none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return _ids_in(path, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=FILES_KEPT)
def _ids_in(path: Path, _stamp: tuple[int, int]) -> frozenset[str] | None:
    try:
        return frozenset(Survey(Document.read(path)).ids)
    except DocumentError:
        return None


def _is_address(text: str) -> bool:
    try:
        return bool(urljoin("file:///", text))
    except ValueError:
        return False


def _specifies(element: etree._Element) -> bool:
    """Whether an element belongs to a customization (ODD)."""
    around = (element, *element.iterancestors(f"{{{TEI}}}*"))
    return any(etree.QName(e).localname.endswith(("Spec", "specGrp")) for e in around)


def _bases(element: etree._Element) -> list[str]:
    """The values of xml:base that hold at an element, innermost first."""
    return [e.get(XML_BASE, "") for e in (element, *element.iterancestors()) if XML_BASE in e.attrib]
