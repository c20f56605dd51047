"""``export --to dts``: documents as a static set of Distributed Text Services."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from teiwright.document import Document
from teiwright.dts.card import card, skeleton
from teiwright.dts.catalogue import Catalogue, Text, catalogue
from teiwright.dts.resolving import resolve
from teiwright.dts.static import SIBLINGS, static_set
from teiwright.dts.terms import url_of
from teiwright.dts.volume import Volume, texts, volume
from teiwright.dts.workshop import Workshop
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.mapping import Row

TITLE = "Texts"
UNCITED = "has nothing to be cited by: the XPath in @use gives nothing"
RENAMED = "another unit is called that already"
UNUSABLE = "cannot be the name of a file"

MAPPING: tuple[Row, ...] = (
    Row("teiHeader//refsDecl", "citationTrees", "the first, or the one with @default='true', has no identifier; the others @xml:id, else @n"),
    Row("refsDecl/p", "citationTrees/description", "also desc"),
    Row("citeStructure", "citeStructure", "nested as there"),
    Row("citeStructure/@unit", "citeType"),
    Row("citeStructure/@match, @use, @delim", "member/identifier", "XPath 3.1, TEI is the default namespace"),
    Row("citeData", "member/dublinCore", "by @property; other properties in extensions, by their IRI"),
    Row("cRefPattern", "citeStructure", "where there is no citeStructure, and each level goes by @n"),
    Row("text//div, p, l …", "member/identifier", "where nothing is declared: @n, else @xml:id, else name and number"),
    Row("pb, lb, cb, gb, milestone", "member", "as a unit: all to the next one"),
    Row("titleStmt/title", "title, dublinCore/title", "the main one; all of them"),
    Row("titleStmt/author", "dublinCore/creator"),
    Row("titleStmt/editor, respStmt", "dublinCore/contributor", "names"),
    Row("publicationStmt/publisher, authority", "dublinCore/publisher"),
    Row("publicationStmt/date", "dublinCore/date", "@when, @notAfter or @to, else the words"),
    Row("publicationStmt/idno", "@id, dublinCore/identifier", "@id as in all formats"),
    Row("seriesStmt/title", "dublinCore/isPartOf"),
    Row("abstract", "description, dublinCore/description"),
    Row("langUsage/language/@ident", "dublinCore/language", "else TEI/@xml:lang"),
    Row("availability", "dublinCore/rights", "its words"),
    Row("licence/@target", "dublinCore/license"),
    Row("sourceDesc", "dublinCore/source", "its words"),
    Row("keywords/term", "dublinCore/subject"),
    Row("teiCorpus", "Collection", "each TEI in it is a Resource"),
    Row("TEI", "document", "as it is, with what it includes; passages in dts:wrapper"),
    Row("citeStructure/@use that gives nothing", "", "the element and all in it have no identifier; they stay in the document"),
)  # fmt: skip


def export(documents: Sequence[Document], options: Options) -> Exported:
    """A folder with the answers to all requests that a static host can answer. Raises ToolkitError."""
    shelf = [(one, text) for one, text in _texts(documents)]
    made = catalogue([text for _, text in shelf], options.parameters.get("title", TITLE), options.base)
    volumes, by_identifier = {}, {}
    with Workshop(1) as workshop:
        for document, text in shelf:
            identifier = next(one.identifier for one in made.texts() if one.text is text)
            by_identifier[identifier] = document
            volumes[identifier] = volume(document, lambda *asked: workshop.run(resolve, *asked))
    result = static_set(made, volumes, url_of(options.parameters.get("url", "")))
    unheld = [one for identifier, found in volumes.items() for one in _unheld(by_identifier[identifier], found)]
    unheld += [
        Unheld(
            f"unit {one.identifier}",
            by_identifier[one.entry.identifier].location(by_identifier[one.entry.identifier].root),
            UNUSABLE,
        )
        for one in result.omitted
    ]
    crowded = (f"{one.title}: of units with more than {SIBLINGS} siblings these have no file" for one in result.crowded)
    return Exported(result.files, tuple(unheld), (*_messages(made, volumes), *crowded))


def _texts(documents: Sequence[Document]) -> Iterator[tuple[Document, Text]]:
    """The texts in some documents, with the folders that part them."""
    whole = os.path.commonpath([one.path.parent.absolute() for one in documents])
    for document in documents:
        folders = document.path.parent.absolute().relative_to(whole).parts
        inside = texts(document)
        folders = (*folders, document.path.stem) if inside != [document] else folders
        for number, one in enumerate(inside):
            yield one, Text(document.path, number, folders, skeleton(one), card(one), 0)


def _unheld(document: Document, found: Volume) -> Iterator[Unheld]:
    elements = list(document.elements())
    for tree in found.trees:
        for one in tree.uncited:
            yield Unheld(one.kind, document.location(elements[one.element]), UNCITED)


def _messages(made: Catalogue, volumes: dict[str, Volume]) -> Iterator[str]:
    for identifier, found in volumes.items():
        text = made.entries[identifier].text
        source = text.header.source if text else identifier
        yield from (f"{source}: {problem}" for problem in found.problems)
        for tree in found.trees:
            if tree.renamed:
                names = ", ".join(f'"{name}"' for name, _ in tree.renamed[:3])
                yield f"{source}: {len(tree.renamed)} units are called otherwise, since {RENAMED}: {names}"
