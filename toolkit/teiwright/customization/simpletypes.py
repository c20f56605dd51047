"""What characters may be, written as simple types of W3C XML Schema (Part 2: Datatypes)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from teiwright.customization.content import (
    EMPTY,
    TEXT,
    Choice,
    Data,
    Empty,
    ListOf,
    Named,
    Pattern,
    Repeat,
    Value,
    choice,
    walk,
)
from teiwright.names import XSD


@dataclass(eq=False)
class SimpleTypes:
    """Writes simple types; ``prefix`` is that of the schema's own types ("" or "t:")."""

    prefix: str
    notes: list[str] = field(default_factory=list)

    def typed(self, node: etree._Element, pattern: Pattern, of: str) -> None:
        """Gives an attribute declaration its type, by name or written out inside."""
        name = self.name(pattern)
        if name:
            node.set("type", name)
        else:
            self.simple_type(node, pattern, of)

    def name(self, pattern: Pattern) -> str:
        """The name of the type that a pattern is, "" where it has none."""
        if pattern == TEXT:
            return "xs:string"
        if isinstance(pattern, Data) and not pattern.facets:
            return f"xs:{pattern.type}"
        return f"{self.prefix}{pattern.name}" if isinstance(pattern, Named) else ""

    def simple_type(self, parent: etree._Element, pattern: Pattern, of: str) -> etree._Element:
        """A simpleType inside an element."""
        node = child(parent, "simpleType")
        match pattern:
            case ListOf(item):
                self._list(node, item, of)
            case Choice() | Repeat():
                self._union(node, _alternatives(pattern), of)
            case Data(type, facets):
                self._restriction(node, type, facets)
            case Value():
                _enumeration(node, [pattern])
            case Empty():
                child(child(node, "restriction", base="xs:token"), "length", value="0")
            case _ if self.name(pattern):
                child(node, "restriction", base=self.name(pattern))
            case _:
                self.notes.append(f"{of}: its characters may be any")
                child(node, "restriction", base="xs:string")
        return node

    def _restriction(self, node: etree._Element, base: str, facets: tuple[tuple[str, str], ...]) -> None:
        """Each pattern after the first narrows what the one before left, hence stands in a restriction of its own."""
        patterns = [n for n, (name, _) in enumerate(facets) if name == "pattern"]
        if len(patterns) < 2:
            restriction = child(node, "restriction", base=f"xs:{base}")
            here = facets
        else:
            restriction = child(node, "restriction")
            self._restriction(child(restriction, "simpleType"), base, facets[: patterns[-1]])
            here = facets[patterns[-1] :]
        for name, value in here:
            child(restriction, name, value=value)

    def _union(self, node: etree._Element, items: list[Pattern], of: str) -> None:
        values = [i for i in items if isinstance(i, Value)]
        others = [i for i in items if not isinstance(i, Value)]
        if not others:
            _enumeration(node, values)
            return
        union = child(node, "union")
        named = [name for name in map(self.name, others) if name]
        if named:
            union.set("memberTypes", " ".join(named))
        for item in others:
            if not self.name(item):
                self.simple_type(union, item, of)
        if values:
            _enumeration(child(union, "simpleType"), values)

    def _list(self, node: etree._Element, item: Pattern, of: str) -> None:
        one, low, high = (item.item, item.low, item.high) if isinstance(item, Repeat) else (item, 1, 1)
        if any(not isinstance(p, Choice | Data | Value | Named) and p != TEXT for p in walk(one)):
            leaves = [p for p in walk(one) if isinstance(p, Data | Value | Named) or p == TEXT]
            self.notes.append(f"{of}: the tokens of its value may stand in any order and number")
            one, low, high = choice(*leaves), 0, None
        if low == 0 and high is None:
            self.item_type(child(node, "list"), one, of)
            return
        restriction = child(node, "restriction")
        self.item_type(child(child(restriction, "simpleType"), "list"), one, of)
        if low == high:
            child(restriction, "length", value=str(low))
            return
        if low:
            child(restriction, "minLength", value=str(low))
        if high is not None:
            child(restriction, "maxLength", value=str(high))

    def item_type(self, node: etree._Element, pattern: Pattern, of: str) -> None:
        """The type of a list's tokens."""
        name = self.name(pattern)
        if name:
            node.set("itemType", name)
        else:
            self.simple_type(node, pattern, of)


def _alternatives(pattern: Pattern) -> list[Pattern]:
    if isinstance(pattern, Repeat):  # an optional datatype; more of them is a list
        return [*_alternatives(pattern.item), EMPTY]
    return list(pattern.items) if isinstance(pattern, Choice) else [pattern]


def _enumeration(node: etree._Element, values: list[Value]) -> None:
    restriction = child(node, "restriction", base="xs:token")
    for value in values:
        document(child(restriction, "enumeration", value=value.text), value.documentation)


def document(node: etree._Element, documentation: str) -> None:
    """Puts a description before whatever an element holds."""
    if documentation:
        annotation = etree.Element(f"{{{XSD}}}annotation")
        child(annotation, "documentation").text = documentation
        node.insert(0, annotation)


def child(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """A new element of the schema language."""
    return etree.SubElement(parent, f"{{{XSD}}}{tag}", attributes)
