"""Private prefixes of pointers: what prefixDef says they stand for (TEI Guidelines #SAPU)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from teiwright.document import Document
from teiwright.names import tei
from teiwright.relaxng.regex import PatternError, Regex

# A pattern is matched by our own engine, which never backtracks; its groups are then found by re, which does. So that
# no document can make that take long, expressions with repeated groups or many repetitions are matched, not expanded.
REPEATED_GROUP = re.compile(r"\)[*+{]")
REPETITION = re.compile(r"(?<!\\)[*+{]")
MOST_REPETITIONS = 4
LONGEST = 100  # characters after the prefix


@dataclass(frozen=True)
class Prefix:
    """One prefixDef: how the part after the colon becomes a pointer."""

    shape: Regex
    groups: re.Pattern[str] | None
    replacement: str

    @classmethod
    def of(cls, definition: etree._Element) -> Prefix:
        """The prefix that an element defines. Raises ValueError with a sentence where its pattern is none."""
        source = definition.get("matchPattern", "")
        replacement = definition.get("replacementPattern", "")
        try:
            shape = Regex(source)
        except PatternError as error:
            raise ValueError(f'@matchPattern "{source}" is not a regular expression of XML Schema: {error}') from None
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
    if REPEATED_GROUP.search(source) or len(REPETITION.findall(source)) > MOST_REPETITIONS:
        return None
    try:
        return re.compile(source)
    except (re.error, OverflowError, RecursionError):
        return None


@dataclass(frozen=True)
class Prefixes:
    """The private prefixes of a document: those that can be used by name, and what is wrong with the others."""

    known: dict[str, list[Prefix]]
    malformed: list[tuple[etree._Element, str]]

    @classmethod
    def of(cls, document: Document) -> Prefixes:
        """What the prefixDef elements of a document say."""
        known: dict[str, list[Prefix]] = defaultdict(list)
        malformed = []
        for definition in document.root.iter(tei("prefixDef")):
            forms = known[definition.get("ident", "")]
            try:
                forms.append(Prefix.of(definition))
            except ValueError as error:
                malformed.append((definition, str(error)))
        return cls(dict(known), malformed)

    def expand(self, prefix: str, rest: str) -> str | None:
        """The first pointer that a definition of the prefix makes; None where none fits, "" where it cannot be told."""
        forms = self.known[prefix]
        found = (expanded for form in forms if (expanded := form.expand(rest)) is not None)
        return next(found, None if forms else "")
