"""What a schema says of identifiers and references to them: attributes of the types ID, IDREF and IDREFS (RELAX NG DTD
Compatibility 1.0, section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from teiwright.relaxng.pattern import Place

KINDS = ("ID", "IDREF", "IDREFS")
Kinds = dict[str, dict[str, str]]  # by the Clark names of element and attribute


class Problem(NamedTuple):
    """Where a schema is not clear about its identifiers, and why."""

    place: Place
    message: str


class Identity(NamedTuple):
    """Which attributes are identifiers or refer to some; none where a schema has problems."""

    kinds: Kinds
    problems: tuple[Problem, ...]


def positions(kinds: Mapping[str, str], names: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """Where identifiers and references stand in expat's list of names and values, and of which type they are; ``names``
    are an element's attributes in their order, ``kinds`` what the schema says of them, by Clark names.
    """
    return tuple((2 * index + 1, kinds[name]) for index, name in enumerate(names) if name in kinds)
