"""The package of the page, cut to the documents at hand: what none of them has is not compiled.

Compiling all of html.xsl takes longer than a small document's page. So the first document of a process gets the
modules that its elements need, and any later one that needs others gets the whole.
"""

from __future__ import annotations

import functools
import re

from lxml import etree

from teiwright import assets
from teiwright.document import Document
from teiwright.processor import CompiledStylesheet, Parameter, compile_stylesheet

PACKAGE = "html.xsl"
NONE = "-"  # no element's name; a static parameter that is empty would be the default
ALL = "*"  # the value of the parameter "present" for documents with any elements
CONDITION = re.compile(r"use-when=\"\$present = \(([^)]*)\)\"")

_first: dict[tuple[bool, bool], frozenset[str]] = {}  # what the first document needs, for each kind of page


def page_package(document: Document, is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
    """The package that makes a page of this document. A traced page says where everything comes from; one that is not
    whole has only the title, the text and its notes. Raises StylesheetError.
    """
    needed = _needed(document)
    served = _first.setdefault((is_traced, is_whole), needed)
    present = tuple(sorted(served)) if needed <= served else (ALL,)
    parameters: dict[str, Parameter] = {"present": present or (NONE,), "traced": is_traced, "whole": is_whole}
    return compile_stylesheet(assets.folder("xslt") / PACKAGE, parameters_static=parameters)


def _needed(document: Document) -> frozenset[str]:
    """Those of a document's elements, in any namespace, that a module of the package is there for."""
    names = {str(element.tag) for element in document.tree.iter(etree.Element)}
    return conditional() & {name.rpartition("}")[2] for name in names}


@functools.cache
def conditional() -> frozenset[str]:
    """The elements that some module of the package is only there for."""
    package = (assets.folder("xslt") / PACKAGE).read_text(encoding="utf-8")
    return frozenset(name for names in CONDITION.findall(package) for name in re.findall(r"'(\w+)'", names))
