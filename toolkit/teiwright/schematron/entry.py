"""A schema's stylesheet in the cache: found by the content of the schema's file, used while all files that it
borrows from are as they were.
"""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from teiwright import cache
from teiwright.errors import DocumentError
from teiwright.schematron.sheet import Assertion, Lines, Sheet, Subordinate
from teiwright.source import file_bytes

KIND = "schematron"


class Prepared(NamedTuple):
    """What a schema becomes before Saxon compiles it, and the files it was read from."""

    sheet: Sheet
    files: tuple[Path, ...]


def load(path: Path, phase: str | None) -> Prepared | None:
    """What is kept of the schema in a file; None where there is nothing, or where one of its files has changed."""
    with suppress(DocumentError):
        payload = cache.current().load(_key(path, phase))
        if payload is None:
            return None
        borrowed, lines, origins, assertions, subordinates, rules, is_empty = marshal.loads(payload)
        files = [path.resolve().parent / name for name, _ in borrowed]
        if all(_digest(file) == digest for file, (_, digest) in zip(files, borrowed, strict=True)):
            sheet = Sheet(lines, origins)
            sheet.assertions = [Assertion(*fields) for fields in assertions]
            sheet.subordinates = [Subordinate(*fields) for fields in subordinates]
            sheet.rules = [Lines(*fields) for fields in rules]
            sheet.is_empty = is_empty
            return Prepared(sheet, (path.resolve(), *(file.resolve() for file in files)))
    return None


def store(path: Path, phase: str | None, prepared: Prepared) -> None:
    """Keeps a stylesheet that is known to compile."""
    sheet = prepared.sheet
    folder = path.resolve().parent
    with suppress(DocumentError):
        borrowed = [(os.path.relpath(file, folder), _digest(file)) for file in prepared.files if file != path.resolve()]
        parts = [[tuple(one) for one in part] for part in (sheet.assertions, sheet.subordinates, sheet.rules)]
        cache.current().store(
            _key(path, phase), marshal.dumps((borrowed, sheet.lines, sheet.origins, *parts, sheet.is_empty))
        )


def _key(path: Path, phase: str | None) -> str:
    return cache.key(KIND, _makers(), path.name, phase or "", file_bytes(path))


def _makers() -> str:
    """When the modules that write stylesheets last changed: who develops them does so under one version."""
    return str(max(module.stat().st_mtime_ns for module in os.scandir(Path(__file__).parent)))


def _digest(path: Path) -> bytes:
    return cache.digest(file_bytes(path))
