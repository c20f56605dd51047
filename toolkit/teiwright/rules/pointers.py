"""Pointers: every reference leads somewhere (TEI Guidelines #SAPTL, #SAPU for private prefixes).

Attributes that TEI types as pointers are looked at wherever they stand. A pointer may lead into the
document, into another file of the project, by a private prefix to either, or to the wide world; what
lies outside the project's folder is neither opened nor fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from lxml import etree

from teiwright.address import AddressError, local_file, project_folder
from teiwright.diagnostic import Diagnostic, Severity
from teiwright.document import Document, attributes
from teiwright.errors import DocumentError
from teiwright.names import TEI, XML_BASE, XML_ID, shown
from teiwright.rules.prefixes import Prefixes

ORIGIN = "rules.pointers"

# Attributes of type teidata.pointer, from the attribute classes (every element that has the attribute).
EVERYWHERE = frozenset(
    """adj adjFrom adjTo ana calendar change children copyOf corresp datingMethod datingPoint decls domains edRef end
    exclude fVal facs feats follow fromUnit given hand inst lemmaRef mutual mergedIn next nymRef origin parent parts
    perf period prev ref rendition replyTo resp sameAs scribeRef scriptRef select since source spanTo synch target
    targetEnd toUnit toWhom unitRef url who wit""".split()
)
# Attributes that are pointers on some elements and other things on others.
ON_SOME = {
    "active": {"relation"},
    "class": {"msItem", "msContents"},
    "code": {"occupation", "socecStatus"},
    "from": {"app", "arc", "rt", "span"},
    "new": {"handShift"},
    "passive": {"relation"},
    "scheme": {"catRef", "classCode", "keywords", "locus", "locusGrp", "occupation", "socecStatus"},
    "start": {"u", "incident", "kinesic", "pause", "shift", "vocal", "writing", "surface", "zone"},
    "to": {"app", "arc", "rt", "span"},
    "value": {"eLeaf", "eTree", "iNode", "leaf", "node", "root", "triangle"},
    "where": {"event", "move"},
}
# Customizations point with these into TEI's own definitions, not into the edition.
NOT_POINTERS = {("schemaSpec", "source"), ("moduleRef", "url"), ("dataRef", "ref")}

# Addresses that lead out of the project by their own scheme; only a name not listed can be a private prefix.
WORLD = frozenset("http https ftp mailto urn doi info tag ark hdl data file oai geo tel purl cts".split())
RESOURCES = frozenset(("graphic", "media", "binaryObject"))
MOST_GUESSES = 20
MOST_COMPARED = 5_000  # identifiers a guess chooses from
FARTHEST = 2  # characters that a likely identifier may be longer or shorter
LONGEST_GUESSED = 80  # characters


def check_pointers(document: Document) -> Iterator[Diagnostic]:
    """A finding for each pointer, and each part of a list of pointers, that leads nowhere."""
    resolver = Resolver.of(document)
    for definition, problem in resolver.prefixes.malformed:
        yield Diagnostic(document.location(definition), Severity.ERROR, "prefix-malformed", problem, ORIGIN)
    for element in document.elements():
        if etree.QName(element).namespace != TEI:
            continue
        for attribute, value in attributes(element):
            if not is_pointer(element, attribute):
                continue
            for pointer in dict.fromkeys(value.split()):
                if fault := resolver.fault(pointer, element):
                    code, severity, message = fault
                    place = document.location(element, attribute)
                    yield Diagnostic(place, severity, code, f'@{shown(attribute)} "{pointer}" {message}', ORIGIN)


def is_pointer(element: etree._Element, attribute: str) -> bool:
    """Whether TEI types this attribute of this element as a pointer."""
    local = etree.QName(element).localname
    if (local, attribute) in NOT_POINTERS:
        return False
    return attribute in EVERYWHERE or local in ON_SOME.get(attribute, ())


Fault = tuple[str, Severity, str]


@dataclass(frozen=True)
class Resolver:
    """What a document's pointers can lead to."""

    document: Document
    ids: frozenset[str]
    prefixes: Prefixes
    project: Path
    others: dict[Path, frozenset[str] | None] = field(default_factory=dict)
    guesses: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Resolver:
        """The resolver of a document; its project is the nearest folder above with a project's marks, else its own."""
        return cls(document, _ids(document), Prefixes.of(document), project_folder(document.path))

    def fault(self, pointer: str, element: etree._Element) -> Fault | None:
        """What is wrong with a pointer at an element, or None."""
        prefix, colon, rest = pointer.partition(":")
        if colon and prefix in self.prefixes.known:
            expanded = self.prefixes.expand(prefix, rest)
            if expanded is None:
                return "pointer-prefix-mismatch", Severity.ERROR, f'does not fit the pattern of the prefix "{prefix}"'
            if not expanded:
                return None
            fault = self._fault_of_uri(expanded, element)
            return (fault[0], fault[1], f'(that is "{expanded}") {fault[2]}') if fault else None
        return self._fault_of_uri(pointer, element)

    def _fault_of_uri(self, pointer: str, element: etree._Element) -> Fault | None:
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", pointer)
        if scheme:
            if scheme[1].lower() in WORLD:
                return None
            return (
                "pointer-prefix-undeclared",
                Severity.WARNING,
                f'uses the prefix "{scheme[1]}", which no prefixDef declares and which is no known scheme',
            )
        if pointer.startswith("#") and not _bases(element):
            return self._fault_of_fragment(pointer[1:], self.ids, "this document")
        return self._fault_of_file(pointer, element)

    def _fault_of_fragment(self, fragment: str, ids: frozenset[str], where: str) -> Fault | None:
        fragment = unquote(fragment)
        if not fragment:
            return "pointer-empty", Severity.ERROR, 'names nothing; expected an identifier after "#"'
        if "(" in fragment or fragment in ids:  # an XPointer scheme (#SATS) is more than an identifier
            return None
        message = f'leads nowhere: no element of {where} has the xml:id "{fragment}"'
        return "pointer-without-target", Severity.ERROR, message + self._guess(fragment, ids)

    def _guess(self, fragment: str, ids: frozenset[str]) -> str:
        """A likely identifier; guessing is slow, so only the first dangling pointers get one."""
        if fragment not in self.guesses:
            if len(self.guesses) >= MOST_GUESSES or len(fragment) > LONGEST_GUESSED:
                return ""
            alike = [name for name in ids if abs(len(name) - len(fragment)) <= FARTHEST and name[:1] == fragment[:1]]
            near = get_close_matches(fragment, alike[:MOST_COMPARED], n=1, cutoff=0.8)
            self.guesses[fragment] = f'; did you mean "#{near[0]}"?' if near else ""
        return self.guesses[fragment]

    def _fault_of_file(self, pointer: str, element: etree._Element) -> Fault | None:
        try:
            named = local_file(pointer, _base(element, self.document.path.as_uri()))
        except (AddressError, ValueError):  # ValueError: an xml:base that is no address
            return "pointer-malformed", Severity.ERROR, "is not an address that a file can have"
        if named is None:
            return None
        path, fragment = named.resolve(), urldefrag(pointer).fragment
        if not path.is_relative_to(self.project):
            return "pointer-outside-project", Severity.WARNING, "leads out of the project's folder and is not followed"
        if path == self.document.path:
            return self._fault_of_fragment(fragment, self.ids, "this document") if fragment else None
        if not path.exists():
            return self._fault_of_absence(pointer, element)
        if not fragment or (ids := self._ids_of(path)) is None:
            return None
        return self._fault_of_fragment(fragment, ids, f'"{path.name}"')

    def _fault_of_absence(self, pointer: str, element: etree._Element) -> Fault:
        if etree.QName(element).localname in RESOURCES:  # pictures are often kept elsewhere
            return "resource-absent", Severity.WARNING, "leads to a file that is not here"
        hint = f'; did you mean "#{pointer}"?' if pointer in self.ids else ""
        if not hint and "/" not in pointer and "." not in pointer:
            hint = f'; a pointer to an xml:id is written "#{pointer}"'
        return "pointer-without-file", Severity.ERROR, f"leads to a file that does not exist{hint}"

    def _ids_of(self, path: Path) -> frozenset[str] | None:
        """The identifiers of another file; None where it is not XML and so has none."""
        if path not in self.others:
            try:
                self.others[path] = _ids(Document.read(path))
            except DocumentError:
                self.others[path] = None
        return self.others[path]


def _ids(document: Document) -> frozenset[str]:
    return frozenset(" ".join(value.split()) for e in document.elements() if (value := e.get(XML_ID)) is not None)


def _base(element: etree._Element, base: str) -> str:
    for step in reversed(_bases(element)):
        base = urljoin(base, step)
    return base


def _bases(element: etree._Element) -> list[str]:
    return [e.get(XML_BASE, "") for e in (element, *element.iterancestors()) if XML_BASE in e.attrib]
