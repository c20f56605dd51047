"""A schema's stylesheet in the cache: found by the content of the schema's file, used while the addresses in it lead
to the same files, and these are as they were.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from teiwright import cache
from teiwright.errors import DocumentError, SchemaError
from teiwright.schematron.sheet import Assertion, Lines, Sheet, Subordinate
from teiwright.source import file_bytes

if TYPE_CHECKING:
    from teiwright.schematron.files import Loan

KIND = "schematron"


class Prepared(NamedTuple):
    """What a schema becomes before Saxon compiles it, the files it was read from, and where the addresses in them led."""

    sheet: Sheet
    files: tuple[Path, ...]
    loans: Mapping[Loan, Path]


def load(path: Path, phase: str | None) -> Prepared | None:
    """What is kept of the schema in a file; None where there is nothing, or where one of its files has changed, or an
    address in them leads elsewhere.
    """
    with suppress(DocumentError):
        payload = cache.current().load(_key(path, phase))
        if payload is None:
            return None
        borrowed, loans, lines, origins, assertions, subordinates, rules, is_empty = marshal.loads(payload)
        folder = path.absolute().parent
        files = [_at(folder, name) for name, _ in borrowed]
        loaned = {(_at(folder, asker), href): _at(folder, name) for asker, href, name in loans}
        if _lead_there(loaned) and all(
            _digest(file) == digest for file, (_, digest) in zip(files, borrowed, strict=True)
        ):
            sheet = Sheet(lines, origins)
            sheet.assertions = [Assertion(*fields) for fields in assertions]
            sheet.subordinates = [Subordinate(*fields) for fields in subordinates]
            sheet.rules = [Lines(*fields) for fields in rules]
            sheet.is_empty = is_empty
            return Prepared(sheet, (path.resolve(), *(file.resolve() for file in files)), loaned)
    return None


def store(path: Path, phase: str | None, prepared: Prepared) -> None:
    """Keeps a stylesheet that is known to compile."""
    sheet = prepared.sheet
    folder = path.absolute().parent
    with suppress(DocumentError):
        borrowed = [(_from(folder, file), _digest(file)) for file in prepared.files if file != path.resolve()]
        loans = [(_from(folder, asker), href, _from(folder, file)) for (asker, href), file in prepared.loans.items()]
        parts = [[tuple(one) for one in part] for part in (sheet.assertions, sheet.subordinates, sheet.rules)]
        cache.current().store(
            _key(path, phase), marshal.dumps((borrowed, loans, sheet.lines, sheet.origins, *parts, sheet.is_empty))
        )


def _lead_there(loans: Mapping[Loan, Path]) -> bool:
    """Whether addresses still lead to the same files; catalogs and stores may say otherwise by now."""
    if not loans:
        return True
    from teiwright.schematron.files import led_to

    try:
        return all(led_to(asker, href, "").resolve() == file.resolve() for (asker, href), file in loans.items())
    except SchemaError:
        return False


def _from(folder: Path, file: Path) -> str:
    """The name of a file from a folder, by their paths alone: behind a link ".." is another place."""
    return os.path.relpath(file.absolute(), folder)


def _at(folder: Path, name: str) -> Path:
    return Path(os.path.normpath(folder / name))


def _key(path: Path, phase: str | None) -> str:
    return cache.key(KIND, _makers(), path.name, phase or "", file_bytes(path))


def _makers() -> str:
    """When the modules that write stylesheets last changed: who develops them does so under one version."""
    here = Path(__file__).parent
    modules = chain(os.scandir(here), os.scandir(here.parent / "customization"))  # that writes the rules of an ODD
    return str(max(module.stat().st_mtime_ns for module in modules))


def _digest(path: Path) -> bytes:
    return cache.digest(file_bytes(path))
