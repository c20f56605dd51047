"""The folder of a site: everything is gathered aside and then put in its place at once, and what an earlier run made and
this one does not is taken away. Nothing else in the folder is touched.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from teiwright.errors import OutputError
from teiwright.output import write_file

MANIFEST = ".teiwright-site.json"
GATHERED = ".teiwright-new-"
FORMAT = 1


class Change(NamedTuple):
    """What came of it, in numbers of files; ``kept`` are those that an earlier run made and somebody changed since."""

    written: int
    unchanged: int
    removed: int
    kept: tuple[str, ...] = ()


@contextmanager
def gathering(folder: Path) -> Iterator[Path]:
    """A folder to gather a site in, beside where its files will be so that they only have to be renamed; it goes whatever
    happens. Raises OutputError.
    """
    made = None
    try:
        existed = folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=GATHERED, dir=folder))
    except OSError as error:
        raise OutputError(str(folder), f"cannot be written to: {error.strerror or error}") from None
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if not existed and not any(folder.iterdir()):
            folder.rmdir()


def require_own(folder: Path, force: bool = False) -> None:
    """Raises OutputError where a folder has files and no site of the toolkit's: they might be somebody's. Hidden ones (.git,
    .nojekyll) may be there.
    """
    if force or not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(str(folder), "is not a folder")
    if (folder / MANIFEST).is_file():
        return
    foreign = next((file for file in sorted(folder.iterdir()) if not file.name.startswith(".")), None)
    if foreign is not None:
        raise OutputError(
            str(folder),
            f'has files that are not of a site, such as "{foreign.name}"',
            "give an empty folder, or --force",
        )


def settle(gathered: Path, folder: Path, force: bool = False) -> Change:
    """Puts the files that were gathered in their places; those that are there already with the same content are left alone.
    Raises OutputError before anything is changed where that would be over a file that no site of the toolkit's has made.
    """
    before = _read(folder)
    after = {path: _digest(gathered / path) for path in _files(gathered)}
    foreign = next((path for path in after if path not in before and os.path.lexists(folder / path)), None)
    if foreign is not None and not force:
        raise OutputError(
            str(folder / foreign), "would be written over, and no site has made it", "use --force, or move it"
        )
    _require_places(folder, after)
    # First both lists, so that a run that breaks off here leaves nothing that the next does not know.
    _write(folder, {**before, **after})
    changed = [path for path, digest in after.items() if not _is_same(folder / path, digest)]
    try:
        for path in changed:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (gathered / path).replace(folder / path)
        gone = [path for path in before if path not in after]
        kept = tuple(path for path in gone if not _removed(folder, path, before[path]))
    except OSError as error:
        raise OutputError(str(error.filename or folder), f"cannot be written: {error.strerror or error}") from None
    _write(folder, after)
    return Change(len(changed), len(after) - len(changed), len(gone) - len(kept), kept)


def _files(folder: Path) -> list[str]:
    return sorted(
        (Path(root) / file).relative_to(folder).as_posix() for root, _, files in os.walk(folder) for file in files
    )


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _is_same(path: Path, digest: str) -> bool:
    return path.is_file() and not path.is_symlink() and _digest(path) == digest


def _require_places(folder: Path, after: Mapping[str, str]) -> None:
    """Raises OutputError where a folder of the site would lie outside of it, through a link, or where a folder is in the way."""
    root = folder.resolve()
    for parent in {Path(path).parent for path in after}:
        if not (folder / parent).resolve().is_relative_to(root):
            raise OutputError(str(folder / parent), "leads out of the folder of the site")
    blocked = next((path for path in after if (folder / path).is_dir()), None)
    if blocked is not None:
        raise OutputError(str(folder / blocked), "is a folder, and the site has a file of that name")


def _removed(folder: Path, path: str, digest: str) -> bool:
    """Takes away a file of an earlier run, and the folders that it leaves empty; one that somebody has changed stays."""
    place = folder / path
    if not place.parent.resolve().is_relative_to(folder.resolve()):
        return False
    if not os.path.lexists(place):
        return True
    if not _is_same(place, digest):
        return False
    place.unlink()
    for parent in place.relative_to(folder).parents:
        if parent == Path() or any((folder / parent).iterdir()):
            break
        (folder / parent).rmdir()
    return True


def _read(folder: Path) -> dict[str, str]:
    """The files of the site that is there, with the sums of their bytes; none where there is no list, or no readable one."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = data["files"]
        return {
            path: digest
            for path, digest in files.items()
            if isinstance(digest, str) and not Path(path).is_absolute() and ".." not in Path(path).parts
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    text = json.dumps({"format": FORMAT, "files": dict(sorted(files.items()))}, ensure_ascii=False, indent=0)
    if not (folder / MANIFEST).is_file() or (folder / MANIFEST).read_text(encoding="utf-8", errors="replace") != text:
        write_file(folder / MANIFEST, text)
