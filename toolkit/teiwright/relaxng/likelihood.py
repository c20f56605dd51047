"""What is likeliest of all that a grammar allows, and where an element belongs that stands in the wrong place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from teiwright import practice
from teiwright.names import TEI, shown, tei
from teiwright.relaxng.nameclass import local_of, namespace_of
from teiwright.relaxng.pattern import Attribute, Element, Pattern, Patterns
from teiwright.relaxng.recovery import Vocabulary, nearest

if TYPE_CHECKING:
    from teiwright.relaxng.frame import Frame


class Likelihood:
    """Judges by what the encoder of this document does, then by what encoders do, then by the schema's own order."""

    def __init__(self, vocabulary: Vocabulary, patterns: Patterns) -> None:
        self.vocabulary = vocabulary
        self.patterns = patterns
        self._inside: dict[str, frozenset[str]] = {}

    def ranked(self, names: Iterable[str], parent: Frame | None) -> list[str]:
        """Names of children (Clark names, and words for wildcards), the likeliest first."""
        if parent is None:
            return list(names)
        children = parent.children
        usual = usually(parent.name, names)
        return sorted(usual, key=lambda name: name not in children)

    def holder(self, name: str, names: Sequence[str], parent: Frame | None) -> str:
        """The likeliest of the elements that may stand here which can itself hold an element of this name; empty where
        none does so in practice.
        """
        if parent is None:
            return ""
        usual = [other for other in self.ranked(names, parent) if practice.is_usual(local_of(other), local_of(name))]
        known = (other for other in usual if self._is_known_in(other, parent))
        return next(known, "") or next((other for other in usual if name in self._names_inside(other)), "")

    def holding_text(self, names: Iterable[str]) -> list[str]:
        """Those of some elements that may begin with text."""
        return [name for name in names if any(map(self._may_begin_with_text, self._elements(name)))]

    def predecessor(self, frame: Frame) -> str:
        """The child of an element's parent after which the element may come no more, though it may come before it;
        empty where it may come nowhere.
        """
        parent = frame.parent
        if parent is None or not parent.transition.openings:
            return ""
        rest = self._content(parent.transition.openings[0].element)
        if not rest.elements(frame.name, self.patterns):
            return ""
        for child in parent.children:
            after = rest.elements(child, self.patterns)
            if not after:
                continue
            rest = self.patterns.choice(after.values())
            if not rest.elements(frame.name, self.patterns):
                return child if child != frame.name else ""
        return ""

    def _is_known_in(self, name: str, parent: Frame) -> bool:
        return name in parent.children or practice.is_usual(local_of(parent.name), local_of(name))

    def _elements(self, name: str) -> tuple[Element, ...]:
        return self.vocabulary.by_name.get(name, ())

    def _content(self, element: Element) -> Pattern:
        return element.content.without_attributes(self.patterns, lenient=True)

    def _may_begin_with_text(self, element: Element) -> bool:
        after = self._content(element).text("x", {}, self.patterns)
        return after is not self.patterns.not_allowed

    def _names_inside(self, name: str) -> frozenset[str]:
        """The names of the children that elements of a name may have."""
        if name not in self._inside:
            self._inside[name] = frozenset(children(element.content for element in self._elements(name)))
        return self._inside[name]


def usually(parent: str, names: Iterable[str]) -> list[str]:
    """Names, those first that a TEI element of a name usually holds (all of them Clark names)."""
    names = list(names)
    if namespace_of(parent) != TEI:
        return names
    places = {name: place for place, name in enumerate(practice.ranked(local_of(parent), map(_local_in_tei, names)))}
    return sorted(names, key=lambda name: places[_local_in_tei(name)])


def _local_in_tei(name: str) -> str:
    """The local name of a TEI element; a word that no element bears for everything else."""
    return local_of(name) if namespace_of(name) == TEI else f"*{name}"


def children(contents: Iterable[Pattern]) -> set[str]:
    """The names of all elements in some contents, what is inside of these apart."""
    found: set[str] = set()
    seen: set[Pattern] = set()
    waiting = list(contents)
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, Element):
            found.update(pattern.names.names() or ())
        elif pattern not in seen and not isinstance(pattern, Attribute):
            seen.add(pattern)
            waiting.extend(pattern.parts)
    return found


def meant_element(name: str, names: Sequence[str]) -> str:
    """The name that was probably meant: of another spelling, or TEI's for a name from HTML; empty where none is near.

    >>> meant_element("{http://www.tei-c.org/ns/1.0}br", ["{http://www.tei-c.org/ns/1.0}lb"])
    '{http://www.tei-c.org/ns/1.0}lb'
    """
    habit = tei(practice.FROM_HTML.get(local_of(name), ""))
    return habit if habit in names else nearest(name, names)


def meant_attribute(name: str, names: Sequence[str]) -> str:
    """The same for the name of an attribute.

    >>> meant_attribute("href", ["n", "target"])
    'target'
    """
    habit = practice.ATTRIBUTES_FROM_HTML.get(name, "")
    return next((other for other in names if habit and shown(other) == habit), "") or nearest(name, names)
