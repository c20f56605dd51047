"""The schema a specification means: every reference looked up, everything that cannot occur gone."""

from __future__ import annotations

from dataclasses import dataclass

from teiwright.customization.attributes import AttGroup, Attributes, Item
from teiwright.customization.content import (
    NOT_ALLOWED,
    TEXT,
    Choice,
    Data,
    Element,
    ListOf,
    Named,
    Pattern,
    Repeat,
    Use,
    Value,
    children,
    choice,
    group,
    rebuilt,
    repeat,
)
from teiwright.customization.declarations import AttDef, Spec
from teiwright.customization.specification import Specification
from teiwright.errors import SchemaError

LONGEST = 100  # patterns that name one another, one after the other
LARGEST = 20_000  # patterns of one content model written out
OCCURS: dict[str, tuple[int, int | None]] = {
    "sequence": (1, 1),
    "sequenceOptional": (0, 1),
    "sequenceRepeatable": (1, None),
    "sequenceOptionalRepeatable": (0, None),
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute as a schema needs it."""

    name: str
    namespace: str
    required: bool
    pattern: Pattern
    documentation: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Attributes of which only one branch may stand."""

    branches: tuple[tuple[Attribute | Alternatives, ...], ...]


@dataclass(frozen=True, slots=True)
class AttributeSet:
    """Attributes: those of some classes, by name, and others."""

    classes: tuple[str, ...]
    items: tuple[Attribute | Alternatives, ...]


@dataclass(frozen=True, slots=True)
class ElementPattern:
    """An element: its content and its attributes, and a word or two for what it is."""

    ident: str
    name: str
    namespace: str
    content: Pattern
    attributes: AttributeSet
    documentation: str
    gloss: str = ""


@dataclass(frozen=True, eq=False)
class Grammar:
    """A schema before it is written: elements by ident, patterns and attribute sets of classes by name."""

    namespace: str
    prefix: str
    start: tuple[str, ...]
    elements: dict[str, ElementPattern]
    patterns: dict[str, Pattern]
    datatypes: dict[str, Pattern]
    attributes: dict[str, AttributeSet]

    def expanded(self, pattern: Pattern) -> Pattern:
        """The pattern with all named patterns put in place."""
        return rebuilt(pattern, lambda p: self.expanded(self.named(p.name)) if isinstance(p, Named) else p)

    def named(self, name: str) -> Pattern:
        """The pattern of a class, macro or datatype."""
        return self.patterns[name] if name in self.patterns else self.datatypes[name]


@dataclass(eq=False)
class Builder:
    """Builds a grammar; one use each."""

    specification: Specification

    def __post_init__(self) -> None:
        self.attributes = Attributes(self.specification)
        self._impossible: set[str] = set()
        self._named: dict[str, Pattern] = {}
        self._open: list[str] = []
        self._members: dict[str, list[Spec]] = {}
        for spec in self.specification.specs.values():
            for key in dict.fromkeys(spec.memberships):
                self._members.setdefault(key, []).append(spec)

    def grammar(self) -> Grammar:
        """The grammar. Raises SchemaError where a reference leads nowhere or in a circle."""
        contents = self._contents()
        while impossible := contents.keys() - self._possible(contents):
            self._impossible |= impossible
            self._named.clear()
            contents = self._contents()
        self._remark()
        elements = {ident: self._element(ident, content) for ident, content in contents.items()}
        sets = self._attribute_sets(elements)
        return Grammar(
            self.specification.namespace,
            self.specification.prefix,
            self.specification.start,
            elements,
            {n: p for n, p in sorted(self._named.items()) if not self._is_data(n)},
            {n: p for n, p in sorted(self._named.items()) if self._is_data(n)},
            sets,
        )

    def _is_data(self, name: str) -> bool:
        return self.specification.specs[name].kind == "data"

    def _contents(self) -> dict[str, Pattern]:
        specs = self.specification.specs
        found: dict[str, Pattern] = {}
        for ident in sorted(specs):
            if specs[ident].kind == "element" and ident not in self._impossible:
                content = specs[ident].content
                if content is None:
                    raise SchemaError(specs[ident].where, f"{specs[ident]} says nothing of its content")
                found[ident] = self.resolved(content)
                self._check_size(found[ident], specs[ident])
        return found

    def _check_size(self, pattern: Pattern, spec: Spec) -> None:
        if _size(pattern, self._named, {}) > LARGEST:
            raise SchemaError(spec.where, f"the content of {spec} is larger than {LARGEST:,} patterns written out")

    def _remark(self) -> None:
        for ident in sorted(self._impossible):
            spec = self.specification.specs[ident]
            if ident in self.specification.start:
                raise SchemaError(spec.where, f"{spec} can never be valid", "its content needs what is not included")
            self.specification.notes.append(
                f"{spec.where}: {spec} is left out, since its content needs what is not included"
            )

    def _possible(self, contents: dict[str, Pattern]) -> set[str]:
        """The elements that a finite document can hold: a least fixed point."""
        possible: set[str] = set()
        while True:
            known: dict[str, bool] = {}
            more = {i for i, c in contents.items() if i in possible or self._fits(c, possible, known)}
            if more == possible:
                return possible
            possible = more

    def _fits(self, pattern: Pattern, possible: set[str], known: dict[str, bool]) -> bool:
        match pattern:
            case Element(ident):
                return ident in possible
            case Named(name):
                if name not in known:
                    known[name] = self._fits(self._named[name], possible, known)
                return known[name]
            case Choice(items):
                return any(self._fits(i, possible, known) for i in items)
        if getattr(pattern, "low", 1) == 0:
            return True
        return pattern != NOT_ALLOWED and all(self._fits(i, possible, known) for i in children(pattern))

    # -- references

    def resolved(self, pattern: Pattern) -> Pattern:
        """The pattern with its references looked up."""
        return rebuilt(pattern, lambda p: self._looked_up(p) if isinstance(p, Use) else p)

    def _looked_up(self, use: Use) -> Pattern:
        if use.kind == "name":
            use = self._kind_found(use)
        spec = self.specification.specs.get(use.key)
        if spec is None or spec.kind != use.kind:
            return self._not_included(use)
        if use.kind == "element":
            return NOT_ALLOWED if use.key in self._impossible else Element(use.key)
        if use.kind == "class":
            return self._class(use, spec)
        pattern = self._name(spec)
        if not use.facets:
            return pattern
        return rebuilt(self._written_out(pattern), lambda p: _narrowed(p, use))

    def _kind_found(self, use: Use) -> Use:
        """RELAX NG's ref does not say of what: the ident tells, and a suffix how a class is expanded."""
        name = use.key.removeprefix(self.specification.prefix)
        ident, _, expand = name.partition("_")
        if name not in self.specification.specs and expand in OCCURS:
            return Use("class", ident, use.where, expand)
        if name in self.specification.specs:
            return Use(self.specification.specs[name].kind, name, use.where)
        known = name in self.specification.definitions
        return Use(self.specification.definitions.kind(name) if known else "pattern", name, use.where)

    def _not_included(self, use: Use) -> Pattern:
        """What a reference to something left out means: elements and classes drop out (Guidelines #TDTAGCONT)."""
        definitions = self.specification.definitions
        deleted = use.key in definitions and definitions.kind(use.key) == use.kind
        if not deleted:
            raise SchemaError(use.where, f'refers to {use.kind} "{use.key}", and there is no such {use.kind}')
        if use.kind in ("element", "class"):
            return NOT_ALLOWED
        raise SchemaError(
            use.where,
            f'refers to {use.kind} "{use.key}", which is not included',
            f'refer to module "{definitions.module(use.key)}"',
        )

    def _class(self, use: Use, spec: Spec) -> Pattern:
        kept = self.specification.kept.get(use.key, (None, ()))
        if use.expand == "alternation" and use.include is None and not use.exclude:
            return self._name(spec)
        return self._expanded(use.key, use.expand, (use.include, use.exclude), kept)

    def _expanded(self, key: str, expand: str, *choices: tuple[tuple[str, ...] | None, tuple[str, ...]]) -> Pattern:
        members = [m for m in self._members.get(key, []) if all(_chosen(m.ident, *c) for c in choices)]
        if expand == "alternation":
            return choice(*(self._member(m, expand) for m in members))
        return group(*(self._member(m, expand) for m in members))

    def _member(self, spec: Spec, expand: str) -> Pattern:
        if spec.kind == "element":
            one: Pattern = NOT_ALLOWED if spec.ident in self._impossible else Element(spec.ident)
            return one if expand == "alternation" else repeat(one, *OCCURS[expand])
        if expand == "alternation":
            return self._name(spec)
        with _Opened(self._open, spec):
            return self._expanded(spec.ident, expand, self.specification.kept.get(spec.ident, (None, ())))

    def _name(self, spec: Spec) -> Pattern:
        """A named pattern, or what it comes to where that is nothing."""
        if spec.ident not in self._named:
            with _Opened(self._open, spec):
                self._named[spec.ident] = self._body(spec)
        body = self._named[spec.ident]
        return Named(spec.ident) if children(body) or isinstance(body, Element | Named | Data | Value) else body

    def _body(self, spec: Spec) -> Pattern:
        if spec.kind == "class":
            return self._expanded(spec.ident, "alternation", self.specification.kept.get(spec.ident, (None, ())))
        if spec.content is None:
            raise SchemaError(spec.where, f"{spec} says nothing of its content")
        return self.resolved(spec.content)

    def _written_out(self, pattern: Pattern) -> Pattern:
        return rebuilt(pattern, lambda p: self._written_out(self._named[p.name]) if isinstance(p, Named) else p)

    # -- attributes

    def _element(self, ident: str, content: Pattern) -> ElementPattern:
        spec = self.specification.specs[ident]
        namespace = self.specification.namespace if spec.namespace is None else spec.namespace
        attributes = self._attribute_set(spec)
        return ElementPattern(ident, spec.name, namespace, content, attributes, spec.documentation, spec.gloss)

    def _attribute_set(self, spec: Spec) -> AttributeSet:
        classes, items = self.attributes.shared(spec)
        return AttributeSet(tuple(classes), tuple(self._attribute(i, spec) for i in items))

    def _attribute_sets(self, elements: dict[str, ElementPattern]) -> dict[str, AttributeSet]:
        """The sets of the classes that elements use, and of those that these use."""
        found: dict[str, AttributeSet] = {}
        pending = [c for e in elements.values() for c in e.attributes.classes]
        while pending:
            ident = pending.pop()
            if ident not in found:
                found[ident] = self._attribute_set(self.specification.specs[ident])
                pending.extend(found[ident].classes)
        return dict(sorted(found.items()))

    def _attribute(self, item: Item, spec: Spec) -> Attribute | Alternatives:
        if isinstance(item, AttGroup):
            return Alternatives(tuple(self._branch(i, spec) for i in item.items))
        return Attribute(item.name, item.namespace, item.usage == "req", self._value(item, spec), item.documentation)

    def _branch(self, item: Item, spec: Spec) -> tuple[Attribute | Alternatives, ...]:
        if isinstance(item, AttGroup) and not item.choice:
            return tuple(one for i in item.items for one in self._branch(i, spec))
        return (self._attribute(item, spec),)

    def _value(self, item: AttDef, spec: Spec) -> Pattern:
        datatype = item.datatype
        one = TEXT if datatype is None else self.resolved(datatype.pattern)
        if item.values is not None and item.values.type == "closed":
            one = choice(*(Value(i.value, i.documentation) for i in item.values.items))
        if one == NOT_ALLOWED:
            raise SchemaError(item.where, f'attribute "{item.ident}" of {spec} allows no value at all')
        low, high = (1, 1) if datatype is None else (datatype.low, datatype.high)
        if high == 1 or one == TEXT:
            # not an optional datatype, which libxml2 takes for any characters
            return one if low or one == TEXT else choice(Value(""), one)
        return ListOf(repeat(one, low, high))


@dataclass(eq=False)
class _Opened:
    """What is being looked up; a thing met again inside itself is an error, not a recursion."""

    names: list[str]
    spec: Spec

    def __enter__(self) -> None:
        if self.spec.ident in self.names or len(self.names) > LONGEST:
            circle = " -> ".join([*self.names, self.spec.ident][-5:])
            raise SchemaError(self.spec.where, f"{self.spec} refers to itself: {circle}")
        self.names.append(self.spec.ident)

    def __exit__(self, *_: object) -> None:
        self.names.pop()


def _chosen(ident: str, include: tuple[str, ...] | None, exclude: tuple[str, ...]) -> bool:
    return ident not in exclude and (include is None or ident in include)


def _narrowed(pattern: Pattern, use: Use) -> Pattern:
    """A datatype with the facets of a reference to it (Guidelines ref-dataRef, @restriction)."""
    if isinstance(pattern, Data):
        return Data(pattern.type, pattern.facets + use.facets)
    if pattern == TEXT:
        return Data("string", use.facets)
    raise SchemaError(use.where, f'"{use.key}" lists values, which a restriction cannot narrow', "list the values")


def _size(pattern: Pattern, named: dict[str, Pattern], known: dict[str, int]) -> int:
    """How many patterns it comes to when names and repetitions are written out."""
    if isinstance(pattern, Named):
        if pattern.name not in known:
            known[pattern.name] = _size(named[pattern.name], named, known)
        return known[pattern.name]
    times = max(pattern.low, pattern.high or 1) if isinstance(pattern, Repeat) else 1
    return 1 + times * sum(_size(c, named, known) for c in children(pattern))
