"""What records are called in every format: the same key and the same IRI wherever they go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from teiwright.document import Document, words
from teiwright.names import XML_ID, tei
from teiwright.plan import distinct_names

ADDRESSES = ("url", "uri", "purl", "permalink", "doi", "handle", "hdl", "urn")  # types of idno, the best first
RESOLVERS = {"doi": "https://doi.org/", "handle": "https://hdl.handle.net/", "hdl": "https://hdl.handle.net/"}
STEM = re.compile(r"(doi:|hdl:|info:(?:doi|hdl)/)?(10\.\d{4,9}/\S+|\d[\d.]*/\S+)")  # a DOI or a handle without resolver
NAME = re.compile(r"https?://.+|urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:[^#]+")  # an address that a text can be known by
# Absolute, of characters that no syntax takes for its end (RFC 3987, 2.2; private characters only name nothing in common).
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]+")
ESCAPES = re.compile(r"%(?![0-9A-Fa-f]{2})")
SCHEMES = ("http", "https", "urn", "doi", "info", "ark", "hdl", "ftp", "tag")
UNRESERVED = "-._~"  # beside letters and digits (RFC 3986, 2.3)
ENDINGS = ("/", "#", "=", ":")  # with which a base needs nothing between itself and a name


class Identity:
    """Keys and IRIs of some documents that are exported together."""

    def __init__(self, documents: Sequence[Document], base: str = "") -> None:
        self._names = _names(documents)
        self._homes = _homes(base, self._names)
        self._fragments = {document: dict(_identified(document)) for document in self._names}
        self._keys = dict(_keys(self._names, self._fragments))
        self._taken = frozenset(self._keys.values())
        self._ordinals: dict[tuple[Document, str], dict[etree._Element, str]] = {}

    @classmethod
    def of(cls, documents: Sequence[Document], base: str = "") -> Identity:
        """That of some documents; ``base`` is the IRI under which the project publishes, "" where it states none."""
        return cls(documents, base)

    def name(self, document: Document) -> str:
        """What tells a document from the others: its file's name without the extension, as far as that does."""
        return self._names[document]

    def key(self, document: Document, element: etree._Element) -> str:
        """An element's name among all that is exported: its xml:id. Where another document has that id too, the name of
        its own stands before it; an element without xml:id is called by its own name and its number in the document.

        >>> one = Document.parse('<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a"><p/></TEI>', "one.xml")
        >>> Identity.of([one]).key(one, one.root), Identity.of([one]).key(one, one.root[0])
        ('a', 'p-1')
        """
        if element in self._keys:
            return self._keys[element]
        fragment = self.fragment(document, element)
        return fragment if len(self._names) == 1 else _free(f"{self._names[document]}-{fragment}", self._taken)

    def iri_of(self, document: Document) -> str:
        """A document's IRI: its name under the base; without a base the address that it states itself
        (publicationStmt/idno), else a URN that its name, titles and identifiers make.
        """
        return self._homes[document]

    def iri(self, document: Document, element: etree._Element) -> str:
        """An element's IRI: the document's with its id as fragment."""
        home = self.iri_of(document)
        return f"{home}{'/' if '#' in home else '#'}{quote(self.fragment(document, element), safe=UNRESERVED)}"

    def fragment(self, document: Document, element: etree._Element) -> str:
        """An element's name in its own document."""
        identified = self._fragments[document]
        if element in identified:
            return identified[element]
        name = _local(element)
        if (document, name) not in self._ordinals:
            taken = frozenset(identified.values())
            numbered = enumerate(_alike(document, name), 1)
            self._ordinals[document, name] = {one: _free(f"{name}-{number}", taken) for number, one in numbered}
        return self._ordinals[document, name][element]


def _names(documents: Sequence[Document]) -> dict[Document, str]:
    """A name for each document; those of one path, or without a path, are told apart by a number."""
    paths = [document.path for document in documents]
    by_path = distinct_names(paths)
    taken: set[str] = set()
    names = {}
    for document, path in zip(documents, paths, strict=True):
        name, number = by_path[path] or "document", 1
        while (numbered := name if number == 1 else f"{name}-{number}") in taken:
            number += 1
        taken.add(numbered)
        names[document] = numbered
    return names


def _homes(base: str, names: Mapping[Document, str]) -> dict[Document, str]:
    if base:
        joint = base if base.endswith(ENDINGS) else f"{base}/"
        return {document: joint + quote(name, safe=UNRESERVED) for document, name in names.items()}
    stated = {document: next(addresses(document), "") for document in names}
    counts = Counter(stated.values())
    return {one: home if home and counts[home] == 1 else _urn(one, names[one]) for one, home in stated.items()}


def _keys(
    names: Mapping[Document, str], fragments: Mapping[Document, Mapping[etree._Element, str]]
) -> Iterator[tuple[etree._Element, str]]:
    """The elements with an id and what they are called among all."""
    counts = Counter(fragment for own in fragments.values() for fragment in own.values())
    taken = {fragment for fragment, count in counts.items() if count == 1}
    for document, own in fragments.items():
        for element, fragment in own.items():
            key = fragment if counts[fragment] == 1 else _free(f"{names[document]}-{fragment}", taken)
            taken.add(key)
            yield element, key


def addresses(document: Document) -> Iterator[str]:
    """The addresses that a document states as its own, the best first (TEI Guidelines #HD24). The home page of a site,
    which some give as that of the publisher, is none.
    """
    path = "/".join(map(tei, ("teiHeader", "fileDesc", "publicationStmt", "idno")))
    found = document.root.findall(path)
    ranked = [one for one in found if (one.get("type") or "").lower() in ADDRESSES]
    for idno in sorted(ranked, key=lambda one: ADDRESSES.index((one.get("type") or "").lower())):
        if address := _address((idno.get("type") or "").lower(), words(idno)):
            yield address


def is_address(value: str) -> bool:
    """Whether something can be an IRI in every format: one that a program follows or keeps, not one that it runs.

    >>> is_address("https://example.org/a"), is_address("https://example.org/a> . <b"), is_address("javascript:alert(1)")
    (True, False, False)
    """
    if not IRI.fullmatch(value) or ESCAPES.search(value):
        return False
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    scheme = parts.scheme.lower()
    return scheme in SCHEMES and (not scheme.startswith("http") or bool(parts.hostname))


def _address(kind: str, value: str) -> str:
    """An identifier as an address; "" where it is none.

    >>> _address("doi", "10.1000/182"), _address("url", "https://example.org"), _address("url", "https://example.org/a b")
    ('https://doi.org/10.1000/182', '', '')
    """
    if kind in RESOLVERS and (bare := STEM.fullmatch(value)):
        value = RESOLVERS[kind] + bare[2]
    if not (NAME.fullmatch(value) and is_address(value)):
        return ""
    parts = urlsplit(value)
    return value if parts.scheme.lower() == "urn" or parts.path.strip("/") or parts.query else ""


def _urn(document: Document, name: str) -> str:
    """A name-based UUID (RFC 9562, 5.5): the same file and header give the same one, whatever is changed in the text."""
    header = document.root.find(tei("teiHeader"))
    stated = [] if header is None else [words(one) for one in header.iter(tei("title"), tei("idno"))]
    return uuid5(NAMESPACE_URL, "\n".join((name, *stated))).urn


def _identified(document: Document) -> Iterator[tuple[etree._Element, str]]:
    """The elements with an id and what they are called by it; where one is used twice, the later ones are numbered."""
    found = [(element, value) for element in document.elements() if (value := element.get(XML_ID))]
    taken = {value for _, value in found}
    seen: Counter[str] = Counter()
    for element, value in found:
        seen[value] += 1
        name = value if seen[value] == 1 else _free(f"{value}-{seen[value]}", taken)
        taken.add(name)
        yield element, name


def _local(element: etree._Element) -> str:
    """An element's name without namespace, for a number to stand behind: a hyphen parts what follows."""
    return str(element.tag).rpartition("}")[2].replace("-", "_")


def _alike(document: Document, name: str) -> Iterator[etree._Element]:
    """The elements of a name, in the order of the document."""
    if "_" not in name:
        return document.tree.iter(f"{{*}}{name}")
    return (one for one in document.elements() if _local(one) == name)


def _free(name: str, taken: frozenset[str] | set[str]) -> str:
    """A name, with as many signs behind it as it takes to be none of the taken ones."""
    while name in taken:
        name += "_"
    return name
