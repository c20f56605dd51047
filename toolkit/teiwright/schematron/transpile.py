"""Writes the XSLT 3.0 stylesheet that a Schematron schema means (ISO/IEC 19757-3:2020, 6.5 and annex on XSLT).

All patterns share one mode, and one pass visits each node once. Every rule is a template with a priority of its own;
after its assertions it hands the node on by ``xsl:next-match``, so each pattern gets its turn. Within a pattern the
rules' priorities are neighbours, and a rule that has fired tells those below it through a parameter of that pattern.

Each assertion runs in its own ``xsl:try`` together with the rule's variables it uses: what fails there fails alone.
An ``xsl:try`` cannot catch the failure of a global variable, so those of schema, phase and pattern hold, where they
fail, a map with the error code, which is raised again in the assertions that use them.
The stylesheet has one instruction in a line, so a line in Saxon's complaint names the schema's rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from teiwright.errors import SchemaError
from teiwright.names import SCHEMATRON, XSD, XSL
from teiwright.relaxng.characters import is_ncname
from teiwright.schematron.source import Element, place, sch

BINDINGS = frozenset(("none", "xslt", "xslt1", "xslt2", "xslt3", "xpath", "xpath1", "xpath2", "xpath3", "xpath31"))
FIRST_ONLY = frozenset(("xslt", "xslt1", "xpath", "xpath1"))  # XPath 1.0: the string of a node set is its first node's
DECLARATIONS = frozenset(f"{{{XSL}}}{local}" for local in ("function", "key", "decimal-format"))
OWN = "Q{urn:teiwright:schematron}"
FAILED = "?('failed to run')"
# not(…) around a test would make sense of what alone makes none, such as "1) or (2"
WHERE_FALSE = ("<xsl:choose><xsl:when test={}/><xsl:otherwise>", "</xsl:otherwise></xsl:choose>")
WHERE_TRUE = ("<xsl:if test={}>", "</xsl:if>")
USABLE = (
    f'<xsl:function name="{OWN}usable"><xsl:param name="v"/><xsl:sequence select="if ($v instance of map(*) and'
    f' exists($v{FAILED})) then error($v{FAILED}) else $v"/></xsl:function>'
)
ERROR_CODE = "$Q{http://www.w3.org/2005/xqt-errors}code"
LITERAL_OR_VARIABLE = re.compile(
    r"""(?P<literal>"(?:[^"]|"")*"|'(?:[^']|'')*'|\(:.*?:\))|\$\s*(?P<name>(?:[^\W\d][\w.-]*:)?[^\W\d][\w.-]*)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assert or report: its code, the role its severity comes from, the test, and what to call it when it fails
    to run.
    """

    code: str
    role: str
    test: str
    what: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a message: text, or where there is none the value of an expression."""

    text: str = ""
    select: str = ""

    def instruction(self, names: Mapping[str, str]) -> str:
        """The XSLT that writes it, with some variables renamed."""
        if self.select:
            return f"<xsl:value-of select={quoteattr(renamed(self.select, names))}/>"
        return "<xsl:text>" + escape(re.sub(r"\s+", " ", self.text)) + "</xsl:text>"


@dataclass
class Rules:
    """A stylesheet in the making. ``origins`` has for each of its lines what of the schema it came from."""

    lines: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)

    def add(self, text: str, origin: str = "") -> None:
        """Adds an instruction, usually one line."""
        lines = text.split("\n")
        self.lines += lines
        self.origins += [origin] * len(lines)

    def origin(self, line: int) -> str:
        """What a line, counted from 1, came from ("" if from nothing in particular)."""
        return self.origins[line - 1] if 0 < line <= len(self.origins) else ""

    def __str__(self) -> str:
        return "\n".join(self.lines)


def transpiled(schema: Element, name: str, phase: str | None = None) -> Rules:
    """The stylesheet for a resolved schema in a phase (None: its default phase, else all patterns).
    Raises SchemaError for an unknown phase or query language.
    """
    binding = schema.get("queryBinding", "xslt3").strip().lower()
    if binding not in BINDINGS:
        hint = "xslt, xslt2, xslt3, xpath2 or xpath3"
        raise SchemaError(name, f'its rules are in "{binding}", which is not supported', f"expected {hint}")
    active = _phase(schema, name, phase)
    patterns = _patterns(schema, active)
    sheet = Rules()
    sheet.add(_start_tag(schema, name))
    sheet.add('<xsl:output method="xml" indent="no" omit-xml-declaration="yes"/>')
    sheet.add('<xsl:mode name="rules" on-no-match="deep-skip" warning-on-multiple-match="no"/>')
    sheet.add(f'<xsl:template match="/"><found><xsl:apply-templates select="{_visited(patterns)}" mode="rules"/>')
    sheet.add("</found></xsl:template>")
    sheet.add(USABLE)
    for declaration in schema:
        if declaration.tag in DECLARATIONS:
            sheet.add(etree.tostring(declaration, encoding="unicode", with_tail=False), f"in {place(declaration)}")
    lets = [*schema.iterchildren(sch("let")), *(active.iterchildren(sch("let")) if active is not None else ())]
    Writer(sheet, _diagnostics(schema), binding in FIRST_ONLY).write(lets, patterns)
    sheet.add("</xsl:stylesheet>")
    return sheet


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
    patterns = [*schema.iterchildren(sch("pattern"))]
    if active is None:
        return patterns
    wanted = {found.get("pattern") for found in active.iterchildren(sch("active"))}
    missing = wanted - {pattern.get("id") for pattern in patterns}
    if missing:
        raise SchemaError(place(active), f'the phase names a pattern "{min(map(str, missing))}" that does not exist')
    return [pattern for pattern in patterns if pattern.get("id") in wanted]


def _diagnostics(schema: Element) -> dict[str, Element]:
    return {found.get("id", ""): found for found in schema.iter(sch("diagnostic"))}


def _start_tag(schema: Element, name: str) -> str:
    """The root's start tag: the schema's own prefixes, then those in scope where rules were embedded."""
    prefixes = {"xsl": XSL}
    for declared in schema.iter(sch("ns")):
        prefix, uri = declared.get("prefix", ""), declared.get("uri", "")
        if not is_ncname(prefix) or (prefix == "xsl" and uri != XSL):
            raise SchemaError(place(declared) or name, f'"{prefix}" cannot be declared as a prefix of "{uri}"')
        prefixes[prefix] = uri
    for pattern in schema.iter(sch("pattern")):
        for in_scope, uri in pattern.nsmap.items():
            if in_scope and uri != SCHEMATRON:
                prefixes.setdefault(in_scope, uri)
    prefixes.setdefault("xs", XSD)
    declarations = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in prefixes.items() if prefix != "xml")
    return f'<xsl:stylesheet version="3.0" {declarations}>'


def _visited(patterns: Iterable[Element]) -> str:
    """The nodes that rules may fire for: elements always, other kinds where a context outside of its predicates
    shows that it may match them.
    """
    contexts = [rule.get("context", "") for pattern in patterns for rule in pattern.iterchildren(sch("rule"))]
    bare = " ".join(map(outside_predicates, contexts))
    anything = re.search(r"node\(\)|\$|\bid\(|\bkey\(|\belement-with-id\(|(?:^|[\s(|])\.", bare) is not None
    wanted = ["/", "//*"]
    if anything or "@" in bare or re.search(r"\battribute\b", bare):
        wanted.append("//@*")
    if anything or "text(" in bare:
        wanted.append("//text()")
    if anything or "comment(" in bare:
        wanted.append("//comment()")
    if anything or "processing-instruction(" in bare:
        wanted.append("//processing-instruction()")
    return ", ".join(wanted)


def outside_predicates(pattern: str) -> str:
    """A match pattern without its predicates, string literals and comments.

    >>> outside_predicates("tei:*[@n = ']']/tei:p[a[1]] | @b")
    'tei:*/tei:p | @b'
    """
    depth = 0
    kept = []
    for token in re.findall(r""""[^"]*"|'[^']*'|\(:.*?:\)|.""", pattern, re.DOTALL):
        depth += (token == "[") - (token == "]")
        if depth == 0 and token != "]" and token[0] not in "\"'" and not token.startswith("(:"):
            kept.append(token)
    return "".join(kept)


def variables(xpath: str) -> set[str]:
    """The names of the variables an expression mentions.

    >>> sorted(variables("$a + count($b-c) + '$d'"))
    ['a', 'b-c']
    """
    return {found["name"] for found in LITERAL_OR_VARIABLE.finditer(xpath) if found["name"]}


def renamed(xpath: str, names: Mapping[str, str]) -> str:
    """An expression with some variables renamed wherever they are bound or used.

    >>> renamed("for $a in $b return '$a'", {"a": "x"})
    "for $x in $b return '$a'"
    """

    def new(found: re.Match[str]) -> str:
        return f"${names[found['name']]}" if found["name"] in names else found[0]

    return LITERAL_OR_VARIABLE.sub(new, xpath) if names else xpath


def _variable(let: Element, names: Mapping[str, str]) -> str:
    """The xsl:variable a rule's ``let`` means; without @value its content is the value (5.4.8)."""
    start = f"<xsl:variable name={quoteattr(let.get('name', ''))}{_type(let)}"
    if let.get("value") is None:
        return f"{start}>{_content(let)}</xsl:variable>"
    return f"{start} select={quoteattr(renamed(let.get('value', ''), names))}/>"


def _global_variable(let: Element, name: str, names: Mapping[str, str]) -> str:
    """The global xsl:variable of a ``let``, whose failure is a value."""
    value = renamed(let.get("value", ""), names)
    tried = "<xsl:document>" + _content(let) + "</xsl:document>" if let.get("value") is None else ""
    select = "" if tried else f" select={quoteattr(value)}"
    caught = f"<xsl:catch select=\"map{{'failed to run': {ERROR_CODE}}}\"/>"
    return (
        f'<xsl:variable name={quoteattr(name)} as="item()*"><xsl:try{select}>{tried}{caught}</xsl:try></xsl:variable>'
    )


def _type(let: Element) -> str:
    return f" as={quoteattr(let.get('as', ''))}" if let.get("as") else ""


def _content(let: Element) -> str:
    children = (etree.tostring(child, encoding="unicode") for child in let)
    return (escape(let.text or "") + "".join(children)).replace("\n", " ")


def _let_origin(let: Element) -> str:
    return f'the variable "{let.get("name")}" ({place(let)})'


@dataclass
class Scope:
    """The variables of schema, phase and pattern: each name's let and its global variable's name."""

    lets: dict[str, Element] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def with_lets(self, lets: Iterable[Element], prefix: str = "") -> Scope:
        """This scope and some variables more, whose global variables bear a prefix."""
        more = {let.get("name", ""): let for let in lets}
        return Scope(self.lets | more, self.names | {name: prefix + name for name in more})

    def without(self, lets: Iterable[Element]) -> Scope:
        """This scope where some variables of a rule hide those of the same name."""
        hidden = {let.get("name", "") for let in lets}
        return Scope(
            {name: let for name, let in self.lets.items() if name not in hidden},
            {name: new for name, new in self.names.items() if name not in hidden},
        )

    def used(self, expressions: Iterable[str]) -> list[str]:
        """The names of those variables that some expressions mention."""
        mentioned = set().union(*map(variables, expressions))
        return [name for name in self.lets if name in mentioned]


@dataclass
class Writer:
    """Writes the variables and templates of a schema."""

    sheet: Rules
    diagnostics: Mapping[str, Element]
    first_only: bool

    def write(self, lets: list[Element], patterns: list[Element]) -> None:
        """Writes one template a rule, the first of all with the highest priority."""
        scope = Scope().with_lets(lets)
        self._variables(lets, scope)
        priority = sum(len(pattern) for pattern in patterns)
        for number, pattern in enumerate(patterns):
            own = [*pattern.iterchildren(sch("let"))]
            inner = scope.with_lets(own, f"pattern{number}.")
            self._variables(own, inner)
            rules = [*pattern.iterchildren(sch("rule"))]
            fired = f"fired{number}" if len(rules) > 1 else ""
            for rule in rules:
                self._rule(pattern, rule, inner, fired, priority)
                priority -= 1

    def _variables(self, lets: Iterable[Element], scope: Scope) -> None:
        for let in lets:
            self.sheet.add(_global_variable(let, scope.names[let.get("name", "")], scope.names), _let_origin(let))

    def _rule(self, pattern: Element, rule: Element, scope: Scope, fired: str, priority: int) -> None:
        lets = [*rule.iterchildren(sch("let"))]
        context = rule.get("context", "")
        match = quoteattr(renamed(context, scope.names))
        origin = f'the rule for "{_one_line(context)}" ({place(rule)})'
        self.sheet.add(f'<xsl:template match={match} mode="rules" priority="{priority}">', origin)
        if fired:
            self.sheet.add(f'<xsl:param name="{fired}" select="false()"/>')
            self.sheet.add(f'<xsl:if test="not(${fired})">')
        for assertion in rule.iterchildren(sch("assert"), sch("report")):
            self._assertion(described(pattern, rule, assertion), rule, assertion, lets, scope.without(lets))
        if fired:
            self.sheet.add("</xsl:if>")
            self.sheet.add(f'<xsl:next-match><xsl:with-param name="{fired}" select="true()"/></xsl:next-match>')
        else:
            self.sheet.add("<xsl:next-match/>")
        self.sheet.add("</xsl:template>")

    def _assertion(
        self, known: Assertion, rule: Element, assertion: Element, lets: list[Element], scope: Scope
    ) -> None:
        number = len(self.sheet.assertions)
        self.sheet.assertions.append(known)
        subject = assertion.get("subject") or rule.get("subject") or ""
        said = [*self._said(assertion), *self._diagnosed(assertion)]
        expressions = [known.test, subject, *(piece.select for piece in said)]
        self.sheet.add("<xsl:try>")
        self._local_variables(lets, expressions, scope)
        start, end = WHERE_FALSE if assertion.tag == sch("assert") else WHERE_TRUE
        self.sheet.add(start.format(quoteattr(renamed(known.test, scope.names))), known.what)
        path = f"path((({renamed(subject, scope.names)}), .)[1])" if subject else "path(.)"
        self.sheet.add(f'<f n="{number}"><xsl:attribute name="p" select={quoteattr(path)}/>', known.what)
        for piece in said:
            self.sheet.add(piece.instruction(scope.names), known.what)
        self.sheet.add(f"</f>{end}")
        self.sheet.add(f'<xsl:catch><f n="{number}" e="{{{ERROR_CODE}}}" p="{{path(.)}}"/></xsl:catch></xsl:try>')

    def _local_variables(self, lets: list[Element], expressions: list[str], scope: Scope) -> None:
        """The variables that some expressions use, directly or through others: outer ones first, raised if failed."""
        needed = _needed(lets, expressions)
        for name in scope.used([*expressions, *(let.get("value") or _content(let) for let in needed)]):
            usable = f'select="{OWN}usable(${scope.names[name]})"'
            self.sheet.add(f'<xsl:variable name="{scope.names[name]}"{_type(scope.lets[name])} {usable}/>')
        for let in needed:
            self.sheet.add(_variable(let, scope.names), _let_origin(let))

    def _said(self, element: Element) -> Iterator[Piece]:
        """What an assertion's message is made of: text, and values from the document."""
        if element.text:
            yield Piece(element.text)
        for child in element:
            local = etree.QName(child).localname
            if local == "name":
                yield Piece(select=f"({child.get('path') or '.'})/name()")
            elif local == "value-of":
                select = child.get("select", "")
                yield Piece(select=f"({select})[1]" if self.first_only else select)
            else:
                yield from self._said(child)
            if child.tail:
                yield Piece(child.tail)

    def _diagnosed(self, assertion: Element) -> Iterator[Piece]:
        for wanted in assertion.get("diagnostics", "").split():
            if wanted not in self.diagnostics:
                raise SchemaError(place(assertion), f'there is no diagnostic "{wanted}"')
            yield Piece("; ")
            yield from self._said(self.diagnostics[wanted])


def described(pattern: Element, rule: Element, assertion: Element) -> Assertion:
    """What is said about an assertion outside of the stylesheet."""
    levels = (assertion, rule, pattern)
    test = _one_line(assertion.get("test", ""))
    return Assertion(
        next((level.get("id", "") for level in levels if level.get("id")), "schematron"),
        next((level.get("role", "") for level in levels if level.get("role")), ""),
        test,
        f'the test "{test}" of the rule for "{_one_line(rule.get("context", ""))}" ({place(assertion)})',
    )


def _needed(lets: list[Element], texts: Iterable[str]) -> list[Element]:
    """The variables of a rule that some expressions use, directly or through others, in the rule's order."""
    names = set().union(*map(variables, texts))
    needed = []
    for let in reversed(lets):
        if let.get("name") in names:
            needed.append(let)
            names |= variables(let.get("value") or _content(let))
    return needed[::-1]


def _one_line(text: str) -> str:
    return " ".join(text.split())
