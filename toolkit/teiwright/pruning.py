"""A stylesheet of many modules as one text, cut to what documents with certain elements can reach.

To compile is what takes most of a small document's time. A declaration stays when something that stays names it, or
when it is a rule of a mode in use whose pattern these elements can match. What is known of the declarations is plain data, which
``marshal`` writes: it is found out once, and kept for the next process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

# What is asked for ("variable", "function", "template", "mode", or "text" for a string), and its name.
Call = tuple[str, str]
# Of elements, of attributes after "@", of namespaces in braces; "a//b" of an element in another.
Names = tuple[str, ...]
Condition = tuple[Names, ...]  # of one of these all have to be present

PATTERN = "\ue000"  # stands in the text of a rule where its pattern has to be written
REFERENCES = (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"))  # characters that an attribute's value cannot hold


class Alternative(NamedTuple):
    """One of the parts of a pattern between its bars, and the conditions without which it matches nothing."""

    words: str
    conditions: tuple[Condition, ...]

    def is_possible(self, present: Collection[str]) -> bool:
        """Whether it can match something where nothing but these names is present."""
        return all(any(all(name in present for name in names) for names in one) for one in self.conditions)


class Declaration(NamedTuple):
    """A child of a stylesheet as text. ``names`` are those under which it can be asked for, none: it always stays;
    ``calls`` is what it asks for; ``alternatives`` are those of a rule's pattern, which the text lacks.
    """

    text: str
    names: tuple[Call, ...]
    calls: tuple[Call, ...]
    alternatives: tuple[Alternative, ...]

    def needed(self, present: Collection[str]) -> Declaration | None:
        """It with the alternatives that can match; None for a rule of which none can."""
        if not self.alternatives:
            return self
        possible = tuple(one for one in self.alternatives if one.is_possible(present))
        return self._replace(alternatives=possible) if possible else None

    def written(self) -> str:
        """Its text, with its pattern."""
        if not self.alternatives:
            return self.text
        pattern = " | ".join(one.words for one in self.alternatives)
        for character, reference in REFERENCES:
            pattern = pattern.replace(character, reference)
        return self.text.replace(PATTERN, pattern, 1)


class Index(NamedTuple):
    """A stylesheet with all that it includes: the start tag and the end tag of its root, the default mode there, and
    the declarations of all modules in their order.
    """

    start: str
    end: str
    mode: str
    declarations: tuple[Declaration, ...]

    @classmethod
    def read(cls, plain: Any) -> Index:
        """That of which ``plain`` gave the data."""
        start, end, mode, declarations = plain
        return cls(start, end, mode, tuple(
            Declaration(text, names, calls, tuple(Alternative(*one) for one in alternatives))
            for text, names, calls, alternatives in declarations
        ))  # fmt: skip

    def plain(self) -> Any:
        """The same as tuples and strings and nothing else."""
        return (self.start, self.end, self.mode, tuple(
            (*one[:3], tuple(tuple(alternative) for alternative in one.alternatives)) for one in self.declarations
        ))  # fmt: skip

    def cut(self, present: Collection[str]) -> str:
        """The stylesheet without what documents cannot reach that have nothing but what is present."""
        possible = [needed for one in self.declarations if (needed := one.needed(present))]
        return "\n".join((self.start, *(one.written() for one in _reached(possible, self.mode)), self.end))

    def names(self) -> frozenset[str]:
        """What decides how much is cut: no other name matters."""
        rules = (alternative for one in self.declarations for alternative in one.alternatives)
        return frozenset(name for rule in rules for one in rule.conditions for names in one for name in names)


def _reached(declarations: list[Declaration], mode: str) -> list[Declaration]:
    """The declarations that always stay, the rules of the initial mode, and all that these ask for, in their order."""
    by_name: dict[Call, list[int]] = defaultdict(list)
    for number, declaration in enumerate(declarations):
        for name in declaration.names:
            by_name[name].append(number)
    always = (number for number, declaration in enumerate(declarations) if not declaration.names)
    waiting = [*always, *by_name["mode", mode], *by_name["mode", "#all"]]
    reached: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            for call in declarations[number].calls:
                waiting += by_name.get(call, ())
    return [declarations[number] for number in sorted(reached)]
