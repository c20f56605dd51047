"""From ranges of a text to places in a file where an element may begin and end.

An element stands in one parent from its start to its end. An annotation that begins in another element than it ends in is
first widened to the outside of elements of which it leaves out no word; where that does not help it is split, a part for each
stretch that has one parent; so is one that holds blocks, which no element of a phrase may hold (Guidelines #NH).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from teiwright.annotation.layout import Layout, Tag
from teiwright.annotation.model import Annotation
from teiwright.corpora.running import Blocks, Running
from teiwright.corpora.vocabulary import LINE, NOTE
from teiwright.names import TEI, tei

SPACES = " \t\r\n"


class Stretch(NamedTuple):
    """Where an element may begin and end in the file; both in the same parent."""

    start: int
    end: int


class Unplaceable(Exception):
    """An annotation for which there is no place, and why."""


class Placing:
    """The places of one document."""

    def __init__(self, layout: Layout, running: Running, elements: Sequence[str] = ()) -> None:
        self.layout = layout
        self.running = running
        self.blocks = Blocks()
        self.own = frozenset(map(tei, elements))  # elements whose tags an exact place does not count
        read = sorted((one.source, one.source + one.end - one.start) for one in running.segments)
        self._read_starts = [start for start, _ in read]
        self._read_ends = [end for _, end in read]

    def stretches(self, annotation: Annotation) -> list[Stretch]:
        """The places of an annotation's parts, in the order of the file. Raises Unplaceable."""
        if annotation.exact is not None:
            return self._exact(annotation)
        first, last = self.hull(annotation)
        start, end = self._widened(self.layout.before(first), self.layout.after(last))
        sources = list(self.running.sources(annotation.start, annotation.end))
        found = [part for part in self._parts(start, end) if self.has_words(part) and self._is_of(part, sources)]
        if len(found) > 1:
            found = [self._trimmed(part) for part in found]
        if not found:
            raise Unplaceable("there is no text of one element in it")
        if any(not self._is_tei(part) for part in found):
            raise Unplaceable("it stands in an element that is not TEI's")
        return found

    def hull(self, annotation: Annotation) -> tuple[int, int]:
        """The characters of the document from the first to the last of an annotation. Raises Unplaceable."""
        text = self.running.text[annotation.start : annotation.end]
        start = annotation.start + len(text) - len(text.lstrip())
        sources = list(self.running.sources(start, start + len(text.strip())))
        if not sources:
            raise Unplaceable("there is no text in it")
        is_torn = any(before[1] > behind[0] for before, behind in pairwise(sources))
        if is_torn or bisect_right(self.running.notes, start) != bisect_left(
            self.running.notes, start + len(text.strip())
        ):
            raise Unplaceable("it spans the text and a note that stands elsewhere")
        return sources[0][0], sources[-1][1]

    def _exact(self, annotation: Annotation) -> list[Stretch]:
        exact = annotation.exact
        assert exact is not None
        if not 0 <= exact.start < exact.end <= self.layout.place:
            raise Unplaceable("its place is outside of the document")
        starts = self._counted(exact.start)
        ends = self._counted(exact.end)
        if exact.before > len(starts) or exact.after > len(ends) or min(exact.before, exact.after) < 0:
            raise Unplaceable("other elements stand around its place than when it was exported")
        start = starts[-exact.before].start if exact.before else self.layout.before(exact.start)
        end = ends[exact.after - 1].end if exact.after else self.layout.after(exact.end)
        if self.layout.around(start) != self.layout.around(end):
            raise Unplaceable("other elements stand around its place than when it was exported")
        return [Stretch(start, end)]

    def _counted(self, place: int) -> list[Tag]:
        return [tag for tag in self.layout.tags_at(place) if self.layout.elements[tag.element].tag not in self.own]

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        """The same, outside of elements of which no word is left out."""
        layout = self.layout
        while (left := layout.around(start)) != (right := layout.around(end)):
            if layout.depths[left] >= layout.depths[right] and self._may_leave(left):
                tag = layout.starts[left]
                if not self._is_read(tag.place, layout.place_at(start)):
                    start = tag.start
                    continue
            if layout.depths[right] >= layout.depths[left] and self._may_leave(right):
                tag = layout.ends[right]
                if not self._is_read(layout.place_at(end), tag.place):
                    end = tag.end
                    continue
            break
        return start, end

    def _may_leave(self, element: int) -> bool:
        is_closed = self.layout.elements[element].tag == NOTE or self._is_opened(element)
        return element > 0 and not is_closed

    def _is_opened(self, element: int) -> bool:
        """Whether no element of a phrase goes around an element."""
        node = self.layout.elements[element]
        return node.tag == LINE or self.blocks.holds(node)

    def _is_read(self, first: int, last: int) -> bool:
        """Whether the running text has some of these characters of the document."""
        index = bisect_right(self._read_ends, first)
        return index < len(self._read_starts) and self._read_starts[index] < last

    def _parts(self, start: int, end: int) -> Iterator[Stretch]:
        """Stretches of one parent each, blocks opened, in the order of the file."""
        layout = self.layout
        waiting = [Stretch(start, end)]
        while waiting:
            start, end = waiting.pop()
            opened = self._first_to_open(start, end)
            if opened is None:
                if start < end:
                    yield Stretch(start, end)
                continue
            edge = layout.ends[opened.element]
            if opened.is_start and edge.end <= end:  # a block, whole
                waiting += [Stretch(edge.end, end), Stretch(opened.end, edge.start)]
            else:  # the tag of an element that the stretch begins or ends in
                waiting.append(Stretch(opened.end, end))
            waiting.append(Stretch(start, opened.start))

    def _first_to_open(self, start: int, end: int) -> Tag | None:
        """The first tag in a stretch at which it must be parted: one without its other half, or a block's."""
        layout = self.layout
        for tag in layout.tags_within(start, end):
            if tag.is_start:
                if layout.ends[tag.element].end > end or self._is_opened(tag.element):
                    return tag
            elif tag.start < tag.end and layout.starts[tag.element].start < start:
                return tag
        return None

    def _is_of(self, part: Stretch, sources: Sequence[tuple[int, int]]) -> bool:
        """Whether a stretch has some of these characters, not only those of a note that stands between them."""
        first, last = self.layout.place_at(part.start), self.layout.place_at(part.end)
        index = bisect_right(sources, first, key=lambda one: one[1])
        return index < len(sources) and sources[index][0] < last

    def holds(self, annotation: Annotation, part: Stretch) -> bool:
        """Whether a stretch has words of an annotation."""
        if annotation.exact is not None:
            return self.has_words(part)
        return self._is_of(part, list(self.running.sources(annotation.start, annotation.end)))

    def has_words(self, part: Stretch) -> bool:
        """Whether the running text has something of a stretch."""
        return self._is_read(self.layout.place_at(part.start), self.layout.place_at(part.end))

    def _trimmed(self, part: Stretch) -> Stretch:
        """The same without white space at its ends."""
        text = self.layout.text
        start, end = part
        while start < end and text[start] in SPACES:
            start += 1
        while end > start and text[end - 1] in SPACES:
            end -= 1
        return Stretch(start, end)

    def _is_tei(self, part: Stretch) -> bool:
        return str(self.layout.elements[self.layout.around(part.start)].tag).startswith(f"{{{TEI}}}")
