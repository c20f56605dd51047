"""A project's own style sheets (CSS), with the files that they name: taken into one page, or copied beside a site.

What they name is found by CSS's own tokens (CSS Syntax Module Level 3, section 4): comments and strings are no addresses, ``url()`` and
the string of ``@import`` are. Nothing is loaded from elsewhere.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from teiwright.address import AddressError, local_file
from teiwright.errors import DocumentError, StylesheetError
from teiwright.source import decoded, file_bytes

STRING = r"""(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
UNQUOTED = r"""(?>\\[0-9a-fA-F]{1,6}\s?|\\.|[^"'()\\\s])*+"""
TOKENS = re.compile(
    rf"(?P<comment>/\*.*?(?:\*/|\Z))|(?<![\w\-])url\(\s*(?P<url>{STRING}|{UNQUOTED})\s*\)|(?P<rule>@import)|(?P<string>{STRING})",
    re.IGNORECASE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
CHARSET = re.compile(r'^@charset "[^"]*";')
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")
TYPES = {
    ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".svg": "image/svg+xml",
}  # fmt: skip
SHEET = ".css"
LARGEST = 20 * 2**20  # bytes of a font or picture


class Reference(NamedTuple):
    """An address in a style sheet: where it begins and ends (characters from 0, with its marks), what it says, the line from 1."""

    start: int
    end: int
    address: str
    line: int
    is_import: bool


class Gathered(NamedTuple):
    """Style sheets for a site: the paths of those that were asked for, and the contents of all files by path."""

    paths: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def references(text: str) -> Iterator[Reference]:
    """The addresses in the text of a style sheet that a browser would load, in order; data in the sheet itself is none.

    >>> [one.address for one in references("@import 'a.css'; b { background: url(c.png) } /* url(d) */")]
    ['a.css', 'c.png']
    """
    is_rule = False  # @import, whose address comes
    for token in TOKENS.finditer(text):
        kind = token.lastgroup
        if kind == "url" or (kind == "string" and is_rule):
            start, end = token.span(kind)
            written = token[kind]
            address = _unescaped(written[1:-1] if written[:1] in ("'", '"') else written)
            if address and not address.lower().startswith(("data:", "#")):
                yield Reference(start, end, address, text.count("\n", 0, start) + 1, is_rule)
        is_rule = kind == "rule" or (kind == "comment" and is_rule)


def inlined(path: Path) -> str:
    """A style sheet for a page that is one file: fonts and pictures that it names are in it. Raises StylesheetError."""
    text = _text(path)

    def held(reference: Reference) -> str:
        if reference.is_import:
            problem = f'"{reference.address}" is imported, which a page that is one file cannot do'
            raise StylesheetError(f"{path}:{reference.line}", problem, "name both style sheets")
        file = _file(path, reference)
        data = b64encode(_bytes(path, reference, file)).decode()
        return f'"data:{TYPES[file.suffix.lower()]};base64,{data}{_fragment(reference)}"'

    return _replaced(text, held)


def gathered(paths: Sequence[Path], folder: str) -> Gathered:
    """Style sheets and all that they name, as files of one folder of a site. Raises StylesheetError."""
    names: dict[Path, str] = {}
    contents: dict[str, bytes] = {}
    waiting = [(path.resolve(), path) for path in reversed(dict.fromkeys(paths))]
    asked = [_place(file, folder, names) for file, _ in reversed(waiting)]
    while waiting:
        file, shown = waiting.pop()
        place = _place(file, folder, names)
        if place in contents:
            continue
        text = _text(shown)
        found: list[Path] = []

        def beside(reference: Reference, shown: Path = shown, found: list[Path] = found) -> str:
            named = _file(shown, reference)
            if named.suffix.lower() == SHEET:
                found.append(named)
            else:
                contents.setdefault(_place(named, folder, names), _bytes(shown, reference, named))
            return f'"{_place(named, folder, names).rpartition("/")[2]}{_fragment(reference)}"'

        contents[place] = _replaced(text, beside).encode()
        waiting += [(named, named) for named in found]
    return Gathered(tuple(dict.fromkeys(asked)), tuple(sorted(contents.items())))


def files(path: Path) -> Iterator[Path]:
    """A style sheet and the files that it names, whether they are there or not, for whoever watches them."""
    waiting, seen = [path], {path}
    while waiting:
        sheet = waiting.pop()
        yield sheet
        try:
            named = [_local(sheet, one.address) for one in references(_text(sheet))]
        except StylesheetError:
            continue
        for file in named:
            if file is not None and file not in seen:
                seen.add(file)
                if file.suffix.lower() == SHEET:
                    waiting.append(file)
                else:
                    yield file


def _text(path: Path) -> str:
    try:
        return CHARSET.sub("", decoded(file_bytes(path), str(path)))
    except DocumentError as error:
        raise StylesheetError(error.subject, error.problem, error.hint) from None


def _replaced(text: str, new: Callable[[Reference], str]) -> str:
    parts, end = [], 0
    for reference in references(text):
        parts += [text[end : reference.start], new(reference)]
        end = reference.end
    return "".join((*parts, text[end:]))


def _file(sheet: Path, reference: Reference) -> Path:
    """The file that a style sheet names. Raises StylesheetError where it is elsewhere, is not there, or is of another kind."""
    place, address = f"{sheet}:{reference.line}", reference.address
    if SCHEME.match(address) and not address.lower().startswith("file:"):
        raise StylesheetError(
            place, f'"{address}" would be loaded from elsewhere', "lay the file beside the style sheet"
        )
    file = _local(sheet, address)
    if file is None or not file.is_file():
        raise StylesheetError(place, f'no such file: "{address}"')
    known = (SHEET,) if reference.is_import else tuple(TYPES)
    if file.suffix.lower() not in known:
        raise StylesheetError(
            place, f'"{address}" is not a file that a style sheet can show', f"expected {', '.join(known)}"
        )
    return file.resolve()


def _fragment(reference: Reference) -> str:
    """The part of a picture that is meant, with what it begins with."""
    part = reference.address.partition("#")[2]
    return f"#{part}" if re.fullmatch(r"[\w\-.]+", part) else ""


def _local(sheet: Path, address: str) -> Path | None:
    try:
        return local_file(address.partition("#")[0].partition("?")[0], sheet.absolute().as_uri())
    except AddressError:
        return None


def _bytes(sheet: Path, reference: Reference, file: Path) -> bytes:
    place = f"{sheet}:{reference.line}"
    try:
        if file.stat().st_size > LARGEST:
            raise StylesheetError(place, f'"{reference.address}" is larger than {LARGEST // 2**20} MB')
        return file.read_bytes()
    except OSError as error:
        raise StylesheetError(place, f'"{reference.address}" cannot be read: {error.strerror}') from None


def _place(file: Path, folder: str, names: dict[Path, str]) -> str:
    """The path in the site of a file, the same each time; another than those of the others, whatever case they are told by."""
    if file not in names:
        stem = re.sub(r"[^A-Za-z0-9_\-]+", "-", file.stem).strip("-") or "file"
        taken = {name.casefold() for name in names.values()}
        tries = (f"{stem}{f'-{n}' if n else ''}{file.suffix.lower()}" for n in range(len(taken) + 1))
        names[file] = next(name for name in tries if name.casefold() not in taken)
    return f"{folder}/{names[file]}"


def _unescaped(text: str) -> str:
    """A string of CSS without its escapes (section 4.3.7)."""
    return ESCAPE.sub(lambda found: _character(int(found[1], 16)) if found[1] else found[2].replace("\n", ""), text)


def _character(number: int) -> str:
    return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\N{REPLACEMENT CHARACTER}"
