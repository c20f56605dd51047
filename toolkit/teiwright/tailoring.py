"""The package of the page, cut to the documents at hand: what none of them has is not compiled.

Compiling all of html.xsl takes longer than a small document's page. So the first document of a process gets what its
elements and attributes need, and any later one that needs more gets the whole.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from lxml import etree

from teiwright import assets
from teiwright.document import Document
from teiwright.processor import CompiledStylesheet, Parameter, compile_merged, compile_stylesheet
from teiwright.pruning import names_in_patterns, pruned

PACKAGE = "html.xsl"

Kind = tuple[bool, bool]  # of a page: whether it is traced, whether it is whole
_first: dict[Kind, tuple[frozenset[str], CompiledStylesheet]] = {}  # what the first document has, and its package


def page_package(document: Document, is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
    """The package that makes a page of this document. A traced page says where everything comes from; one that is not
    whole has only the title, the text and its notes. Raises StylesheetError.
    """
    present = names_of(document)
    kind = is_traced, is_whole
    if kind not in _first:
        _first[kind] = present, tailored(present, is_traced, is_whole)
    served, package = _first[kind]
    return package if _is_enough(served, present) else whole_package(is_traced, is_whole)


def names_of(document: Document) -> frozenset[str]:
    """The local names of a document's elements, those of its attributes after an "@", and the namespaces of its
    elements in braces.
    """
    tags: set[str] = set()
    attributes: set[str] = set()
    for element in document.tree.iter(etree.Element):
        tags.add(str(element.tag))
        attributes.update(map(str, element.attrib))
    namespaces = {tag[: tag.index("}") + 1] for tag in tags if "}" in tag}
    return frozenset({_local(tag) for tag in tags} | {f"@{_local(name)}" for name in attributes} | namespaces)


def tailored(present: frozenset[str], is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
    """The package for documents that have only these elements and attributes. Raises StylesheetError."""
    path = assets.folder("xslt") / PACKAGE
    return compile_merged(pruned(path, present, {"traced": is_traced, "whole": is_whole}), path)


def whole_package(is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
    """The package for any document, compiled once in a process. Raises StylesheetError."""
    static: Mapping[str, Parameter] = {"traced": is_traced, "whole": is_whole}
    return compile_stylesheet(assets.folder("xslt") / PACKAGE, parameters_static=static)


def _is_enough(served: frozenset[str], present: frozenset[str]) -> bool:
    more = present - served
    return not more or more.isdisjoint(_names_that_matter())


@functools.cache
def _names_that_matter() -> frozenset[str]:
    return names_in_patterns(assets.folder("xslt") / PACKAGE)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
