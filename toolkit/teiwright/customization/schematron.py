"""The rules of a customization as one ISO Schematron schema (ISO/IEC 19757-3), TEI's own among them.

TEI Guidelines #TDTAG. TEI's tests are kept and its messages are not: they are prose of
the Guidelines, so that a message of TEI's only names the rule, unless the customization words that rule itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from teiwright.customization.attributes import Attributes, defined
from teiwright.customization.declarations import AttDef, ConstraintSpec, Mode, Spec
from teiwright.customization.grammar import Grammar
from teiwright.customization.specification import Specification
from teiwright.errors import SchemaError
from teiwright.names import SCHEMATRON, TEI, XML, XSD, XSL, shown

SCHEMES = ("schematron", "isoschematron", "")
TESTS = (f"{{{SCHEMATRON}}}assert", f"{{{SCHEMATRON}}}report")
HOISTED = tuple(f"{{{SCHEMATRON}}}{name}" for name in ("phase", "diagnostics", "properties"))
REMARKS = tuple(f"{{{SCHEMATRON}}}{name}" for name in ("title", "p"))


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint, whose it is, and the context of tests that name none themselves."""

    constraint: ConstraintSpec
    owner: str
    context: str


def rules(specification: Specification, attributes: Attributes, grammar: Grammar) -> Iterator[Rule]:
    """All constraints of a schema, each once: the schema's, its classes', its elements'."""
    for constraint in specification.constraints:
        yield Rule(constraint, specification.ident, "")
    specs = [s for s in specification.specs.values() if s.kind == "class" or s.ident in grammar.elements]
    bearers = {s.ident: _members(s, specification, grammar) for s in specs}
    contexts = _Contexts(grammar)
    for spec in sorted(specs, key=lambda s: (s.kind, s.ident)):
        if not bearers[spec.ident]:
            continue
        for constraint in (*spec.constraints, *_deprecation(spec)):
            yield Rule(constraint, spec.ident, contexts.of(bearers[spec.ident]))
        for definition in _own(spec, attributes):
            bearing = [i for i in bearers[spec.ident] if _bears(specification.specs[i], definition, attributes)]
            for constraint in definition.constraints if bearing else ():
                yield Rule(constraint, spec.ident, contexts.of(bearing, definition))


def _members(spec: Spec, specification: Specification, grammar: Grammar) -> list[str]:
    """The elements that are a spec, or are in a class directly or through other classes."""
    if spec.kind == "element":
        return [spec.ident]
    found, pending = {spec.ident}, [spec.ident]
    while pending:
        one = pending.pop()
        inside = [s.ident for s in specification.specs.values() if one in s.memberships and s.ident not in found]
        found.update(inside)
        pending.extend(inside)
    return sorted(found & grammar.elements.keys())


def _deprecation(spec: Spec) -> Iterator[ConstraintSpec]:
    """A warning wherever a deprecated element stands (Guidelines ref-att.deprecated)."""
    if spec.kind == "element" and spec.valid_until:
        report = etree.Element(f"{{{SCHEMATRON}}}report", test="true()", role="warning")
        report.text = f'element "{spec.name}" is deprecated; it may be used until {spec.valid_until}'
        yield ConstraintSpec("deprecated", Mode.ADD, "schematron", (report,), spec.where, own=True)


def _own(spec: Spec, attributes: Attributes) -> list[AttDef]:
    """The attributes with constraints that a spec does not have from a class."""
    known = {c for one in attributes.classes(spec) for d in defined(attributes.of(one)) for c in map(id, d.constraints)}
    return [d for d in defined(attributes.of(spec)) if any(id(c) not in known for c in d.constraints)]


def _bears(spec: Spec, definition: AttDef, attributes: Attributes) -> bool:
    wanted = {id(c) for c in definition.constraints}
    return any(wanted & {id(c) for c in d.constraints} for d in defined(attributes.of(spec)))


@dataclass(frozen=True, slots=True)
class _Contexts:
    """XPath patterns for elements and their attributes."""

    grammar: Grammar

    def of(self, idents: list[str], attribute: AttDef | None = None) -> str:
        """A pattern that matches the elements, or one attribute of each."""
        step = f"/@{_attribute_name(attribute)}" if attribute else ""
        if len(idents) > 1 and idents == sorted(self.grammar.elements):
            return f"*{step}" if len({e.namespace for e in self.grammar.elements.values()}) > 1 else f"tei:*{step}"
        return " | ".join(f"{self._name(i)}{step}" for i in idents)

    def _name(self, ident: str) -> str:
        element = self.grammar.elements[ident]
        return f"tei:{element.name}" if element.namespace == TEI else f"Q{{{element.namespace}}}{element.name}"


def _attribute_name(attribute: AttDef) -> str:
    if attribute.namespace in ("", XML):
        return f"xml:{attribute.name}" if attribute.namespace else attribute.name
    return f"Q{{{attribute.namespace}}}{attribute.name}"


class Named(Protocol):
    """What the writer asks of a customization: its name, and a place for what an editor should know."""

    @property
    def ident(self) -> str: ...

    @property
    def notes(self) -> list[str]: ...


def written(specification: Named, found: list[Rule], binding: str) -> etree._Element:
    """The schema element."""
    return _Writer(specification, binding).schema(found)


@dataclass(eq=False)
class _Writer:
    specification: Named
    binding: str
    namespaces: dict[str, str] = field(default_factory=lambda: {"tei": TEI, "xs": XSD})
    ids: set[str] = field(default_factory=set)
    hoisted: list[etree._Element] = field(default_factory=list)
    functions: list[etree._Element] = field(default_factory=list)

    def schema(self, found: list[Rule]) -> etree._Element:
        patterns = [p for rule in found for p in self._patterns(rule)]
        root = etree.XML(f'<schema xmlns="{SCHEMATRON}"/>')
        root.set("queryBinding", self.binding)
        etree.SubElement(root, f"{{{SCHEMATRON}}}title").text = f"Rules of {self.specification.ident}"
        for prefix, uri in sorted(self.namespaces.items()):
            etree.SubElement(root, f"{{{SCHEMATRON}}}ns", prefix=prefix, uri=uri)
        root.extend(self.functions)
        root.extend(patterns)
        root.extend(self.hoisted)
        etree.cleanup_namespaces(root, keep_ns_prefixes=list(self.namespaces))
        return root

    def _patterns(self, rule: Rule) -> list[etree._Element]:
        constraint = rule.constraint
        if constraint.scheme not in SCHEMES:
            self.specification.notes.append(
                f'{constraint.where}: the rules of "{constraint.ident}" are in "{constraint.scheme}" and are left out'
            )
            return []
        lets: list[etree._Element] = []
        inner: list[etree._Element] = []
        whole: list[etree._Element] = []
        for element in constraint.rules:
            self._sort(element, rule, lets, inner, whole)
        if inner:
            whole.insert(0, self._pattern(inner, lets, rule))
        for pattern in whole:
            self._finish(pattern, rule)
        return whole

    def _sort(
        self,
        element: etree._Element,
        rule: Rule,
        lets: list[etree._Element],
        inner: list[etree._Element],
        whole: list[etree._Element],
    ) -> None:
        """Puts a child of a constraint where Schematron has its like."""
        name = etree.QName(element)
        if element.tag == f"{{{SCHEMATRON}}}ns":
            self._declare(element.get("prefix", ""), element.get("uri", ""), rule)
            return
        self._implied(element, rule)
        copied = _copied(element)
        places = {"let": lets, "rule": inner, "assert": inner, "report": inner, "pattern": whole}
        if name.namespace == XSL:
            self.functions.append(copied)
        elif element.tag in HOISTED:
            self.hoisted.append(copied)
        elif name.namespace == SCHEMATRON and name.localname in places:
            places[name.localname].append(copied)
        elif element.tag not in REMARKS:
            where, found = rule.constraint.where, shown(element.tag)
            raise SchemaError(where, f'"{found}" found in constraint "{rule.constraint.ident}"')

    def _declare(self, prefix: str, uri: str, rule: Rule) -> None:
        if self.namespaces.setdefault(prefix, uri) != uri:
            raise SchemaError(
                rule.constraint.where,
                f'prefix "{prefix}" stands for "{uri}" and elsewhere for "{self.namespaces[prefix]}"',
            )

    def _implied(self, element: etree._Element, rule: Rule) -> None:
        """Prefixes that the ODD declares by xmlns and that a rule uses."""
        words = " ".join(str(v) for e in element.iter(etree.Element) for v in e.attrib.values())
        for prefix, uri in sorted((p, u) for p, u in element.nsmap.items() if p and u not in (SCHEMATRON, XSL)):
            if re.search(rf"(?<![\w.-]){re.escape(prefix)}:[\w*]", words):
                self._declare(prefix, uri, rule)

    def _pattern(self, inner: list[etree._Element], lets: list[etree._Element], rule: Rule) -> etree._Element:
        pattern = etree.Element(f"{{{SCHEMATRON}}}pattern")
        pattern.extend(lets)
        pattern.extend(e for e in inner if e.tag not in TESTS)
        bare = [e for e in inner if e.tag in TESTS]
        if bare:
            if not rule.context:
                where, ident = rule.constraint.where, rule.constraint.ident
                raise SchemaError(where, f'a test of constraint "{ident}" has no context', "put it into a sch:rule")
            etree.SubElement(pattern, f"{{{SCHEMATRON}}}rule", context=rule.context).extend(bare)
        return pattern

    def _finish(self, pattern: etree._Element, rule: Rule) -> None:
        """Ids for the pattern and its tests, and for TEI's tests a message that only names the rule."""
        ident = rule.constraint.ident
        pattern.set("id", self._unique(pattern.get("id") or f"{rule.owner}-{ident}"))
        for test in pattern.iter(*TESTS):
            test.set("id", self._unique(test.get("id") or ident))
            if not rule.constraint.own:
                _name_only(test, ident)
        for one in pattern.iter(f"{{{SCHEMATRON}}}rule"):
            if one.get("context") is None and one.get("abstract") != "true":
                if not rule.context:
                    raise SchemaError(rule.constraint.where, f'a rule of constraint "{ident}" has no context')
                one.set("context", rule.context)

    def _unique(self, wanted: str) -> str:
        base = re.sub(r"[^\w.-]+", "-", wanted).lstrip("-.0123456789") or "rule"
        one, number = base, 1
        while one in self.ids:
            number += 1
            one = f"{base}-{number}"
        self.ids.add(one)
        return one


def _copied(element: etree._Element) -> etree._Element:
    """The element without comments, white space in its text as one space."""
    copy = deepcopy(element)
    copy.tail = None
    etree.strip_tags(copy, etree.Comment, etree.ProcessingInstruction)
    for one in copy.iter(f"{{{SCHEMATRON}}}*"):
        one.text = _spaced(one.text)
        for child in one:
            child.tail = _spaced(child.tail)
    for test in copy.iter(*TESTS):
        test.text = (test.text or "").lstrip() or None
        if len(test):
            test[-1].tail = (test[-1].tail or "").rstrip() or None
        else:
            test.text = (test.text or "").rstrip() or None
    return copy


def _spaced(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text) if text else None


def _name_only(test: etree._Element, ident: str) -> None:
    test.attrib.pop("diagnostics", "")
    del test[:]
    test.text = f'TEI rule "{ident}" does not hold for "'
    name = etree.SubElement(test, f"{{{SCHEMATRON}}}name")
    name.tail = '"'
