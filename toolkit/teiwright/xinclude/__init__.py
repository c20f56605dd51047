"""XInclude (W3C, XML Inclusions 1.0 and 1.1): documents that are put together of several files.

Only files of the document's own project are read, nothing is fetched, and what is read is bounded. What comes out is a
Document whose every element still knows its own file, line and column, so that whatever is found in it is reported
where an editor can mend it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.errors import DocumentError
from teiwright.source import Source
from teiwright.xinclude.parts import NAMESPACE
from teiwright.xinclude.refusal import Fault

if TYPE_CHECKING:
    from teiwright.document import Document
    from teiwright.xinclude.origins import Files


ORIGIN = "xinclude"


class Composition(NamedTuple):
    """A document with all that it includes in its place, and what is wrong with its inclusions. What could not be
    included is left out, so that nobody else complains of it.
    """

    document: Document
    faults: tuple[Diagnostic, ...]


def includes(document: Document) -> bool:
    """Whether a document holds an xi:include, be it one that its schema allows: it is a document put together of
    several for its schema all the same, as it is for whatever transforms it.
    """
    return next(document.root.iter(f"{{{NAMESPACE}}}include"), None) is not None


def composed(document: Document) -> Composition:
    """A document with what it includes, and with what these include.

    The composed document has the name, address and text of the one that was given; its tree is another. Its
    elements have the location, path included, that they have in their own files. Codes of the faults:
    "xinclude-without-target", "xinclude-not-allowed", "xinclude-loop", "xinclude-malformed", "xinclude-too-large", and
    whatever keeps a file that is included from being read.
    """
    from teiwright.xinclude.composer import Composer
    from teiwright.xinclude.origins import Composed, Files

    composer = Composer(Source.parse(document.text, document.source, document.uri))
    parts = composer.whole()
    files = Files(document, composer.sources)
    faults = [_diagnostic(fault, files) if isinstance(fault, Fault) else fault for fault in composer.faults]
    try:
        document = Composed.of_parts(document, parts, files)
    except DocumentError as error:  # it has no root, several, or a depth that no tree has
        faults.append(_unfit(document, error))
    return Composition(document, tuple(faults))


def _diagnostic(fault: Fault, files: Files) -> Diagnostic:
    """A fault, with the path of the element that has it."""
    line, column = fault.place
    try:
        file, element = files.original(fault.mark)
        location = Location(file.source, line, column, file.xpath(element))
    except DocumentError:
        location = Location(files.sources[fault.mark.file].name, line, column)
    return Diagnostic(location, fault.severity, fault.code, fault.message, ORIGIN)


def _unfit(document: Document, error: DocumentError) -> Diagnostic:
    """The finding that the parts come to no document."""
    problem = error.diagnostic.message if error.diagnostic else error.problem
    message = f"with what it includes this is no document: {problem}"
    return Diagnostic(document.location(document.root), Severity.ERROR, "xinclude-malformed", message, ORIGIN)
