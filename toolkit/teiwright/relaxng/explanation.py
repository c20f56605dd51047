"""Messages: what was found, inside what, and what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from teiwright.names import TEI, shown
from teiwright.relaxng.nameclass import namespace_of
from teiwright.relaxng.pattern import Choice, Data, Empty, Group, List, OneOrMore, Pattern, Text, Value
from teiwright.relaxng.recovery import Vocabulary, attribute_names, nearest, next_names, required_names
from teiwright.wording import alternatives, quoted

if TYPE_CHECKING:
    from teiwright.relaxng.automaton import Fault, Opening, State


class Explanation:
    """Makes the messages about one grammar's findings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._habits: dict[etree._Element, frozenset[object]] = {}

    def element(self, node: etree._Element, state: State, meant: str = "") -> str:
        """An element that may not stand where it does."""
        found = f'element "{shown(node.tag)}" is not allowed {_inside(node, " here")}'
        if meant:
            return f'{found}; did you mean "{shown(meant)}"?'
        expected = self._expected(node, state)
        if node.tag in self.vocabulary.by_name:
            return f"{found}; {expected}"
        return f"{found}, and the schema has no element of that name; {expected}"

    def namespace(self, node: etree._Element, meant: str) -> str:
        """An element in the wrong namespace."""
        namespace = namespace_of(node.tag)
        local = shown(node.tag).rpartition(":")[2].rpartition("}")[2]
        where = f'in the namespace "{namespace}"' if namespace else "in no namespace"
        right = namespace_of(meant)
        if not right:
            return f'this "{local}" is {where}; expected it in none'
        owner = "TEI's" if right == TEI else f'that of "{local}" in this schema'
        return f'this "{local}" is {where}; {owner} is "{right}"'

    def too_early(self, node: etree._Element, missing: Sequence[str]) -> str:
        """An element before which something is missing."""
        return f'{listed(missing)} missing before "{shown(node.tag)}" {_inside(node)}'

    def out_of_order(self, node: etree._Element, later: str) -> str:
        """An element that stands before one that must come first."""
        return f'"{shown(node.tag)}" stands before "{shown(later)}" {_inside(node)}; expected "{shown(later)}" first'

    def incomplete(self, node: etree._Element, state: State) -> str:
        """An element that ends too early."""
        expected = self._ranked(required_names(state.patterns), node) or self._ranked(next_names(state.patterns), node)
        last = next((child for child in reversed(node) if isinstance(child.tag, str)), None)
        after = "" if last is None else f' after "{shown(last.tag)}"'
        if not expected:
            return f'"{shown(node.tag)}" is incomplete'
        return f'"{shown(node.tag)}" is incomplete; expected {listed(expected)}{after}'

    def text(self, parent: etree._Element, text: str, state: State) -> str:
        """Text where only elements may stand."""
        found = f'text "{quoted(text)}" is not allowed in "{shown(parent.tag)}"'
        names = self._ranked(next_names(state.patterns), parent)
        return f"{found}; expected {listed(names)}" if names else f"{found}; expected nothing more"

    def text_value(self, node: etree._Element, text: str, state: State) -> tuple[str, str]:
        """An element whose text is not what it should be: code and message."""
        expected = described(state.patterns)
        if not text.strip():
            return "element-missing", f'"{shown(node.tag)}" is empty; expected {expected}'
        return "text-value", f'"{shown(node.tag)}" holds "{quoted(text)}"; expected {expected}'

    def attribute(self, node: etree._Element, fault: Fault, opening: Opening) -> str:
        """What is wrong with an attribute."""
        element = shown(node.tag)
        if fault.code == "attribute-missing":
            names = [fault.name] if fault.name else attribute_names(fault.expected[0], only_required=True)
            return f'"{element}" lacks the attribute {listed(names)}'
        if fault.code == "attribute-value":
            return self._value(element, fault, str(node.get(fault.name)))
        return self._unknown_attribute(node, fault.name, opening)

    def _value(self, element: str, fault: Fault, value: str) -> str:
        found = f'attribute "{shown(fault.name)}" of "{element}" is "{quoted(value)}"; expected'
        meant = nearest(value, _enumerated(fault.expected))
        expected = described(fault.expected)
        hint = f', did you mean "{meant}"?' if meant and expected != f'"{meant}"' else ""
        return f"{found} {expected}{hint}"

    def _unknown_attribute(self, node: etree._Element, name: str, opening: Opening) -> str:
        known = list(dict.fromkeys([*opening.singles, *attribute_names(opening.rest)]))
        found = f'attribute "{shown(name)}" is not allowed on "{shown(node.tag)}"'
        if name in known:
            return f"{found} beside its other attributes"
        left = [other for other in known if other not in node.attrib]
        meant = nearest(name, left)
        if meant:
            return f'{found}; did you mean "{shown(meant)}"?'
        return f"{found}; expected {listed(left)}" if left else f"{found}; expected none"

    def _expected(self, node: etree._Element, state: State) -> str:
        parent = node.getparent()
        names = self._ranked(next_names(state.patterns), parent)
        if names:
            return f"expected {listed(names)}"
        if parent is None:
            return "no element is expected"
        return "expected only text" if state.mixed or state.data else f'expected the end of "{shown(parent.tag)}"'

    def _ranked(self, names: Sequence[str], parent: etree._Element | None) -> list[str]:
        """Names, first those that the parent already holds: its encoder's habit is the best guess there is."""
        if parent is None:
            return list(names)
        if parent not in self._habits:
            self._habits[parent] = frozenset(child.tag for child in parent)
        there = self._habits[parent]
        return sorted(names, key=lambda name: name not in there)


def _inside(node: etree._Element, here: str = "") -> str:
    parent = node.getparent()
    return "as the root" if parent is None else f'in "{shown(parent.tag)}"{here}'


def listed(names: Sequence[str]) -> str:
    """Names, and the words that stand for wildcards, as alternatives: the likeliest first.

    >>> listed(["{http://www.tei-c.org/ns/1.0}p", "*any other element"])
    '"p" or any other element'
    """
    return alternatives(name[1:] if name[:1] == "*" else f'"{shown(name)}"' for name in names)


def described(patterns: Iterable[Pattern]) -> str:
    """What a value should be, in plain words."""
    phrases: dict[str, None] = {}
    for pattern in patterns:
        phrases.update(dict.fromkeys(_phrases(pattern)))
    return alternatives(list(phrases)) or "nothing"


def _phrases(pattern: Pattern) -> list[str]:
    if isinstance(pattern, Value):
        return [f'"{pattern.written.strip()}"']
    if isinstance(pattern, Data):
        return [pattern.datatype.describe()]
    if isinstance(pattern, Text):
        return ["text"]
    if isinstance(pattern, List):
        return [f"words, each of them {described([pattern.part])}"]
    if isinstance(pattern, Empty):
        return ["nothing"]
    if isinstance(pattern, Choice | OneOrMore | Group):
        return [phrase for part in pattern.parts for phrase in _phrases(part) if phrase != "nothing"]
    return []


def _enumerated(patterns: Iterable[Pattern]) -> list[str]:
    """The values that are listed one by one in patterns."""
    found: list[str] = []
    waiting = list(patterns)
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, Value):
            found.append(pattern.written.strip())
        waiting.extend(pattern.parts)
    return found
