"""What there is to prune: the declarations of a stylesheet and of all that it includes, and what each asks for.

A rule's pattern is taken apart at its bars, and each part says what a document must have for it to match. Where its
words do not tell, it asks for nothing. The prefixes of namespaces mean the same in all modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import cast

from lxml import etree

from teiwright.names import XSL
from teiwright.pruning import PATTERN, Alternative, Call, Condition, Declaration, Index
from teiwright.unions import share_bodies

STANDARD = (
    "default-mode",
    "xpath-default-namespace",
    "exclude-result-prefixes",
)  # what declarations inherit from a module
OWN_NAMESPACES = ("urn:x-teiwright:", "http://www.w3.org/1999/xhtml")  # of trees that the stylesheet itself makes
BASE = "{http://www.w3.org/XML/1998/namespace}base"
PREFIXES = re.compile(r' xmlns(?::[\w-]+)?="[^"]*"')
CONDITIONAL = etree.XPath("//*[@use-when or @xsl:use-when]", namespaces={"xsl": XSL})
USE_WHEN = ("use-when", f"{{{XSL}}}use-when")
# What a declaration may ask for, in its own words; a key by a string. An accumulator is asked for by a string that may
# be put together, so all of them stay.
CALLS = {
    "variable": re.compile(r"\$([\w.:-]+)"),
    "function": re.compile(r"\b(\w+:[\w.-]+)[(#]"),
    "text": re.compile(r"'([\w:.-]+)'"),
    "template": re.compile(r'<xsl:call-template [^>]*?name="([^"]+)'),
    "mode": re.compile(r' mode="([^"]+)"'),
}
ASKED_AS = {f"{{{XSL}}}{kind}": kind for kind in ("variable", "function", "template", "mode")} | {
    f"{{{XSL}}}key": "text"
}
PART = re.compile(
    r"'[^']*'|\"[^\"]*\"|[^'\"\[\]()|]+|.", re.DOTALL
)  # of a pattern: a string, other words, a bracket, a bar
NAME = re.compile(r"(@?)(?:([\w-]+):)?([^\W\d][\w.-]*|(?<=:)\*)")  # "@" of an attribute, prefix, local name or "*"
ELEMENT = re.compile(r"(?:(?P<prefix>[\w-]+):)?(?P<name>[^\W\d][\w.-]*)")  # as a step
SEPARATOR = re.compile(r"//?")  # of steps
NODE = re.compile(r"(?:text|node|comment|processing-instruction|document-node)\(\)|\.\.?")
STEP = rf"(?:@?(?:[\w-]+:)?(?:[^\W\d][\w.-]*|\*)|{NODE.pattern})"
PATH = re.compile(rf"\s*(?:/|/{{0,2}}{STEP}(?:/{{1,2}}{STEP})*)\s*")
GROUP = re.compile(r"\(([^()]+)\)")


def index(path: Path, static: Mapping[str, bool]) -> Index:
    """That of a stylesheet, under static parameters that decide what stands under ``use-when``."""
    modules = list(_modules(path, _conditions(static)))
    main = modules[0][1]
    prefixes = {prefix: uri for _, root in modules for prefix, uri in root.nsmap.items()} | main.nsmap
    whole = etree.Element(str(main.tag), nsmap=cast("dict[str, str]", prefixes))
    for name, value in main.items():
        whole.set(name, value)
    whole.text = "\n"
    start, _, end = etree.tostring(whole, encoding="unicode").rpartition("\n")
    declarations = tuple(one for file, root in modules for one in _declarations(file, root))
    return Index(start, end, main.get("default-mode", ""), declarations)


def _conditions(static: Mapping[str, bool]) -> dict[str, bool]:
    """Conditions of ``use-when``, and whether they hold."""
    return {f"${name}": value for name, value in static.items()} | {
        f"not(${name})": not value for name, value in static.items()
    }


def _modules(path: Path, conditions: Mapping[str, bool]) -> Iterator[tuple[Path, etree._Element]]:
    """A stylesheet and all that it includes, in their order, without what is not there under these conditions."""
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    root = etree.parse(path, parser).getroot()
    for element in cast("list[etree._Element]", CONDITIONAL(root)):
        _decide(element, conditions)
    share_bodies(root, path.stem)
    yield path, root
    for include in root.iterchildren(f"{{{XSL}}}include"):
        yield from _modules(path.parent / include.get("href", ""), conditions)


def _decide(element: etree._Element, conditions: Mapping[str, bool]) -> None:
    """Takes an element out that is not there; one that is loses the condition, where it is known."""
    for attribute in USE_WHEN:
        holds = conditions.get(element.get(attribute, ""))
        if holds:
            del element.attrib[attribute]
        elif holds is False and (parent := element.getparent()) is not None:
            parent.remove(element)


def _declarations(path: Path, root: etree._Element) -> Iterator[Declaration]:
    """Those of one module, each with what the module says for all of them."""
    base, default = path.as_uri(), root.nsmap.get(None, "")
    inherited = {name: root.get(name, "") for name in STANDARD if name in root.attrib} | {BASE: base}
    default_mode = root.get("default-mode", "")
    for element in root.iterchildren():
        if element.tag == f"{{{XSL}}}include":
            continue
        names, pattern = tuple(_names(element, default_mode)), element.get("match", "")
        alternatives = tuple(_alternatives(element))
        calls = tuple(_calls(etree.tostring(element, encoding="unicode", with_tail=False) + pattern, default_mode))
        is_of_mode = ("mode", default_mode) in (*names, *calls)  # no other may name it: it may not be there
        for name, value in inherited.items():
            if name != "default-mode" or is_of_mode:
                element.set(name, element.get(name, value))
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        yield Declaration(_under(default, text), names, calls, alternatives)


def _under(default: str, text: str) -> str:
    """A declaration without the prefixes that the root declares for all."""
    tag, bracket, rest = text.partition(">")
    name, space, attributes = PREFIXES.sub("", tag).partition(" ")
    return f'{name} xmlns="{default}"{space}{attributes}{bracket}{rest}'


def _names(element: etree._Element, default_mode: str) -> Iterator[Call]:
    """Under what names something may ask for a declaration."""
    kind = ASKED_AS.get(str(element.tag))
    if kind and "name" in element.attrib:
        yield kind, element.get("name", "")
    if "match" in element.attrib and kind == "template":
        for mode in element.get("mode", "#default").split():
            yield "mode", default_mode if mode == "#default" else mode


def _calls(text: str, default_mode: str) -> Iterator[Call]:
    """What a declaration asks for, or may."""
    for kind, pattern in CALLS.items():
        for name in sorted(set(pattern.findall(text))):
            yield kind, name
    if "<xsl:apply-templates" in text:
        yield "mode", default_mode


def _alternatives(element: etree._Element) -> Iterator[Alternative]:
    """Those of the pattern of a rule, which leaves it; of one that has a name as well, none."""
    if element.tag != f"{{{XSL}}}template" or "match" not in element.attrib or "name" in element.attrib:
        return
    for words in _parted(element.get("match", "")):
        yield Alternative(words, tuple(_needed_by(words, element.nsmap)))
    element.set("match", PATTERN)


def _parted(pattern: str) -> list[str]:
    """The parts of a pattern between those bars that stand outside of all brackets (XSLT 3.0, section 5.5.2)."""
    found, depth = [""], 0
    for part in PART.findall(pattern):
        depth += (part in "[(") - (part in "])")
        if part == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += part
    return [one.strip() for one in found]


def _needed_by(alternative: str, prefixes: Mapping[str | None, str]) -> Iterator[Condition]:
    """What an alternative asks for: in its steps, in the groups that stand for a step, and in each predicate that asks
    for nodes and nothing else. What is no plain path may match anything.
    """
    outside, predicates = _taken_apart(alternative)
    for union in (GROUP.sub("*", outside), *GROUP.findall(outside), *predicates):
        paths = union.split("|")
        if all(PATH.fullmatch(path) for path in paths):
            yield tuple(tuple(_named(path, prefixes)) for path in paths)


def _named(path: str, prefixes: Mapping[str | None, str]) -> Iterable[str]:
    """The names in a path, but for those of trees that the stylesheet itself makes; and of any two steps to elements
    that one is in the other.
    """
    for at, prefix, name in NAME.findall(NODE.sub("", path)):
        if not _is_own(prefix, prefixes) and not (at and name == "*"):
            yield f"{{{prefixes.get(prefix, '')}}}" if name == "*" else at + name
    steps = [ELEMENT.fullmatch(step.strip()) for step in SEPARATOR.split(path)]
    for outer, inner in pairwise(steps):
        if outer and inner and not _is_own(inner["prefix"], prefixes):
            yield f"{outer['name']}//{inner['name']}"


def _is_own(prefix: str | None, prefixes: Mapping[str | None, str]) -> bool:
    return bool(prefix) and prefixes.get(prefix, "").startswith(OWN_NAMESPACES)


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
