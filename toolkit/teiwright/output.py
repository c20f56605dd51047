"""Station four: results reach the disk, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from teiwright.errors import OutputError

Content = str | bytes  # characters are written as UTF-8


@dataclass(frozen=True)
class Output:
    """What a transformation made: its principal result, and secondary ones by their relative address."""

    principal: Content
    extension: str = ".xml"
    secondary: dict[str, Content] = field(default_factory=dict)
    messages: tuple[str, ...] = ()

    def write(self, target: str | Path, protect: frozenset[Path] = frozenset()) -> list[Path]:
        """The files written: the principal result as ``target``, the secondary ones beside it.

        A file appears complete or not at all, and what stood there before is lost only to its complete successor.
        Nothing is written over a file in ``protect`` (resolved paths). Raises OutputError.
        """
        target = Path(target)
        files = [
            (target, self.principal),
            *((_beside(target, name), content) for name, content in self.secondary.items()),
        ]
        refuse_doubles([path for path, _ in files])
        for path, _ in files:
            refuse_sources(path, protect)
        for path, content in files:
            write_file(path, content)
        return [path for path, _ in files]


def refuse_doubles(targets: Iterable[Path]) -> None:
    """Raises OutputError where two results would be written to one file."""
    seen: set[Path] = set()
    for path in targets:
        if path.resolve() in seen:
            raise OutputError(str(path), "would be written twice", "write the results into different folders")
        seen.add(path.resolve())


def refuse_sources(target: Path, sources: Collection[Path]) -> None:
    """Raises OutputError where a result would be written over one of the (resolved) paths that it is made from."""
    if target.resolve() in sources:
        raise OutputError(str(target), "would overwrite what it is made from")


def _beside(target: Path, name: str) -> Path:
    try:
        path = (target.parent / name).resolve()
    except (ValueError, OSError):
        raise OutputError(name, "a stylesheet asked to write to a name that no file can have") from None
    if not path.is_relative_to(target.parent.resolve()):
        raise OutputError(name, "a stylesheet asked to write outside the output folder")
    return path


def write_file(path: Path, content: Content) -> None:
    """Write a file by way of a temporary one in the same folder. Raises OutputError."""
    temporary = None
    try:
        path = path.resolve()  # a link stays, what it leads to is replaced
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise OutputError(
                str(path), f"cannot be written: it is a {'folder' if path.is_dir() else 'device or a pipe'}"
            )
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise OutputError(str(path), f"cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
