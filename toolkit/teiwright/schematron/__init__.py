"""ISO Schematron (ISO/IEC 19757-3:2020) with XPath 3.1: a schema becomes one XSLT stylesheet, run once over a document.

Three stations: ``source.py`` reads a schema and resolves what it borrows; ``transpile.py`` writes the stylesheet;
``schema.py`` runs it and turns what it says into diagnostics.
"""

from teiwright.schematron.schema import Schematron

__all__ = ["Schematron"]
