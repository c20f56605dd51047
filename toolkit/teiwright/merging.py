"""One finding for one fault, where several schemas and rules have seen it."""

from __future__ import annotations

from collections.abc import Iterable

from teiwright.diagnostic import Diagnostic, Severity

ABOUT_A_VALUE = "attribute-value"  # what a grammar says of a value that a rule may say better


def merged(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Of the findings with one code at one place only the first, which then names all that found it, and no grammar's
    word about a value that a rule has explained, nor XML Schema's about a place where others have found an error.
    Those of rules are believed to explain best, then those that come first.

    >>> from teiwright.diagnostic import Location, Severity
    >>> place = Location("a.xml", 3, 5, "/TEI/text/@n")
    >>> both = [Diagnostic(place, Severity.ERROR, "attribute-value", "…", name) for name in ("a.rng", "a.xsd")]
    >>> [finding.origin for finding in merged(both)]
    ['a.rng, a.xsd']
    """
    found = sorted(dict.fromkeys(findings), key=_rank)
    explained = {_place(finding) for finding in found if _rank(finding) == RULES and finding.severity >= Severity.ERROR}
    kept: dict[tuple[str, ...], Diagnostic] = {}
    errors: dict[tuple[str, str], tuple[str, ...]] = {}  # the first at each place
    for finding in found:
        place = _place(finding)
        if finding.code == ABOUT_A_VALUE and place in explained:
            continue
        fault: tuple[str, ...] = (*place, finding.code)
        if _rank(finding) == XSD:
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
    return list(kept.values())


RULES, GRAMMARS, XSD = range(3)  # who explains best comes first


def _rank(finding: Diagnostic) -> int:
    if finding.origin.startswith("rules."):
        return RULES
    return XSD if finding.code.startswith("xsd-") else GRAMMARS


def _place(finding: Diagnostic) -> tuple[str, str]:
    """The file and the path: one schema points to the start tag of what another finds incomplete at the end tag."""
    where = finding.location
    return where.source, where.xpath or f"{where.line}:{where.column}"
