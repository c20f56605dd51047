"""A stylesheet of many modules as one text, cut to what documents with certain elements can reach.

To compile is what takes most of a small document's time. A declaration stays when something that stays names it, or
when it is a rule of a mode in use whose pattern these elements can match. Where its words do not tell, it stays.
The prefixes of namespaces mean the same in all modules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, cast

from lxml import etree

from teiwright.names import XSL

Call = tuple[
    str, str
]  # what is asked for ("variable", "function", "template", "mode", or "text" for a string) and its name

STANDARD = (
    "default-mode",
    "xpath-default-namespace",
    "exclude-result-prefixes",
)  # attributes of a module that its declarations inherit
OWN_NAMESPACES = ("urn:x-teiwright:", "http://www.w3.org/1999/xhtml")  # of trees that the stylesheet itself makes
BASE = "{http://www.w3.org/XML/1998/namespace}base"
# What a declaration may ask for, in its own words; a key by a string. An accumulator is
# asked for by a string that may be put together, so all of them stay.
CALLS = {
    "variable": re.compile(r"\$([\w.:-]+)"),
    "function": re.compile(r"\b(\w+:[\w.-]+)[(#]"),
    "text": re.compile(r"'([\w:.-]+)'"),
    "template": re.compile(r'<xsl:call-template name="([^"]+)'),
    "mode": re.compile(r' mode="([^"]+)"'),
}
ASKED_AS = {f"{{{XSL}}}{kind}": kind for kind in ("variable", "function", "template", "mode")} | {
    f"{{{XSL}}}key": "text"
}
USE_WHEN = ("use-when", f"{{{XSL}}}use-when")
PART = re.compile(
    r"'[^']*'|\"[^\"]*\"|[^'\"\[\]()|]+|.", re.DOTALL
)  # of a pattern: a string, other words, a bracket, a bar
NAME = re.compile(r"(@?)(?:([\w-]+):)?([^\W\d][\w.-]*|(?<=:)\*)")  # "@" of an attribute, prefix, local name or "*"
NODE = re.compile(r"(?:text|node|comment|processing-instruction|document-node)\(\)|\.\.?")
STEP = rf"(?:@?(?:[\w-]+:)?(?:[^\W\d][\w.-]*|\*)|{NODE.pattern})"
PATH = re.compile(rf"\s*(?:/|/{{0,2}}{STEP}(?:/{{1,2}}{STEP})*)\s*")
GROUP = re.compile(r"\(([^()]+)\)")


class Declaration(NamedTuple):
    """A child of a stylesheet; ``names`` are those under which it can be asked for, none: it always stays."""

    element: etree._Element
    names: tuple[Call, ...]
    default_mode: str


class Static(NamedTuple):
    """Conditions of ``use-when``, and whether they hold."""

    conditions: Mapping[str, bool]

    @classmethod
    def of(cls, parameters: Mapping[str, bool]) -> Static:
        """What the values of some static parameters decide."""
        conditions = {f"${name}": value for name, value in parameters.items()}
        return cls(conditions | {f"not(${name})": not value for name, value in parameters.items()})

    def is_wanted(self, element: etree._Element) -> bool:
        """Whether an element of a stylesheet is there. One that is loses the condition, where it is known."""
        for attribute in USE_WHEN:
            holds = self.conditions.get(element.get(attribute, ""))
            if holds is False:
                return False
            if holds:
                del element.attrib[attribute]
        return True


def pruned(path: Path, present: Collection[str], static: Mapping[str, bool]) -> str:
    """The stylesheet or package in a file with all that it includes, as the text of one, without what documents cannot
    reach that have nothing but what is ``present``: local names of elements, those of attributes after an "@",
    namespaces of elements in braces. ``static`` are the static parameters that decide what stands under ``use-when``.
    """
    known = Static.of(static)
    modules = list(_modules(path, known))
    declarations = [one for module in modules for one in _declarations(*module, known)]
    possible = [one for one in declarations if _can_match(one.element, present)]
    main = modules[0][1]
    return _written(main, _reached(possible, main.get("default-mode", "")))


def names_in_patterns(path: Path) -> frozenset[str]:
    """What decides what a stylesheet is cut to: the names in its patterns, those of attributes with their "@", and
    its namespaces in braces.
    """
    roots = [root for _, root in _modules(path, Static({}))]
    names = {at + name for root in roots for one in root for at, _, name in NAME.findall(one.get("match", ""))}
    return frozenset(names | {f"{{{uri}}}" for root in roots for uri in root.nsmap.values()})


def _modules(path: Path, static: Static) -> Iterator[tuple[Path, etree._Element]]:
    """A stylesheet and all that it includes, in their order."""
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    root = etree.parse(path, parser).getroot()
    yield path, root
    for include in root.iterchildren(f"{{{XSL}}}include"):
        if static.is_wanted(include):
            yield from _modules(path.parent / include.get("href", ""), static)


def _declarations(path: Path, root: etree._Element, static: Static) -> Iterator[Declaration]:
    """Those of one module that are wanted, each with what the module says for all of them."""
    base = path.as_uri()
    inherited = {name: root.get(name, "") for name in STANDARD if name in root.attrib}
    default_mode = inherited.get("default-mode", "")
    for element in list(root):
        if element.tag != f"{{{XSL}}}include" and static.is_wanted(element):
            _without_unwanted(element, static)
            element.set(BASE, base)
            for name, value in inherited.items():
                element.set(name, element.get(name, value))
            yield Declaration(element, tuple(_names(element, default_mode)), default_mode)


def _without_unwanted(element: etree._Element, static: Static) -> None:
    """Takes out the parts that are not there under these static parameters."""
    for child in list(element):
        if static.is_wanted(child):
            _without_unwanted(child, static)
        else:
            element.remove(child)


def _names(element: etree._Element, default_mode: str) -> Iterator[Call]:
    """Under what names something may ask for a declaration."""
    kind = ASKED_AS.get(str(element.tag))
    if kind and "name" in element.attrib:
        yield kind, element.get("name", "")
    if "match" in element.attrib and kind == "template":
        for mode in element.get("mode", "#default").split():
            yield "mode", default_mode if mode == "#default" else mode


def _calls(declaration: Declaration) -> Iterator[Call]:
    """What a declaration asks for, or may."""
    words = etree.tostring(declaration.element, encoding="unicode")
    for kind, pattern in CALLS.items():
        for name in set(pattern.findall(words)):
            yield kind, name
    if "<xsl:apply-templates" in words:
        yield "mode", declaration.default_mode


def _reached(declarations: list[Declaration], mode: str) -> list[Declaration]:
    """The declarations that always stay, the rules of the initial mode, and all that these ask for, in their order."""
    by_name: dict[Call, list[int]] = defaultdict(list)
    for number, declaration in enumerate(declarations):
        for name in declaration.names:
            by_name[name].append(number)
    always = (number for number, declaration in enumerate(declarations) if not declaration.names)
    waiting = [*always, *by_name["mode", mode], *by_name["mode", "#all"]]
    reached = set()
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            for call in _calls(declarations[number]):
                waiting += by_name.get(call, ())
    return [declarations[number] for number in sorted(reached)]


def _can_match(element: etree._Element, present: Collection[str]) -> bool:
    """Whether a declaration is no rule, or one that documents with these elements can need; its pattern loses the
    alternatives that they cannot match.
    """
    if element.tag != f"{{{XSL}}}template" or "match" not in element.attrib or "name" in element.attrib:
        return True
    alternatives = [one for one in _alternatives(element.get("match", "")) if _is_possible(one, element, present)]
    element.set("match", " | ".join(alternatives))
    return bool(alternatives)


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between those bars that stand outside of all brackets (XSLT 3.0, section 5.5.2)."""
    found, depth = [""], 0
    for part in PART.findall(pattern):
        depth += (part in "[(") - (part in "])")
        if part == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += part
    return [one.strip() for one in found]


def _is_possible(alternative: str, element: etree._Element, present: Collection[str]) -> bool:
    """Whether all that one alternative of a pattern asks for is present: in its steps, in the groups that stand for a
    step, and in each predicate that asks for nodes and nothing else.
    """
    outside, predicates = _taken_apart(alternative)
    conditions = [GROUP.sub("*", outside), *GROUP.findall(outside), *predicates]
    return all(_is_some_possible(condition, element, present) for condition in conditions)


def _is_some_possible(union: str, element: etree._Element, present: Collection[str]) -> bool:
    """Whether one of some paths has all the names in it. What is no plain path may be anything."""
    return any(
        not PATH.fullmatch(path)
        or all(_is_present(name, element, present) for name in NAME.findall(NODE.sub("", path)))
        for path in union.split("|")
    )


def _is_present(found: tuple[str, str, str], element: etree._Element, present: Collection[str]) -> bool:
    """Whether documents have what a pattern names, an element, an attribute ("@") or any element of a namespace ("*"),
    or it is one of a tree that the stylesheet itself makes.
    """
    at, prefix, name = found
    if at and name == "*":
        return True
    namespace = element.nsmap.get(prefix, "") if prefix else ""
    return (f"{{{namespace}}}" if name == "*" else at + name) in present or namespace.startswith(OWN_NAMESPACES)


def _taken_apart(path: str) -> tuple[str, list[str]]:
    """A path without its predicates, and those."""
    outside, predicates, depth = "", [""], 0
    for part in PART.findall(path):
        depth -= part == "]"
        if depth == 0 and part not in "[]":
            outside += part
        elif depth == 0:
            predicates.append("")
        else:
            predicates[-1] += part
        depth += part == "["
    return outside, [one for one in predicates if one]


def _written(main: etree._Element, declarations: list[Declaration]) -> str:
    prefixes = dict(main.nsmap)
    for declaration in declarations:
        prefixes |= declaration.element.nsmap
    whole = etree.Element(str(main.tag), nsmap=cast("dict[str, str]", prefixes))
    for name, value in main.items():
        whole.set(name, value)
    for declaration in declarations:
        declaration.element.tail = None
        whole.append(declaration.element)
    return etree.tostring(whole, encoding="unicode")
