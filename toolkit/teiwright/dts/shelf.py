"""The documents that are served: read once, kept as long as there is room, and read again when their files change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from teiwright.document import Document
from teiwright.dts.card import card, skeleton
from teiwright.dts.catalogue import Catalogue, Text, catalogue
from teiwright.dts.kept import Kept
from teiwright.dts.resolving import resolve
from teiwright.dts.volume import Resolve, Volume, texts, volume
from teiwright.errors import DocumentError, ToolkitError
from teiwright.files import documents
from teiwright.xinclude.assembly import assembled

VOLUMES = 400_000_000  # bytes of documents that are kept ready
TITLE = "Texts"
Stamp = tuple[int, int, int]  # when a file was changed, in nanoseconds; its size in bytes; its number on the disk


class Stand(NamedTuple):
    """Where a file stands: the file, and the folders that lead to it in what was asked for."""

    path: Path
    folders: tuple[str, ...]


class Leaf(NamedTuple):
    """A file as it was read last: the stamps of the files that it is made of, and its texts; none where it is no TEI."""

    stamps: tuple[tuple[Path, Stamp | None], ...]
    texts: tuple[Text, ...]
    title: str = ""


class Shelf:
    """The texts of some files and folders. ``tell`` is given remarks, ``find`` evaluates what documents declare.

    ``catalogue`` is what there is now; ``refresh`` looks for changes.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        base: str = "",
        title: str = "",
        tell: Callable[[str], None] = lambda _: None,
        find: Resolve = resolve,
        room: int = VOLUMES,
    ) -> None:
        self.paths = tuple(paths)
        self.base = base
        self.title = title or _title(self.paths)
        self._tell = tell
        self._find = find
        self._leaves: dict[Path, Leaf] = {}
        self._volumes: Kept[Volume] = Kept(room, lambda one: one.size)
        self._turn = Lock()
        self._state = 0
        self.catalogue: Catalogue = catalogue((), self.title, base)

    @property
    def state(self) -> int:
        """A number that is another one after each change."""
        return self._state

    def refresh(self) -> bool:
        """Reads what is new or has changed since the last time; whether there was anything. Raises DocumentError where a
        folder may not be looked into. A file that can no longer be read stays as it was, and a remark says so.
        """
        with self._turn:
            stands = list(_stands(self.paths))
            leaves = {stand.path: self._leaf(stand) for stand in stands}
            if leaves == self._leaves:
                return False
            self._leaves = leaves
            found = [text for stand in stands for text in leaves[stand.path].texts]
            titles = {text.folders: leaf.title for leaf in leaves.values() if leaf.title for text in leaf.texts}
            self.catalogue = catalogue(found, self.title, self.base, titles)
            self._state += 1
            return True

    def volume(self, text: Text) -> Volume:
        """A text ready to be asked. Raises DocumentError where its file cannot be read any more."""
        return self._volumes.made((text.path, text.number, text.state), lambda: self._volume(text))

    def is_ready(self, text: Text) -> bool:
        """Whether a text need not be read first."""
        return self._volumes.get((text.path, text.number, text.state)) is not None

    def _volume(self, text: Text) -> Volume:
        found = texts(_read(text.path))
        if text.number >= len(found):
            raise DocumentError(str(text.path), "has changed")
        made = volume(found[text.number], self._find)
        for problem in made.problems:
            self._tell(f"{text.path}: {problem}")
        return made

    def _leaf(self, stand: Stand) -> Leaf:
        last = self._leaves.get(stand.path)
        if last and all(_stamp(path) == stamp for path, stamp in last.stamps):
            return last
        stamps = [(stand.path, _stamp(stand.path))]
        try:
            document = _read(stand.path).require_tei()
            stamps += [(path, _stamp(path)) for path in map(_path, document.parts)]
            return Leaf(tuple(stamps), *self._texts(document, stand))
        except ToolkitError as error:
            self._tell(str(error))
            return Leaf(tuple(stamps), last.texts if last else (), last.title if last else "")

    def _texts(self, document: Document, stand: Stand) -> tuple[tuple[Text, ...], str]:
        """The texts of a file, and the title of the collection that they make where they are a corpus."""
        inside = texts(document)
        is_corpus = inside != [document]
        folders = (*stand.folders, stand.path.stem) if is_corpus else stand.folders
        self._state += 1
        found = tuple(
            Text(stand.path, number, folders, skeleton(one), card(one), self._state)
            for number, one in enumerate(inside)
        )
        return found, card(document).title if is_corpus else ""


def _read(path: Path) -> Document:
    document, _ = assembled(Document.read(path))
    return document


def _stands(paths: Sequence[Path]) -> Iterator[Stand]:
    """The files that were asked for, each once. A single folder is the whole, of several each is a collection."""
    seen: set[Path] = set()
    is_alone = len(paths) == 1
    for asked in paths:
        for path in documents([asked]):
            if path.is_dir() or path.resolve() in seen:
                continue
            seen.add(path.resolve())
            folders = path.parent.relative_to(asked).parts if path != asked else ()
            name = () if is_alone or path == asked else (asked.resolve().name,)
            yield Stand(path, (*name, *folders))


def _title(paths: Sequence[Path]) -> str:
    """What the whole is called: a single folder gives it its name."""
    return paths[0].resolve().name or TITLE if len(paths) == 1 and paths[0].is_dir() else TITLE


def _path(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path))


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
