"""Writes the XSLT 3.0 stylesheet that a Schematron schema means (ISO/IEC 19757-3:2020, 6.5 and annexes on XSLT).

All patterns share one mode, and one pass visits each node once. Every rule is a template with a priority of its own;
after its assertions it hands the node on by ``xsl:next-match``, so each pattern gets its turn. Within a pattern the
rules' priorities are neighbours, and a rule that has fired tells those below it through a parameter of that pattern.
A pattern for other documents has a mode of its own, which runs in a second pass over what its expression names.

Each assertion runs in its own ``xsl:try`` together with the rule's variables it uses: what fails there fails alone.
The stylesheet has one instruction in a line, so a line in Saxon's complaint names the schema's rule.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from lxml import etree

from teiwright.errors import SchemaError
from teiwright.names import XML_BASE, XSD, XSL
from teiwright.schematron.element import MOVED, OWN, Element, declared_there, holder, in_scope, place, sch
from teiwright.schematron.expression import element_names, one_line, renamed, visited
from teiwright.schematron.scope import (
    ERROR_CODE,
    USABLE,
    Scope,
    described,
    global_variable,
    needed,
    usable,
    values_of,
    variable,
)
from teiwright.schematron.shape import DECLARATIONS
from teiwright.schematron.sheet import RULE_FOR, Assertion, Lines, Sheet, Subordinate, attribute, namespace_declarations
from teiwright.schematron.wording import SHOWN, Part, Wording, said

XPATH_1 = frozenset(("xslt", "xslt1", "xslt1.0", "xpath", "xpath1"))
BINDINGS = XPATH_1 | frozenset(("none", "xslt2", "xslt3", "xpath2", "xpath3", "xpath31"))
PATTERNS = (sch("pattern"), sch("group"))
ASSERTIONS = (sch("assert"), sch("report"))
CODE = "schematron"  # of an assertion where neither it nor its rule nor its pattern has an id
# not(…) around a test would make sense of what alone makes none, such as "1) or (2"
WHERE_FALSE = ("<xsl:choose><xsl:when test={}/><xsl:otherwise>", "</xsl:otherwise></xsl:choose>")
WHERE_TRUE = ("<xsl:if test={}>", "</xsl:if>")
GIVEN = f"Q{{{OWN}}}given"
CAUGHT = f'e="{{{ERROR_CODE}}}"'


def transpiled(schema: Element, name: str, phase: str | None = None) -> Sheet:
    """The stylesheet for a resolved schema in a phase (None: its default phase, else all patterns).
    Raises SchemaError for an unknown phase or query language.
    """
    return Transpiler(schema, name, phase).rules()


class Pattern(NamedTuple):
    """A pattern, its number, the mode its rules are in, and the variables its rules see."""

    element: Element
    number: int
    mode: str
    scope: Scope

    @property
    def rules(self) -> list[Element]:
        return [*self.element.iterchildren(sch("rule"))]

    @property
    def lets(self) -> list[Element]:
        return [*self.element.iterchildren(sch("let"))]


class Transpiler:
    """Writes the stylesheets of one schema in one phase."""

    def __init__(self, schema: Element, name: str, phase: str | None) -> None:
        binding = schema.get("queryBinding", "xslt3").strip().lower()
        if binding not in BINDINGS:
            hint = "expected xslt, xslt2, xslt3, xpath, xpath2 or xpath3"
            raise SchemaError(name, f'its rules are in "{binding}", which is not supported', hint)
        self.schema = schema
        self.wording = Wording(schema)
        self.sheet = Sheet()
        self.sheet.is_empty = next(schema.iterchildren(*PATTERNS), None) is None
        self.version = ' version="1.0"' if binding in XPATH_1 else ""  # XPath's rules of conversion of that version
        self.prefixes = _prefixes(schema, name)
        active = _phase(schema, name, phase)
        self.declared = frozenset(ns.get("prefix", "") for ns in schema.iter(sch("ns")))
        self.lets = [*schema.iterchildren(sch("let")), *(active.iterchildren(sch("let")) if active is not None else ())]
        self.scope = Scope({}, {}).with_lets(self.lets)
        self.patterns = [self._pattern(*numbered) for numbered in enumerate(_patterns(schema, active))]

    def _pattern(self, number: int, element: Element) -> Pattern:
        mode = f"documents{number}" if element.get("documents") else "rules"
        lets = element.iterchildren(sch("let"))
        return Pattern(element, number, mode, self.scope.with_lets(lets, f"Q{{{OWN}}}pattern{number}."))

    def rules(self) -> Sheet:
        """The stylesheet that reports what the rules find."""
        subordinate = [pattern for pattern in self.patterns if pattern.mode != "rules"]
        primary = [pattern for pattern in self.patterns if pattern.mode == "rules"]
        self.start()
        for mode in dict.fromkeys(("rules", *(pattern.mode for pattern in subordinate))):
            self.sheet.add(f'<xsl:mode name="{mode}" on-no-match="deep-skip" warning-on-multiple-match="no"/>')
        first = f'<xsl:apply-templates select="{visits(primary)}" mode="rules"/>'
        if subordinate:
            self._passes(first, subordinate)
        else:
            self.sheet.add(f'<xsl:template match="/"><found>{first}</found></xsl:template>')
        self.declarations()
        priority = sum(len(pattern.element) for pattern in self.patterns)
        for pattern in self.patterns:
            for rule in pattern.rules:
                self._rule(pattern, rule, priority)
                priority -= 1
        return self.ended()

    # -- around the rules

    def start(self) -> None:
        """The root's start tag."""
        self.sheet.add(f'<xsl:stylesheet version="3.0"{namespace_declarations(self.prefixes)}>')
        self.sheet.add('<xsl:output method="xml" indent="no" omit-xml-declaration="yes"/>')

    def ended(self) -> Sheet:
        """The stylesheet, with its end tag."""
        if any("}shown(" in line for line in self.sheet.lines):
            self.sheet.add(SHOWN)
        self.sheet.add("</xsl:stylesheet>")
        return self.sheet

    def declarations(self) -> None:
        """Functions, keys and the global variables."""
        self.sheet.add(USABLE)
        for declaration in self.schema.iterchildren(*DECLARATIONS):
            self.sheet.add(_as_written(declaration), f"in {place(declaration)}")
        if self.schema.find(f"{{{XSL}}}accumulator") is not None:
            self.sheet.add('<xsl:mode use-accumulators="#all"/>')
        self._variables(self.lets, self.scope)
        for pattern in self.patterns:
            self._variables(pattern.lets, pattern.scope)

    def _variables(self, lets: Iterable[Element], scope: Scope) -> None:
        for let in lets:
            self.sheet.add(global_variable(let, scope, self.local(let)), described(let))

    def local(self, element: Element) -> str:
        """Attributes for the instruction that an element becomes: the prefixes that it alone has, and the version."""
        around = {prefix: uri for prefix, uri in in_scope(element).items() if prefix not in self.declared}
        own = {**around, **declared_there(element)}
        return namespace_declarations({p: u for p, u in own.items() if self.prefixes.get(p) != u}) + self.version

    def _passes(self, first: str, subordinate: list[Pattern]) -> None:
        """The first pass, which also says what other documents are wanted, and the second, which is given them."""
        self.sheet.add(f'<xsl:param name="Q{{{OWN}}}second" select="false()"/>')
        for pattern in subordinate:
            self.sheet.add(f'<xsl:param name="Q{{{OWN}}}documents{pattern.number}" select="()"/>')
        self.sheet.add('<xsl:template match="/"><found><xsl:choose>')
        self.sheet.add(f'<xsl:when test="not($Q{{{OWN}}}second)">{first}')
        for pattern in subordinate:
            self._wanted(pattern)
        self.sheet.add("</xsl:when><xsl:otherwise>")
        for pattern in subordinate:
            self.sheet.add(f'<xsl:for-each select="$Q{{{OWN}}}documents{pattern.number}">')
            self.sheet.add(f'<document n="{pattern.number}" i="{{position()}}">')
            self.sheet.add(f'<xsl:apply-templates select="{visits([pattern])}" mode="{pattern.mode}"/>')
            self.sheet.add("</document></xsl:for-each>")
        self.sheet.add("</xsl:otherwise></xsl:choose></found></xsl:template>")

    def _wanted(self, pattern: Pattern) -> None:
        """The addresses that a pattern's ``documents`` gives, each with its base and the node it comes from."""
        what = f'the documents "{one_line(pattern.element.get("documents", ""))}" ({place(pattern.element)})'
        self.sheet.subordinates.append(Subordinate(pattern.number, what))
        expression = pattern.element.get("documents", "")
        self.sheet.add(f'<xsl:try><xsl:variable name="{GIVEN}" select="."/>')
        self.sheet.add(usable(self.scope, [expression]))
        select = attribute(renamed(expression, self.scope.names))
        self.sheet.add(f"<xsl:for-each select={select}{self.local(pattern.element)}>", what)
        self.sheet.add(f'<wanted n="{pattern.number}">')
        base = "if (. instance of node()) then base-uri(.) else ''"
        path = f"if (. instance of node()) then (if (root(.) is ${GIVEN}) then path(.) else '/') else '/'"
        self.sheet.add(f'<xsl:attribute name="b" select="{base}"/>')
        self.sheet.add(f'<xsl:attribute name="p" select="{path}"/><xsl:value-of select="."/>')
        self.sheet.add("</wanted></xsl:for-each>")
        self.sheet.add(f'<xsl:catch><wanted n="{pattern.number}" p="/" {CAUGHT}/></xsl:catch></xsl:try>')

    # -- rules

    def _rule(self, pattern: Pattern, rule: Element, priority: int) -> None:
        match = attribute(renamed(rule.get("context", ""), pattern.scope.names))
        start = f'<xsl:template match={match} mode="{pattern.mode}" priority="{priority}"{self.local(rule)}>'
        first = len(self.sheet.lines)
        self.sheet.add(start, origin(rule))
        is_one_of_many = len(pattern.rules) > 1 and pattern.element.tag == sch("pattern")
        fired = f"Q{{{OWN}}}fired{pattern.number}" if is_one_of_many else ""
        if fired:
            self.sheet.add(f'<xsl:param name="{fired}" select="false()"/><xsl:if test="not(${fired})">')
        for assertion in rule.iterchildren(*ASSERTIONS):
            self._assertion(pattern, rule, assertion)
        if fired:
            self.sheet.add("</xsl:if>")
            self.sheet.add(f'<xsl:next-match><xsl:with-param name="{fired}" select="true()"/></xsl:next-match>')
        else:
            self.sheet.add("<xsl:next-match/>")
        self.sheet.add("</xsl:template>")
        names = element_names(rule.get("context", ""))
        if names and pattern.mode == "rules":
            self.sheet.rules.append(Lines(first, len(self.sheet.lines), names))

    def _assertion(self, pattern: Pattern, rule: Element, assertion: Element) -> None:
        number = len(self.sheet.assertions)
        known = _known(pattern.element, rule, assertion, self.wording)
        self.sheet.assertions.append(known)
        lets = [*rule.iterchildren(sch("let"))]
        scope = pattern.scope.without(lets)
        subject = assertion.get("subject") or rule.get("subject") or ""
        parts = [Part("", tuple(said(assertion))), *self.wording.parts(assertion)]
        test = assertion.get("test", "")
        expressions = [test, subject, *(piece.select for part in parts for piece in part.pieces)]
        self.sheet.add(f"<xsl:try{self.local(assertion) if declared_there(assertion) != declared_there(rule) else ''}>")
        self._local_variables(lets, expressions, scope)
        start, end = WHERE_FALSE if assertion.tag == sch("assert") else WHERE_TRUE
        self.sheet.add(start.format(attribute(renamed(test, scope.names))), known.what)
        # what is not of the document, such as a copy, has no place in it
        inside = f"({renamed(subject, scope.names)})[root(.) is root(current())]"
        path = f"path(({inside}, .)[1])" if subject else "path(.)"
        self.sheet.add(f'<f n="{number}"><xsl:attribute name="p" select={attribute(path)}/>', known.what)
        for part in parts:
            self.sheet.add("".join(_written(part, scope)), known.what)
        self.sheet.add(f"</f>{end}")
        self.sheet.add(f'<xsl:catch><f n="{number}" p="{{path(.)}}" {CAUGHT}/></xsl:catch></xsl:try>')

    def _local_variables(self, lets: list[Element], expressions: list[str], scope: Scope) -> None:
        """The variables that some expressions use, directly or through others: outer ones first, raised if failed."""
        inner = needed(lets, expressions)
        self.sheet.add(usable(scope, [*expressions, *chain.from_iterable(map(values_of, inner))]))
        for let in inner:
            attributes = self.local(let) if declared_there(let) != declared_there(holder(let)) else self.version
            self.sheet.add(variable(let, scope.names, attributes), described(let))


def _as_written(declaration: Element) -> str:
    """The XML of a function or key, with all prefixes that were in scope where it was written."""
    prefixes = {**in_scope(declaration), **{p: u for p, u in declaration.nsmap.items() if p}}
    written = etree.Element(declaration.tag, nsmap=prefixes)
    written.text = declaration.text
    for name, value in declaration.attrib.items():
        if name not in (*MOVED, XML_BASE):
            written.set(name, value)
    written.extend(copy.deepcopy(child) for child in declaration)
    return etree.tostring(written, encoding="unicode")


def _written(part: Part, scope: Scope) -> Iterator[str]:
    """The XSLT for a text that a finding holds."""
    yield f"<t i={attribute(part.name)}>" if part.name else "<t>"
    yield from (piece.instruction(scope.names) for piece in part.pieces)
    yield "</t>"


def origin(rule: Element) -> str:
    """What messages call a rule."""
    return f'{RULE_FOR} "{one_line(rule.get("context", ""))}" ({place(rule)})'


def _known(pattern: Element, rule: Element, assertion: Element, wording: Wording) -> Assertion:
    """What is said about an assertion outside of the stylesheet: from itself, else its rule, else its pattern."""
    levels = (assertion, rule, pattern)
    test = one_line(assertion.get("test", ""))
    links = (assertion, *wording.referred(assertion, "diagnostics"), rule, pattern)
    flags = " ".join(dict.fromkeys(" ".join(level.get("flag", "") for level in levels).split()))
    properties = (("flag", flags), ("icon", _nearest(levels, "icon")), ("fpi", _nearest(levels, "fpi")))
    return Assertion(
        _nearest(levels, "id") or CODE,
        _nearest(levels, "severity") or _nearest(levels, "role"),
        test,
        f'the test "{test}" of {RULE_FOR} "{one_line(rule.get("context", ""))}" ({place(assertion)})',
        _nearest(links, "see"),
        tuple((name, value) for name, value in properties if value),
    )


def _nearest(levels: Iterable[Element], name: str) -> str:
    return next(filter(None, (level.get(name) for level in levels)), "")


def _phase(schema: Element, name: str, phase: str | None) -> Element | None:
    """The phase element that is asked for; None for all patterns (5.4.12)."""
    wanted = phase if phase not in (None, "#DEFAULT") else schema.get("defaultPhase", "#ALL")
    if wanted == "#ALL":
        return None
    phases = {found.get("id"): found for found in schema.iterchildren(sch("phase"))}
    if wanted not in phases:
        known = ", ".join(f'"{known}"' for known in phases if known) or "none"
        raise SchemaError(name, f'there is no phase "{wanted}"', f"phases: {known}")
    return phases[wanted]


def _patterns(schema: Element, active: Element | None) -> list[Element]:
    patterns = [*schema.iterchildren(*PATTERNS)]
    if active is None:
        return patterns
    wanted = {found.get("pattern") for found in active.iterchildren(sch("active"))}
    missing = wanted - {pattern.get("id") for pattern in patterns}
    if missing:
        raise SchemaError(place(active), f'the phase names a pattern "{min(map(str, missing))}" that does not exist')
    return [pattern for pattern in patterns if pattern.get("id") in wanted]


def _prefixes(schema: Element, name: str) -> dict[str, str]:
    """The schema's own prefixes, then those in scope where rules were embedded."""
    prefixes = {"xsl": XSL}
    for declared in schema.iter(sch("ns")):
        prefix, uri = declared.get("prefix", ""), declared.get("uri", "")
        if not _is_prefix(prefix, uri):
            raise SchemaError(place(declared) or name, f'"{prefix}" cannot be declared as a prefix of "{uri}"')
        prefixes[prefix] = uri
    for pattern in schema.iter(*PATTERNS):
        for prefix, uri in in_scope(pattern).items():
            prefixes.setdefault(prefix, uri)
    prefixes.setdefault("xs", XSD)
    return prefixes


def _is_prefix(prefix: str, uri: str) -> bool:
    if prefix == "xsl" and uri != XSL:
        return False
    try:
        etree.Element("ns", nsmap={prefix: uri})
    except (ValueError, TypeError):
        return False
    return bool(prefix)


def visits(patterns: Iterable[Pattern]) -> str:
    """The expression for all nodes that rules of some patterns may fire for."""
    contexts = [rule.get("context", "") for pattern in patterns for rule in pattern.rules]
    return ", ".join(visited(contexts))
