"""Finds what a schema says of identifiers, and whether it is clear about them: for each attribute of each element it must
say whether it is one, whatever else stands around it (RELAX NG DTD Compatibility 1.0, section 5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from teiwright.names import shown
from teiwright.relaxng.identity import KINDS, Identity, Kinds, Problem
from teiwright.relaxng.nameclass import Name
from teiwright.relaxng.pattern import Attribute, Data, Element, Pattern, Value
from teiwright.wording import listed


def identified(elements: Sequence[Element], made: Sequence[Pattern]) -> Identity:
    """What the element patterns of a schema say; ``made`` are all of its patterns, parts before wholes."""
    typed = _holding(elements, made, _is_typed)
    kinds = _kinds(typed)
    names = {attribute for attributes in kinds.values() for attribute in attributes}
    problems = [problem for element, parts in typed for part in parts for problem in _unsound(element, part)]
    if names:
        rivals = _holding(elements, made, lambda part: _is_named(part, names))
        problems += [problem for element, parts in rivals for problem in _conflicts(kinds, element, parts)]
    return Identity({} if problems else kinds, tuple(dict.fromkeys(problems)))


def _kind(pattern: Pattern) -> str:
    """The type of identifiers that a value is of, "" if none."""
    name = pattern.datatype.name if isinstance(pattern, Data | Value) else ""
    return name if name in KINDS else ""


def _is_typed(part: Pattern) -> bool:
    """Whether a simple pattern has to do with identifiers."""
    if isinstance(part, Attribute):
        return bool(_kind(part.value)) or _is_typed_inside(part.value)
    return bool(_kind(part))


def _is_typed_inside(pattern: Pattern) -> bool:
    waiting = list(pattern.parts)
    while waiting:
        part = waiting.pop()
        if _kind(part):
            return True
        waiting.extend(part.parts)
    return False


def _is_named(part: Pattern, names: Iterable[str]) -> bool:
    """Whether a simple pattern is an attribute that may bear one of some names."""
    if not isinstance(part, Attribute):
        return False
    return part.names.name in names if isinstance(part.names, Name) else any(map(part.names.contains, names))


def _holding(
    elements: Iterable[Element], made: Iterable[Pattern], wanted: Callable[[Pattern], bool]
) -> list[tuple[Element, tuple[Pattern, ...]]]:
    """The elements whose own attributes or text are wanted, each with those; every pattern is looked at once, for
    elements share most of them.
    """
    held: dict[Pattern, tuple[Pattern, ...]] = {}
    for pattern in made:
        if not pattern.parts:
            if wanted(pattern):
                held[pattern] = (pattern,)
        elif not (pattern.attributes or pattern.data):
            continue
        elif inside := [held[part] for part in pattern.parts if part in held]:
            held[pattern] = tuple(dict.fromkeys(chain.from_iterable(inside)))
    return [(element, held[element.content]) for element in elements if element.content in held]


def _kinds(typed: Iterable[tuple[Element, Iterable[Pattern]]]) -> Kinds:
    kinds: Kinds = {}
    for element, parts in typed:
        for part in parts:
            if isinstance(part, Attribute) and isinstance(part.names, Name) and _kind(part.value):
                for name in element.names.names() or ():
                    kinds.setdefault(name, {}).setdefault(part.names.name, _kind(part.value))
    return kinds


def _unsound(element: Element, part: Pattern) -> Iterator[Problem]:
    """What is wrong with one typed pattern, whatever else there is."""
    if not isinstance(part, Attribute) or not _kind(part.value):
        expected = "expected that type of attributes alone, as all their value"
        yield Problem(element.place, f"a text of the type ID, IDREF or IDREFS in {_owner(element)}; {expected}")
        return
    kind = _kind(part.value)
    if not isinstance(part.names, Name):
        message = f"several names for an attribute of the type {kind} in {_owner(element)}; expected one name"
        yield Problem(element.place, message)
    if element.names.names() is None:
        message = f"a wildcard for an element with an attribute of the type {kind}; expected names of elements"
        yield Problem(element.place, message)


def _owner(element: Element) -> str:
    return listed(sorted(element.names.names() or ())) or "an element with a wildcard for a name"


def _conflicts(kinds: Kinds, element: Element, parts: Iterable[Pattern]) -> Iterator[Problem]:
    """Attributes in an element pattern that may be those of other patterns, and are not of the same type."""
    own = element.names.names()
    names = [name for name in (kinds if own is None else own) if name in kinds and element.names.contains(name)]
    for part in parts:
        if isinstance(part, Attribute):
            yield from _rivals(kinds, names, element, part)


def _rivals(kinds: Kinds, names: Iterable[str], element: Element, part: Attribute) -> Iterator[Problem]:
    found: dict[str, list[str]] = {}
    kind = _kind(part.value)
    for name in names:
        for attribute, other in kinds[name].items():
            if other != kind and part.names.contains(attribute):
                found.setdefault(attribute, []).append(name)
    for attribute, owners in found.items():
        message = f'attribute "{shown(attribute)}" of {listed(owners)} is of the type {kind or "text"} here'
        other = kinds[owners[0]][attribute]
        yield Problem(element.place, f"{message} and of the type {other} elsewhere; expected one type")
