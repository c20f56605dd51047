"""The schema store: schemas of the web and of other places kept on disk, with all their parts and content hashes.

    <folder>/index.json             what there is
    <folder>/schemas/<identity>/…   one folder for each schema and its parts, named by their content

Validation reads from here and never fetches. Adding is the only thing that may fetch, and only what it was asked for
and what that needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from teiwright import assets
from teiwright.address import canonical, web_address
from teiwright.errors import OutputError, SchemaError
from teiwright.schemas.store import index
from teiwright.schemas.store.index import Index, StoredFile, StoredSchema

if TYPE_CHECKING:
    from teiwright.schemas.store.bundle import Bundle, Fetched

LONGEST_NAME = 100  # characters
GRACE = 3600  # seconds that replaced files stay, for processes that are reading them
Stamp = tuple[int, int, int]  # of a file: when it was changed, in nanoseconds, its size, its number on the disk


class Added(NamedTuple):
    """What adding did: the schema as it is now, what it replaced, and all that was fetched for it."""

    schema: StoredSchema
    before: StoredSchema | None
    fetched: tuple[StoredFile, ...]

    @property
    def changes(self) -> tuple[str, ...]:
        """What is different from before, a line for each: a file that changed, came or went, a new name."""
        if self.before is None:
            return ()
        old = {file.inner: file for file in self.before.files}
        new = {file.inner: file for file in self.schema.files}
        lines = [f"name: {self.before.name} is now {self.schema.name}"] if self.before.name != self.schema.name else []
        for path in sorted({**old, **new}):
            if path not in new:
                lines.append(f"gone: {path}")
            elif path not in old:
                lines.append(f"new: {path}, {_described(new[path])}")
            elif old[path].sha256 != new[path].sha256:
                lines.append(f"changed: {path}, {_described(old[path])} before, now {_described(new[path])}")
        return tuple(lines)


def _described(file: StoredFile) -> str:
    return f"{file.size:,} bytes, SHA-256 {file.sha256[:12]}…"


class Store:
    """The schemas in one folder, which need not be there yet."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._index: tuple[Stamp, Index] | None = None
        self._intact: dict[StoredFile, Stamp | None] = {}  # files that were looked at in this process

    @classmethod
    def of_user(cls, environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Store:
        """The user's own: where ``TEIWRIGHT_STORE`` says, else in the place for data that the system knows. Raises
        OutputError for a user without a home.
        """
        folder = assets.user_schemas(environment, platform)
        if folder is None:
            raise OutputError("", "there is no folder to keep schemas in", f"let {assets.STORE} name one")
        return cls(folder)

    @property
    def schemas(self) -> Index:
        """All schemas, in the order of their names. Raises SchemaError where the index is damaged."""
        stamp = _stamp(self.folder / index.NAME)
        if stamp is None:
            return ()
        if self._index is None or self._index[0] != stamp:
            self._index = stamp, index.read(self.folder)
        return self._index[1]

    def named(self, name: str) -> StoredSchema | None:
        """The schema of a name, which may leave out an ending such as ".rng"."""
        by_name = {schema.name: schema for schema in self.schemas}
        candidates = (by_name.get(name + ending) for ending in ("", *assets.SCHEMA_ENDINGS))
        return next((schema for schema in candidates if schema is not None), None)

    def addressed(self, address: str) -> StoredSchema | None:
        """The schema that answers to a web address: one that was added for it, else one that states it."""
        exact = (schema for schema in self.schemas if schema.answers_to(address))
        stated = (schema for schema in self.schemas if canonical(address) in map(canonical, schema.stated))
        return next(exact, None) or max(stated, key=lambda schema: schema.added, default=None)

    def part(self, address: str) -> tuple[StoredSchema, StoredFile] | None:
        """The file that a schema was stored with because it names that address."""
        wanted = canonical(address)
        for schema in self.schemas:
            for file in schema.files:
                if wanted in map(canonical, file.addresses):
                    return schema, file
        return None

    def owner(self, path: Path) -> tuple[StoredSchema, StoredFile] | None:
        """The schema that a file in this store belongs to, and the file; None for a file of elsewhere."""
        try:
            inner = path.absolute().relative_to(self.folder.absolute()).as_posix()  # before the index is looked at
        except ValueError:
            return None
        return next(((schema, file) for schema in self.schemas for file in schema.files if file.path == inner), None)

    def path(self, schema: StoredSchema, file: StoredFile | None = None) -> Path:
        """A schema's file, or one of its parts, once all its files are known to be as they were when it was added.
        Raises SchemaError where they are not.
        """
        for each in schema.files:
            stamp = _stamp(self.folder / each.path)
            if stamp is None or self._intact.get(each) != stamp:
                self._require_intact(schema, each)
                self._intact[each] = stamp
        return self.folder / (file or schema.file).path

    def _require_intact(self, schema: StoredSchema, file: StoredFile) -> None:
        from hashlib import sha256

        path = self.folder / file.path
        mend = f"mend it: teiwright schema add {schema.source} --as {schema.name}"
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):
                raise SchemaError(schema.name, f'the stored file "{path}" leads out of the store', mend)
            if path.exists() and not path.is_file():
                raise ValueError("it is not a regular file")
            found = sha256(path.read_bytes()).hexdigest()
        except (OSError, ValueError, RuntimeError) as error:
            problem = f'the stored file "{path}" cannot be read: {getattr(error, "strerror", None) or error}'
            raise SchemaError(schema.name, problem, mend) from None
        if found != file.sha256:
            problem = f'the stored file "{path}" is not what was added: its SHA-256 is {found[:12]}…, expected'
            raise SchemaError(schema.name, f"{problem} {file.sha256[:12]}…", mend)

    def add(
        self,
        source: str,
        fetch: Callable[[str], Fetched],
        today: str,
        name: str = "",
        addresses: Iterable[str] = (),
    ) -> Added:
        """Keeps the schema in a file or at an https: address, with all its parts; ``fetch`` gets what is on the web.

        ``today`` is the date to note, YYYY-MM-DD; ``name`` another than that of its file; ``addresses`` are others
        that it is to answer to. The same address again, or a file of the same name, replaces what there was.
        Raises SchemaError where it cannot be had, or is no schema, OutputError where it cannot be kept.
        """
        from teiwright.schemas.store.adding import addition

        return addition(self, source, fetch, today, name, tuple(addresses))

    def replace(self, bundle: Bundle, make: Callable[[Index], tuple[StoredSchema, StoredSchema | None]]) -> Added:
        """Puts a bundle's files into the store, then into the index what ``make`` says: the new schema, and the one
        it replaces.
        """
        import time

        from teiwright.schemas.store.files import put, retire, sweep
        from teiwright.schemas.store.lock import locked

        with locked(self.folder):
            kept = index.read(self.folder)
            schema, before = make(kept)
            retire(self.folder, before)
            put(self.folder, bundle)
            index.write(self.folder, (*(other for other in kept if other != before), schema))
            sweep(self.folder, self.schemas, time.time() - GRACE)
        return Added(schema, before, ())

    def remove(self, name: str) -> StoredSchema:
        """Forgets the schema of a name, and its files. Raises SchemaError where there is none."""
        from teiwright.schemas.store.files import discard
        from teiwright.schemas.store.lock import locked

        if not (self.folder / index.NAME).exists():
            raise self.unknown(name)
        with locked(self.folder):
            kept = index.read(self.folder)
            schema = self.named(name)
            if schema is None:
                raise self.unknown(name)
            index.write(self.folder, (other for other in kept if other != schema))
            discard(self.folder, schema, self.schemas)
        return schema

    def unknown(self, name: str) -> SchemaError:
        """That there is no schema of a name."""
        names = ", ".join(schema.name for schema in self.schemas)
        return SchemaError(name, "no schema of that name is in the store", f"there is {names}" if names else "")


def _stamp(path: Path) -> Stamp | None:
    """What changes when a file does; None where it cannot be looked at."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def asked_address(source: str) -> str | None:
    """The web address that a user named; None where it is a file. Raises SchemaError for one that is not https."""
    if web_address(source) is None:
        return None
    if not source.lower().startswith("https:"):
        hint = "anyone on the way could change what comes by http; use https, or add a file"
        raise SchemaError(source, "only https: addresses are fetched", hint)
    return source
