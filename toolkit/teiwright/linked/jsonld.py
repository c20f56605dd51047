"""The triples of some documents as JSON-LD 1.1: a node of the graph is a line, its context stands in the file.

rdflib writes it: pyoxigraph's JSON-LD has neither a context nor ``@type``, by which programs of JSON choose.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from operator import itemgetter

from pyoxigraph import NamedNode
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.serializers.jsonld import from_rdf
from rdflib.plugins.shared.jsonld.context import Context

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.linked.graph import MAPPING, exported
from teiwright.linked.vocabulary import PREFIXES, Node, Triple

__all__ = ["MAPPING", "export"]

CONTEXT = Context(PREFIXES)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One graph of all documents."""
    return exported(documents, options, _written)


def _written(found: Iterable[Triple]) -> bytes:
    content = BytesIO()
    content.write(f'{{"@context": {json.dumps(PREFIXES, indent=1)},\n"@graph": ['.encode())
    for number, (_, said) in enumerate(groupby(found, itemgetter(0))):
        content.write(f"{',' if number else ''}\n{json.dumps(_node(said), ensure_ascii=False)}".encode())
    content.write(b"\n]}\n")
    return content.getvalue()


def _node(said: Iterable[Triple]) -> dict[str, object]:
    """What is said of one thing: without blank nodes each can be written by itself, and a small graph keeps its order."""
    graph = Graph("SimpleMemory", bind_namespaces="none")
    for subject, property, value in said:
        graph.add((URIRef(subject.value), URIRef(property.value), _term(value)))
    node: dict[str, object] = from_rdf(graph, CONTEXT)  # type: ignore[no-untyped-call]  # rdflib says no types there
    del node["@context"]
    return node


def _term(node: Node) -> URIRef | Literal:
    if isinstance(node, NamedNode):
        return URIRef(node.value)
    if node.language:
        return Literal(node.value, lang=node.language)
    return Literal(node.value, datatype=URIRef(node.datatype.value), normalize=False)
