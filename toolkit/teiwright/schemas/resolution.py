"""Which file an address leads to, for schemas that documents name and for those that schemas name.

In this order: what an OASIS XML catalog says; the file itself, where the address is one of a file; the schema store,
first of the project, then of the user; for schemas that documents name, the toolkit's own schema of that file name.
Nothing is ever fetched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from teiwright import assets
from teiwright.address import AddressError, local_file, web_address
from teiwright.errors import DocumentError, SchemaError

if TYPE_CHECKING:
    from teiwright.schemas.store import Store

CATALOG = "catalog.xml"  # at the top of a project
CATALOG_FILES = "XML_CATALOG_FILES"  # file names and file: addresses, with spaces between them


class Found(NamedTuple):
    """A file, and what led there: "file", "catalog", "store" (of which schema there), or "toolkit"."""

    path: Path
    by: str
    stored_as: str = ""

    def __str__(self) -> str:
        names = {"store": f'schema store, "{self.stored_as}"', "toolkit": "toolkit's own"}
        return f"{self.path} ({names.get(self.by, self.by)})"


class Resolver(NamedTuple):
    """Leads from addresses and names to files. ``catalogs`` are asked before ``stores``; ``schemas`` are files that
    the project's settings name, and that may be called by their names alone.
    """

    catalogs: tuple[Path, ...] = ()
    stores: tuple[Path, ...] = ()
    schemas: tuple[Path, ...] = ()

    @classmethod
    def of(
        cls,
        project: Path | None = None,
        catalogs: Iterable[Path] = (),
        stores: Iterable[Path] = (),
        schemas: Iterable[Path] = (),
        environment: Mapping[str, str] = os.environ,
    ) -> Resolver:
        """What the user and the project said, then what is customary: ``catalog.xml`` in the project's folder, the
        catalogs in ``XML_CATALOG_FILES``, the user's own store. Raises SchemaError where a named catalog is not there.
        """
        named = tuple(catalogs)
        for path in named:
            if not path.is_file():
                raise SchemaError(str(path), "no such catalog")
        usual = (*_catalog_of(project), *_catalogs_in(environment.get(CATALOG_FILES, "")))
        own = assets.user_schemas(environment)
        return cls((*named, *usual), (*stores, *((own,) if own else ())), tuple(schemas))

    def found(self, href: str, base_uri: str = "") -> Found | None:
        """The file an address leads to, relative ones from ``base_uri``; None for one that is neither a file's nor
        kept in a store. Raises AddressError for what is no address, SchemaError where a catalog or store is damaged.
        """
        base = _file_of(base_uri)
        if base is not None and (sibling := self.sibling(href, base)):
            return sibling
        address = self._by_catalog(href, base_uri)
        if address is not None:
            path = local_file(address, "")
            return Found(path, "catalog") if path is not None else self.stored(address)
        path = local_file(href, base_uri)
        if path is not None:
            return Found(path, "file")
        return self.stored(web_address(href, base_uri) or "")

    def stored(self, address: str) -> Found | None:
        """The file in a store that answers to a web address."""
        for folder in self.stores if web_address(address) else ():
            store = store_at(folder)
            if schema := store.addressed(address):
                return Found(store.path(schema), "store", schema.name)
            if part := store.part(address):
                return Found(store.path(*part), "store", part[0].name)
        return None

    def named(self, name: str) -> Found | None:
        """The schema of a name, with or without its ending: a file that the settings name, one in a store, the
        toolkit's own.
        """
        candidates = (name, *(name + ending for ending in assets.SCHEMA_ENDINGS))
        for path in self.schemas:
            if path.name in candidates:
                return Found(path, "file")
        for folder in self.stores:
            store = store_at(folder)
            if schema := store.named(name):
                return Found(store.path(schema), "store", schema.name)
        return self.own(candidates)

    def own(self, candidates: Iterable[str]) -> Found | None:
        """The first of some file names that is a schema of the toolkit's own."""
        own = {file.name: file for file in assets.folder("schemas").glob("*") if file.is_file()}
        return next((Found(own[name], "toolkit") for name in candidates if name in own), None)

    def names(self) -> list[str]:
        """All names that may be used."""
        own = (file.name for file in assets.folder("schemas").glob("*") if file.suffix in assets.SCHEMA_ENDINGS)
        kept = (schema.name for folder in self.stores for schema in store_at(folder).schemas)
        return sorted({*(path.name for path in self.schemas), *kept, *own})

    def sibling(self, href: str, path: Path) -> Found | None:
        """For an address in a stored file of a schema: the file that was stored with it."""
        for store in self._stores_around(path):
            if owner := store.owner(path):
                schema, file = owner
                address = web_address(href, file.addresses[0] if file.addresses else "")
                part = next((part for part in schema.files if address and part.answers_to(address)), None)
                return Found(store.path(schema, part), "store", schema.name) if part else None
        return None

    def address_of(self, path: Path) -> str:
        """The address of a file; of one in a store the one that it was fetched from."""
        for store in self._stores_around(path):
            owner = store.owner(path)
            if owner and owner[1].addresses:
                return owner[1].addresses[0]
        return path.absolute().as_uri()

    def _stores_around(self, path: Path) -> Iterator[Store]:
        """The stores that a file may be in, by its path alone."""
        for folder in self.stores:
            if path.absolute().is_relative_to(folder.absolute()):
                yield store_at(folder)

    def _by_catalog(self, href: str, base_uri: str) -> str | None:
        """Where a catalog leads: first from the address as it is written, then from the absolute one (7.1.1, 7.2.1)."""
        if not self.catalogs:
            return None
        from teiwright.schemas.catalog import Catalog

        catalog = Catalog(self.catalogs)
        absolute = web_address(href, base_uri)
        if absolute is None and (path := _file_of(href, base_uri)) is not None:
            absolute = path.absolute().as_uri()
        return catalog.resolved(href.partition("#")[0]) or (catalog.resolved(absolute) if absolute else None)


@lru_cache(maxsize=16)
def store_at(folder: Path) -> Store:
    """The store in a folder, the same each time, so that its files are looked at once in a process."""
    from teiwright.schemas.store import Store

    return Store(folder)


def _file_of(href: str, base_uri: str = "") -> Path | None:
    try:
        return local_file(href, base_uri)
    except AddressError:
        return None


def _catalog_of(project: Path | None) -> Iterator[Path]:
    """A project's own catalog."""
    path = project / CATALOG if project else None
    if path is not None and path.is_file():
        try:
            if is_catalog(path):
                yield path
        except DocumentError as error:
            raise SchemaError(error.subject, error.problem, error.hint) from None


def is_catalog(path: Path) -> bool:
    """Whether a file has a catalog's usual name and is one, not a catalogue of manuscripts. Raises DocumentError."""
    if path.name != CATALOG or not path.stat().st_size:
        return False
    from teiwright.opening import Opening
    from teiwright.schemas.catalog import NAMESPACE
    from teiwright.source import Source

    return Opening.of(Source.read(path)).namespace == NAMESPACE


def _catalogs_in(listing: str) -> Iterator[Path]:
    """The files that XML_CATALOG_FILES names; those that are not there are passed over, as libxml2 does."""
    for name in listing.split():
        from teiwright.schemas.catalog import normalized

        path = _file_of(name if name.startswith("file:") else normalized(name).replace("%", "%25"))
        if path is not None and path.is_file():
            yield path


_active: ContextVar[tuple[Resolver, Path] | None] = ContextVar("resolver", default=None)


@contextmanager
def resolving(resolver: Resolver, schema: Path) -> Iterator[None]:
    """Inside, a schema is read whose references this resolver follows."""
    token = _active.set((resolver, schema))
    try:
        yield
    finally:
        _active.reset(token)


def schema_file(href: str, base_uri: str) -> Path | None:
    """The file that a reference inside a schema leads to; None where it leads to something on the web that is not
    kept, or to no file. Every reader of schemas asks here. Raises AddressError, SchemaError.
    """
    active = _active.get()
    resolver = active[0] if active else Resolver.of()
    absolute = web_address(href, base_uri)
    if active and absolute and (sibling := resolver.sibling(absolute, active[1])):
        return sibling.path  # what was stored together stays together
    found = resolver.found(href, base_uri)
    return found.path if found else None


def address_of(path: Path) -> str:
    """The address that references in a schema's file are relative to: of a file from the web where it came from."""
    active = _active.get()
    return (active[0] if active else Resolver.of()).address_of(path)
