"""From the files of a schema to a grammar's parts: by reading them, or from what the cache has kept of them."""

from __future__ import annotations

import marshal
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from teiwright.cache import Cache, digest, key
from teiwright.errors import DocumentError, SchemaError
from teiwright.relaxng import tables
from teiwright.relaxng.tables import Compiled
from teiwright.source import file_bytes

SMALL = 8_000  # bytes; a schema that is not longer, and includes nothing, is read as fast as its tables


class Included(NamedTuple):
    """A file that a schema needs: the address it was asked for by, where that led to, and the digest of its bytes."""

    uri: str
    path: Path
    digest: bytes

    @property
    def is_unchanged(self) -> bool:
        """Whether the address still leads to that file, and the file still holds the same."""
        from teiwright.address import AddressError
        from teiwright.schemas.resolution import schema_file

        try:
            return schema_file(self.uri, "") == self.path and digest(file_bytes(self.path)) == self.digest
        except (DocumentError, SchemaError, AddressError):
            return False


def compiled(data: bytes, uri: str, source: str) -> tuple[Compiled, tuple[Included, ...]]:
    """The parts of the grammar in some bytes, and the files that it includes. Raises SchemaError."""
    from teiwright.relaxng.building import built

    return built(data, uri, source)


def recalled(data: bytes, path: Path, cache: Cache) -> tuple[Compiled, list[Path]]:
    """The parts of the grammar in a file's bytes, and the files that it includes: from a cache where that knows the
    schema; else they are kept there. Raises SchemaError.
    """
    alone = key("grammar", tables.FORMAT, _code(), data)
    if found := _found(cache.load(alone), path):
        return found
    from teiwright.schemas.resolution import address_of

    uri = address_of(path)
    together = key("grammar", alone, uri)  # what a schema includes depends on where it is
    if found := _found(cache.load(together), path):
        return found
    parts, included = compiled(data, uri, str(path))
    if cache.folder and (included or len(data) > SMALL):
        cache.store(together if included else alone, _entry(parts, included, str(path)))
    return parts, list(dict.fromkeys(file.path for file in included))


def _code() -> str:
    """What tells this state of the engine's own code from others: an entry is that of the code that made it."""
    with os.scandir(Path(__file__).parent) as files:
        return " ".join(sorted(f"{file.name} {file.stat().st_mtime_ns}" for file in files if file.name.endswith(".py")))


def _entry(parts: Compiled, included: Sequence[Included], source: str) -> bytes:
    from teiwright.relaxng.writing import written

    files = tuple((file.uri, str(file.path), file.digest) for file in included)
    return marshal.dumps((files, written(parts, source)))


def _found(entry: bytes | None, path: Path) -> tuple[Compiled, list[Path]] | None:
    if entry is None:
        return None
    files, payload = marshal.loads(entry)
    included = [Included(uri, Path(path), known) for uri, path, known in files]
    if not all(file.is_unchanged for file in included):
        return None
    return tables.read(payload, str(path)), list(dict.fromkeys(file.path for file in included))
