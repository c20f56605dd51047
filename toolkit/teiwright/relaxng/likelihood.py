"""What is likeliest of all that a grammar allows, and where an element belongs that stands in the wrong place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from teiwright import practice
from teiwright.names import TEI, XHTML, shown, tei
from teiwright.relaxng.nameclass import local_of, namespace_of
from teiwright.relaxng.pattern import Attribute, Choice, Element, Group, OneOrMore, Pattern, Patterns
from teiwright.relaxng.recovery import Vocabulary, ahead, distance, required_names
from teiwright.wording import FEW

if TYPE_CHECKING:
    from teiwright.relaxng.frame import Frame

NEARLY_ALWAYS = 50  # percent
LIKELY = 10  # percent of an element's occurrences: a parent that holds so many of them is worth naming
PRINCIPAL = 5  # children of an element, the most frequent: what one of them holds may be meant to stand in it
MOST_PARENTS = 3  # that are named as the places of an element, where they hold nearly all of it
NEARLY_ALL = 80  # percent
FARTHEST = 20  # elements around a place that are looked at: documents may be a hundred thousand deep
MOST_SIBLINGS = 1_000  # names of children: a parent may have any number


class Sibling(NamedTuple):
    """A child of an element's parent because of which the element may not come after it: ``late``, since it must come
    before that one; ``again``, since it is there and may come once; else the two exclude each other.
    """

    name: str
    late: bool = False
    again: bool = False


class Likelihood:
    """Judges by what the encoder of this document does, then by what encoders do, then by the schema's own order."""

    def __init__(self, vocabulary: Vocabulary, patterns: Patterns) -> None:
        self.vocabulary = vocabulary
        self.patterns = patterns
        self._inside: dict[str, frozenset[str]] = {}
        self._textual: dict[str, bool] = {}

    def ranked(self, names: Iterable[str], parent: Frame | None) -> list[str]:
        """Names of children (Clark names, and words for wildcards), the likeliest first."""
        if parent is None:
            return list(names)
        children = parent.children
        pairs = practice.PARTNERS.items()
        wanted = {tei(partner) for name, partner in pairs if tei(name) in children and tei(partner) not in children}
        usual = usually(parent.name, names)
        return sorted(usual, key=lambda name: (name not in wanted, name not in children))

    def holder(self, name: str, names: Sequence[str], parent: Frame | None) -> str:
        """The likeliest of the elements that may stand here which can itself hold an element of this name; empty where
        none does so in practice.
        """
        if parent is None or namespace_of(name) != TEI:
            return ""
        local, inside = local_of(name), local_of(parent.name)
        able = [other for other in names if name in self._names_inside(other)]
        shares = {other: practice.share(local_of(other), local) for other in able}
        likely = [o for o in able if shares[o] >= (LIKELY if self._is_known_in(o, parent) else NEARLY_ALWAYS)]
        if likely:
            return max(likely, key=shares.__getitem__)
        if not practice.knows(inside) or self._elements_begin_with_text(parent.name):
            return ""
        principal = [other for other in usually(parent.name, names)[:PRINCIPAL] if other in able]
        usual = (other for other in principal if practice.is_principal(local_of(other), local))
        return next(usual, "") or next((other for other in principal if local_of(other) in practice.BLOCKS), "")

    def closed(self, name: str, parent: Frame, holder: str) -> str:
        """The child of a parent that holds many of the elements of a name, more than a ``holder`` that may follow, and
        may follow no more itself; empty where there is none.
        """
        local = local_of(name)
        least = max(LIKELY, practice.share(local_of(holder), local) + 1)
        shares = {tei(other): practice.share(other, local) for other in practice.parents(local) if tei(other) != name}
        able = [o for o in shares if o in parent.children and shares[o] >= least and name in self._names_inside(o)]
        return max(able, key=shares.__getitem__, default="")

    def outside(self, name: str, parent: Frame | None) -> Frame | None:
        """The element after whose end an element of this name may come: the parent of its place, or one around that;
        None where there is none.
        """
        for _ in range(FARTHEST):
            if parent is None:
                break
            accepted = (1 << len(parent.transition.openings)) - 1
            if parent.transition.after(accepted).transition(name):
                return parent
            parent = parent.parent
        return None

    def is_likely_in(self, parent: Frame | None, name: str) -> bool:
        """Whether many of the elements of a name stand directly in a parent like this."""
        inside = local_of(parent.name) if parent else ""
        places = practice.PARTS if inside in practice.PARTS else (inside,)
        return sum(practice.share(place, local_of(name)) for place in places) >= LIKELY

    def parents(self, name: str) -> list[str]:
        """The elements in which nearly all of a name stand, the likeliest first; none where they are many."""
        if namespace_of(name) != TEI:
            return []
        local, total, found = local_of(name), 0, []
        for parent in map(tei, practice.parents(local)[:MOST_PARENTS]):
            if name in self._names_inside(parent):
                found.append(parent)
            total += practice.share(local_of(parent), local)
            if total >= NEARLY_ALL:
                return found
        return []

    def holding_text(self, names: Iterable[str]) -> list[str]:
        """Those of some elements that may begin with text."""
        return [name for name in names if self._elements_begin_with_text(name)]

    def text_holders(self, names: Iterable[str], parent: Frame) -> list[str]:
        """Those of some elements in which text of a parent may have been meant to stand; none where the elements that
        encoders put there hold no text either.
        """
        holders, inside = self.holding_text(names), local_of(parent.name)
        if len(holders) <= FEW or namespace_of(parent.name) != TEI or not practice.knows(inside):
            return holders
        usual = any(practice.is_usual(inside, local_of(name)) or name in parent.children for name in holders)
        return holders if usual else []

    def sibling(self, name: str, frame: Frame) -> Sibling | None:
        """The child of an element's parent because of which an element of a name may not stand in that one's place,
        though it may come before it; None where it may come nowhere.
        """
        parent = frame.parent
        if parent is None or not parent.transition.openings:
            return None
        rest = self._content(parent.transition.openings[0].element)
        for child in islice(parent.children, MOST_SIBLINGS):
            if child == frame.name == name and frame.index == 1:
                return None
            found, after = ahead(rest, name, self.patterns), ahead(rest, child, self.patterns)
            if not found:
                return None
            if not after:
                continue
            rest = self.patterns.choice(after.values())
            if not ahead(rest, name, self.patterns):
                late = bool(ahead(self.patterns.choice(found.values()), child, self.patterns))
                return Sibling(child, late and child != name, child == name)
        return None

    def before(self, name: str, patterns: Iterable[Pattern]) -> list[str]:
        """The names of elements of which one must come before one of a name can."""
        return list(dict.fromkeys(other for pattern in patterns for other in self._before(name, pattern)))

    def _before(self, name: str, pattern: Pattern) -> Iterator[str]:
        if isinstance(pattern, OneOrMore | Choice):
            for part in pattern.parts:
                yield from self._before(name, part)
        elif isinstance(pattern, Group):
            members = list(pattern.members())
            reached = next((i for i, part in enumerate(members) if ahead(part, name, self.patterns)), 0)
            yield from required_names(members[:reached])
            yield from self._before(name, members[reached])

    def _is_known_in(self, name: str, parent: Frame) -> bool:
        return name in parent.children or practice.is_usual(local_of(parent.name), local_of(name))

    def _elements(self, name: str) -> tuple[Element, ...]:
        return self.vocabulary.by_name.get(name, ())

    def _content(self, element: Element) -> Pattern:
        return element.content.without_attributes(self.patterns, lenient=True)

    def _elements_begin_with_text(self, name: str) -> bool:
        if name not in self._textual:
            self._textual[name] = any(map(self._may_begin_with_text, self._elements(name)))
        return self._textual[name]

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


def meant_element(name: str, names: Sequence[str], parent: str = "", known: bool = False) -> str:
    """The name that was probably meant, of those that may stand in an element ``parent``: TEI's for a word of HTML or
    of plain English, or one of another spelling; empty where none is near. ``known`` is whether the schema has elements
    of that name, so that it is not misspelt.

    >>> meant_element("{http://www.tei-c.org/ns/1.0}br", ["{http://www.tei-c.org/ns/1.0}lb"])
    '{http://www.tei-c.org/ns/1.0}lb'
    """
    namespace = namespace_of(name)
    if not parent or namespace not in ("", XHTML):  # of another vocabulary, it is no misspelt name of this one
        names = [other for other in names if namespace_of(other) == namespace]
    if found := next((meant for meant in meanings(name) if meant in names), ""):
        return found
    if known:
        return ""
    near = nearest(name, usually(parent, names))
    short = len(local_of(name)) <= 3 and local_of(near).lower() != local_of(name).lower()
    unlikely = short and practice.knows(local_of(parent)) and not practice.is_usual(local_of(parent), local_of(near))
    return "" if unlikely else near


def meanings(name: str) -> Iterator[str]:
    """The Clark names of the TEI elements that a word may stand for."""
    return map(tei, practice.meanings(local_of(name)))


def nearest(name: str, names: Iterable[str]) -> str:
    """The name of the nearest spelling, of several the first; empty where none is near.

    >>> nearest("persname", ["p", "placeName", "persName"])
    'persName'
    """
    local = local_of(name).lower()
    most = max(1, len(local) // 3) if len(local) > 1 else 0
    found = [(distance(local, local_of(other).lower(), most), other) for other in names if other[:1] != "*"]
    least, other = min(found, key=lambda item: item[0], default=(most + 1, ""))
    return other if least <= most else ""


def meant_attribute(name: str, names: Sequence[str]) -> str:
    """The same for the name of an attribute.

    >>> meant_attribute("href", ["n", "target"]), meant_attribute("taget", ["n", "target"])
    ('target', 'target')
    """
    written = shown(name)
    habits = practice.ATTRIBUTES_FOR.get(written.lower())
    if habits is None:
        return "" if ":" in written and not written.startswith("xml:") else nearest(name, names)
    return next((other for habit in habits.split() for other in names if shown(other) == habit), "")
