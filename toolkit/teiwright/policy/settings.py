"""A project's settings: the file ``teiwright.toml``, or the table ``[tool.teiwright]`` in ``pyproject.toml``.

    schemas = ["schemas/letters.rng", "tei_all"]
    ignore = ["date-*"]
    fail-on = "warning"

    [severity]
    no-schema = "error"

    [per-file-ignore]
    "drafts/**" = ["pointer-without-target"]

They are sought from a document's folder upwards. The nearest file counts, alone; in one folder ``teiwright.toml`` comes
first, and a ``pyproject.toml`` without such a table is passed by. A folder that holds ``.git`` is the last one looked at.
Paths are seen from the settings' own file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from teiwright.diagnostic import Severity
from teiwright.errors import SettingsError, ToolkitError
from teiwright.names import CHECKS
from teiwright.policy.selection import patterns
from teiwright.spelling import hint

OWN_FILE, SHARED_FILE = "teiwright.toml", "pyproject.toml"
LAST = ".git"
LARGEST = 2**20  # bytes
SEVERITIES = {str(severity): severity for severity in Severity}
TABLE = "tool.teiwright"


class Settings(NamedTuple):
    """What a project, or whoever runs a command, asks of validation.

    ``file`` is where it is asked (None: on the command line, or nowhere). ``schemas`` are paths or names; patterns of
    codes stand in ``select``, ``ignore`` and, by patterns of paths, in ``per_file_ignore``; a severity goes with each
    pattern of codes in ``severity``. What is None or empty was not asked for.
    """

    file: Path | None = None
    schemas: tuple[str, ...] = ()
    phase: str | None = None
    catalogs: tuple[Path, ...] = ()
    without: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    per_file_ignore: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fail_on: Severity | None = None
    baseline: Path | None = None
    store: Path | None = None
    schematron: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder that its patterns of paths are seen from."""
        return self.file.parent if self.file else Path()

    @classmethod
    def of(cls, document: str | Path) -> Settings:
        """The settings for a document, by its path; empty ones where it has none. Raises SettingsError."""
        for folder in _folders(document):
            for path in (folder / OWN_FILE, folder / SHARED_FILE):
                # A link that leads nowhere counts: whoever reads it says so. lexists never raises, unlike Path's questions.
                if os.path.lexists(path) and not path.is_dir() and (found := _settings(path)) is not None:
                    return found
        return cls()

    @classmethod
    def read(cls, path: Path) -> Settings:
        """The settings in a file; in a ``pyproject.toml`` those of its table. Raises SettingsError."""
        path = path.absolute()
        return _settings(path) or cls(path)

    def under(self, command: Settings) -> Settings:
        """These settings where a command line asks for more: what it names takes their place; but what it ignores,
        leaves out or weighs is added, and what it selects puts aside what they ignore. A phase goes with the schemas.
        """
        has_schemas = bool(command.schemas or command.schematron)
        return self._replace(
            schemas=command.schemas if has_schemas else self.schemas,
            schematron=command.schematron if has_schemas else self.schematron,
            phase=command.phase if has_schemas or command.phase else self.phase,
            catalogs=command.catalogs + self.catalogs,
            without=tuple(dict.fromkeys(self.without + command.without)),
            select=command.select or self.select,
            ignore=command.ignore if command.select else self.ignore + command.ignore,
            severity=tuple({**dict(self.severity), **dict(command.severity)}.items()),
            fail_on=self.fail_on if command.fail_on is None else command.fail_on,
            baseline=command.baseline or self.baseline,
            store=command.store or self.store,
        )


def _folders(document: str | Path) -> Iterator[Path]:
    """The folders that settings for a document may be in, nearest first."""
    if "\0" in str(document):  # whoever reads it says so
        return
    for folder in Path(os.path.realpath(document)).parents:
        yield folder
        if os.path.lexists(folder / LAST):
            return


def _settings(path: Path) -> Settings | None:
    """The settings in a file; None in a ``pyproject.toml`` without a table of them."""
    text = _text(path)
    if path.name != SHARED_FILE:
        return _read(path, text, _parsed(path, text), "")
    if "teiwright" not in text:  # spares the parse, and whoever has a broken one for other reasons
        return None
    tool = _parsed(path, text).get("tool")
    table = tool.get("teiwright") if isinstance(tool, dict) else None
    return _read(path, text, table, TABLE) if isinstance(table, dict) else None


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise SettingsError(_name(path), "not settings: it is no regular file")
        if path.stat().st_size > LARGEST:
            raise SettingsError(_name(path), f"the settings are larger than {LARGEST // 2**20} MB")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(_name(path), "the settings are not in UTF-8, as TOML must be") from None
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "no file can have this name"
        raise SettingsError(_name(path), f"the settings cannot be read: {problem}") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        place = f":{found[2]}:{found[3]}" if found and found[2] else f":{text.rstrip().count(chr(10)) + 1}"
        problem = _lowered(found[1] if found else str(error))
        raise SettingsError(f"{_name(path)}{place}", f"not TOML: {problem}") from None
    except (RecursionError, ValueError):  # nested without end, a number without end
        raise SettingsError(_name(path), "not TOML that can be read: nested or long beyond measure") from None


def _lowered(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


def _read(path: Path, text: str, table: Mapping[str, Any], within: str) -> Settings:
    """The settings in a table. Raises SettingsError for a key that is none, and for a value of another type."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            meant = hint(key, KEYS) or f"expected one of {', '.join(KEYS)}"
            raise SettingsError(_place(path, text, within, key), f'no such setting: "{key}"', meant)
        try:
            values[key.replace("-", "_")] = KEYS[key](value, path.parent)
        except ToolkitError as error:
            problem = str(error) if error.subject or error.hint else error.problem
            raise SettingsError(_place(path, text, within, key), f'"{key}": {problem}') from None
    return Settings(path, **values)


def _wrong(expected: str, value: object) -> ToolkitError:
    return ToolkitError("", f"expected {expected}, found {TYPES.get(type(value), 'a date or time')}")


TYPES: Mapping[type, str] = {
    str: "a string", int: "a number", float: "a number", bool: "a boolean", list: "an array", dict: "a table",
}  # fmt: skip


def _word(value: object, _folder: Path) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong("a string", value) if not isinstance(value, str) else ToolkitError("", "the string is empty")
    return value


def _words(value: object, folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _wrong("an array of strings", value)
    return tuple(_word(item, folder) for item in value)


def _file(value: object, folder: Path) -> Path:
    name = _word(value, folder)
    if "\0" in name:
        raise ToolkitError("", "no file can have this name")
    return folder / name


def _files(value: object, folder: Path) -> tuple[Path, ...]:
    return tuple(_file(name, folder) for name in _words(value, folder))


def _schemas(value: object, folder: Path) -> tuple[str, ...]:
    """What has a "/" or is a file beside the settings is a path, all else a name."""
    named = ((name, _file(name, folder)) for name in _words(value, folder))
    return tuple(str(path) if "/" in name or path.is_file() else name for name, path in named)


def _checks(value: object, folder: Path) -> tuple[str, ...]:
    return tuple(_one_of(name, CHECKS, "check") for name in _words(value, folder))


def _codes(value: object, folder: Path) -> tuple[str, ...]:
    return patterns(_words(value, folder))


def _severity(value: object, folder: Path) -> Severity:
    return SEVERITIES[_one_of(_word(value, folder), SEVERITIES, "severity")]


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _wrong("a table", value)
    return value


def _severities(value: object, folder: Path) -> tuple[tuple[str, Severity], ...]:
    named = ((patterns([key]), item) for key, item in _table(value).items())
    return tuple((code, _severity(item, folder)) for codes, item in named for code in codes)


def _per_file(value: object, folder: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((files, _codes(codes, folder)) for files, codes in _table(value).items())


def _one_of(word: str, known: Iterable[str], what: str) -> str:
    known = tuple(known)
    if word not in known:
        raise ToolkitError("", f'no such {what}: "{word}"', hint(word, known) or f"expected one of {', '.join(known)}")
    return word


# The settings by their names in the file.
KEYS: Mapping[str, Callable[[object, Path], Any]] = {
    "schemas": _schemas,
    "schematron": _schemas,
    "phase": _word,
    "catalogs": _files,
    "without": _checks,
    "select": _codes,
    "ignore": _codes,
    "severity": _severities,
    "per-file-ignore": _per_file,
    "fail-on": _severity,
    "baseline": _file,
    "store": _file,
}


def _place(path: Path, text: str, within: str, key: str) -> str:
    """The file, and the line in which a key is likely to stand: tomllib keeps none."""
    name = re.escape(key)
    header = rf"\[\s*{re.escape(within + '.') if within else ''}\"?{name}\"?\s*\]"
    found = re.search(rf"^[ \t]*(?:\"?{name}\"?\s*[=.]|{header})", _section(text, within), re.MULTILINE)
    line = text.count("\n", 0, found.start() + len(text) - len(_section(text, within))) + 1 if found else 0
    return f"{_name(path)}:{line}" if line else _name(path)


def _section(text: str, within: str) -> str:
    """A text from a table's header on; all of it where the table has none."""
    found = re.search(rf"^[ \t]*\[\s*{re.escape(within)}[\s.\]]", text, re.MULTILINE) if within else None
    return text[found.start() :] if found else text


def _name(path: Path) -> str:
    """A path as seen from the working directory, where it is below it."""
    name = os.path.relpath(path) if path.anchor == Path.cwd().anchor else str(path)
    return str(path) if name.startswith(os.pardir) else name
