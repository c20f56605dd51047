"""Customizations of TEI: an ODD and TEI's definitions compiled to RELAX NG, W3C XML Schema and Schematron.

    customization = Customization.read("schemas/lenin.odd", source="p5subset.xml")
    for name, text in customization.compile().files("lenin").items(): ...

TEI Guidelines #TD (the language), #IM-unified (what a processor of it does). RELAX NG is what is meant;
where W3C XML Schema cannot say as much, a note tells how much wider it is.
"""

from __future__ import annotations

from teiwright.customization.compiling import Compiled, Customization
from teiwright.customization.stamp import stale

__all__ = ["Compiled", "Customization", "stale"]
