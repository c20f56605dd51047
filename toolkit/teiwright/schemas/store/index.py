"""What a store holds, as its index says it: one small JSON file, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from teiwright.address import canonical
from teiwright.errors import OutputError, SchemaError
from teiwright.names import Kind

NAME = "index.json"
FORMAT = 1
LARGEST = 16_000_000  # bytes; ten thousand schemas are less


class StoredFile(NamedTuple):
    """A file in a store: its path below the store's folder, the web addresses it answers to (its own first), its
    size in bytes and the SHA-256 of its content in hexadecimal digits.
    """

    path: str
    addresses: tuple[str, ...]
    size: int
    sha256: str

    def answers_to(self, address: str) -> bool:
        """Whether one of its addresses means the same."""
        return canonical(address) in map(canonical, self.addresses)

    @property
    def inner(self) -> str:
        """Its path within its bundle, the same whatever it holds."""
        return "/".join(PurePosixPath(self.path).parts[2:])


class StoredSchema(NamedTuple):
    """A schema in a store. ``files`` are all it needs, itself first; ``added`` is a date, YYYY-MM-DD.

    ``source`` is what was added: an address, or the name of a file. ``addresses`` are those it was added for or led
    to; ``stated`` those that TEI's own schema says it has, or that
    serve for "the current release" where nothing else answers to that.
    """

    name: str
    kind: Kind
    source: str
    addresses: tuple[str, ...]
    stated: tuple[str, ...]
    added: str
    files: tuple[StoredFile, ...]

    @property
    def file(self) -> StoredFile:
        """The file of the schema itself."""
        return self.files[0]

    def answers_to(self, address: str) -> bool:
        """Whether it was added for an address, or led there."""
        return canonical(address) in map(canonical, self.addresses)


Index = tuple[StoredSchema, ...]


def read(folder: Path) -> Index:
    """The schemas of a store in their order of names; none where it is not there. Raises SchemaError where the index
    is damaged, or of a later format.
    """
    import json

    path = folder / NAME
    try:
        if path.exists() and not path.is_file():
            raise SchemaError(str(path), "the index of schemas is not a regular file", _mending(path))
        if path.stat().st_size > LARGEST:
            raise SchemaError(str(path), f"the index of schemas is larger than {LARGEST:,} bytes", _mending(path))
        listing = json.loads(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, RecursionError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise SchemaError(str(path), f"the index of schemas cannot be read: {reason}", _mending(path)) from None
    if isinstance(listing, dict) and isinstance(listing.get("format"), int) and listing["format"] > FORMAT:
        raise SchemaError(str(path), "the index of schemas is of a later teiwright", "update teiwright")
    try:
        return tuple(sorted(_schemas(listing)))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise SchemaError(str(path), "the index of schemas is damaged", _mending(path)) from None


def _mending(path: Path) -> str:
    return f'remove "{path}" and add the schemas again'


def _schemas(listing: dict[str, Any]) -> Iterator[StoredSchema]:
    if listing["format"] != FORMAT:
        raise ValueError
    for schema in listing["schemas"]:
        files = tuple(_file(file) for file in schema["files"])
        _ = files[0]
        named = str(schema["name"]), Kind(schema["kind"]), str(schema["source"])
        yield StoredSchema(*named, _words(schema["addresses"]), _words(schema["stated"]), str(schema["added"]), files)


def _file(file: dict[str, Any]) -> StoredFile:
    path = PurePosixPath(file["path"])
    if path.is_absolute() or ".." in path.parts or "\\" in file["path"] or "\0" in file["path"]:
        raise ValueError  # not what this toolkit writes
    return StoredFile(str(path), _words(file["addresses"]), int(file["size"]), str(file["sha256"]))


def _words(items: list[Any]) -> tuple[str, ...]:
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise TypeError
    return tuple(items)


def write(folder: Path, schemas: Iterable[StoredSchema]) -> None:
    """Writes an index in place of the one before. Raises OutputError."""
    import json

    from teiwright.output import write_file

    listing = {"format": FORMAT, "schemas": [_listed(schema) for schema in sorted(schemas)]}
    text = json.dumps(listing, indent=1, ensure_ascii=False) + "\n"
    if len(text) > LARGEST:
        raise OutputError(str(folder / NAME), "the index of schemas would become too large")
    write_file(folder / NAME, text)


def _listed(schema: StoredSchema) -> dict[str, Any]:
    return {**schema._asdict(), "kind": str(schema.kind), "files": [file._asdict() for file in schema.files]}
