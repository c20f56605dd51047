"""Triples in the syntaxes that pyoxigraph writes, with the prefixes of the profile."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pyoxigraph
from pyoxigraph import RdfFormat

from teiwright.linked.vocabulary import PREFIXES, Triple


def turtle(found: Iterable[Triple]) -> bytes:
    """RDF 1.1 Turtle (W3C, 2014): triples that stand together and have the subject in common share it."""
    return _written(found, RdfFormat.TURTLE)


def ntriples(found: Iterable[Triple]) -> bytes:
    """RDF 1.1 N-Triples (W3C, 2014): one a line."""
    return _written(found, RdfFormat.N_TRIPLES)


def rdfxml(found: Iterable[Triple]) -> bytes:
    """RDF 1.1 XML Syntax (W3C, 2014). pyoxigraph writes a carriage return as it is, of which a reader of XML makes a line
    feed (XML 1.0, 2.11): only words can have one, for its own lines end otherwise.
    """
    return _written(found, RdfFormat.RDF_XML).replace(b"\r", b"&#13;")


def _written(found: Iterable[Triple], syntax: RdfFormat) -> bytes:
    content = BytesIO()
    pyoxigraph.serialize((pyoxigraph.Triple(*one) for one in found), content, syntax, prefixes=PREFIXES)
    return content.getvalue()
