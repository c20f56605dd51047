"""The files of a store: a bundle's come all together or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

from teiwright.errors import OutputError
from teiwright.schemas.store.bundle import Bundle
from teiwright.schemas.store.index import Index, StoredSchema

FOLDER = "schemas"


def put(folder: Path, bundle: Bundle) -> None:
    """Writes a bundle's files in a folder of their own, unless they are there, whole. Raises OutputError."""
    target = folder / FOLDER / bundle.identity
    if _is_whole(target, bundle):
        return
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
        for member in bundle.members:
            path = temporary / member.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.data)
        temporary.chmod(0o755)
        if target.exists() or target.is_symlink():
            _drop(target)
        temporary.replace(target)
        temporary = None
    except OSError as error:
        raise OutputError(str(target), f"cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _is_whole(target: Path, bundle: Bundle) -> bool:
    """Whether all files are there as they should be, and none is a link to elsewhere."""
    try:
        top = target.resolve()
        paths = [(top / member.path, member.data) for member in bundle.members]
        return not target.is_symlink() and all(
            path.resolve() == path and path.read_bytes() == data for path, data in paths
        )
    except (OSError, RuntimeError):
        return False


def discard(folder: Path, schema: StoredSchema, kept: Index) -> None:
    """Removes the files of a schema that nothing in the index needs any more. What cannot be removed stays: nobody
    will find it.
    """
    bundle = _bundle(schema)
    if bundle and bundle not in map(_bundle, kept):
        with suppress(OSError):
            _drop(folder / FOLDER / bundle)


def retire(folder: Path, schema: StoredSchema | None) -> None:
    """Notes that a schema's files were replaced just now: whoever has begun to read them may go on."""
    if schema and (bundle := _bundle(schema)):
        with suppress(OSError):
            os.utime(folder / FOLDER / bundle)


def sweep(folder: Path, kept: Index, before: float) -> None:
    """Removes what nothing in the index needs and was not touched since a time in seconds: files that were replaced,
    and what is left of processes that died.
    """
    needed = set(map(_bundle, kept))
    with suppress(OSError):
        for path in (folder / FOLDER).iterdir():
            if path.name not in needed and path.lstat().st_mtime < before:
                _drop(path)


def _bundle(schema: StoredSchema) -> str:
    """The name of the folder that a schema's files are in; "" where the index does not say so as it should."""
    parts = PurePosixPath(schema.file.path).parts
    return parts[1] if len(parts) > 2 and parts[0] == FOLDER else ""


def _drop(path: Path) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink()
    else:
        shutil.rmtree(path)
