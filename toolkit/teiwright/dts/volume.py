"""One document ready to be asked: its bytes, and its units by each way to cite it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.dts import scheme
from teiwright.dts.anatomy import Anatomy
from teiwright.dts.resolving import Resolved
from teiwright.dts.structures import Declaration, declarations
from teiwright.dts.units import Tree, tree
from teiwright.errors import DocumentError
from teiwright.names import shown, tei

Resolve = Callable[[str, str, Sequence[Declaration]], list[Resolved]]
UNIT = 700  # bytes that a unit takes in memory, about


class Volume(NamedTuple):
    """A document's bytes with their anatomy, its trees (none where it has no units), the first the default, and what is
    wrong with its declarations.
    """

    anatomy: Anatomy
    trees: tuple[Tree, ...]
    problems: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The bytes that it takes in memory, about."""
        return self.anatomy.size + UNIT * sum(len(one.units) for one in self.trees)

    def tree(self, identifier: str) -> Tree | None:
        """The tree of an identifier, "" for the default."""
        return next((one for one in self.trees if one.identifier == identifier), None)


def volume(document: Document, resolve: Resolve) -> Volume:
    """A document as it declares to be cited; by its divisions where it declares nothing that can be used."""
    anatomy = Anatomy.of(document)
    declared = declarations(document)
    resolved = resolve(anatomy.data.decode("utf-8", "surrogatepass"), document.uri, declared) if declared else []
    problems = [f"refsDecl: {one.problem}" for one in resolved if one.problem]
    pairs = [pair for pair in zip(declared, resolved, strict=True) if pair[1].units]
    trees = [
        tree(found.units, anatomy, one.identifier if number else "", one.description, one.structures)
        for number, (one, found) in enumerate(pairs)
    ]
    trees = [one for one in trees if one.units] or _default(document, anatomy)
    return Volume(anatomy, tuple(trees), tuple(problems))


def _default(document: Document, anatomy: Anatomy) -> list[Tree]:
    found = scheme.units(document)
    return [tree(found, anatomy, structures=scheme.structures(found))] if found else []


def texts(document: Document) -> list[Document]:
    """The documents in a file: of a ``teiCorpus`` each ``TEI`` in it, else itself. Raises DocumentError for a fragment: a
    text that is served has ``TEI`` for its root (DTS 1.0, Document Endpoint).
    """
    if document.root.tag == tei("TEI"):
        return [document]
    if document.root.tag != tei("teiCorpus"):
        raise DocumentError(
            document.source, f'no whole text: its root is "{shown(str(document.root.tag))}"', "expected TEI"
        )
    inside = [one for one in document.root.iter(tei("TEI")) if one.getparent().tag == tei("teiCorpus")]  # type: ignore[union-attr]  # the root is none of them
    return [Document.parse(_standing_alone(one), document.source, document.uri) for one in inside]


def _standing_alone(element: etree._Element) -> str:
    """An element as a file of its own, with the names that it needs."""
    return etree.tostring(element, encoding="unicode", with_tail=False)
