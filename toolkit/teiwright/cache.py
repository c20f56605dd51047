"""What was compiled once, kept on disk for the next process: entries of bytes in one folder of the user's.

An entry is found by what it was made from, and by the versions of all that made it, so that it is never out of date:
what has changed is another entry. Nothing of an entry is used before its checksum is known to be right, and nothing
is read from or written to a folder that somebody else could have written to. Where no folder can be had, the disk is
full or may not be written to, everything is as if nothing had been kept.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from teiwright.version import __version__

try:
    from _blake2 import blake2b
except ImportError:  # another Python than CPython; hashlib costs a millisecond more
    from hashlib import blake2b

MAGIC = b"teiwright cache 1\n"
DIGEST_SIZE = 32  # bytes
ENDING = ".entry"
UNFINISHED = ".part"
LIMIT = 256 * 2**20  # bytes that the folder may grow to
FRESH = 86_400  # seconds; an entry is not marked as used more often than that
STAMP = (__version__, sys.implementation.cache_tag or sys.implementation.name, str(sys.hexversion), sys.byteorder)


def digest(*parts: bytes | str) -> bytes:
    """A fingerprint of some bytes and texts one after the other.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    hashed = blake2b(digest_size=DIGEST_SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return hashed.digest()


def key(kind: str, *parts: bytes | str) -> str:
    """The name of the entry of a kind ("grammar") that is made from these parts, by this version of the toolkit and
    this Python.
    """
    return f"{kind}-{digest(*STAMP, kind, *parts).hex()}"


def usual_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """The folder that is asked for by ``TEIWRIGHT_CACHE``, else the one that is usual on a platform; None where
    there is none.

    >>> usual_folder({"XDG_CACHE_HOME": "/home/ada/.cache"}, "linux").as_posix()
    '/home/ada/.cache/teiwright'
    """
    if environment.get("TEIWRIGHT_CACHE"):
        return Path(environment["TEIWRIGHT_CACHE"]).absolute()
    shared = Path(environment.get("XDG_CACHE_HOME", ""))
    if not shared.is_absolute():  # as the XDG Base Directory Specification has it
        usual = {"darwin": "~/Library/Caches", "win32": environment.get("LOCALAPPDATA", "~/AppData/Local")}
        try:
            shared = Path(usual.get(platform, "~/.cache")).expanduser()
        except RuntimeError:  # the user has no home
            return None
    return shared / "teiwright"


class Cache:
    """A folder of entries, each with a key; without ``folder`` nothing is kept.

    ``limit``: how many bytes the entries may have together; those that were not used for longest go first.
    """

    __slots__ = ("folder", "limit")

    def __init__(self, folder: Path | None = None, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit

    def load(self, key: str) -> bytes | None:
        """What is kept under a key; None where there is nothing, or nothing that can be trusted."""
        with suppress(OSError):
            if self.folder and self._is_private():
                return _payload(key, _trusted_bytes(_path(self.folder, key), self.limit))
        return None

    def store(self, key: str, payload: bytes) -> bool:
        """Keeps a payload under a key; False where that cannot be."""
        entry = b"".join((MAGIC, digest(key, payload), payload))
        if self.folder is None or len(entry) > self.limit:
            return False
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._is_private():
                _write_whole(_path(self.folder, key), entry)
                self._prune()
                return True
        return False

    def clear(self) -> int:
        """Removes all entries and says how many they were."""
        return sum(_removed(entry) for entry in self._entries())

    def size(self) -> int:
        """How many bytes the entries have together."""
        return sum(status.st_size for status in self._entries().values())

    def _is_private(self) -> bool:
        """Whether nobody else can have put something into the folder. Raises OSError where it is not there."""
        if self.folder is None:
            return False
        status = self.folder.lstat()
        return stat.S_ISDIR(status.st_mode) and _is_own(status)

    def _entries(self) -> dict[Path, os.stat_result]:
        """The files of the folder that are entries, or were to become some; none where it cannot be trusted."""
        found: dict[Path, os.stat_result] = {}
        with suppress(OSError):
            for path in self.folder.iterdir() if self.folder and self._is_private() else ():
                if path.suffix in (ENDING, UNFINISHED):
                    with suppress(OSError):  # another process has removed it
                        found[path] = path.lstat()
        return found

    def _prune(self) -> None:
        """Removes what was not used for longest, until the rest is within the limit."""
        known = self._entries()
        total = sum(status.st_size for status in known.values())
        for path, status in sorted(known.items(), key=lambda pair: pair[1].st_mtime_ns):
            if total <= self.limit:
                break
            total -= status.st_size * _removed(path)


def _path(folder: Path, key: str) -> Path:
    return folder / (key + ENDING)


def _is_own(status: os.stat_result) -> bool:
    """Whether the user alone may write to a file or folder; other systems than POSIX have no such marks."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _trusted_bytes(path: Path, most: int) -> bytes:
    """The bytes of a file that is the user's own; none where it is something else. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not _is_own(status) or status.st_size > most:
            return b""
        data = _all_bytes(descriptor, status.st_size)
        _mark_used(path, status)
    finally:
        os.close(descriptor)
    return data


def _all_bytes(descriptor: int, size: int) -> bytes:
    """As many bytes as a file had when it was opened; fewer where it was cut meanwhile."""
    pieces = []
    while size > 0 and (piece := os.read(descriptor, size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _mark_used(path: Path, status: os.stat_result) -> None:
    from time import time

    if time() - status.st_mtime > FRESH:
        with suppress(OSError):
            os.utime(path)


def _payload(key: str, entry: bytes) -> bytes | None:
    """The payload of an entry; None where it is another's, was cut, or has changed."""
    start = len(MAGIC) + DIGEST_SIZE
    payload = entry[start:]
    is_whole = entry.startswith(MAGIC) and entry[len(MAGIC) : start] == digest(key, payload)
    return payload if is_whole else None


def _write_whole(path: Path, entry: bytes) -> None:
    """Writes a file that others see whole or not at all. Raises OSError."""
    unfinished = path.with_suffix(f".{os.getpid()}-{os.urandom(6).hex()}{UNFINISHED}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(unfinished, flags, 0o600)
    try:
        try:
            _write_all(descriptor, entry)
        finally:
            os.close(descriptor)
        unfinished.replace(path)
    except OSError:
        _removed(unfinished)
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _removed(path: Path) -> bool:
    with suppress(OSError):
        path.unlink()
        return True
    return False


class _Switch:
    """Whether this process keeps anything, as its command line says."""

    on = True


def switch_off() -> None:
    """From now on this process neither uses nor keeps anything (``--no-cache``)."""
    _Switch.on = False


def current(environment: Mapping[str, str] = os.environ) -> Cache:
    """The user's cache; one that keeps nothing where it is switched off, here or by ``TEIWRIGHT_NO_CACHE``."""
    if not _Switch.on or environment.get("TEIWRIGHT_NO_CACHE"):
        return Cache()
    return Cache(usual_folder(environment))
