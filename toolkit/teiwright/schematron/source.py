"""Reads a Schematron schema and resolves what it borrows, in this order: rules embedded in RELAX NG, ``include``,
``extends`` from other files, abstract patterns, abstract rules (ISO/IEC 19757-3:2020, clause 5.4 and annexes).

What comes back is one ``schema`` element in which every pattern is concrete and every rule complete.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag

from lxml import etree

from teiwright.address import AddressError, local_file
from teiwright.document import Document
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import RELAXNG, SCHEMATRON, XML_BASE, XML_ID, XSL, shown

Element = etree._Element

OLD_SCHEMATRON = "http://www.ascc.net/xml/schematron"
STRUCTURE = (
    "schema",
    "library",
    "rules",
    "phase",
    "active",
    "pattern",
    "param",
    "rule",
    "let",
    "ns",
    "include",
    "extends",
)
SAID = ("title", "p", "diagnostics", "diagnostic", "properties", "property", "name", "value-of", "emph", "span", "dir")
ELEMENTS = frozenset((*STRUCTURE, *SAID, "assert", "report"))
PARENTS = {"assert": ("rule",), "report": ("rule",), "rule": ("pattern", "rules"), "active": ("phase",)}
REQUIRED = {"assert": "test", "report": "test", "ns": "uri", "let": "name", "value-of": "select", "param": "name"}
MOST = 500  # times a schema may borrow: two includes in each of thirty parts would make a thousand million


def sch(local: str) -> str:
    """The Clark name of a Schematron element.

    >>> sch("rule")
    '{http://purl.oclc.org/dsdl/schematron}rule'
    """
    return f"{{{SCHEMATRON}}}{local}"


@dataclass
class Files:
    """The files of a schema: each is read where it is needed, and noted."""

    read: dict[Path, None] = field(default_factory=dict)

    def root(self, path: Path) -> Element:
        """A fresh tree of what is in a file. Raises SchemaError."""
        self.read[path.resolve()] = None
        try:
            root = Document.read(path).root
        except DocumentError as error:
            raise SchemaError(error.subject, error.problem, error.hint) from None
        etree.strip_tags(root, etree.Comment, etree.PI)
        root.set(XML_BASE, path.name)  # where an assertion was written, after it has moved
        return root


def read(path: Path, files: Files) -> Element:
    """The schema in a file, nothing in it borrowed any more. Raises SchemaError."""
    root = files.root(path)
    if root.tag == sch("schema"):
        schema = root
    elif etree.QName(root).namespace == RELAXNG:
        schema = _extracted(path, root, files)
    else:
        raise SchemaError(path.name, f'not a Schematron schema: its root is "{shown(root.tag)}"', _hint(root))
    budget = Budget(path.name)
    way = Way(path, budget, files)
    _include(schema, way)
    _extend_from_files(schema, way)
    _require_shape(schema, path.name)
    _instantiate(schema, path.name)
    _complete_rules(schema, path.name, budget)
    return schema


@dataclass
class Budget:
    """How often a schema may still borrow."""

    name: str
    left: int = MOST

    def spend(self) -> None:
        """Counts one loan. Raises SchemaError at the one too many."""
        self.left -= 1
        if self.left < 0:
            raise SchemaError(self.name, f"borrows more than {MOST} parts, perhaps without end")


@dataclass(frozen=True)
class Way:
    """Where an element is borrowed from: the file it is in, and the places that led there."""

    path: Path
    budget: Budget
    files: Files
    chain: tuple[str, ...] = ()


def _hint(root: Element) -> str:
    if etree.QName(root).namespace == OLD_SCHEMATRON:
        return f"this is Schematron 1.5; ISO Schematron's namespace is {SCHEMATRON}"
    return f'expected "sch:schema" in {SCHEMATRON}, or RELAX NG with rules embedded'


def _extracted(path: Path, root: Element, files: Files) -> Element:
    """A schema of the rules embedded in a RELAX NG grammar and in the grammars it includes (annex on embedding);
    without patterns where it holds none.
    """
    schema = etree.Element(sch("schema"), {"queryBinding": "xslt3"}, nsmap={"sch": SCHEMATRON})
    schema.set(XML_BASE, path.name)
    seen = set()
    for element in _embedded(path, root, files):
        content = etree.tostring(element, method="c14n", with_tail=False)
        if element.tag == sch("ns") and content in seen:
            continue
        seen.add(content)
        _adopt(schema, element)
    return schema


def _adopt(schema: Element, element: Element) -> None:
    if element.tag != sch("rule"):
        schema.append(copy.deepcopy(element))
        return
    pattern = etree.SubElement(schema, sch("pattern"), nsmap={p or "": u for p, u in element.nsmap.items() if p})
    pattern.append(copy.deepcopy(element))


def _embedded(path: Path, root: Element, files: Files) -> Iterator[Element]:
    """The outermost Schematron elements, and keys and functions, of a grammar and of those it includes."""
    stack = [root]
    while stack:
        element = stack.pop()
        namespace = etree.QName(element).namespace
        if (namespace == SCHEMATRON and element.tag != sch("schema")) or (
            element is not root and _is_declaration(element)
        ):
            yield element
            continue
        if element.tag in (f"{{{RELAXNG}}}include", f"{{{RELAXNG}}}externalRef"):
            yield from _embedded_elsewhere(path, element.get("href", ""), files)
        stack.extend(reversed(element))


def _embedded_elsewhere(path: Path, href: str, files: Files) -> Iterator[Element]:
    target = _file(path, href, "include")
    if target.resolve() not in files.read:
        yield from _embedded(target, files.root(target), files)


def _is_declaration(element: Element) -> bool:
    return element.tag in (f"{{{XSL}}}key", f"{{{XSL}}}function")


def _file(path: Path, href: str, what: str) -> Path:
    """The file that an address in a schema leads to. Nothing but files is followed."""
    try:
        file = local_file(href, path.absolute().as_uri())
    except AddressError as error:
        raise SchemaError(path.name, f"{what}: {error.problem}") from None
    if file is None:
        raise SchemaError(path.name, f'{what} of "{href}" is not fetched', "keep a local copy and name that")
    return file


def _target(element: Element, way: Way) -> tuple[Element, Way]:
    """The element that an ``include`` or ``extends`` names, and the way that led to it."""
    way.budget.spend()
    path = way.path
    what = etree.QName(element).localname
    href = element.get("href", "")
    file, fragment = _file(path, href, what), urldefrag(href).fragment
    place = f"{file.resolve()}#{fragment}"
    if place in way.chain or (not fragment and file.resolve() == path.resolve()):
        raise SchemaError(path.name, f'{what} of "{href}" leads back to itself')
    root = way.files.root(file)
    found = _with_id(root, fragment) if fragment else root
    if found is None:
        raise SchemaError(path.name, f'{what} of "{href}": nothing in that file has the id "{fragment}"')
    if etree.QName(found).namespace != SCHEMATRON:
        raise SchemaError(path.name, f'{what} of "{href}" leads to something that is not Schematron')
    return found, Way(file, way.budget, way.files, (*way.chain, place))


def _with_id(root: Element, name: str) -> Element | None:
    return next((e for e in root.iter(etree.Element) if name in (e.get("id"), e.get(XML_ID))), None)


def _include(parent: Element, way: Way) -> None:
    """Puts in the place of each ``include`` the element it names (5.4.7)."""
    for include in list(parent.iter(sch("include"))):
        found, further = _target(include, way)
        if found.tag == sch("schema"):
            hint = "include takes one element of it, by its id"
            raise SchemaError(way.path.name, f'include of "{include.get("href")}" leads to a whole schema', hint)
        _include(found, further)
        found = include if found.tag == sch("include") else copy.deepcopy(found)
        found.set(XML_BASE, further.path.name)
        found.tail = include.tail
        _holder(include).replace(include, found)


def _extend_from_files(parent: Element, way: Way) -> None:
    """Puts in the place of each ``extends`` with an address the content of the element it names (5.4.6)."""
    for extends in list(parent.iter(sch("extends"))):
        if extends.get("href") is None:
            continue
        found, further = _target(extends, way)
        _include(found, further)
        _extend_from_files(found, further)
        _replace(extends, list(found), further.path.name)


def _replace(element: Element, others: Iterable[Element], base: str | None) -> None:
    for other in others:
        moved = copy.deepcopy(other)
        if base and moved.get(XML_BASE) is None:
            moved.set(XML_BASE, base)
        element.addprevious(moved)
    _holder(element).remove(element)


def _holder(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise SchemaError("", f'"{shown(element.tag)}" cannot be the root of a schema')
    return parent


def _require_shape(schema: Element, name: str) -> None:
    """A misspelt element would be a rule that never fires: nothing unknown passes (clause 5, annex A)."""
    for element in schema.iter(f"{{{SCHEMATRON}}}*"):
        local = etree.QName(element).localname
        written = shown(str(element.tag))
        if local not in ELEMENTS:
            raise SchemaError(_place(element, name), f'there is no Schematron element "{written}"')
        parent = element.getparent()
        if local in PARENTS and (parent is None or etree.QName(parent).localname not in PARENTS[local]):
            raise SchemaError(_place(element, name), f'"{written}" stands outside of a "sch:{PARENTS[local][0]}"')
        if REQUIRED.get(local) and not element.get(REQUIRED[local]):
            raise SchemaError(_place(element, name), f'"{written}" has no attribute "{REQUIRED[local]}"')
        if local == "rule" and not element.get("context") and element.get("abstract") != "true":
            raise SchemaError(_place(element, name), 'a "sch:rule" has no attribute "context" and is not abstract')
        if local == "pattern" and element.get("documents"):
            raise SchemaError(_place(element, name), "a pattern checks other documents, which is not supported")


def _place(element: Element, name: str) -> str:
    """The file and line an element of a schema was written at.

    Elements that moved from another file carry its name.
    """
    base: Element | None = element
    while base is not None and base.get(XML_BASE) is None:
        base = base.getparent()
    file = base.get(XML_BASE, name) if base is not None else name
    return f"{file}:{element.sourceline}" if element.sourceline else file


def place(element: Element) -> str:
    """The file and line an element of a schema was written at ("rules.sch:12")."""
    return _place(element, "")


def _instantiate(schema: Element, name: str) -> None:
    """Fills each pattern that ``is-a`` abstract one with that one's content, its parameters put in (5.4.10)."""
    patterns = list(schema.iter(sch("pattern")))
    abstract = {p.get("id"): p for p in patterns if p.get("abstract") == "true"}
    for pattern in patterns:
        wanted = pattern.get("is-a")
        if wanted is None or pattern.get("abstract") == "true":
            continue
        if wanted not in abstract:
            raise SchemaError(
                _place(pattern, name), f'the pattern is-a "{wanted}", but there is no such abstract pattern'
            )
        _fill(pattern, abstract[wanted])
    for pattern in abstract.values():
        _holder(pattern).remove(pattern)


def _fill(pattern: Element, model: Element) -> None:
    parameters = {
        p.get("name", ""): p.get("value", "") for p in [*model.iter(sch("param")), *pattern.iter(sch("param"))]
    }
    content = copy.deepcopy(model)
    reference = re.compile(rf"\$({'|'.join(map(re.escape, parameters))})(?![\w.-])") if parameters else None
    for element in content.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if reference:
                element.set(attribute, reference.sub(lambda found: parameters[found[1]], str(value)))
    for child in [*pattern.iterchildren(sch("param"))]:
        pattern.remove(child)
    pattern.extend(child for child in list(content) if child.tag != sch("param"))
    if content.get("role") and pattern.get("role") is None:
        pattern.set("role", content.get("role", ""))


def _complete_rules(schema: Element, name: str, budget: Budget) -> None:
    """Puts in the place of each ``extends`` the content of the abstract rule it names (5.4.6)."""
    for rule in list(schema.iter(sch("rule"))):
        if rule.get("abstract") != "true":
            _complete(rule, schema, name, budget)
    for rule in list(schema.iter(sch("rule"))):
        if rule.get("abstract") == "true":
            _holder(rule).remove(rule)


def _complete(rule: Element, schema: Element, name: str, budget: Budget, chain: tuple[str, ...] = ()) -> None:
    for extends in list(rule.iterchildren(sch("extends"))):
        budget.spend()
        wanted = extends.get("rule", "")
        if wanted in chain:
            raise SchemaError(_place(extends, name), f'the abstract rule "{wanted}" extends itself')
        model = _abstract_rule(rule, schema, wanted)
        if model is None:
            hint = 'an abstract rule has abstract="true" and this id'
            raise SchemaError(_place(extends, name), f'there is no abstract rule "{wanted}"', hint)
        whole = copy.deepcopy(model)
        _holder(model).append(whole)  # where it is looked up from, for what it extends itself
        _complete(whole, schema, name, budget, (*chain, wanted))
        _holder(whole).remove(whole)
        _replace(extends, list(whole), None)


def _abstract_rule(rule: Element, schema: Element, wanted: str) -> Element | None:
    """The abstract rule of that id: first in the same pattern, then anywhere in the schema."""
    for scope in (_holder(rule), schema):
        for other in scope.iter(sch("rule")):
            if other.get("id") == wanted and other.get("abstract") == "true":
                return other
    return None
