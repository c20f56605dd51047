"""Puts a document together of its files: finds them, reads them, keeps count (XInclude 1.1, section 4)."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from urllib.parse import urljoin
from xml.parsers import expat

from teiwright.address import MARKERS, AddressError, local_file, project_folder
from teiwright.diagnostic import Diagnostic, Severity
from teiwright.errors import DocumentError
from teiwright.scanner import Refusal, Scanner
from teiwright.source import PYTHON_ONLY, Place, Source, file_bytes
from teiwright.xinclude import fragment, pointer
from teiwright.xinclude.parts import Mark, Parts, escaped
from teiwright.xinclude.reading import Around, Asked, Reading
from teiwright.xinclude.refusal import Fault, Refused, malformed
from teiwright.xinclude.wanted import Wanted

DEEPEST_FILES = 30  # files that include each other
TOO_LARGE = "xinclude-too-large"
MOST_INCLUSIONS = 10_000
MOST_BYTES = 64 << 20  # that are read in all, a file as often as it is included; and characters that come of it
TOO_MUCH = (
    f"what is included comes to more than {MOST_BYTES >> 20} MB; this file is left out, as is all that is too much"
)
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char


class Composer:
    """All that is known while one document is put together; ``sources`` are the files that were read, the document
    itself first, and ``faults`` what is wrong with their inclusions.
    """

    def __init__(self, main: Source) -> None:
        self.main = main
        self.sources = [main]
        self.faults: list[Fault | Diagnostic] = []
        self.inclusions = 0
        self.bytes = 0
        self.written = 0  # characters of the result that are not of the document itself
        self.is_full = False  # whether something was left out because there is too much
        self._files: dict[Path, int] = {main.path: 0}
        self._project: Path | None = None

    def whole(self) -> Parts:
        """The document with all that it includes. It must be well-formed."""
        base = self.main.uri or self.main.path.as_uri()
        reading = Reading(self, 0, Around(base, "", {}), ((0, ""),))
        return reading.read()

    def fault(self, mark: Mark, place: Place, refused: Refused, severity: Severity = Severity.ERROR) -> None:
        """Notes what is wrong with an inclusion; that there are too many, or too large ones, only of the first."""
        if refused.code == TOO_LARGE:
            if self.is_full:
                return
            self.is_full = True
        self.faults.append(Fault(mark, place, severity, refused.code, refused.problem))

    def included(self, asked: Asked) -> Parts:
        """What an xi:include brings. Raises Refused."""
        wanted = asked.wanted
        self.inclusions += 1
        if self.inclusions > MOST_INCLUSIONS:
            problem = f"there are more than {MOST_INCLUSIONS:,} inclusions; this one and all that follow are left out"
            raise Refused(TOO_LARGE, problem)
        if not wanted.is_xml:
            return self._text(wanted, asked.base)
        index = self._source(wanted.href, asked.base) if wanted.href else asked.file
        number = self._selected(index, wanted) if wanted.xpointer else None
        step = (index, wanted.xpointer)
        if step in asked.chain or (index == asked.file and number in asked.ancestors):
            raise Refused("xinclude-loop", f'"{wanted.href or wanted.xpointer}" includes itself, directly or by others')
        if len(asked.chain) > DEEPEST_FILES:
            raise Refused(TOO_LARGE, f"inclusions are more than {DEEPEST_FILES} levels deep")
        self._charge(len(self.sources[index].data))
        reading = Reading(self, index, asked.around, (*asked.chain, step), asked.by, number, wanted.extras)
        try:
            return reading.read()
        except (expat.ExpatError, Refusal):
            raise _broken(self.sources[index]) from None

    def _selected(self, index: int, wanted: Wanted) -> int:
        """The number of the element that an xpointer chooses. Raises Refused."""
        source = self.sources[index]
        try:
            chosen = pointer.selectors(wanted.xpointer)
        except ValueError:
            problem = f'@xpointer "{wanted.xpointer}" is no pointer; expected an identifier, or "element(…)"'
            raise malformed(problem) from None
        if not chosen:
            problem = (
                f'@xpointer "{wanted.xpointer}" uses no scheme that is known; expected an identifier, or "element(…)"'
            )
            raise Refused("xinclude-without-target", problem, is_resource=True)
        self._charge(len(source.data))
        try:
            number = pointer.Search(source, chosen).located()
        except (expat.ExpatError, Refusal):
            raise _broken(source) from None
        if number is None:
            problem = f'"{wanted.xpointer}" leads nowhere in "{Path(source.name).name}"'
            raise Refused("xinclude-without-target", problem, is_resource=True)
        return number

    def _text(self, wanted: Wanted, base: str) -> Parts:
        """What an xi:include brings as text (section 4.3). Raises Refused."""
        path = self._path(wanted.href, base)
        text = _decoded(_bytes(path, wanted.href, self), wanted)
        if wanted.xpointer:
            text = fragment.chosen(text, wanted.xpointer)
        if found := FORBIDDEN.search(text):
            raise malformed(f'"{wanted.href}" has the character U+{ord(found[0]):04X} in it, which XML does not allow')
        parts = Parts()
        parts.pieces.append(escaped(text))
        return parts

    def _source(self, href: str, base: str) -> int:
        """The number of a file; it is read when it is met for the first time. Raises Refused."""
        path = self._path(href, base)
        if path not in self._files:
            data = _bytes(path, href, self)
            try:
                source = Source.parse(data, self._shown(path), path.as_uri())
            except DocumentError as error:
                raise _unread(href, error) from None
            self._files[path] = len(self.sources)
            self.sources.append(source)
        return self._files[path]

    def _path(self, href: str, base: str) -> Path:
        """The file that an address means. Raises Refused for one that may not be read."""
        try:
            path = local_file(href, base)
        except AddressError as error:
            raise malformed(error.problem) from None
        if path is None:
            address = urljoin(base, href)
            raise Refused("xinclude-not-allowed", f'"{address}" is on the web and is not fetched', is_resource=True)
        path = path.resolve()
        if self._project is None:
            self._project = project_folder(self.main.path)
        if not path.is_relative_to(self._project):
            hint = f"a file {MARKERS[0]} marks the project's folder"
            problem = f'"{href}" is outside of the document\'s project and is not read; {hint}'
            raise Refused("xinclude-not-allowed", problem, is_resource=True)
        return path

    def _shown(self, path: Path) -> str:
        """A file's name as it was come by: from where the document is said to be."""
        beside = os.path.relpath(path, self.main.path.parent)
        return os.path.normpath(Path(self.main.name).parent / beside)

    def _charge(self, count: int) -> None:
        """Counts bytes that are read. Raises Refused when they have become too many."""
        self.bytes += count
        if self.bytes > MOST_BYTES:
            raise Refused(TOO_LARGE, TOO_MUCH)

    def charge_written(self, count: int) -> None:
        """Counts characters that included files write into the result. Raises Refused when they have become too many."""
        self.written += count
        if self.written > MOST_BYTES:
            raise Refused(TOO_LARGE, TOO_MUCH)

    def charge_file(self, path: Path) -> None:
        """Counts a file before it is read. Raises Refused when it is too large."""
        try:
            size = path.stat().st_size
        except OSError:  # reading it will say why
            return
        self._charge(size)


def _broken(source: Source) -> Refused:
    """A file that is not well-formed: the finding that it is, in the words and at the place of one that is read alone."""
    try:
        Scanner(source).scan()
    except DocumentError as error:
        return _unread(source.name, error)
    return malformed(f'"{source.name}" cannot be read')


def _bytes(path: Path, href: str, composer: Composer) -> bytes:
    """A file's bytes. Raises Refused."""
    composer.charge_file(path)
    try:
        return file_bytes(path)
    except DocumentError as error:
        if path.is_file() and not path.stat().st_size:
            return b""
        raise _unread(href, error) from None


def _unread(href: str, error: DocumentError) -> Refused:
    """What a file says that cannot be read."""
    if error.diagnostic is not None:
        return Refused(error.diagnostic.code, "", findings=(error.diagnostic,))
    code = "xinclude-not-allowed" if "regular file" in error.problem else "xinclude-without-target"
    verb = "" if error.problem.startswith(("cannot", "may not")) else "cannot be included: "
    return Refused(code, f'"{href}" {verb}{error.problem}', is_resource=True)


def _decoded(data: bytes, wanted: Wanted) -> str:
    """The characters of a text file: by its mark, by what the xi:include says, else as UTF-8. Raises Refused."""
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    encoding = next((name for mark, name in marks if data.startswith(mark)), wanted.encoding or "utf-8")
    try:
        if codecs.lookup(encoding).name.replace("-", "_") in PYTHON_ONLY:
            raise LookupError
        return data.decode(encoding)
    except LookupError:
        problem = f'@encoding "{encoding}" is not known'
        raise Refused("xinclude-without-target", problem, is_resource=True) from None
    except (UnicodeError, ValueError):
        raise malformed(f'"{wanted.href}" is not in the encoding "{encoding}"') from None
