"""Messages: what was found, inside what, and what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from teiwright.names import TEI, shown
from teiwright.relaxng.likelihood import Likelihood, meant_attribute
from teiwright.relaxng.nameclass import local_of, namespace_of
from teiwright.relaxng.pattern import Choice, Data, Empty, Group, List, OneOrMore, Pattern, Patterns, Text, Value
from teiwright.relaxng.recovery import Vocabulary, attribute_names, nearest, next_names, required_names
from teiwright.wording import alternatives, quoted

if TYPE_CHECKING:
    from teiwright.relaxng.automaton import Fault, Opening, State
    from teiwright.relaxng.frame import Frame


class Explanation:
    """Makes the messages about one grammar's findings."""

    def __init__(self, vocabulary: Vocabulary, patterns: Patterns) -> None:
        self.vocabulary = vocabulary
        self.likelihood = Likelihood(vocabulary, patterns)

    def element(self, frame: Frame, state: State, meant: str = "") -> str:
        """An element that may not stand where it does."""
        found = f"element {worded(frame.name)} is not allowed {_inside(frame, ' here')}"
        if meant:
            return f"{found}; did you mean {self._named(meant)}?"
        if frame.name in self.vocabulary.by_name:
            return self._elsewhere(frame, state) or f"{found}; {self._expected(frame, state)}"
        return f"{found}, and the schema has no element of that name; {self._expected(frame, state)}"

    def _elsewhere(self, frame: Frame, state: State) -> str:
        """Where an element would be right that may not stand where it does; empty where that cannot be said."""
        name, parent = worded(frame.name), frame.parent
        if parent is None:
            return ""
        if before := self.likelihood.predecessor(frame):
            return f"element {name} comes too late in {worded(parent.name)}; expected before {worded(before)}"
        if holder := self.likelihood.holder(frame.name, next_names(state.patterns), parent):
            place = f"only inside an element such as {self._named(holder)}, which may stand here"
            return f"element {name} is not allowed directly in {worded(parent.name)}; expected {place}"
        return ""

    def namespace(self, frame: Frame, meant: str) -> str:
        """An element in the wrong namespace."""
        namespace = namespace_of(frame.name)
        local = local_of(frame.name)
        where = f'in the namespace "{namespace}"' if namespace else "in no namespace"
        right = namespace_of(meant)
        if not right:
            return f'this "{local}" is {where}; expected it in none'
        owner = "TEI's" if right == TEI else f'that of "{local}" in this schema'
        return f'this "{local}" is {where}; {owner} is "{right}"'

    def too_early(self, frame: Frame, missing: Sequence[str]) -> str:
        """An element before which something is missing."""
        return f"{self._listed(missing)} missing before {worded(frame.name)} {_inside(frame)}"

    def out_of_order(self, frame: Frame, later: str) -> str:
        """An element that stands before one that must come first."""
        return f"{worded(frame.name)} stands before {worded(later)} {_inside(frame)}; expected {worded(later)} first"

    def incomplete(self, frame: Frame, state: State, line: int) -> str:
        """An element that ends too early; ``line`` is that of its start tag, 0 where there is no need to say it."""
        names = required_names(state.patterns) or next_names(state.patterns)
        expected = f"; expected {self._listed(self.likelihood.ranked(names, frame))}" if names else ""
        after = f" after {worded(frame.last)}" if names and frame.last else ""
        return f"{_opened(frame, line)} is incomplete{expected}{after}"

    def text(self, parent: Frame, text: str, state: State) -> str:
        """Text where only elements may stand."""
        names = self.likelihood.ranked(next_names(state.patterns), parent)
        if holders := self.likelihood.holding_text(names):
            found = f'text "{quoted(text)}" is not allowed directly in {worded(parent.name)}'
            return f"{found}; expected inside {self._listed(holders)}"
        found = f'text "{quoted(text)}" is not allowed in {worded(parent.name)}'
        return f"{found}; expected {self._listed(names)}" if names else f"{found}; expected nothing more"

    def text_value(self, frame: Frame, text: str, state: State, line: int) -> tuple[str, str]:
        """An element whose text is not what it should be: code and message."""
        expected = described(state.patterns)
        if not text.strip():
            return "element-missing", f"{_opened(frame, line)} is empty; expected {expected}"
        return "text-value", f'{worded(frame.name)} holds "{quoted(text)}"; expected {expected}'

    def attribute(self, frame: Frame, fault: Fault, opening: Opening) -> str:
        """What is wrong with an attribute."""
        element = worded(frame.name)
        if fault.code == "attribute-missing":
            names = [fault.name] if fault.name else attribute_names(fault.expected[0], only_required=True)
            return f"{element} lacks the attribute {alternatives(map(worded, names))}"
        if fault.code == "attribute-value":
            return self._value(element, fault, frame.attributes[fault.name])
        return self._unknown_attribute(frame, fault.name, opening)

    def _value(self, element: str, fault: Fault, value: str) -> str:
        found = f'attribute {worded(fault.name)} of {element} is "{quoted(value)}"; expected'
        meant = nearest(value, _enumerated(fault.expected)) or self._date_meant(value, fault)
        expected = described(fault.expected)
        hint = f'; did you mean "{meant}"?' if meant and expected != f'"{meant}"' else ""
        return f"{found} {expected}{hint}"

    def _date_meant(self, value: str, fault: Fault) -> str:
        """The date that a value stands for, in the form that is expected."""
        from teiwright.calendar import suggestion  # only where a value is wrong

        date = suggestion(value)
        patterns = self.likelihood.patterns
        return date if date and any(patterns.matches(pattern, date, {}) for pattern in fault.expected) else ""

    def _unknown_attribute(self, frame: Frame, name: str, opening: Opening) -> str:
        known = list(dict.fromkeys([*opening.singles, *attribute_names(opening.rest)]))
        found = f"attribute {worded(name)} is not allowed on {worded(frame.name)}"
        if name in known:
            return f"{found} beside its other attributes"
        left = [other for other in known if other not in frame.attributes]
        if meant := meant_attribute(name, left):
            return f"{found}; did you mean {worded(meant)}?"
        return f"{found}; expected {alternatives(map(worded, left))}" if left else f"{found}; expected none"

    def _expected(self, frame: Frame, state: State) -> str:
        parent = frame.parent
        names = self.likelihood.ranked(next_names(state.patterns), parent)
        if names:
            return f"expected {self._listed(names)}"
        if parent is None:
            return "no element is expected"
        return "expected only text" if state.mixed or state.data else f"expected the end of {worded(parent.name)}"

    def _named(self, name: str) -> str:
        """A name, and what the schema's documentation calls the thing."""
        gloss = self.vocabulary.glosses.get(name)
        return f"{worded(name)} ({gloss})" if gloss else worded(name)

    def _listed(self, names: Iterable[str]) -> str:
        """Names, and the words that stand for wildcards, as alternatives in their order."""
        return alternatives(name[1:] if name[:1] == "*" else self._named(name) for name in names)


def _opened(frame: Frame, line: int) -> str:
    name = worded(frame.name)
    return f"{name}, opened in line {line}," if line else name


def _inside(frame: Frame, here: str = "") -> str:
    parent = frame.parent
    return "as the root" if parent is None else f"in {worded(parent.name)}{here}"


def worded(name: str) -> str:
    """A Clark name in quotation marks, as an encoder writes it; of a namespace without customary prefix, that is said.

    >>> worded("{http://www.tei-c.org/ns/1.0}p"), worded("{urn:x}a")
    ('"p"', '"a" of the namespace "urn:x"')
    """
    written = shown(name)
    return f'"{local_of(name)}" of the namespace "{namespace_of(name)}"' if written.startswith("Q{") else f'"{written}"'


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
