"""The triples of some documents as RDF/XML."""

from __future__ import annotations

from collections.abc import Sequence

from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options
from teiwright.linked.graph import MAPPING, exported
from teiwright.linked.syntax import rdfxml

__all__ = ["MAPPING", "export"]


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One graph of all documents."""
    return exported(documents, options, rdfxml)
