"""Private prefixes of pointers: what prefixDef says they stand for (TEI Guidelines #SAPU)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from teiwright.names import tei
from teiwright.rules.survey import Survey

if TYPE_CHECKING:
    from lxml import etree

    from teiwright.document import Document
    from teiwright.relaxng.regex import Regex

# A pattern is matched by our own engine, which never backtracks; its groups are then found by re, which does. So that
# no document can make that take long, expressions with repeated groups, or with many repetitions and choices, are
# matched, not expanded: re may try every length of a repetition with each of the others, and every way at a choice.
ESCAPE = r"\\."
REPEATED_GROUP = r"\)[*+{]"
COSTS = {"*": 6, "+": 6, "{": 6, "|": 1, "?": 1}  # in doublings of what may have to be tried
MOST_COSTLY = 24
LONGEST = 100  # characters after the prefix


class Prefix(NamedTuple):
    """One prefixDef: how the part after the colon becomes a pointer."""

    shape: Regex
    groups: re.Pattern[str] | None
    replacement: str

    @classmethod
    def of(cls, definition: etree._Element) -> Prefix:
        """The prefix that an element defines. Raises ValueError with a sentence where its pattern is none."""
        from teiwright.relaxng.regex import PatternError, Regex, shortened

        source = definition.get("matchPattern", "")
        replacement = definition.get("replacementPattern", "")
        try:
            shape = Regex(source)
        except PatternError as error:
            raise ValueError(
                f'@matchPattern "{shortened(source)}" is not a regular expression of XML Schema: {error}'
            ) from None
        groups = _groups(source)
        wanted = [int(number) for number in re.findall(r"\$(\d)", replacement)]
        if groups is not None and wanted and max(wanted) > groups.groups:
            raise ValueError(
                f'@replacementPattern "{replacement}" asks for ${max(wanted)}; the pattern has {groups.groups} groups'
            )
        return cls(shape, groups, replacement)

    def expand(self, rest: str) -> str | None:
        """The pointer that is meant; "" where it fits but is too intricate to expand, None where it does not fit."""
        if not self.shape.matches(rest):
            return None
        if self.groups is None or len(rest) > LONGEST or not (found := self.groups.fullmatch(rest)):
            return ""
        return re.sub(r"\$(\d)", lambda m: found[int(m[1])] or "", self.replacement)


def _groups(source: str) -> re.Pattern[str] | None:
    signs = re.sub(ESCAPE, "", source)
    if re.search(REPEATED_GROUP, signs) or sum(COSTS.get(sign, 0) for sign in signs) > MOST_COSTLY:
        return None
    try:
        return re.compile(source)
    except (re.error, OverflowError, RecursionError):
        return None


class Prefixes:
    """The private prefixes of a document: those that can be used by name, and what is wrong with the others.

    A prefix holds for the TEI or teiCorpus element in whose header it is declared, and all that is inside.
    """

    def __init__(self) -> None:
        self.known: dict[str, dict[etree._Element, list[Prefix]]] = defaultdict(dict)
        self.malformed: list[tuple[etree._Element, str]] = []

    @classmethod
    def of(cls, document: Document) -> Prefixes:
        """What the prefixDef elements of a document say."""
        prefixes = cls()
        for definition in Survey.of(document).elements.get("prefixDef", ()):
            scope = next(definition.iterancestors(tei("TEI"), tei("teiCorpus")), document.root)
            forms = prefixes.known[definition.get("ident", "")].setdefault(scope, [])
            try:
                forms.append(Prefix.of(definition))
            except ValueError as error:
                prefixes.malformed.append((definition, str(error)))
        return prefixes

    def forms(self, prefix: str, element: etree._Element) -> list[Prefix] | None:
        """The definitions of a prefix that hold at an element, the nearest header's; None where there are none."""
        scopes = self.known.get(prefix)
        if scopes is None:
            return None
        return next((scopes[e] for e in (element, *element.iterancestors()) if e in scopes), None)

    @staticmethod
    def expand(forms: list[Prefix], rest: str) -> str | None:
        """The first pointer that a definition makes; None where none fits, "" where it cannot be told."""
        found = (expanded for form in forms if (expanded := form.expand(rest)) is not None)
        return next(found, None if forms else "")
