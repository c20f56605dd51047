"""Who is tied to whom, as nodes and edges: what the formats of graphs write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Options, Unheld
from teiwright.registers.collection import Collection
from teiwright.registers.register import REGISTERS
from teiwright.registers.relations import company
from teiwright.spelling import hint

NAMED = "named together"
ORIGINS = ("relation", "record", "mentions")
CROWDED = "names too many to be company; more than 40 are a list"


class Node(NamedTuple):
    """An entity, or what a relation names on the web (``kind`` "external")."""

    key: str
    label: str
    kind: str
    iri: str
    type: str
    mentions: int


class Edge(NamedTuple):
    """A tie; a mutual one has no direction. ``weight``: how many paragraphs name both, 1 for a relation; ``origin`` one of ORIGINS."""

    source: str
    target: str
    label: str
    origin: str
    mutual: bool
    weight: int
    when: str


class Network(NamedTuple):
    """Nodes, edges between them, and what could not be held."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    unheld: tuple[Unheld, ...]
    messages: tuple[str, ...]

    @property
    def is_directed(self) -> bool:
        """Whether any edge leads from one to another. Programs read graphs of one kind only: then all do."""
        return not all(edge.mutual for edge in self.edges)


def network(documents: Sequence[Document], options: Options) -> Network:
    """The network of some documents; of some registers or ties only where the parameters "kinds" and "ties" name them,
    parted by commas. Raises ExchangeError for a register or tie that there is not.
    """
    collection = Collection(documents, options)
    wanted, ties = _wanted(options, "kinds", REGISTERS), _wanted(options, "ties", ORIGINS)
    nodes = {
        entity.key: Node(
            entity.key,
            entity.called,
            entity.kind,
            entity.iri,
            entity.type,
            collection.counts[entity.number],
        )
        for entity in collection.entities
        if entity.kind in wanted
    }
    edges = list(_stated(collection, nodes, ties))
    together, crowds = company(collection.mentions, {one.number for one in collection.entities if one.key in nodes})
    edges += [
        Edge(collection.entities[one].key, collection.entities[other].key, NAMED, "mentions", True, count, "")
        for (one, other), count in sorted(together.items())
        if "mentions" in ties
    ]
    places = [crowd.document.location(crowd.element) for crowd in crowds]
    unheld = [*_unheld(collection), *(Unheld(place.xpath, place, CROWDED) for place in places)]
    return Network(tuple(nodes.values()), tuple(edges), tuple(unheld), collection.messages)


def _wanted(options: Options, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """What a parameter asks for; all where it is not there. Raises ExchangeError."""
    asked = [one.strip() for one in options.parameters.get(name, "").split(",") if one.strip()]
    for one in asked:
        if one not in known:
            raise ExchangeError(name, f'"{one}" is unknown', hint(one, known) or f"expected {', '.join(known)}")
    return tuple(asked) or known


def _stated(collection: Collection, nodes: dict[str, Node], ties: tuple[str, ...]) -> Iterator[Edge]:
    for one in collection.relations:
        origin = "relation" if one.is_stated else "record"
        if origin not in ties:
            continue
        source, target = (_end(collection, key, nodes) for key in (one.source, one.target))
        if source is not None and target is not None:
            yield Edge(source, target, one.name, origin, one.mutual, 1, one.when.edtf if one.when else "")


def _end(collection: Collection, key: str, nodes: dict[str, Node]) -> str | None:
    """The node that an end of a relation is; a new one for what is elsewhere on the web, None for what is not asked for."""
    if entity := collection.entity(key):
        return entity.key if entity.key in nodes else None
    if not key.startswith("http"):
        return None
    address = collection.address(key)
    nodes.setdefault(address, Node(address, address, "external", address, "", 0))
    return address


def _unheld(collection: Collection) -> list[Unheld]:
    """Relations to what is neither recorded nor on the web."""
    return [
        Unheld(f"relation {one.name}", one.document.location(one.element), "ends at something that no register has")
        for one in collection.relations
        for key in (one.source, one.target)
        if collection.entity(key) is None and not key.startswith("http")
    ]
