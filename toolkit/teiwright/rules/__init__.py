"""What no grammar sees, one module per concern.

``RULES`` lists all that ``validate`` runs, by the name their findings carry as origin. A rule's module is imported when
the rule is first called, so that one that is switched off costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from teiwright.diagnostic import Severity
from teiwright.rules.codes import CODES

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic
    from teiwright.document import Document


class Rule:
    """One concern: a function from a Document to its Diagnostics. ``codes`` are those it can emit, with the severity
    of each.

    >>> RULES["rules.identifiers"].codes["duplicate-id"]
    <Severity.ERROR: 2>
    """

    __slots__ = ("codes", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes = {code: severity for code, (origin, severity) in CODES.items() if origin == name}

    def __call__(self, document: Document) -> Iterable[Diagnostic]:
        module = import_module(f"teiwright.{self.name}")
        check: Callable[[Document], Iterable[Diagnostic]] = module.check
        return check(document)

    def __repr__(self) -> str:
        return f"Rule({self.name!r})"


RULES = {name: Rule(name) for name in dict.fromkeys(origin for origin, _ in CODES.values())}

__all__ = ["CODES", "RULES", "Rule", "Severity"]
