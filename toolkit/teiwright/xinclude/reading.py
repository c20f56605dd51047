"""Reads one file of a composed document and writes it, or the element of it that was asked for, with what it includes
in place (XInclude 1.1, sections 4.1 to 4.7).
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from teiwright.diagnostic import Severity
from teiwright.names import XML
from teiwright.scanner import DEEPEST, Refusal, parsed, parser
from teiwright.source import Place
from teiwright.xinclude.parts import NAMESPACE, Inclusion, Mark, Parts, escaped
from teiwright.xinclude.refusal import Refused, malformed
from teiwright.xinclude.wanted import Wanted

if TYPE_CHECKING:
    from teiwright.xinclude.composer import Composer

SEPARATOR = "}"
NAMES = 4096  # that are kept in mind
INCLUDE, FALLBACK = f"{NAMESPACE}}}include", f"{NAMESPACE}}}fallback"
BASE, LANG, ID = f"{XML}}}base}}xml", f"{XML}}}lang}}xml", f"{XML}}}id}}xml"  # with their prefix
LOCAL_ATTRIBUTES = f"{NAMESPACE}/local-attributes}}"
Scope = dict[str | None, str]  # namespaces by prefix; None is the default's
Step = tuple[int, str]  # a file and what of it is included
Attributes = dict[str, str]  # by names as expat gives them: namespace}local}prefix


class Around(NamedTuple):
    """What surrounds something in the result: base address, language, namespaces by prefix (None: the default)."""

    base: str
    language: str
    namespaces: Mapping[str | None, str]


class Level(NamedTuple):
    """What an element of a file hands down to those in it; one that says nothing hands on what it was handed."""

    namespaces: Scope
    base: str
    language: str


class Asked(NamedTuple):
    """An inclusion: what is asked for, what surrounds it in the result, the address that its own is relative to, the
    file that it stands in, the elements there that it stands in, all that is being included, and itself.
    """

    wanted: Wanted
    around: Around
    base: str
    file: int
    ancestors: frozenset[int]
    chain: tuple[Step, ...]
    by: Inclusion


class Open:
    """An xi:include that is being read: its depth, itself and its place, what failed, whether its xi:fallback takes its
    place just now.
    """

    __slots__ = ("depth", "fallbacks", "is_writing", "mark", "place", "refused")

    def __init__(self, depth: int, mark: Mark, place: Place, refused: Refused | None) -> None:
        self.depth = depth
        self.mark = mark
        self.place = place
        self.refused = refused
        self.fallbacks = 0
        self.is_writing = False


class Reading:
    """One pass of expat over one file. ``around`` is what surrounds the result; of the file's elements, all are written
    or, where a number (from 0, in document order) is given, that one; ``extras`` are attributes for the outermost.
    """

    def __init__(
        self,
        composer: Composer,
        file: int,
        around: Around,
        chain: tuple[Step, ...],
        by: Inclusion | None = None,
        selected: int | None = None,
        extras: Mapping[str, str] | None = None,
    ) -> None:
        self.composer = composer
        self.file = file
        self.source = composer.sources[file]
        self.around = around
        self.chain = chain
        self.by = by
        self.selected = selected
        self.extras = extras or {}
        self.parts = Parts()
        self.number = -1
        self.depth = 0
        self.written: list[tuple[Around, Level]] = []  # elements of this file that are open in the result
        self.ends_at = 0 if selected is None else -1  # the depth of what is written; -1: it has not come, or is over
        self.includes: list[Open] = []
        self.numbers: list[int] = []  # of the elements that are open
        self.levels = [Level({None: ""}, self.source.uri or self.source.path.as_uri(), "")]
        self.declared: dict[str | None, str] = {}  # by the start tag that comes next
        self.in_doctype = False
        self.parser = parser()
        self._listen()

    def _listen(self) -> None:
        made = self.parser
        made.namespace_prefixes = True
        made.buffer_text = True
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._text
        made.CommentHandler = self._comment
        made.ProcessingInstructionHandler = self._instruction
        made.StartNamespaceDeclHandler = self._declare
        made.StartDoctypeDeclHandler = lambda *_: self._doctype(True)
        made.EndDoctypeDeclHandler = lambda: self._doctype(False)

    def read(self) -> Parts:
        """The result. Raises what the parser raises."""
        for _ in parsed(self.parser, self.source.data):
            pass
        self.parts.pieces = [self.parts.text()]
        return self.parts

    # What stands where

    @property
    def is_writing(self) -> bool:
        """Whether what comes goes into the result."""
        return self.ends_at >= 0 and (not self.includes or self.includes[-1].is_writing)

    @property
    def here(self) -> Around:
        """What surrounds the place in the result that is being written to."""
        return self.written[-1][0] if self.written else self.around

    @property
    def _mark(self) -> Mark:
        return Mark(self.file, self.number)

    @property
    def _place(self) -> Place:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    # Handlers

    def _doctype(self, is_inside: bool) -> None:
        self.in_doctype = is_inside

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix] = uri or ""

    def _start(self, name: str, flat: list[str]) -> None:
        self.number += 1
        self.depth += 1
        if self.depth > DEEPEST:
            problem = f"elements are nested more than {DEEPEST:,} levels deep"
            raise Refusal("nested-too-deeply", problem, self.parser)
        attributes = dict(zip(flat[::2], flat[1::2], strict=True))
        around = self.here
        self._enter(attributes)
        if self.number == self.selected:
            self.ends_at = self.depth
        plain = _expanded(name)
        if self.includes and not self.includes[-1].is_writing:
            self._start_inside(self.includes[-1], plain)
        elif self.is_writing and plain == INCLUDE:
            self._include(attributes, around)
        elif self.is_writing:
            if plain == FALLBACK:
                self.composer.fault(self._mark, self._place, malformed(MISPLACED))
            self._write(name, attributes, around)

    def _enter(self, attributes: Attributes) -> None:
        """Notes what an element says of all that is in it."""
        level = self.levels[-1]
        if self.declared or BASE in attributes or LANG in attributes:
            level = Level(
                {**level.namespaces, **self.declared},
                _joined(level.base, attributes[BASE]) if BASE in attributes else level.base,
                attributes.get(LANG, level.language),
            )
            self.declared = {}
        self.levels.append(level)
        self.numbers.append(self.number)

    def _end(self, name: str) -> None:
        opened = self.includes[-1] if self.includes else None
        if opened and self.depth == opened.depth:
            self._close(opened)
        elif opened and opened.is_writing and self.depth == opened.depth + 1:
            opened.is_writing = False
        elif self.is_writing:
            self._put(f"</{_written(name)}>")
            self.written.pop()
        if self.depth == self.ends_at:
            self.ends_at = -1
            self.selected = None
        self.depth -= 1
        self.numbers.pop()
        self.levels.pop()

    def _text(self, text: str) -> None:
        if self.is_writing:
            self._put(escaped(text))

    def _comment(self, text: str) -> None:
        if self.is_writing and not self.in_doctype:
            self._put(f"<!--{text}-->")

    def _instruction(self, target: str, text: str) -> None:
        if self.is_writing and not self.in_doctype:
            self._put(f"<?{target} {text}?>")

    def _put(self, piece: str) -> None:
        """Adds to the result. What an included file writes is counted: its entities make much of little."""
        if self.by:
            self.composer.charge_written(len(piece))
        self.parts.pieces.append(piece)

    # Elements

    def _write(self, name: str, attributes: Attributes, around: Around) -> None:
        """Writes a start tag, declaring what is not declared around it; the outermost elements of a file take with them
        what they would lose: their base address and language (sections 4.7.5 and 4.7.6).
        """
        if not self.written and self.by:
            attributes = self._kept(attributes, around)
        shown = "".join([f' {_written(key)}="{_quoted(value)}"' for key, value in attributes.items()])
        level = self.levels[-1]
        if self.written and self.written[-1][1] is level:
            self.written.append(self.written[-1])
        else:
            shown = self._declarations(level, around) + shown
            within = Around(level.base, level.language, {**around.namespaces, **level.namespaces})
            self.written.append((within, level))
        self._put(f"<{_written(name)}{shown}>")
        self.parts.add_element(self._mark, self.by)

    def _declarations(self, level: Level, around: Around) -> str:
        """Those that a start tag needs."""
        needed = [item for item in level.namespaces.items() if around.namespaces.get(item[0], "") != item[1]]
        return "".join(f' {f"xmlns:{prefix}" if prefix else "xmlns"}="{_quoted(uri)}"' for prefix, uri in needed)

    def _kept(self, attributes: Attributes, around: Around) -> Attributes:
        """The attributes of an outermost element of an included file."""
        kept = dict(attributes)
        for key, value in self.extras.items():
            key = self._prefixed(key)
            kept.pop(key, None)
            if value or key != ID:  # an empty identifier takes one away (section 4.5)
                kept[key] = value
        level = self.levels[-1]
        if level.base != around.base:
            kept[BASE] = _relative(level.base, around.base)
        if level.language.lower() != around.language.lower():
            kept[LANG] = level.language
        return kept

    def _prefixed(self, name: str) -> str:
        """The name of an attribute that comes from elsewhere, with a prefix that means the same in this element."""
        uri, *rest = name.split(SEPARATOR)
        if len(rest) < 2 or uri == XML:
            return name
        local, prefix = rest
        level = self.levels[-1]
        while level.namespaces.get(prefix, uri) != uri:
            prefix += "_"
        self.levels[-1] = level._replace(namespaces={**level.namespaces, prefix: uri})
        return SEPARATOR.join((uri, local, prefix))

    def _include(self, attributes: Attributes, around: Around) -> None:
        """xi:include: what it brings is written, unless it fails."""
        place, refused = self._place, None
        extras = {**self._extras(attributes), **({} if self.written else self.extras)}
        try:
            wanted = Wanted.of(attributes, extras)
            by = Inclusion(self._mark, self.by)
            asked = Asked(wanted, around, self.levels[-1].base, self.file, frozenset(self.numbers), self.chain, by)
            self.parts.extend(self.composer.included(asked))
        except Refused as error:
            refused = error
        self.includes.append(Open(self.depth, self._mark, place, refused))

    def _extras(self, attributes: Attributes) -> Attributes:
        """The attributes of an xi:include that are for what it brings (section 4.5)."""
        found: Attributes = {}
        for key, value in attributes.items():
            expanded = _expanded(key)
            if expanded.startswith(LOCAL_ATTRIBUTES):
                found[expanded.removeprefix(LOCAL_ATTRIBUTES)] = value
            elif SEPARATOR in expanded and not expanded.startswith((f"{NAMESPACE}}}", f"{XML}}}")):
                found[key] = value
        if (identifier := attributes.get("set-xml-id")) is not None:
            found[ID] = identifier
        return found

    def _start_inside(self, opened: Open, plain: str) -> None:
        """A child of an xi:include: its xi:fallback, or nothing that matters."""
        if self.depth != opened.depth + 1 or not plain.startswith(f"{NAMESPACE}}}"):
            return
        if plain != FALLBACK or opened.fallbacks:
            self.composer.fault(self._mark, self._place, malformed(ONE_FALLBACK))
            return
        opened.fallbacks += 1
        opened.is_writing = opened.refused is not None and opened.refused.is_resource

    def _close(self, opened: Open) -> None:
        """An xi:include is over: says what failed, as a warning where a fallback has taken its place only because
        the toolkit does not look.
        """
        self.includes.pop()
        refused = opened.refused
        if refused is None:
            return
        self.composer.faults += refused.findings
        if refused.findings or (refused.is_resource and opened.fallbacks and refused.code != "xinclude-not-allowed"):
            return
        has_instead = refused.is_resource and opened.fallbacks > 0
        self.composer.fault(opened.mark, opened.place, refused, Severity.WARNING if has_instead else Severity.ERROR)


MISPLACED = '"xi:fallback" found outside of "xi:include"'
ONE_FALLBACK = 'expected one "xi:fallback" in "xi:include" and no other element of XInclude'


@lru_cache(maxsize=NAMES)
def _expanded(name: str) -> str:
    """A name without the prefix that expat appends."""
    return SEPARATOR.join(name.split(SEPARATOR)[:2])


@lru_cache(maxsize=NAMES)
def _written(name: str) -> str:
    """A name as a file writes it."""
    parts = name.split(SEPARATOR)
    return f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]


def _quoted(value: str) -> str:
    """A value as it stands between quotation marks."""
    return escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return base


def _relative(address: str, base: str) -> str:
    """An address as it is written where another is the base."""
    there, here = urlsplit(address), urlsplit(base)
    if there.scheme != "file" or here[:2] != there[:2] or there.path == here.path:
        return address
    path = posixpath.relpath(there.path, posixpath.dirname(here.path) or "/")
    path = f"./{path}" if ":" in path.partition("/")[0] else path  # else it would be a scheme
    return there._replace(scheme="", netloc="", path=path).geturl()
