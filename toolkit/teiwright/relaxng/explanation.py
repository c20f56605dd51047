"""Messages: what was found, inside what, and what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from teiwright import practice
from teiwright.names import TEI, XSI, shown
from teiwright.relaxng.likelihood import Likelihood, Sibling, meanings, meant_attribute
from teiwright.relaxng.nameclass import local_of, namespace_of
from teiwright.relaxng.pattern import Patterns
from teiwright.relaxng.recovery import Vocabulary, attribute_names, next_names, required_names
from teiwright.wording import alternatives, quoted

if TYPE_CHECKING:
    from teiwright.relaxng.automaton import Fault, Opening, State
    from teiwright.relaxng.frame import Frame

SCHEMA_HINTS = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation")


class Explanation:
    """Makes the messages about one grammar's findings."""

    def __init__(self, vocabulary: Vocabulary, patterns: Patterns) -> None:
        self.vocabulary = vocabulary
        self.likelihood = Likelihood(vocabulary, patterns)

    def element(self, frame: Frame, state: State, meant: str = "") -> str:
        """An element that may not stand where it does."""
        if not meant and frame.name in self.vocabulary.by_name:
            return self._known(frame, state)
        found = f"element {worded(frame.name)} is not allowed {_inside(frame, ' here')}"
        if meant:
            return f"{found}; did you mean {self._named(meant)}?"
        if hint := self._meaning_elsewhere(frame, state):
            return f"{found}; did you mean {hint}?"
        return f"{found}, and the schema has no element of that name; {self._expected(frame, state)}"

    def _meaning_elsewhere(self, frame: Frame, state: State) -> str:
        """What an unknown word may stand for that is not allowed here either, and where it is; empty where unknown."""
        right = next((name for name in meanings(frame.name) if name in self.vocabulary.by_name), "")
        if right and frame.parent is None:
            expected = right in next_names(state.patterns)
            return f'{self._named(right)} of the namespace "{namespace_of(right)}"' if expected else ""
        _, place = self._place(frame, state, right) if right else ("", "")
        return f"{self._named(right)}, {place}" if place else ""

    def _known(self, frame: Frame, state: State) -> str:
        """An element of the schema in a wrong place."""
        fault, place = self._place(frame, state, frame.name)
        if fault:
            return f"element {worded(frame.name)} {fault}; expected {place}"
        return f"element {worded(frame.name)} is not allowed {_inside(frame, ' here')}; {self._expected(frame, state)}"

    def _place(self, frame: Frame, state: State, name: str) -> tuple[str, str]:
        """What is wrong with the place of an element of a name, and where it would be right; empty where that cannot be
        said.
        """
        parent = frame.parent
        if parent is None:
            return "", ""
        if sibling := self.likelihood.sibling(name, frame):
            return _beside(sibling, parent)
        holder = self.likelihood.holder(name, next_names(state.patterns), parent)
        fault = f"is not allowed directly in {worded(parent.name)}"
        if closed := self.likelihood.closed(name, parent, holder):
            return fault, f"inside the {worded(closed)} beside it"
        if holder:
            return fault, f"only inside an element such as {self._named(holder)}, which may stand here"
        fault = f"is not allowed in {worded(parent.name)}"
        place = self._place_elsewhere(name, parent)
        return (fault, place) if place else ("", "")

    def _place_elsewhere(self, name: str, parent: Frame) -> str:
        """Where outside of a parent an element of a name would be right; empty where that cannot be said."""
        parents = [other for other in self.likelihood.parents(name) if other != parent.name]
        outside = self.likelihood.outside(name, parent)
        if outside and (not parents or self.likelihood.is_likely_in(outside.parent, name)):
            return f"after the end of {worded(outside.name)}"
        sibling = self.likelihood.sibling(name, parent)
        if sibling and sibling.late and parent.parent:
            return f"before {worded(sibling.name)} in {worded(parent.parent.name)}"
        return f"inside {self._listed(parents)}" if parents else ""

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
        names = self.likelihood.ranked(missing, frame.parent)
        return f"{self._listed(names)} missing before {worded(frame.name)} {_inside(frame)}"

    def out_of_order(self, frame: Frame, later: str) -> str:
        """An element that stands before one that must come first."""
        return f"{worded(frame.name)} stands before {worded(later)} {_inside(frame)}; expected {worded(later)} first"

    def incomplete(self, frame: Frame, state: State, line: int) -> str:
        """An element that ends too early; ``line`` is that of its start tag, 0 where there is no need to say it."""
        names = required_names(state.patterns) or next_names(state.patterns)
        expected = f"; expected {self._listed(self.likelihood.ranked(names, frame))}" if names else ""
        after = f" after {worded(frame.last)}" if names and frame.last else ""
        return f"{_opened(frame, line)} is incomplete{expected}{after}"

    def tells(self, parent: Frame, state: State, stray: Frame | None) -> bool:
        """Whether the message about a stray child (None: stray text) names what its parent lacks in that state, so that
        putting the one right is likely to put the other right.
        """
        required = required_names(state.patterns)
        if stray is None:
            holders = self.likelihood.text_holders(next_names(state.patterns), parent)
            return not holders or not set(holders).isdisjoint(required)
        if stray.name not in self.vocabulary.by_name:
            return not any(name in self.vocabulary.by_name for name in meanings(stray.name))
        fault, _ = self._place(stray, state, stray.name)
        if not fault or self.likelihood.sibling(stray.name, stray):
            return not fault
        return self.likelihood.holder(stray.name, next_names(state.patterns), parent) in required

    def text(self, parent: Frame, text: str, state: State) -> str:
        """Text where only elements may stand."""
        names = self.likelihood.ranked(next_names(state.patterns), parent)
        if holders := self.likelihood.text_holders(names, parent):
            found = f'text "{quoted(text)}" is not allowed directly in {worded(parent.name)}'
            return f"{found}; expected inside {self._listed(holders)}"
        found = f'text "{quoted(text)}" is not allowed in {worded(parent.name)}'
        return f"{found}; expected {self._listed(names)}" if names else f"{found}; expected nothing more"

    def text_value(self, frame: Frame, text: str, state: State, line: int) -> tuple[str, str]:
        """An element whose text is not what it should be: code and message."""
        from teiwright.relaxng.description import described  # only where a value is wrong

        expected = described(state.patterns)
        if not text.strip():
            return "element-missing", f"{_opened(frame, line)} is empty; expected {expected}"
        return "text-value", f'{worded(frame.name)} holds "{quoted(text)}"; expected {expected}'

    def attribute(self, frame: Frame, fault: Fault, opening: Opening) -> str:
        """What is wrong with an attribute."""
        element = worded(frame.name)
        if fault.code == "attribute-missing":
            return self._missing_attribute(element, fault, opening)
        if fault.code == "attribute-value":
            return self._value(frame, fault, opening)
        return self._unknown_attribute(frame, fault.name, opening)

    def _missing_attribute(self, element: str, fault: Fault, opening: Opening) -> str:
        from teiwright.relaxng.description import described  # only where one is missing

        if not fault.name:
            names = attribute_names(fault.expected[0], only_required=True)
            return f"{element} lacks the attribute {alternatives(map(worded, names))}"
        return f"{element} lacks the attribute {worded(fault.name)}; expected {described([opening.singles[fault.name].value])}"

    def independent(self, frame: Frame, faults: Sequence[Fault], opening: Opening) -> list[Fault]:
        """The faults of a start tag of which none follows from another: an attribute is not missing that is there under
        a name that was taken for it.
        """
        if len(faults) < 2:
            return list(faults)
        left = [name for name in _known_attributes(opening) if name not in frame.attributes]
        meant = {meant_attribute(fault.name, left) for fault in faults if fault.code == "attribute-not-allowed"}
        return [fault for fault in faults if fault.code != "attribute-missing" or fault.name not in meant - {""}]

    def _value(self, frame: Frame, fault: Fault, opening: Opening) -> str:
        from teiwright.relaxng.advice import advised  # only where a value is wrong
        from teiwright.relaxng.description import described, enumerated, is_pointer

        value, patterns = frame.attributes[fault.name], self.likelihood.patterns
        expected = described(fault.expected, time_first=local_of(frame.name) == "time")
        advice = advised(
            value,
            lambda other: any(patterns.matches(pattern, other, {}) for pattern in fault.expected),
            enumerated(fault.expected),
            local_of(frame.name),
            _known_attributes(opening) if fault.name.startswith("when") else (),
            is_pointer(fault.expected),
        )
        hint = f"; {advice}" if advice and expected not in advice else ""
        return f'attribute {worded(fault.name)} of {worded(frame.name)} is "{quoted(value)}"; expected {expected}{hint}'

    def _unknown_attribute(self, frame: Frame, name: str, opening: Opening) -> str:
        known = _known_attributes(opening)
        found = f"attribute {worded(name)} is not allowed on {worded(frame.name)}"
        if name in known:
            return f"{found} beside its other attributes"
        if name in SCHEMA_HINTS:
            return f'{found}; expected the schema\'s address in an "xml-model" instruction before the root'
        left = {shown(other): other for other in known if other not in frame.attributes}
        if meant := meant_attribute(name, list(left.values())):
            return f"{found}; did you mean {worded(meant)}?"
        if self._is_choice(frame, name):
            return f"{found}; expected an element {worded(name)} beside it, both in a {worded('choice')}"
        ranked = practice.ranked_attributes(local_of(frame.name), left)
        return f"{found}; expected {alternatives(worded(left[other]) for other in ranked) or 'none'}"

    def _is_choice(self, frame: Frame, name: str) -> bool:
        """Whether an attribute is the other half of an element, as it was in TEI P4."""
        halves = practice.CHOICES.intersection((local_of(frame.name), name))
        return len(halves) == 2 and f"{{{TEI}}}choice" in self.vocabulary.by_name

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


def _beside(sibling: Sibling, parent: Frame) -> tuple[str, str]:
    """What is wrong with an element beside a sibling, and what was expected."""
    inside = worded(parent.name)
    if sibling.again:
        return f"comes more than once in {inside}", "one"
    if sibling.late:
        return f"comes too late in {inside}", f"before {worded(sibling.name)}"
    return f"is not allowed beside {worded(sibling.name)} in {inside}", "the one or the other"


def _known_attributes(opening: Opening) -> list[str]:
    return list(dict.fromkeys([*opening.singles, *attribute_names(opening.rest)]))


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
