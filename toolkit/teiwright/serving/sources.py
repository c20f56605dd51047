"""What the site is made from: the documents, the files they name, their settings and the stylesheets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from teiwright import own_stylesheet, style
from teiwright.address import AddressError, local_file, project_folder
from teiwright.document import Document
from teiwright.errors import ToolkitError
from teiwright.files import documents
from teiwright.opening import Opening
from teiwright.policy.settings import OWN_FILE, SHARED_FILE, Settings
from teiwright.schemas.association import pseudo_attributes
from teiwright.source import Source
from teiwright.xinclude.parts import NAMESPACE as XINCLUDE

POINTING = ("url", "facs", "href")  # attributes by which a document names files that belong to it
MOST_PARTS = 1000  # files that one document may include before no more are looked at
Stamp = tuple[int, int, int]  # when a file was changed, in nanoseconds; its size in bytes; its number on the disk


class Reading(NamedTuple):
    """What a look into a document tells: whether it can be read as TEI, the files that belong to it, itself among
    them, whether they are there or not, and which of these it includes.
    """

    path: Path
    is_readable: bool
    files: frozenset[Path]
    parts: frozenset[Path] = frozenset()


class Watched(NamedTuple):
    """All that the site is made from. ``asked`` are the files and folders that were asked for, ``readings`` one for each
    document; below ``trees`` every file counts: stylesheets, or what a project adds.
    """

    asked: tuple[Path, ...]
    readings: tuple[Reading, ...] = ()
    trees: tuple[Path, ...] = ()

    def files(self) -> frozenset[Path]:
        """All the files, with those that are new in the folders."""
        named = (file for reading in self.readings for file in reading.files)
        return frozenset((*named, *self.documents(), *self.style()))

    def documents(self) -> tuple[Path, ...]:
        """The documents that there are now."""
        return tuple(dict.fromkeys(absolute(path) for path in documents(self.asked)))

    def style(self) -> Iterator[Path]:
        """What decides about the looks of the site."""
        for tree in self.trees:
            yield from (path for path in tree.rglob("*") if path.is_file()) if tree.is_dir() else _belonging(tree)

    def folders(self) -> frozenset[Path]:
        """The folders where changes are to be noticed."""
        asked = (folder for path in self.asked if path.is_dir() for folder in _folders(absolute(path)))
        holding = (folder for file in self.files() for folder in (file.parent, Path(os.path.realpath(file)).parent))
        return frozenset(folder for folder in (*asked, *holding) if folder.is_dir())

    def stamps(self) -> dict[Path, Stamp | None]:
        """What tells whether a file has changed; None for one that is not there."""
        return {file: _stamp(file) for file in self.files()}

    def affected(self, changed: Iterable[Path]) -> frozenset[Path]:
        """The documents that something has to do with that changed."""
        changed = frozenset(changed)
        return frozenset(reading.path for reading in self.readings if not changed.isdisjoint(reading.files))


def _belonging(path: Path) -> Iterator[Path]:
    """A file that decides about the looks, and those that it is made of."""
    made_of = {".css": style.files, ".xsl": own_stylesheet.files, ".xslt": own_stylesheet.files}.get(path.suffix)
    return map(absolute, made_of(path) if made_of else (path,))


def absolute(path: Path) -> Path:
    """A path from the root, without "." and ".." and with links as they are: as whoever watches folders names it."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # Path.absolute keeps ".."


def reading(path: Path) -> Reading:
    """What a look into a document tells; nothing is raised, and nothing outside of its project is looked at."""
    files = {path, *_settings(path)}
    try:
        document = Document.of(Source.read(path), is_well_formed=True)  # if it is not, libxml2 says so
    except ToolkitError:
        return Reading(path, False, frozenset(files))
    named = dict(_named(document))
    parts = frozenset(file for file, is_part in named.items() if is_part)
    return Reading(path, document.is_tei, frozenset((*files, *named)), parts)


def _settings(path: Path) -> Iterator[Path]:
    """Where settings are, or may come to be, that a document is checked by."""
    for folder in {path.parent, project_folder(path)}:
        yield folder / OWN_FILE
        yield folder / SHARED_FILE
    try:
        settings = Settings.of(path)
    except ToolkitError:  # the findings will say so
        return
    yield from (absolute(file) for file in (settings.file, settings.baseline, *settings.catalogs) if file)
    yield from (absolute(Path(name)) for name in (*settings.schemas, *settings.schematron) if Path(name).is_file())


def _named(document: Document) -> Iterator[tuple[Path, bool]]:
    """The files of its project that a document names, and whether it includes them: schemas, pictures, what it includes
    and what that includes.
    """
    project = project_folder(absolute(document.path))
    waiting, seen = [document], {absolute(document.path)}
    while waiting:
        for href, is_part in _addresses(one := waiting.pop()):
            path = _inside(href, one.uri, project)
            if path is None or path in seen:
                continue
            seen.add(path)
            yield path, is_part
            if is_part and len(seen) < MOST_PARTS and (part := _part(path)):
                waiting.append(part)


def _part(path: Path) -> Document | None:
    """What a document includes, where it is there to be read."""
    try:
        return Document.of(Source.read(path), is_well_formed=True)
    except ToolkitError:
        return None


def _addresses(document: Document) -> Iterator[tuple[str, bool]]:
    """What a document names, and whether that is to be put in its place (XInclude 1.1, 3.1)."""
    for instruction in Opening.of(document.text).instructions:
        if href := (pseudo_attributes(instruction.text) or {}).get("href"):
            yield href, False
    for element in document.elements():
        for name in POINTING:
            for address in element.get(name, "").split():
                yield address, element.tag == f"{{{XINCLUDE}}}include"


def _inside(href: str, base: str, project: Path) -> Path | None:
    """The file of a project that an address leads to."""
    try:
        path = local_file(href.partition("#")[0], base) if href.partition("#")[0] else None
    except AddressError:
        return None
    if path is None or not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(project)):
        return None
    return absolute(path)


def _folders(folder: Path) -> Iterator[Path]:
    """A folder and those below it, hidden ones apart."""
    for name, folders, _ in os.walk(folder):
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        yield Path(name)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
