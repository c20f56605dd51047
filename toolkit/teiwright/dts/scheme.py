"""How a document is cited that does not say so: by its divisions and what stands in them.

Units are texts in a ``group``, divisions (``div``, ``div1`` to ``div7``), and the blocks in them: paragraphs, speeches,
stanzas, lines, entries and the like. A unit is called by the first of these that all units of its name in the same place
have, each another: ``@n``; ``@xml:id``, which then is the whole identifier; else its name and number ("p4"). Parts of an
identifier are joined by full stops. What has no text is no unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lxml import etree

from teiwright.document import Document, words
from teiwright.dts.resolving import Datum, Found
from teiwright.dts.structures import DEEPEST, CiteStructure
from teiwright.names import TEI, XML_ID, XML_LANG, tei

TITLE = "http://purl.org/dc/terms/title"
DIVISIONS = frozenset(("div", *(f"div{level}" for level in range(1, 8))))
HOLDERS = frozenset(("text", *DIVISIONS))
BLOCKS = frozenset(
    (
        *(
            "p",
            "ab",
            "lg",
            "l",
            "sp",
            "stage",
            "u",
            "list",
            "table",
            "figure",
            "quote",
            "cit",
            "epigraph",
            "postscript",
        ),
        *("entry", "entryFree", "superEntry", "listBibl", "msDesc"),
    )
)
INSIDE = {  # units in blocks
    "sp": frozenset(("p", "ab", "lg", "l")),
    "lg": frozenset(("lg", "l")),
    "superEntry": frozenset(("entry",)),
    "list": frozenset(("item",)),
}
TRANSPARENT = frozenset(("front", "body", "back", "group", "spGrp", "argument"))
SEPARATOR = "."


def units(document: Document) -> tuple[Found, ...]:
    """The units of a document in its order, each before those in it."""
    root = document.root.find(tei("text"))
    if root is None:
        return ()
    numbers = {element: number for number, element in enumerate(document.elements())}
    found: list[Found] = []
    waiting = _called(root, 1)
    while waiting:
        unit, element = waiting.pop()
        found.append(unit._replace(element=numbers[element], data=tuple(_title(element))))
        if unit.level < DEEPEST:
            waiting += _called(element, unit.level + 1)
    return tuple(found)


def structures(found: Sequence[Found]) -> tuple[CiteStructure, ...]:
    """What kinds of units there are below which, each once and in the order in which they come."""
    kinds: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    path: list[str] = []
    for unit in found:
        del path[unit.level - 1 :]
        kinds[tuple(path)][unit.kind] = None
        path.append(unit.kind)
    return _structures((), kinds)


def _structures(path: tuple[str, ...], kinds: dict[tuple[str, ...], dict[str, None]]) -> tuple[CiteStructure, ...]:
    return tuple(CiteStructure(kind, "", "", parts=_structures((*path, kind), kinds)) for kind in kinds.get(path, ()))


def _called(element: etree._Element, level: int) -> list[tuple[Found, etree._Element]]:
    """The next units in an element with what they are called, the last first."""
    below = defaultdict(list)
    order = list(_below(element))
    for one in order:
        below[_name(one)].append(one)
    parts = {one: part for name, same in below.items() for one, part in zip(same, _parts(name, same), strict=True)}
    delim = SEPARATOR if level > 1 else ""
    return [(Found(level, _kind(one), delim, parts[one][0], 0, is_whole=parts[one][1]), one) for one in reversed(order)]


def _parts(name: str, same: Sequence[etree._Element]) -> list[tuple[str, bool]]:
    """The last part of the identifier of each of several elements of one name in one place, and whether it is all of it."""
    for attribute, is_whole in (("n", False), (XML_ID, True)):
        values = [(one.get(attribute) or "").strip() for one in same]
        if all(values) and len(set(values)) == len(values):
            return [(value, is_whole) for value in values]
    return [(f"{name}{number}", False) for number in range(1, len(same) + 1)]


def _below(element: etree._Element) -> Iterator[etree._Element]:
    """The next units in an element."""
    name = _name(element)
    wanted = HOLDERS | BLOCKS if name in HOLDERS else INSIDE.get(name, frozenset())
    waiting = [element.iterchildren(etree.Element)] if wanted else []
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif (local := _name(child)) in wanted:
            if _has_text(child):
                yield child
        elif local in TRANSPARENT:
            waiting.append(child.iterchildren(etree.Element))


def _has_text(element: etree._Element) -> bool:
    return any(not str(text).isspace() for text in element.itertext(etree.Element))


def _kind(element: etree._Element) -> str:
    """The type of a unit: of a division the one it states."""
    name = _name(element)
    return element.get("type") or name if name in HOLDERS else name


def _title(element: etree._Element) -> Iterator[Datum]:
    """A unit's heading."""
    head = element.find(tei("head"))
    if head is not None and (title := words(head)):
        yield Datum(TITLE, title, next((str(one.get(XML_LANG)) for one in _upwards(head) if one.get(XML_LANG)), ""))


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _name(element: etree._Element) -> str:
    """The local name of an element of TEI's; "" of another."""
    namespace, _, local = str(element.tag).rpartition("}")
    return local if namespace == f"{{{TEI}" else ""
