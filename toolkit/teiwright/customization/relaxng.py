"""A grammar written as RELAX NG in XML syntax (ISO/IEC 19757-2)."""

from __future__ import annotations

from lxml import etree

from teiwright.customization.content import (
    Choice,
    Data,
    Element,
    Empty,
    Group,
    Interleave,
    ListOf,
    Named,
    NotAllowed,
    Pattern,
    Repeat,
    Text,
    Value,
    Wildcard,
    walk,
)
from teiwright.customization.grammar import Alternatives, Attribute, AttributeSet, ElementPattern, Grammar
from teiwright.names import RELAXNG, XML

ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
LONGEST_GLOSS = 4  # words; what is longer describes
REPETITIONS = {(0, 1): "optional", (0, None): "zeroOrMore", (1, None): "oneOrMore"}


def written(grammar: Grammar) -> etree._Element:
    """The grammar element."""
    return _Writer(grammar).grammar_element()


class _Writer:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.wildcards: dict[Wildcard, str] = {}
        self.root = etree.XML(f'<grammar xmlns="{RELAXNG}" xmlns:a="{ANNOTATIONS}"/>')
        self.root.set("datatypeLibrary", DATATYPES)
        self.root.set("ns", grammar.namespace)

    def grammar_element(self) -> etree._Element:
        start = _child(self.root, "start")
        self._one_of(start, [Element(i) for i in self.grammar.start])
        used = self._used()
        for element in self.grammar.elements.values():
            self._element(element)
        for name, pattern in (self.grammar.patterns | self.grammar.datatypes).items():
            if name in used:
                self.write(self._define(name), pattern)
        for name, attributes in self.grammar.attributes.items():
            self._attributes(self._define(f"{name}.attributes"), attributes)
        for wildcard, name in self.wildcards.items():
            self._wildcard_definition(wildcard, name)
        return self.root

    def _used(self) -> set[str]:
        """The named patterns that something in the schema refers to."""
        pending = [e.content for e in self.grammar.elements.values()]
        sets = [e.attributes for e in self.grammar.elements.values()] + list(self.grammar.attributes.values())
        pending += [p for s in sets for p in value_patterns(s.items)]
        found: set[str] = set()
        while pending:
            for pattern in walk(pending.pop()):
                if isinstance(pattern, Named) and pattern.name not in found:
                    found.add(pattern.name)
                    pending.append(self.grammar.named(pattern.name))
        return found

    def _define(self, name: str) -> etree._Element:
        return _child(self.root, "define", name=self.grammar.prefix + name)

    def _element(self, element: ElementPattern) -> None:
        define = self._define(element.ident)
        node = _child(define, "element", name=element.name)
        if element.namespace != self.grammar.namespace:
            node.set("ns", element.namespace)
        _document(node, _introduced(element))
        self._attributes(node, element.attributes)
        self.write(node, element.content)

    def _attributes(self, parent: etree._Element, attributes: AttributeSet) -> None:
        for name in attributes.classes:
            _child(parent, "ref", name=f"{self.grammar.prefix}{name}.attributes")
        for item in attributes.items:
            self._attribute(parent, item)
        if parent.tag == f"{{{RELAXNG}}}define" and not len(parent):
            _child(parent, "empty")

    def _attribute(self, parent: etree._Element, item: Attribute | Alternatives) -> None:
        if isinstance(item, Alternatives):
            alternatives = _child(parent, "choice")
            for branch in item.branches:
                inner = alternatives if len(branch) == 1 else _child(alternatives, "group")
                for one in branch:
                    self._attribute(inner, one)
            return
        node = _child(parent if item.required else _child(parent, "optional"), "attribute", name=item.name)
        if item.namespace == XML:
            node.set("name", f"xml:{item.name}")
        elif item.namespace:
            node.set("ns", item.namespace)
        _document(node, item.documentation)
        if not isinstance(item.pattern, Text):
            self.write(node, item.pattern)

    def write(self, parent: etree._Element, pattern: Pattern) -> None:
        """Puts a pattern into an element."""
        match pattern:
            case Empty() | Text() | NotAllowed():
                name = type(pattern).__name__
                _child(parent, name[0].lower() + name[1:])
            case Element(name) | Named(name):
                _child(parent, "ref", name=self.grammar.prefix + name)
            case Data():
                _data(parent, pattern)
            case Value(text, documentation):
                _child(parent, "value").text = text
                _document(parent, documentation)
            case Wildcard():
                self.wildcards.setdefault(pattern, f"any.{len(self.wildcards) + 1}")
                _child(parent, "ref", name=self.grammar.prefix + self.wildcards[pattern])
            case Group(items) | Choice(items) | Interleave(items):
                self._several(parent, type(pattern).__name__.lower(), items)
            case ListOf(item):
                self.write(_child(parent, "list"), item)
            case Repeat(item, low, high):
                self._repeat(parent, item, low, high)

    def _several(self, parent: etree._Element, name: str, items: tuple[Pattern, ...]) -> None:
        inner = _child(parent, name)
        for item in items:
            self.write(inner, item)

    def _one_of(self, parent: etree._Element, items: list[Pattern]) -> None:
        self._several(parent, "choice", tuple(items)) if len(items) > 1 else self.write(parent, items[0])

    def _repeat(self, parent: etree._Element, item: Pattern, low: int, high: int | None) -> None:
        """RELAX NG counts only to one: more is written out."""
        if (low, high) in REPETITIONS:
            self.write(_child(parent, REPETITIONS[low, high]), item)
            return
        inner = _child(parent, "group")
        for _ in range(low if high is not None or low == 0 else low - 1):
            self.write(inner, item)
        if high is None:
            self.write(_child(inner, "oneOrMore"), item)
        for _ in range((high or low) - low):
            self.write(_child(inner, "optional"), item)

    def _wildcard_definition(self, wildcard: Wildcard, name: str) -> None:
        element = _child(self._define(name), "element")
        _name_class(element, wildcard)
        _child(_child(_child(element, "zeroOrMore"), "attribute"), "anyName")
        inside = _child(_child(element, "zeroOrMore"), "choice")
        _child(inside, "text")
        _child(inside, "ref", name=self.grammar.prefix + name)


def value_patterns(items: tuple[Attribute | Alternatives, ...]) -> list[Pattern]:
    """What the values of some attributes may be."""
    found = []
    for item in items:
        if isinstance(item, Alternatives):
            found += [p for branch in item.branches for p in value_patterns(branch)]
        else:
            found.append(item.pattern)
    return found


def _name_class(parent: etree._Element, wildcard: Wildcard) -> None:
    if not wildcard.require:
        _except(_child(parent, "anyName"), wildcard.exclude)
        return
    inner = _child(parent, "choice") if len(wildcard.require) > 1 else parent
    for namespace in wildcard.require:
        inside = tuple(n for n in wildcard.exclude if n.startswith(f"{{{namespace}}}"))
        _except(_child(inner, "nsName", ns=namespace), inside)


def _except(parent: etree._Element, excluded: tuple[str, ...]) -> None:
    if not excluded:
        return
    inner = _child(parent, "except")
    for name in excluded:
        if name.startswith("{"):
            uri, _, local = name[1:].partition("}")
            _child(inner, "name", ns=uri).text = local
        else:
            _child(inner, "nsName", ns=name)


def _data(parent: etree._Element, data: Data) -> None:
    node = _child(parent, "data", type=data.type)
    for name, value in data.facets:
        _child(node, "param", name=name).text = value


def _introduced(element: ElementPattern) -> str:
    """What the documentation says of an element, after its gloss in brackets where that is short and not its name."""
    has_gloss = 0 < len(element.gloss.split()) <= LONGEST_GLOSS and element.gloss.lower() != element.name.lower()
    return f"({element.gloss}) {element.documentation}".strip() if has_gloss else element.documentation


def _document(parent: etree._Element, documentation: str) -> None:
    if documentation:
        etree.SubElement(parent, f"{{{ANNOTATIONS}}}documentation").text = documentation


def _child(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{RELAXNG}}}{tag}", attributes)
