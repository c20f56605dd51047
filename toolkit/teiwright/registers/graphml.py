"""GraphML: the network for yEd, NetworkX, igraph and R (graphml.graphdrawing.org)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml import etree

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.registers.gexf import EDGES, NODES, as_xml, written
from teiwright.registers.network import Edge, Node, network

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
OF_NODES = (("label", "string"), ("kind", "string"), ("iri", "string"), ("type", "string"), ("mentions", "int"))
OF_EDGES = (("label", "string"), ("origin", "string"), ("weight", "int"), ("mutual", "boolean"), ("when", "string"))
MAPPING = (*NODES, *EDGES)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One graph of all documents."""
    found = network(documents, options)
    spaces = cast("dict[str, str]", {None: GRAPHML})
    root = etree.Element(_name("graphml"), nsmap=spaces)
    for kind, columns in (("node", OF_NODES), ("edge", OF_EDGES)):
        for name, type in columns:
            key = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": type}
            etree.SubElement(root, _name("key"), key)
    graph = etree.SubElement(
        root, _name("graph"), id="network", edgedefault="directed" if found.is_directed else "undirected"
    )
    for node in found.nodes:
        _data(etree.SubElement(graph, _name("node"), id=node.key), "node", OF_NODES, node)
    for number, edge in enumerate(found.edges, 1):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        _data(etree.SubElement(graph, _name("edge"), ends), "edge", OF_EDGES, edge)
    return Exported(as_xml(root), found.unheld, found.messages)


def _data(element: etree._Element, kind: str, columns: Sequence[tuple[str, str]], one: Node | Edge) -> None:
    for name, _ in columns:
        if (value := str(getattr(one, name))) != "":
            etree.SubElement(element, _name("data"), key=f"{kind}-{name}").text = written(value)


def _name(local: str) -> str:
    return f"{{{GRAPHML}}}{local}"
