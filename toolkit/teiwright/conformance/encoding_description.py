"""How the text was encoded: purpose, selection, decisions, tags, references, prefixes, taxonomies, tools (TEI Guidelines #HD5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from teiwright.conformance.answers import Answer, Evidence, Point, decided, held, not_held, open_to_a_person
from teiwright.conformance.matter import Matter, name_of, quoted
from teiwright.document import words
from teiwright.names import TEI, tei

GROUP = "encodingDesc"
DECISIONS = "correction normalization hyphenation quotation punctuation segmentation stdVals interpretation".split()
LONGEST = 300  # characters of an expression that is followed
MOST_LEVELS = 20  # of citeStructure in citeStructure
MOST_DESCENTS = 3  # "//" in one: each may go through the whole document again
# What can take very long, or for ever: ranges and variables, regular expressions, the axes that see the whole document.
COSTLY = re.compile(r"\$|(?<![@\w-])to(?![\w-])|\b(?:matches|replace|tokenize)\s*\(|\b(?:preceding|following)\s*::")


def purpose(matter: Matter) -> Answer:
    """What the project is for."""
    return _said(matter, "projectDesc")


def _said(matter: Matter, name: str) -> Answer:
    found = [one for one in matter.found(f"encodingDesc/{name}") if words(one)]
    return held(*map(matter.at, found)) if found else not_held(f"encodingDesc has no {name}")


def sampling(matter: Matter) -> Answer:
    """Whether it says all that was left out, only a person knows."""
    answer = _said(matter, "samplingDecl")
    if not answer.evidence[0].place.line:
        return answer
    return open_to_a_person("Does it say all that was left out of the source?", *answer.evidence)


def decisions(matter: Matter) -> Answer:
    """Each of the eight questions of editorialDecl answered."""
    declared = {name: [e for e in matter.found(f"encodingDesc/editorialDecl/{name}") if words(e)] for name in DECISIONS}
    prose = matter.found("encodingDesc/editorialDecl/p")
    missing = [name for name, found in declared.items() if not found]
    if missing and prose and len(missing) == len(DECISIONS):
        return open_to_a_person(
            f"Do the paragraphs of editorialDecl answer all of {', '.join(DECISIONS)}?", *map(matter.at, prose[:3])
        )
    return decided(
        [f"editorialDecl has no {name}" for name in missing],
        *(matter.at(e) for found in declared.values() for e in found[:1]),
    )


def tags(matter: Matter) -> Answer:
    """Counts that agree, and a rendition for what @rendition names."""
    usages = matter.found("encodingDesc/tagsDecl//tagUsage")
    faults = [] if usages else [Evidence("tagsDecl has no tagUsage")]
    faults += [
        matter.at(one, f"tagUsage of {one.get('gi')} has no @occurs") for one in usages if not one.get("occurs")
    ][:3]
    faults += matter.findings("tag-usage-*")[:5]
    faults += unresolved(matter, "rendition", "rendition")
    return decided(faults, f"{len(usages)} elements counted, all as often as stated")


def unresolved(matter: Matter, attribute: str, *kinds: str) -> list[Evidence]:
    """Local pointers of an attribute that lead to no element of some kinds."""
    faults = []
    for element, value in matter.survey.bearers.get(attribute, ()):
        for pointer in value.split():
            target = matter.target(pointer) if pointer.startswith("#") else element
            if target is None or (target is not element and etree.QName(target).localname not in kinds):
                faults.append(
                    matter.at(
                        element, f'@{attribute} "{pointer}" of {name_of(element)} leads to no {" or ".join(kinds)}'
                    )
                )
    return faults[:5]


def references(matter: Matter) -> Answer:
    """citeStructure whose every level finds elements, and values to cite them by (TEI Guidelines #SACRCS)."""
    top = matter.found("encodingDesc/refsDecl/citeStructure")
    if not top:
        others = matter.found("encodingDesc/refsDecl")
        return not_held(
            *(matter.at(one, "refsDecl has no citeStructure") for one in others), *([] if others else ["no refsDecl"])
        )
    expressions = Expressions(matter)
    told = [outcome for structure in top for outcome in _levels(expressions, structure, [expressions.tree])]
    if refused := [evidence for is_found, evidence in told if is_found is None]:
        return open_to_a_person(
            "Does each citeStructure find what it names? Some expressions were not followed.", *refused
        )
    return decided([evidence for is_found, evidence in told if not is_found], *(evidence for _, evidence in told))


def _levels(
    expressions: Expressions, structure: etree._Element, parents: list[Any]
) -> Iterator[tuple[bool | None, Evidence]]:
    """What each level finds: whether it does, None where its expression was not followed."""
    matter = expressions.matter
    match, use, unit = (structure.get(name) or "" for name in ("match", "use", "unit"))
    depth = sum(1 for _ in structure.iterancestors(tei("citeStructure")))
    if depth > MOST_LEVELS or _is_costly(match) or _is_costly(use):
        yield None, matter.at(structure, f"{unit}: too intricate to be followed here")
        return
    try:
        found = [one for parent in parents for one in expressions.nodes(match, parent)]
        cited = sum(bool(expressions.words(use, one)) for one in found)
    except Exception:  # elementpath has many classes of errors; all mean that the XPath is none
        yield False, matter.at(structure, f"{unit}: the expression cannot be evaluated")
        return
    yield (
        bool(found) and cited > 0,
        matter.at(structure, f"{unit or 'unit'}: {len(found)} found by {match}, {cited} with a value of {use}"),
    )
    for inner in structure.iterchildren(tei("citeStructure")):
        yield from _levels(expressions, inner, found)


def _is_costly(expression: str) -> bool:
    """Whether nobody can tell how long an expression of a document would take."""
    return len(expression) > LONGEST or expression.count("//") > MOST_DESCENTS or bool(COSTLY.search(expression))


class Expressions:
    """XPath on one document, with TEI as the namespace of names without prefix; the tree is prepared once."""

    def __init__(self, matter: Matter) -> None:
        from elementpath import XPath2Parser, get_node_tree

        self.matter = matter
        self.tree = get_node_tree(matter.root.getroottree())
        self._parser = XPath2Parser(namespaces={"": TEI})

    def nodes(self, expression: str, parent: Any) -> list[Any]:
        """The elements that an expression finds from another element."""
        return [one for one in self._results(expression, parent) if hasattr(one, "elem")]

    def words(self, expression: str, parent: Any) -> str:
        """The words of the first thing that it finds."""
        return next((str(getattr(one, "string_value", one)) for one in self._results(expression, parent)), "")

    def _results(self, expression: str, parent: Any) -> list[Any]:
        from elementpath import XPathContext

        return list(self._parser.parse(expression).select(XPathContext(self.tree, item=parent)))


def prefixes(matter: Matter) -> Answer:
    """A definition for each private prefix."""
    defined = matter.found("encodingDesc/listPrefixDef//prefixDef")
    faults = matter.findings("pointer-prefix-undeclared", "pointer-prefix-mismatch", "prefix-malformed")
    return decided(
        faults[:5],
        *(matter.at(one, f"{one.get('ident')}: {one.get('replacementPattern')}") for one in defined),
        *([] if defined else ["no private prefix is in use"]),
    )


def taxonomies(matter: Matter) -> Answer:
    """What categories and schemes point to is declared."""
    used = [
        (e, name, e.get(name) or "")
        for e in matter.all("catRef", "keywords", "classCode")
        for name in ("scheme", "target")
        if e.get(name)
    ]
    faults = [
        matter.at(element, f'@{name} "{pointer}" leads to no taxonomy or category')
        for element, name, value in used
        for pointer in value.split()
        if pointer.startswith("#") and not _is_classification(matter.target(pointer))
    ]
    declared = matter.found("encodingDesc/classDecl/taxonomy")
    return decided(
        faults,
        *(matter.at(one) for one in declared),
        *([] if declared else ["no taxonomy of the document’s own is pointed at"]),
    )


def _is_classification(element: etree._Element | None) -> bool:
    return element is not None and element.tag in map(tei, ("taxonomy", "category", "bibl", "biblStruct", "biblFull"))


def tools(matter: Matter) -> Answer:
    """The tools and their versions."""
    found = matter.found("encodingDesc/appInfo/application")
    faults = [
        matter.at(one, "application has no @ident or no @version")
        for one in found
        if not (one.get("ident") and one.get("version"))
    ]
    if not found:
        return not_held("encodingDesc has no appInfo")
    return decided(
        faults, *(matter.at(one, f"{one.get('ident')} {one.get('version')}: {quoted(one)}") for one in found)
    )


POINTS = (
    Point("16", GROUP, "projectDesc says what the encoding is for.", purpose),
    Point("17", GROUP, "samplingDecl says what was left out.", sampling),
    Point("18", GROUP, "editorialDecl answers its eight questions, from correction to interpretation.", decisions),
    Point("19", GROUP, "tagsDecl counts the elements as the text has them, and declares renditions.", tags),
    Point("20", GROUP, "refsDecl has citeStructure, and it finds what it names.", references),
    Point("21", GROUP, "Each private prefix in use has a prefixDef.", prefixes),
    Point("22", GROUP, "Each taxonomy pointed at is declared in classDecl.", taxonomies),
    Point("23", GROUP, "appInfo names the tools with their versions.", tools),
)  # fmt: skip
