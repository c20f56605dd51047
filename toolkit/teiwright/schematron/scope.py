"""The variables of a schema: which of them an expression means (ISO/IEC 19757-3:2020, 5.4.8).

Those of schema, phase and pattern become global variables, those of a pattern under a name with its number. An
``xsl:try`` cannot catch the failure of a global variable, so each holds, where it fails, a map with the error code,
which is raised again in the assertions that use it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from lxml import etree

from teiwright.names import XSL
from teiwright.schematron.element import OWN, Element, place
from teiwright.schematron.expression import renamed, variables
from teiwright.schematron.sheet import attribute, escaped

DECLARING = (f"{{{XSL}}}variable", f"{{{XSL}}}param")
FAILED = "?('failed to run')"
ERROR_CODE = "$Q{http://www.w3.org/2005/xqt-errors}code"
USABLE = (
    f'<xsl:function name="Q{{{OWN}}}usable"><xsl:param name="v"/><xsl:sequence select="if ($v instance of map(*) and'
    f' exists($v{FAILED})) then error($v{FAILED}) else $v"/></xsl:function>'
)


class Scope:
    """The variables of schema, phase and pattern: each name's let and its global variable's name."""

    def __init__(self, lets: Mapping[str, Element], names: Mapping[str, str]) -> None:
        self.lets = lets
        self.names = names

    def with_lets(self, lets: Iterable[Element], prefix: str = "") -> Scope:
        """This scope and some variables more. The names of their global variables begin with ``prefix``, if it is
        given; it is in a namespace of the toolkit's, so that they are nobody else's.
        """
        more = {let.get("name", ""): let for let in lets}
        names = {name: prefix + name.replace(":", "..") if prefix else name for name in more}
        return Scope({**self.lets, **more}, {**self.names, **names})

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


def values_of(let: Element) -> list[str]:
    """The texts in which a variable's value is said: its expression, or the attributes of the XML in it."""
    value = let.get("value")
    return (
        [str(value) for part in let for node in part.iter("*") for value in node.values()] if value is None else [value]
    )


def variable(let: Element, names: Mapping[str, str], attributes: str) -> str:
    """The xsl:variable a rule's ``let`` means; without @value its content is the value."""
    start = f"<xsl:variable name={attribute(let.get('name', ''))}{typed(let)}{attributes}"
    if let.get("value") is None:
        return f"{start}>{content(let, names)}</xsl:variable>"
    return f"{start} select={attribute(renamed(let.get('value', ''), names))}/>"


def global_variable(let: Element, scope: Scope, attributes: str) -> str:
    """The global xsl:variable of a ``let``, whose failure is a value."""
    name = let.get("name", "")
    others = Scope({n: other for n, other in scope.lets.items() if n != name}, scope.names)
    if let.get("value") is None:
        tried = f"<xsl:document>{content(let, scope.names)}</xsl:document>"
    else:
        tried = f"<xsl:sequence select={attribute(renamed(let.get('value', ''), scope.names))}/>"
    caught = f"<xsl:catch select=\"map{{'failed to run': {ERROR_CODE}}}\"/>"
    start = f'<xsl:variable name={attribute(scope.names[name])} as="item()*"{attributes}>'
    return f"{start}<xsl:try>{usable(others, values_of(let))}{tried}{caught}</xsl:try></xsl:variable>"


def usable(scope: Scope, expressions: Iterable[str]) -> str:
    """The xsl:variables that stand for those global ones, inside of an ``xsl:try``, that some expressions mention:
    what failed there is raised here.
    """
    names = {name: scope.names[name] for name in scope.used(expressions)}
    return "".join(
        f'<xsl:variable name="{new}"{typed(scope.lets[name])} select="Q{{{OWN}}}usable(${new})"/>'
        for name, new in names.items()
    )


def typed(let: Element) -> str:
    """The type a variable is declared with, as an attribute."""
    return f" as={attribute(let.get('as', ''))}" if let.get("as") else ""


def content(let: Element, names: Mapping[str, str]) -> str:
    """The XML in a variable, in one line, with the variables renamed that it does not declare itself."""
    let = copy.deepcopy(let)
    own = {declared.get("name", "") for declared in let.iter(*DECLARING)}
    new = {name: other for name, other in names.items() if name not in own}
    for part in let:
        for node in part.iter("*"):
            for key, value in node.attrib.items():
                node.set(key, renamed(str(value), new))
    children = (etree.tostring(child, encoding="unicode") for child in let)
    return (escaped(let.text or "") + "".join(children)).replace("\n", " ")


def needed(lets: list[Element], texts: Iterable[str]) -> list[Element]:
    """The variables of a rule that some expressions use, directly or through others, in the rule's order."""
    names = set().union(*map(variables, texts))
    found = []
    for let in reversed(lets):
        if let.get("name") in names:
            found.append(let)
            names = names.union(*map(variables, values_of(let)))
    return found[::-1]


def described(let: Element) -> str:
    """What messages call a variable."""
    return f'the variable "{let.get("name")}" ({place(let)})'
