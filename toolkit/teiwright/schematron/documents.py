"""The documents that a pattern's ``documents`` names (ISO/IEC 19757-3:2020, 5.4.10): files of the project, and no
others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from teiwright.address import MARKERS, AddressError, local_file, project_folder
from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.schematron.element import Element
from teiwright.schematron.sheet import Subordinate

NOT_READ = "schematron-document-not-read"


class Wanted(NamedTuple):
    """A document that a pattern asks for: the pattern's number, the address as written, its base ("" for that of the
    document), the path of the node it comes from, and an error code where the expression failed.
    """

    pattern: int
    address: str
    base: str
    path: str
    error: str

    @classmethod
    def of(cls, element: Element) -> Wanted:
        """The wish in an element of the stylesheet's result."""
        address = (element.text or "").strip()
        error = element.get("e", "").removeprefix("err:")
        return cls(int(element.get("n", "0")), address, element.get("b", ""), element.get("p", "/"), error)


class Unread(NamedTuple):
    """Why a document cannot be had: a sentence, or the finding about that document itself."""

    pattern: int
    problem: str
    found: Diagnostic | None = None

    def diagnostic(self, location: Location, subordinates: Iterable[Subordinate], origin: str) -> Diagnostic:
        """The finding, at the place that names the document unless that document has one."""
        if self.found is not None:
            return self.found
        what = next(s.what for s in subordinates if s.number == self.pattern)
        return Diagnostic(location, Severity.ERROR, NOT_READ, f"{self.problem}, asked for by {what}", origin)


def read(wanted: Iterable[Wanted], document: Document) -> Iterator[tuple[Wanted, Document | Unread]]:
    """Each document that is asked for, once for each pattern, or why there is none."""
    had: dict[Path, Document] = {document.path: document}
    seen = set()
    for want in wanted:
        try:
            path = _file(want, document)
            if (want.pattern, path) not in seen:
                seen.add((want.pattern, path))
                had[path] = had.get(path) or Document.read(_shown(path, document))
                yield want, had[path]
        except AddressError as error:
            yield want, Unread(want.pattern, error.problem)
        except DocumentError as error:
            problem = f'the document "{want.address}" {_verb(error.problem)}'
            yield want, Unread(want.pattern, problem, error.diagnostic)


def _verb(problem: str) -> str:
    return problem if problem.startswith(("cannot", "may not")) else f"cannot be read: {problem}"


def _file(want: Wanted, document: Document) -> Path:
    """The file an address means. Raises AddressError for those outside of the project."""
    if want.error:
        raise AddressError("", f"no document is known ({want.error})")
    path = local_file(want.address, want.base or document.uri or document.path.as_uri())
    if path is None:
        raise AddressError("", f'the document "{want.address}" is not in a file and is not fetched')
    path = path.resolve()
    if not path.is_relative_to(project_folder(document.path)):
        hint = f"a file {MARKERS[0]} marks the project's folder"
        raise AddressError("", f'the document "{want.address}" is outside of the project and is not read ({hint})')
    return path


def _shown(path: Path, document: Document) -> str:
    """A file's name as it was come by: from where the document is said to be."""
    beside = os.path.relpath(path, document.path.parent)
    return os.path.normpath(Path(document.source).parent / beside)
