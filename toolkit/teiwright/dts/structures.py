"""How a document is cited, as ``refsDecl`` declares it (TEI Guidelines #CORS6, #SACRCS)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document, words
from teiwright.dts.patterns import Pattern, steps
from teiwright.names import TEI, XML_ID, tei

DEEPEST = 20  # levels of units
UNNAMED = "unit"  # the type of units whose declaration gives none


class CiteData(NamedTuple):
    """What is to be told of a unit: a property as the declaration names it, and the XPath of its values."""

    property: str
    use: str


class CiteStructure(NamedTuple):
    """One kind of units: its name, XPaths to its elements (from the unit above) and to the last part of an identifier, what
    stands before that part, data, and the kinds of units below.
    """

    unit: str
    match: str
    use: str
    delim: str = ""
    data: tuple[CiteData, ...] = ()
    parts: tuple[CiteStructure, ...] = ()


class Declaration(NamedTuple):
    """One way to cite a document. ``identifier`` is "" for the one that holds by default; ``namespaces`` are those of its
    XPaths by prefix.
    """

    identifier: str
    description: str
    structures: tuple[CiteStructure, ...]
    namespaces: tuple[tuple[str, str], ...] = ()


def declarations(document: Document) -> tuple[Declaration, ...]:
    """How the header says that the document is cited: the default first, which is the one that is marked so, else the
    first. Patterns for CTS count where there is no ``citeStructure``.
    """
    found = list(document.root.iterfind(f"{tei('teiHeader')}//{tei('refsDecl')}"))
    chosen = [one for one in found if one.find(tei("citeStructure")) is not None]
    chosen = chosen or [one for one in found if one.find(tei("cRefPattern")) is not None]
    chosen.sort(key=lambda one: one.get("default") not in ("true", "1"))
    return tuple(_named(made for one in chosen if (made := _declaration(one)).structures))


def _named(made: Iterator[Declaration]) -> Iterator[Declaration]:
    """The declarations with identifiers that differ, the first without one."""
    taken = {""}
    for number, one in enumerate(made, start=1):
        identifier = one.identifier or f"tree-{number}"
        while identifier in taken:
            identifier += "-"
        taken.add(identifier)
        yield one._replace(identifier="" if number == 1 else identifier)


def _declaration(element: etree._Element) -> Declaration:
    structures = tuple(_structure(one) for one in element.iterchildren(tei("citeStructure")))
    if not structures:
        patterns = [
            Pattern(one.get("n", ""), one.get("matchPattern", ""), one.get("replacementPattern", ""))
            for one in element.iterchildren(tei("cRefPattern"))
        ]
        structures = _chain(steps(patterns))
    told = element.findall(f"{tei('desc')}") or element.findall(tei("p")) or element.findall(f"*/{tei('desc')}")
    bound = {str(prefix): uri for prefix, uri in element.nsmap.items() if prefix and uri}
    namespaces = {"tei": TEI, **bound}
    name = element.get(XML_ID) or element.get("n") or ""
    return Declaration(name, " ".join(map(words, told)), structures, tuple(namespaces.items()))


def _structure(element: etree._Element, level: int = 1) -> CiteStructure:
    data = (CiteData(_property(one), _xpath(one.get("use", "."))) for one in element.iterchildren(tei("citeData")))
    return CiteStructure(
        element.get("unit") or UNNAMED,
        _xpath(element.get("match", "()")),
        _xpath(element.get("use", "()")),
        element.get("delim", ""),
        tuple(data),
        tuple(_structure(one, level + 1) for one in element.iterchildren(tei("citeStructure")) if level < DEEPEST),
    )


def _property(element: etree._Element) -> str:
    """A property's name, where it is written with a prefix of a namespace that namespace and name."""
    name = element.get("property", "").strip()
    prefix, colon, local = name.partition(":")
    namespace = element.nsmap.get(prefix) if colon and not local.startswith("//") else None
    return f"{namespace}{local}" if namespace else name


def _xpath(text: str) -> str:
    return " ".join(text.split()) or "()"


def _chain(parts: list[tuple[str, str, str]]) -> tuple[CiteStructure, ...]:
    """Kinds of units one below the other, of their names, XPaths and delimiters."""
    below: tuple[CiteStructure, ...] = ()
    for unit, match, delim in reversed(parts):
        below = (CiteStructure(unit or UNNAMED, match, "@n", delim, (), below),)
    return below
