"""A grammar written as W3C XML Schema 1.0, one document for each namespace.

Only the elements a document may begin with are global; the others are declared where they stand, by one named
type each. So a document's root is checked as RELAX NG checks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    Pattern,
    Value,
    Wildcard,
    choice,
    rebuilt,
    walk,
)
from teiwright.customization.grammar import Alternatives, Attribute, AttributeSet, ElementPattern, Grammar
from teiwright.customization.models import Leaf, Model, has_elements, model, occurs
from teiwright.customization.simpletypes import SimpleTypes, child, document
from teiwright.names import XML, XSD

NOTHING = "no-characters"  # a simple type: an element without content may hold white space in RELAX NG
SHARED = 12  # elements in a content model from which on several types share one group
EVERYWHERE = "##any"


@dataclass(frozen=True, slots=True)
class Schemas:
    """The document of the schema's own namespace, those it imports by file name, and where they are wider."""

    main: etree._Element
    imported: dict[str, etree._Element]
    notes: tuple[str, ...]


def written(grammar: Grammar, ident: str) -> Schemas:
    """The schema documents."""
    return _Writer(grammar, ident).schemas()


@dataclass(eq=False)
class _Writer:
    grammar: Grammar
    ident: str
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.main = self.grammar.namespace
        self.attribute_values: dict[tuple[str, str], list[Pattern]] = {}
        for item in _single(self._all_items()):
            if item.namespace:
                self.attribute_values.setdefault((item.namespace, item.name), []).append(item.pattern)
        others = {e.namespace for e in self.grammar.elements.values()} | {n for n, _ in self.attribute_values}
        self.prefixes = {XML: "xml", self.main: "" if not self.main else "t"}
        for number, uri in enumerate(sorted(others - self.prefixes.keys()), 1):
            self.prefixes[uri] = f"n{number}" if uri else ""
        self.others = sorted(others - {self.main})
        self.types = SimpleTypes(f"{self.prefixes[self.main]}:" if self.main else "", self.notes)
        self.models: dict[Pattern, Model] = {}
        self.expanded = {i: self.grammar.expanded(e.content) for i, e in self.grammar.elements.items()}

    def schemas(self) -> Schemas:
        main = self._document(self.main)
        self._datatypes(main)
        self._attribute_groups(main)
        self._elements(main, self.main)
        imported = {}
        for uri in self.others:
            root = imported[self._file(uri)] = self._document(uri)
            self._attributes(root, uri)
            self._elements(root, uri)
        return Schemas(main, imported, tuple(dict.fromkeys(self.notes)))

    def _all_items(self) -> Iterator[Attribute | Alternatives]:
        for one in (*self.grammar.attributes.values(), *(e.attributes for e in self.grammar.elements.values())):
            yield from one.items

    def _file(self, uri: str) -> str:
        return f"{self.ident}-{self.prefixes[uri] or 'none'}.xsd"

    def _document(self, uri: str) -> etree._Element:
        """A schema document with its imports. xml.xsd and its like need nothing from the others."""
        elements = any(e.namespace == uri for e in self.grammar.elements.values())
        imports = [u for u in (self.main, *self.others) if u != uri] if elements or uri == self.main else []
        known = {p: u for u, p in self.prefixes.items() if p and u != XML and (u == uri or u in imports)}
        root = etree.Element(f"{{{XSD}}}schema", nsmap={"xs": XSD, **known})
        if uri:
            root.set("targetNamespace", uri)
        root.set("elementFormDefault", "qualified")
        for other in imports:
            node = child(root, "import")
            if other:
                node.set("namespace", other)
            if other != self.main:
                node.set("schemaLocation", self._file(other))
        return root

    def _qualified(self, uri: str, name: str) -> str:
        prefix = self.prefixes[uri]
        return f"{prefix}:{name}" if prefix else name

    # -- datatypes and attributes

    def _datatypes(self, root: etree._Element) -> None:
        used = {p.name for one in self._value_patterns() for p in self._named(one)}
        for name in sorted(used):
            node = self.types.simple_type(root, self.grammar.datatypes[name], f'datatype "{name}"')
            node.set("name", name)
        child(child(child(root, "simpleType", name=NOTHING), "restriction", base="xs:token"), "length", value="0")

    def _value_patterns(self) -> Iterator[Pattern]:
        for item in _single(self._all_items()):
            if item.namespace in ("", self.main):
                yield item.pattern
        for ident, pattern in self.expanded.items():
            if not has_elements(pattern):
                yield self.grammar.elements[ident].content

    def _named(self, pattern: Pattern) -> Iterator[Named]:
        for one in walk(pattern):
            if isinstance(one, Named) and one.name in self.grammar.datatypes:
                yield one
                yield from self._named(self.grammar.datatypes[one.name])
            elif isinstance(one, Named):
                yield from self._named(self.grammar.patterns[one.name])

    def _attributes(self, root: etree._Element, uri: str) -> None:
        """Global attributes of a namespace; an attribute with several types gets all of them together."""
        types = SimpleTypes("", self.notes)
        for (namespace, name), patterns in sorted(self.attribute_values.items(), key=lambda i: i[0]):
            if namespace == uri:
                distinct = list(dict.fromkeys(map(self.grammar.expanded, patterns)))
                shown = self._qualified(uri, name)
                if len(distinct) > 1:
                    self.notes.append(f'attribute "{shown}" may have on each element what it may have on any')
                types.typed(child(root, "attribute", name=name), choice(*distinct), f'attribute "{shown}"')

    def _attribute_groups(self, root: etree._Element) -> None:
        for name, attributes in self.grammar.attributes.items():
            self._bearing(child(root, "attributeGroup", name=name), attributes, f'class "{name}"')

    def _bearing(self, node: etree._Element, attributes: AttributeSet, of: str) -> None:
        for item in sorted(merged(attributes.items, self._exclusive(of)), key=lambda a: (a.namespace, a.name)):
            self._attribute(node, item, of)
        for name in attributes.classes:
            child(node, "attributeGroup", ref=self._qualified(self.main, name))

    def _exclusive(self, of: str) -> _Remark:
        return _Remark(self.notes, of)

    def _attribute(self, node: etree._Element, item: Attribute, of: str) -> None:
        if item.namespace:
            one = child(node, "attribute", ref=self._qualified(item.namespace, item.name))
        else:
            one = child(node, "attribute", name=item.name)
            self.types.typed(one, item.pattern, f'{of}, attribute "{item.name}"')
        if item.required:
            one.set("use", "required")
        document(one, item.documentation)

    # -- elements

    def _elements(self, root: etree._Element, uri: str) -> None:
        here = [e for e in self.grammar.elements.values() if e.namespace == uri]
        glob = self._global(uri)
        groups = self._groups(here, root, uri)
        for element in here:
            if element.ident in glob:
                child(root, "element", name=element.name, type=self._qualified(uri, element.ident))
        for element in here:
            self._type(root, element, groups)

    def _global(self, uri: str) -> set[str]:
        """Elements a document may begin with, and those that another namespace's elements hold."""
        found = {i for i in self.grammar.start if self.grammar.elements[i].namespace == uri}
        for ident, pattern in self.expanded.items():
            if self.grammar.elements[ident].namespace != uri:
                inside = {p.ident for p in walk(pattern) if isinstance(p, Element)}
                found |= {i for i in inside if self.grammar.elements[i].namespace == uri}
        return found

    def _groups(self, here: list[ElementPattern], root: etree._Element, uri: str) -> dict[Pattern, str]:
        """Names of the long content models that several elements have, written as groups."""
        users: dict[Pattern, list[ElementPattern]] = {}
        for element in here:
            pattern = self.expanded[element.ident]
            if has_elements(pattern) and sum(isinstance(p, Leaf) for p in walk(pattern)) >= SHARED:
                users.setdefault(pattern, []).append(element)
        found: dict[Pattern, str] = {}
        for pattern, elements in users.items():
            if len(elements) > 1:
                named = sorted(e.content.name for e in elements if isinstance(e.content, Named))
                name = named[0] if named else f"{elements[0].ident}.content"
                found[pattern] = name
                self._particles(child(root, "group", name=name), self._model(pattern, uri), uri)
        return found

    def _model(self, pattern: Pattern, uri: str) -> Model:
        if pattern not in self.models:
            self.models[pattern] = model(self._apart(pattern, uri))
        return self.models[pattern]

    def _type(self, root: etree._Element, element: ElementPattern, groups: dict[Pattern, str]) -> None:
        of, pattern = f'element "{element.ident}"', self.expanded[element.ident]
        node = child(root, "complexType", name=element.ident)
        document(node, element.documentation)
        if not has_elements(pattern):
            content = child(node, "simpleContent")
            self._bearing(self._simple(root, content, element), element.attributes, of)
            return
        found = self._model(pattern, element.namespace)
        if found.wider:
            self.notes.append(f"{of}: {found.wider}")
        if found.mixed:
            node.set("mixed", "true")
        if pattern in groups:
            child(node, "group", ref=self._qualified(element.namespace, groups[pattern]))
        else:
            self._particles(node, found, element.namespace)
        self._bearing(node, element.attributes, of)

    def _simple(self, root: etree._Element, content: etree._Element, element: ElementPattern) -> etree._Element:
        """Characters only: an extension of their type, which must have a name or be one of its own."""
        pattern = element.content
        expanded = self.expanded[element.ident]
        if isinstance(expanded, Empty):
            name = self._qualified(self.main, NOTHING)
        elif not any(isinstance(p, Data | Value | ListOf) for p in walk(expanded)):
            name = "xs:string"
        else:
            name = self.types.name(pattern)
        if not name:
            node = self.types.simple_type(root, pattern, f'element "{element.ident}"')
            name = self._qualified(element.namespace, f"{element.ident}.characters")
            node.set("name", f"{element.ident}.characters")
        return child(content, "extension", base=name)

    # -- content models

    def _apart(self, pattern: Pattern, uri: str) -> Pattern:
        """The pattern with elements that a wildcard beside them would match too given up for the wildcard."""
        wildcards = list(dict.fromkeys(p for p in walk(pattern) if isinstance(p, Wildcard)))
        if not wildcards:
            return pattern
        one = wildcards[0] if len(wildcards) == 1 else Wildcard((), ())
        spaces = namespaces(one, uri)

        def leaf(found: Pattern) -> Pattern:
            if isinstance(found, Wildcard):
                return one
            if isinstance(found, Element) and covers(spaces, self.grammar.elements[found.ident].namespace, uri):
                self.notes.append(f'element "{found.ident}" may hold anything where any element may stand beside it')
                return one
            return found

        return rebuilt(pattern, leaf)

    def _particles(self, node: etree._Element, found: Model, uri: str) -> None:
        """The content model, in the sequence or choice that a type or group needs."""
        if isinstance(found.pattern, Interleave):
            node = child(node, "all")
            for item in found.pattern.items:
                self._particle(node, item, found, uri)
            return
        inner, low, high = occurs(found.pattern)
        once = (low, high) == (1, 1) or node.tag != f"{{{XSD}}}group"
        if not once or (not isinstance(inner, Group) and len(self._alternatives(inner, found)) < 2):
            node = child(node, "sequence")
        self._particle(node, found.pattern, found, uri)

    def _particle(self, node: etree._Element, pattern: Pattern, found: Model, uri: str) -> None:
        inner, low, high = occurs(pattern)
        if isinstance(inner, Group):
            here = child(node, "sequence")
            for item in inner.items:
                self._particle(here, item, found, uri)
        else:
            items = self._alternatives(inner, found)
            if len(items) == 1 and not isinstance(items[0], Leaf):
                self._particle(node, items[0], found, uri)
                return
            here = child(node, "choice") if len(items) > 1 or isinstance(items[0], Wildcard) else node
            for item in items:
                if isinstance(item, Leaf):
                    self._leaf(here, item, uri)
                else:
                    self._particle(here, item, found, uri)
            here = here[-1] if here is node else here
        _set_occurs(here, low, high)

    def _alternatives(self, pattern: Pattern, found: Model) -> list[Pattern]:
        """What a choice is between, letters written out as the elements they stand for."""
        if isinstance(pattern, Element):
            return list(found.letters[pattern.ident])
        if isinstance(pattern, Choice):
            return [leaf for item in pattern.items for leaf in self._alternatives(item, found)]
        return [pattern]

    def _leaf(self, node: etree._Element, leaf: Leaf, uri: str) -> None:
        if isinstance(leaf, Wildcard):
            for space in namespaces(leaf, uri):
                child(node, "any", namespace=space, processContents="lax")
            return
        element = self.grammar.elements[leaf.ident]
        name = self._qualified(element.namespace, element.name)
        if element.namespace != uri:
            child(node, "element", ref=name)
        else:
            child(node, "element", name=element.name, type=self._qualified(uri, element.ident))


@dataclass(frozen=True, slots=True)
class _Remark:
    notes: list[str]
    of: str

    def __call__(self, names: Iterable[str]) -> None:
        quoted = ", ".join(f'"{n}"' for n in names)
        self.notes.append(f"{self.of}: the attributes {quoted} exclude one another, which is not checked")


def namespaces(wildcard: Wildcard, uri: str) -> tuple[str, ...]:
    """What ``xs:any`` can say of a wildcard in a document of this namespace, one value for each particle."""
    if wildcard.require:
        return (" ".join(wildcard.require),)
    return ("##other", "##local") if uri and uri in wildcard.exclude else (EVERYWHERE,)


def covers(spaces: tuple[str, ...], namespace: str, uri: str) -> bool:
    """Whether a wildcard of these values matches elements of a namespace."""
    if spaces == (EVERYWHERE,):
        return True
    if "##other" in spaces:
        return namespace != uri
    return namespace in spaces[0].split()


def merged(items: Iterable[Attribute | Alternatives], remark: _Remark) -> list[Attribute]:
    """Attributes without their alternatives, which are all optional then; each name once."""
    found: dict[tuple[str, str], Attribute] = {}
    for item in items:
        if isinstance(item, Attribute):
            found[item.namespace, item.name] = item
            continue
        inside = list(_single((item,)))
        remark(dict.fromkeys(a.name for a in inside))
        for one in inside:
            known = found.get((one.namespace, one.name))
            pattern = one.pattern if known is None else choice(known.pattern, one.pattern)
            found[one.namespace, one.name] = Attribute(one.name, one.namespace, False, pattern, one.documentation)
    return list(found.values())


def _single(items: Iterable[Attribute | Alternatives]) -> Iterator[Attribute]:
    for item in items:
        if isinstance(item, Attribute):
            yield item
        else:
            for branch in item.branches:
                yield from _single(branch)


def _set_occurs(node: etree._Element, low: int, high: int | None) -> None:
    if low != 1:
        node.set("minOccurs", str(low))
    if high != 1:
        node.set("maxOccurs", "unbounded" if high is None else str(high))
