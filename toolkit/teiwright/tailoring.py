"""The package of the page, cut to the documents at hand: what none of them has is not compiled.

Compiling all of html.xsl takes longer than a small document's page. So the first document of a process gets what its
elements and attributes need, and any later one that needs more gets the whole.
"""

from __future__ import annotations

import functools
import marshal
from pathlib import Path

from lxml import etree

from teiwright import assets, cache
from teiwright.document import Document
from teiwright.processor import CompiledStylesheet, compile_merged
from teiwright.pruning import Index

PACKAGE = "html.xsl"

Kind = tuple[bool, bool]  # of a page: whether it is traced, whether it is whole
_first: dict[Kind, tuple[frozenset[str], CompiledStylesheet]] = {}  # the names of the first document, and its package


def page_package(document: Document, is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
    """The package that makes a page of this document. A traced page says where everything comes from; one that is not
    whole has only the title, the text and its notes. Raises StylesheetError.
    """
    present = names_of(document)
    kind = is_traced, is_whole
    if kind not in _first:
        _first[kind] = present, tailored(present, is_traced, is_whole)
    served, package = _first[kind]
    is_enough = (present - served).isdisjoint(_index(is_traced, is_whole).names())
    return package if is_enough else whole_package(is_traced, is_whole)


def names_of(document: Document) -> frozenset[str]:
    """The local names of a document's elements, those of its attributes after an "@", the namespaces of its elements in
    braces, and "sourceDesc//bibl" for an element that is in another.
    """
    attributes: set[str] = set()
    within: dict[tuple[frozenset[str], str], frozenset[str]] = {}  # names around an element, and its own; all of them
    around = [frozenset[str]()]
    for event, element in etree.iterwalk(document.root, events=("start", "end")):
        if event == "end":
            around.pop()
            continue
        place = around[-1], str(element.tag)
        if place not in within:
            within[place] = around[-1] | {place[1]}
        around.append(within[place])
        attributes.update(element.keys())
    tags = {tag for _, tag in within}
    namespaces = {tag[: tag.index("}") + 1] for tag in tags if "}" in tag}
    pairs = {f"{_local(outer)}//{_local(inner)}" for around, inner in within for outer in around}
    return frozenset({_local(tag) for tag in tags} | {f"@{_local(name)}" for name in attributes} | namespaces | pairs)


def tailored(present: frozenset[str], is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
    """The package for documents of which ``names_of`` tells no other names. Raises StylesheetError."""
    return compile_merged(_index(is_traced, is_whole).cut(present), assets.folder("xslt") / PACKAGE)


@functools.cache
def whole_package(is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
    """The package for any document, compiled once in a process. Raises StylesheetError."""
    return tailored(_index(is_traced, is_whole).names(), is_traced, is_whole)


@functools.cache
def _index(is_traced: bool, is_whole: bool) -> Index:
    """What the package is made of: from the user's cache, where that knows these files."""
    folder = assets.folder("xslt")
    kept = cache.current()
    makers = (_state(Path(__file__).parent, module) for module in ("declarations.py", "unions.py", "pruning.py"))
    key = cache.key("page", str(folder), f"{is_traced} {is_whole}", _state(folder), *makers)
    if (entry := kept.load(key)) is not None:
        return Index.read(marshal.loads(entry))
    from teiwright.declarations import index  # not where it is known already

    made = index(folder / PACKAGE, {"traced": is_traced, "whole": is_whole})
    kept.store(key, marshal.dumps(made.plain()))
    return made


def _state(folder: Path, pattern: str = "**/*.xsl") -> str:
    """What tells this state of some files from others."""
    files = sorted(folder.glob(pattern))
    return " ".join(
        f"{file.relative_to(folder)} {(status := file.stat()).st_mtime_ns} {status.st_size}" for file in files
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2]
