"""Which files are meant by the paths that a command is given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from teiwright.errors import DocumentError

ENDINGS = (".xml", ".tei")  # of the files in a folder that are taken for documents


def documents(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that some paths mean: of a folder all in it and below that look like documents, in the order of their
    names, hidden ones and catalogs of schemas apart; where there is none the folder itself.
    Raises DocumentError where a folder may not be looked into: what is in it would be passed over.
    """
    for path in paths:
        yield from (sorted(_below(path)) if path.is_dir() else ()) or [path]


def _below(folder: Path) -> Iterator[Path]:
    """The documents in a folder and in those below it; links to folders are not followed."""
    from teiwright.schemas.resolution import is_catalog  # only for folders

    for name, folders, files in os.walk(folder, onerror=_not_listed):
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        for file in files:
            if file.endswith(ENDINGS) and not file.startswith(".") and not is_catalog(Path(name, file)):
                yield Path(name, file)


def _not_listed(error: OSError) -> None:
    raise DocumentError(str(error.filename), f"the folder cannot be looked into: {error.strerror}")
