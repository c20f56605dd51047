"""GEXF 1.3: the network for Gephi (gexf.net)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml import etree

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.mapping import Row
from teiwright.registers.network import Edge, Network, Node, network

GEXF = "http://gexf.net/1.3"
OF_NODES = (("kind", "string"), ("iri", "string"), ("type", "string"), ("mentions", "integer"))
OF_EDGES = (("origin", "string"), ("mutual", "boolean"), ("when", "string"))


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One graph of all documents."""
    found = network(documents, options)
    spaces = cast("dict[str, str]", {None: GEXF})
    root = etree.Element(_name("gexf"), nsmap=spaces, version="1.3")
    meta = etree.SubElement(root, _name("meta"), lastmodifieddate=options.moment.date().isoformat())
    etree.SubElement(meta, _name("creator")).text = "teiwright"
    etree.SubElement(meta, _name("description")).text = "Who is tied to whom, and named with whom"
    _graph(etree.SubElement(root, _name("graph"), mode="static", defaultedgetype=_direction(found.is_directed)), found)
    return Exported(as_xml(root), found.unheld, found.messages)


def written(value: str) -> str:
    """A value as XML Schema has it: truth in small letters."""
    return value.lower() if value in ("True", "False") else value


def as_xml(root: etree._Element) -> str:
    """A tree as a file in UTF-8."""
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def _graph(graph: etree._Element, found: Network) -> None:
    for kind, columns in (("node", OF_NODES), ("edge", OF_EDGES)):
        declared = etree.SubElement(graph, _name("attributes"), {"class": kind})
        for name, type in columns:
            etree.SubElement(declared, _name("attribute"), id=f"{kind}-{name}", title=name, type=type)
    nodes, edges = (etree.SubElement(graph, _name(name)) for name in ("nodes", "edges"))
    for one in found.nodes:
        _values(etree.SubElement(nodes, _name("node"), id=one.key, label=one.label), "node", OF_NODES, one)
    for number, edge in enumerate(found.edges, 1):
        _values(etree.SubElement(edges, _name("edge"), _ends(edge, number, found.is_directed)), "edge", OF_EDGES, edge)


def _direction(is_directed: bool) -> str:
    return "directed" if is_directed else "undirected"


def _ends(edge: Edge, number: int, is_directed: bool) -> dict[str, str]:
    return {
        "id": f"e{number}",
        "source": edge.source,
        "target": edge.target,
        "type": _direction(is_directed),
        "label": edge.label,
        "weight": str(edge.weight),
    }


def _values(element: etree._Element, kind: str, columns: Sequence[tuple[str, str]], one: Node | Edge) -> None:
    values = etree.SubElement(element, _name("attvalues"))
    for name, _ in columns:
        if (value := str(getattr(one, name))) != "":
            etree.SubElement(values, _name("attvalue"), {"for": f"{kind}-{name}", "value": written(value)})


def _name(local: str) -> str:
    return f"{{{GEXF}}}{local}"


NODES = (
    Row(
        "person, personGrp, org, place, event, biblStruct, msDesc",
        "node",
        "of these registers that the parameter kinds names, else of all",
    ),
    Row("@xml:id", "node: id, iri", "where several documents share one, the file's name stands before it"),
    Row("persName, placeName, orgName, eventName, title of a record", "node: label", "the chief one"),
    Row("@type of a record", "node: type"),
    Row("text//*[@ref or @key or @who or @source]", "node: mentions", "how many"),
)
EDGES = (
    Row("relation/@active, @passive", "edge: label, when", "one for each pair; origin relation"),
    Row("relation/@mutual", "edge: label, when, mutual", "one for each pair; origin relation"),
    Row(
        "birth, death, residence, affiliation … that point at a record",
        "edge: birthPlace, deathPlace …",
        "origin record",
    ),
    Row("event/@where, place/place", "edge: location, partOf", "origin record"),
    Row(
        "text//p (lg, head, note, item …)",
        "edge: weight, mutual",
        "in how many paragraphs both are named; origin mentions",
    ),
    Row("text//sp/@who", "edge: weight, mutual", "in how many scenes both speak"),
    Row("paragraphs that name more than 40", "", "a list is no company"),
    Row("relation to something without a record", "", "unless it has an address on the web: that is a node external"),
)
MAPPING = (*NODES, *EDGES)
