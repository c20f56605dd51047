"""One finding for one fault, where several schemas and rules have seen it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.names import INCOMPLETE

ABOUT_A_VALUE = "attribute-value"  # what a grammar says of a value that a rule may say better
SEVERAL = "attribute-missing"  # at one place, for each attribute


def merged(findings: Iterable[Diagnostic], assertions: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """Of the findings with one code at one place only the first, and no grammar's word about a value that a rule has
    explained, nor XML Schema's about a place where others have found an error. What stays names all that found it.
    Those of rules are believed to explain best, then those that come first. ``assertions`` are the findings of
    Schematron schemas, whose codes say nothing of what they mean: they stand for themselves, and only those that are
    the same in everything but the schema are one.

    >>> from teiwright.diagnostic import Location, Severity
    >>> place = Location("a.xml", 3, 5, "/TEI/text/@n")
    >>> both = [Diagnostic(place, Severity.ERROR, "attribute-value", "…", name) for name in ("a.rng", "a.xsd")]
    >>> [finding.origin for finding in merged(both)]
    ['a.rng, a.xsd']
    """
    found = sorted(dict.fromkeys(findings), key=_rank)
    kept: dict[tuple[str, ...], Diagnostic] = {}
    errors: dict[tuple[str, str], tuple[str, ...]] = {}  # the first at each place
    explained: set[tuple[str, str]] = set()  # places where a rule has found an error
    for finding in found:
        place = _place(finding)
        fault: tuple[str, ...] = (*place, finding.code, finding.message if finding.code == SEVERAL else "")
        if _rank(finding) == XSD or (finding.code == ABOUT_A_VALUE and place in explained):
            fault = errors.get(place, fault)
        first = kept.get(fault)
        if first is None:
            kept[fault] = finding
        elif finding.origin == first.origin.split(", ")[0]:  # one schema may say two things of one place
            kept[(*fault, finding.message)] = finding
        elif finding.origin not in first.origin.split(", "):
            kept[fault] = first._replace(origin=f"{first.origin}, {finding.origin}")
        if finding.severity >= Severity.ERROR:
            errors.setdefault(place, fault)
            if _rank(finding) == RULES:
                explained.add(place)
    return [*kept.values(), *_told_once(assertions)]


def _told_once(assertions: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    origins: dict[Diagnostic, dict[str, None]] = {}
    for finding in assertions:
        origins.setdefault(finding._replace(origin=""), {})[finding.origin] = None
    return (finding._replace(origin=", ".join(names)) for finding, names in origins.items())


RULES, GRAMMARS, XSD = range(3)  # who explains best comes first


def _rank(finding: Diagnostic) -> int:
    if finding.code == INCOMPLETE:  # it is not about its place
        return GRAMMARS
    if finding.origin.startswith("rules."):
        return RULES
    return XSD if finding.code.startswith("xsd-") else GRAMMARS


def _place(finding: Diagnostic) -> tuple[str, str]:
    """The file and the path: one schema points to the start tag of what another finds incomplete at the end tag."""
    where = finding.location
    return where.source, where.xpath or f"{where.line}:{where.column}"
