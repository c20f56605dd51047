"""What a schema borrows is put in its place, in this order: ``include``, ``extends`` from other files, declarations
of XSLT modules, abstract patterns, abstract rules (ISO/IEC 19757-3:2020, 5.4.6, 5.4.7, 5.4.10 to 5.4.13).

What is borrowed keeps the prefixes that its own schema declares.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

from lxml import etree

from teiwright.errors import SchemaError
from teiwright.names import SCHEMATRON, XML_BASE, XML_ID, XML_LANG, XSL
from teiwright.schematron.element import Element, holder, local_name, namespaces, place, remember, sch
from teiwright.schematron.files import Files
from teiwright.schematron.shape import DECLARATIONS, require_bounds, require_shape

MODULES = (f"{{{XSL}}}include", f"{{{XSL}}}import")
PATTERNS = (sch("pattern"), sch("group"))
INHERITED = ("role", "documents", "see", "icon", "fpi", XML_LANG)  # by a pattern from the abstract one


@dataclass(frozen=True)
class Way:
    """Where an element is borrowed from: the file it is in, and the places that led there."""

    path: Path
    files: Files
    chain: tuple[str, ...] = ()


def settle(schema: Element, path: Path, files: Files) -> None:
    """Makes every pattern of a schema concrete and every rule complete. Raises SchemaError."""
    way = Way(path, files)
    _include(schema, way)
    _extend_from_files(schema, way)
    _add_declarations(schema, way)
    require_shape(schema)
    _instantiate(schema)
    _complete_rules(schema, files)
    require_bounds(schema)


def _target(element: Element, way: Way) -> tuple[Element, Way]:
    """The element that an ``include`` or ``extends`` names, and the way that led to it."""
    path = way.path
    what = local_name(element)
    href = element.get("href", "")
    file, further = _followed(href, what, way)
    fragment = urldefrag(href).fragment
    if not fragment and file.resolve() == path.resolve():
        raise SchemaError(path.name, f'{what} of "{href}" leads back to itself')
    root = way.files.root(file)
    found = _with_id(root, fragment) if fragment else root
    if found is None:
        raise SchemaError(path.name, f'{what} of "{href}": nothing in that file has the id "{fragment}"')
    if etree.QName(found).namespace != SCHEMATRON:
        raise SchemaError(path.name, f'{what} of "{href}" leads to something that is not Schematron')
    remember(found, namespaces(root))
    return found, further


def _followed(href: str, what: str, way: Way) -> tuple[Path, Way]:
    """The file an address leads to, and the way there. Raises SchemaError where it has led there before."""
    way.files.spend()
    file = way.files.target(way.path, href, what)
    named = f"{file.resolve()}#{urldefrag(href).fragment}"
    if named in way.chain:
        raise SchemaError(way.path.name, f'{what} of "{href}" leads back to itself')
    return file, Way(file, way.files, (*way.chain, named))


def _with_id(root: Element, name: str) -> Element | None:
    return next((e for e in root.iter(etree.Element) if name in (e.get("id"), e.get(XML_ID))), None)


def _include(parent: Element, way: Way) -> None:
    """Puts in the place of each ``include`` the element it names (5.4.7)."""
    for include in list(parent.iter(sch("include"))):
        found, further = _target(include, way)
        while found.tag == sch("include"):
            found, further = _target(found, further)
        if found.tag == sch("schema"):
            hint = "include takes one element of it, by its id; extends takes all"
            raise SchemaError(way.path.name, f'include of "{include.get("href")}" leads to a whole schema', hint)
        _include(found, further)
        found = copy.deepcopy(found)
        found.set(XML_BASE, further.path.name)
        found.tail = include.tail
        holder(include).replace(include, found)


def _extend_from_files(parent: Element, way: Way) -> None:
    """Puts in the place of each ``extends`` with an address the content of the element it names (5.4.6)."""
    for extends in list(parent.iter(sch("extends"))):
        if extends.get("href") is None:
            continue
        found, further = _target(extends, way)
        _include(found, further)
        _extend_from_files(found, further)
        prefixes = namespaces(found.getroottree().getroot())
        for child in found:
            remember(child, prefixes)
        known = namespaces(parent.getroottree().getroot())
        children = (child for child in found if child.tag != sch("ns") or child.get("prefix") not in known)
        _replace(extends, children, further.path.name)


def _replace(element: Element, others: Iterable[Element], base: str | None) -> None:
    for other in others:
        moved = copy.deepcopy(other)
        if base and moved.get(XML_BASE) is None:
            moved.set(XML_BASE, base)
        element.addprevious(moved)
    holder(element).remove(element)


def _add_declarations(schema: Element, way: Way) -> None:
    """Puts in the place of ``xsl:include`` and ``xsl:import`` the functions and keys of the module they name."""
    for include in list(schema.iterchildren(*MODULES)):
        _replace(include, _declarations(include, way), None)


def _declarations(include: Element, way: Way) -> list[Element]:
    file, further = _followed(include.get("href", ""), f"xsl:{local_name(include)}", way)
    root = way.files.root(file)
    if root.tag not in (f"{{{XSL}}}stylesheet", f"{{{XSL}}}transform"):
        raise SchemaError(place(include), f'"{file.name}" is not an XSLT stylesheet')
    found = []
    for child in root.iterchildren(*DECLARATIONS, *MODULES):
        child.set(XML_BASE, file.name)
        remember(child, {})
        found += _declarations(child, further) if child.tag in MODULES else [child]
    return found


def _instantiate(schema: Element) -> None:
    """Fills each pattern that ``is-a`` abstract one with that one's content, its parameters put in (5.4.10)."""
    patterns = list(schema.iter(*PATTERNS))
    abstract = {p.get("id"): p for p in patterns if p.get("abstract") == "true"}
    for pattern in patterns:
        wanted = pattern.get("is-a")
        if wanted is None or pattern.get("abstract") == "true":
            continue
        if wanted not in abstract:
            raise SchemaError(place(pattern), f'the pattern is-a "{wanted}", but there is no such abstract pattern')
        _fill(pattern, abstract[wanted])
    for pattern in abstract.values():
        holder(pattern).remove(pattern)


def _fill(pattern: Element, model: Element) -> None:
    given = [*model.iterchildren(sch("param")), *pattern.iterchildren(sch("param"))]
    content = _substituted(model, {p.get("name", ""): p.get("value", "") for p in given if p.get("value")})
    for child in [*pattern.iterchildren(sch("param"))]:
        pattern.remove(child)
    for name in INHERITED:
        if content.get(name) and pattern.get(name) is None:
            pattern.set(name, content.get(name, ""))
    for child in [child for child in content if child.tag != sch("param")]:
        if content.get(XML_BASE) and child.get(XML_BASE) is None:
            child.set(XML_BASE, content.get(XML_BASE, ""))
        pattern.append(child)


def _substituted(model: Element, parameters: dict[str, str]) -> Element:
    """A copy of an abstract pattern in which the parameters' values stand for "$name" in each attribute."""
    content = copy.deepcopy(model)
    if not parameters:
        return content
    reference = re.compile(rf"\$({'|'.join(map(re.escape, parameters))})(?![\w.-])")
    for element in content.iter(etree.Element):
        for attribute, value in element.attrib.items():
            element.set(attribute, reference.sub(lambda found: parameters[found[1]], str(value)))
    return content


def _complete_rules(schema: Element, files: Files) -> None:
    """Puts in the place of each ``extends`` the content of the abstract rule it names (5.4.6)."""
    for rule in list(schema.iter(sch("rule"))):
        if rule.get("abstract") != "true":
            _complete(rule, schema, files)
    for rule in list(schema.iter(sch("rule"))):
        if rule.get("abstract") == "true":
            holder(rule).remove(rule)


def _complete(rule: Element, schema: Element, files: Files, chain: tuple[str, ...] = ()) -> None:
    for extends in list(rule.iterchildren(sch("extends"))):
        files.spend()
        wanted = extends.get("rule", "")
        if wanted in chain:
            raise SchemaError(place(extends), f'the abstract rule "{wanted}" extends itself')
        model = _abstract_rule(rule, schema, wanted)
        if model is None:
            hint = 'an abstract rule has abstract="true" and this id'
            raise SchemaError(place(extends), f'there is no abstract rule "{wanted}"', hint)
        whole = copy.deepcopy(model)
        holder(model).append(whole)  # where it is looked up from, for what it extends itself
        _complete(whole, schema, files, (*chain, wanted))
        holder(whole).remove(whole)
        _replace(extends, list(whole), model.get(XML_BASE))


def _abstract_rule(rule: Element, schema: Element, wanted: str) -> Element | None:
    """The abstract rule of that id: first in the same pattern, where the standard wants it, then anywhere."""
    for scope in (holder(rule), schema):
        for other in scope.iter(sch("rule")):
            if other.get("id") == wanted and other.get("abstract") == "true":
                return other
    return None
