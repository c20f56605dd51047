"""Elements around the text: tags put into the characters of a file, every other character as it was.

Parts of one annotation are told to belong together as the Guidelines have it: by @part on elements that have it (#NHVE,
att.fragmentable), by @next and @prev on all others (#SASOag).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from teiwright.annotation.layout import CDATA_END, CDATA_START, Layout
from teiwright.annotation.model import Annotation
from teiwright.annotation.placing import Placing, Stretch
from teiwright.errors import ExchangeError
from teiwright.names import TEI

FRAGMENTABLE = frozenset("s cl phr w m c pc seg".split())  # of what a phrase may hold, those with @part
MOST_PARTS = 2_000_000
ID = "xml:id"


class Part(NamedTuple):
    """A part of an annotation (its number), where it begins and ends in the file."""

    annotation: int
    start: int
    end: int


class Inserted(NamedTuple):
    """An element in the new text: the annotation's number, where its start tag begins there, its number in document
    order, where its end tag ends.
    """

    annotation: int
    start: int
    element: int
    end: int


class Written(NamedTuple):
    """The new text, what was put into it, and in how many parts each annotation is."""

    text: str
    inserted: tuple[Inserted, ...]
    parts: Mapping[int, int]


def uncrossed(stretches: Mapping[int, Sequence[Stretch]], has_words: Callable[[int, Stretch], bool]) -> list[Part]:
    """The stretches of all annotations as parts of which none crosses another: where two do, the later one is parted at
    the end of the earlier one, and a part without words is none. In the order of their start tags, the outer before the
    inner. Raises ExchangeError.
    """
    waiting = [(one.start, -one.end, number) for number, found in stretches.items() for one in found]
    heapify(waiting)
    open_ends: list[int] = []
    made: list[Part] = []
    while waiting:
        start, negative, number = heappop(waiting)
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        end = -negative
        if open_ends and open_ends[-1] < end:
            if has_words(number, Stretch(open_ends[-1], end)):
                heappush(waiting, (open_ends[-1], -end, number))
            end = open_ends[-1]
            if not has_words(number, Stretch(start, end)):
                continue
        open_ends.append(end)
        made.append(Part(number, start, end))
        if len(made) > MOST_PARTS:
            raise ExchangeError("", f"the annotations cross each other in more than {MOST_PARTS:,} places")
    return made


def written(
    placing: Placing,
    annotations: Sequence[Annotation],
    stretches: Mapping[int, Sequence[Stretch]],
    taken: Iterable[str],
) -> Written:
    """The file with elements around what is annotated. ``taken`` are identifiers that are in use. Raises ExchangeError."""
    layout = placing.layout
    parts = uncrossed(stretches, lambda number, part: placing.holds(annotations[number], part))
    counts: dict[int, int] = defaultdict(int)
    for part in parts:
        counts[part.annotation] += 1
    names = _Names(annotations, counts, frozenset(taken), _prefix(layout))
    return _Writer(layout, names).write(parts)._replace(parts=counts)


def _prefix(layout: Layout) -> str:
    """What stands before the names of TEI's elements in the file, the colon included."""
    spaces = layout.elements[0].nsmap
    if spaces.get(None) == TEI:
        return ""
    return next((f"{prefix}:" for prefix, uri in spaces.items() if uri == TEI and prefix), "")


class _Names:
    """The tags of annotations."""

    def __init__(
        self, annotations: Sequence[Annotation], counts: Mapping[int, int], taken: frozenset[str], prefix: str
    ) -> None:
        self.annotations = annotations
        self.counts = counts
        self.taken = set(taken) | {value for one in annotations for name, value in one.attributes if name == ID}
        self.prefix = prefix
        self.seen: dict[int, int] = defaultdict(int)
        self.ids: dict[int, list[str]] = {}

    def start(self, number: int) -> str:
        """The start tag of the next part of an annotation."""
        one = self.annotations[number]
        given = dict(one.attributes)
        if (count := self.counts[number]) > 1:
            given |= self._joining(number, one, self.seen[number], count)
        self.seen[number] += 1
        return f"<{self.prefix}{one.element}{''.join(map(_attribute, given, given.values()))}>"

    def end(self, number: int) -> str:
        """The end tag."""
        return f"</{self.prefix}{self.annotations[number].element}>"

    def _joining(self, number: int, one: Annotation, place: int, count: int) -> dict[str, str]:
        own = dict(one.attributes).get(ID)
        if one.element in FRAGMENTABLE:
            part = "I" if place == 0 else "F" if place == count - 1 else "M"
            return {"part": part} | ({ID: self._free(f"{own}-{place + 1}")} if own and place else {})
        if number not in self.ids:
            base = own or self._free(f"ann-{number + 1}")
            self.ids[number] = [base, *(self._free(f"{base}-{more}") for more in range(2, count + 1))]
        ids = self.ids[number]
        before = {"prev": f"#{ids[place - 1]}"} if place else {}
        behind = {"next": f"#{ids[place + 1]}"} if place < count - 1 else {}
        return {ID: ids[place]} | before | behind

    def _free(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name


class _Writer:
    """The new text on its way."""

    def __init__(self, layout: Layout, names: _Names) -> None:
        self.layout = layout
        self.names = names
        self.pieces: list[str] = []
        self.length = 0
        self.copied = 0  # of the old text
        self.tags = 0  # of the old text that were passed
        self.elements = 0  # that have begun
        self.inside = iter(sorted(layout.cdata()))
        self.section = next(self.inside, None)
        self.inserted: list[Inserted] = []

    def write(self, parts: Sequence[Part]) -> Written:
        """The text with all parts, which do not cross."""
        open_parts: list[tuple[Part, Inserted]] = []
        for part in parts:
            self._close(open_parts, part.start)
            self._put(part.start, "")
            self._pass_tags(part.start)
            begun = Inserted(part.annotation, self.length, self.elements, 0)
            begun = begun._replace(start=self._put(part.start, self.names.start(part.annotation)))
            self.elements += 1
            open_parts.append((part, begun))
        self._close(open_parts, len(self.layout.text))
        self.pieces.append(self.layout.text[self.copied :])
        return Written("".join(self.pieces), tuple(sorted(self.inserted, key=lambda one: one.element)), {})

    def _close(self, open_parts: list[tuple[Part, Inserted]], limit: int) -> None:
        while open_parts and open_parts[-1][0].end <= limit:
            part, begun = open_parts.pop()
            self._put(part.end, self.names.end(part.annotation))
            self.inserted.append(begun._replace(end=self.length))

    def _pass_tags(self, position: int) -> None:
        tags = self.layout.tags
        while self.tags < len(tags) and tags[self.tags].start < position:
            self.elements += tags[self.tags].is_start
            self.tags += 1

    def _put(self, position: int, tag: str) -> int:
        """The text up to a position, then a tag; says where in the new text the tag begins."""
        old = self.layout.text[self.copied : position]
        self.pieces.append(old)
        self.length += len(old)
        self.copied = position
        if not tag:
            return self.length
        while self.section and self.section[1] <= position:
            self.section = next(self.inside, None)
        is_inside = self.section is not None and self.section[0] < position
        before, behind = (CDATA_END, CDATA_START) if is_inside else ("", "")
        self.pieces += (before, tag, behind)
        self.length += len(before) + len(tag) + len(behind)
        return self.length - len(tag) - len(behind)


def _attribute(name: str, value: str) -> str:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    for space in "\t\n\r":
        escaped = escaped.replace(space, f"&#{ord(space)};")
    return f' {name}="{escaped}"'
