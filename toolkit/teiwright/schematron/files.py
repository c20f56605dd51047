"""The files a schema is read from: each where it is needed, and noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from teiwright.address import AddressError
from teiwright.document import Document
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import XML_BASE
from teiwright.schemas.resolution import schema_file
from teiwright.schematron.element import Element
from teiwright.source import Source

Loan = tuple[Path, str]  # a file of a schema's, and an address in it
MOST = 500  # times a schema may borrow: two includes in each of thirty parts would make a thousand million


@dataclass
class Files:
    """The files that were read, in order, where the addresses in them led to, and how often the schema may still borrow
    from them.
    """

    name: str
    read: dict[Path, None] = field(default_factory=dict)
    loans: dict[Loan, Path] = field(default_factory=dict)
    left: int = MOST

    def root(self, path: Path) -> Element:
        """A fresh tree of what is in a file. Raises SchemaError."""
        self.read[path.resolve()] = None
        try:
            root = Document.of(_source(path)).root
        except DocumentError as error:
            raise SchemaError(error.subject, error.problem, error.hint) from None
        etree.strip_tags(root, etree.Comment, etree.PI)
        root.set(XML_BASE, path.name)  # where an assertion was written, after it has moved
        return root

    def target(self, path: Path, href: str, what: str) -> Path:
        """The file that an address in the schema at ``path`` leads to; ``what`` names what asks. Nothing but files is
        followed. Raises SchemaError.
        """
        file = led_to(path, href, what)
        self.loans[path, href] = file
        return file

    def spend(self) -> None:
        """Counts one loan. Raises SchemaError at the one too many."""
        self.left -= 1
        if self.left < 0:
            raise SchemaError(self.name, f"borrows more than {MOST} parts, perhaps without end")


def _source(path: Path) -> Source:
    """What is in a file; a grammar in RELAX NG's compact syntax in XML syntax, on the same lines."""
    source = Source.read(path)
    if path.suffix != ".rnc":
        return source
    from teiwright.relaxng.compact import as_xml, is_compact  # with it comes all of RELAX NG

    if not is_compact(source.data):
        return source
    return Source.parse(as_xml(source.text, path.name), path.name, source.uri)


def led_to(path: Path, href: str, what: str) -> Path:
    """The file that an address in another leads to. Raises SchemaError."""
    try:
        file = schema_file(href, path.absolute().as_uri())
    except AddressError as error:
        raise SchemaError(path.name, f"{what}: {error.problem}") from None
    if file is None:
        raise SchemaError(path.name, f'{what} of "{href}" is not fetched', "keep a local copy and name that")
    return file
