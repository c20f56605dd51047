"""What a customization selects from TEI and what it makes of it: the ODD and TEI's definitions, merged.

TEI Guidelines #TDbuild (references and modes), #TDmodules (modules), #IM-unified (processing an ODD).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count
from pathlib import Path

from lxml import etree

from teiwright.customization.declarations import Classes, ConstraintSpec, Mode, Spec
from teiwright.customization.definitions import Definitions, schema_document
from teiwright.customization.reading import EXCEPTIONS, KINDS, Reader, names, namespace_or_name
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.names import TEI, XML_ID, shown, tei
from teiwright.relaxng.characters import is_ncname

REFERENCES = {tei("elementRef"): "element", tei("classRef"): "class", tei("macroRef"): "macro", tei("dataRef"): "data"}
XINCLUDE = "{http://www.w3.org/2001/XInclude}include"


MOST_GROUPS = 5_000  # specGrps that a schemaSpec may open; one that is referred to twice counts twice


@dataclass(eq=False)
class Specification:
    """A customization's declarations, merged with TEI's. ``specs`` are what the schema holds, by ident;
    ``kept`` the members that a classRef chooses of a class (Guidelines ref-classRef), by class.
    """

    document: Document
    definitions: Definitions
    element: etree._Element  # the schemaSpec
    digest: str  # SHA-256 of the ODD
    specs: dict[str, Spec] = field(default_factory=dict)
    kept: dict[str, tuple[tuple[str, ...] | None, tuple[str, ...]]] = field(default_factory=dict)
    constraints: tuple[ConstraintSpec, ...] = ()
    notes: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: str | Path, source: str | Path) -> Specification:
        """The customization in an ODD, with TEI's definitions from another file. Raises SchemaError."""
        document = schema_document(path)
        digest = sha256(Path(path).read_bytes()).hexdigest()
        specification = cls(document, Definitions.read(source), _schema_spec(document), digest)
        specification._merge()
        return specification

    @property
    def ident(self) -> str:
        """The customization's name."""
        return self.element.get("ident", "").strip()

    @property
    def namespace(self) -> str:
        """The namespace of elements that name none themselves (Guidelines ref-att.namespaceable)."""
        return self.element.get("ns", TEI)

    @property
    def prefix(self) -> str:
        """What stands before each pattern's name in the RELAX NG."""
        return self.element.get("prefix", "")

    @property
    def start(self) -> tuple[str, ...]:
        """The elements a document may begin with (Guidelines ref-schemaSpec: "TEI" where nothing is said)."""
        return tuple(self.element.get("start", "TEI").split())

    def where(self, element: etree._Element) -> str:
        """An element's place in the ODD, as messages name it."""
        return str(self.document.location(element))

    def fail(self, element: etree._Element, problem: str, hint: str = "") -> SchemaError:
        """What is wrong at an element of the ODD."""
        return SchemaError(self.where(element), problem, hint)

    # -- merging

    def _merge(self) -> None:
        self._compare_release()
        parts = list(self._parts(self.element, (), count(1)))
        selected: set[str] = set()
        for part in parts:
            selected |= self._selected(part)
        self.specs = {ident: self.definitions[ident] for ident in self._ordered(selected)}
        reader = Reader(self.where, own=True, exceptions=self._exceptions())
        for part in parts:
            if part.tag in KINDS:
                self._declare(reader.spec(part), part)
        rules = (reader.constraint(part) for part in parts if part.tag == tei("constraintSpec"))
        self.constraints = merged((), tuple(rules))
        self._check_start()
        self._check_memberships()

    def _ordered(self, selected: set[str]) -> Iterator[str]:
        """TEI's own order, which sequences made of a class follow."""
        for idents in self.definitions.modules.values():
            yield from (i for i in idents if i in selected)

    def _exceptions(self) -> tuple[str, ...]:
        written = names(self.element, "defaultExceptions")
        return EXCEPTIONS if written is None else tuple(namespace_or_name(n, self.element) for n in written)

    def _compare_release(self) -> None:
        source = self.element.get("source", "")
        asked = re.search(r"\b\d+\.\d+\.\d+\w*", source)
        if asked and asked[0] != self.definitions.version:
            self.notes.append(
                f'{self.where(self.element)}: the customization is of TEI "{asked[0]}", '
                f'but the definitions are of "{self.definitions.version}"'
            )

    def _parts(
        self, element: etree._Element, inside: tuple[etree._Element, ...], opened: Iterator[int]
    ) -> Iterator[etree._Element]:
        """The declarations and references in a schemaSpec or specGrp, groups opened."""
        if element in inside:
            raise self.fail(element, "this specGrp holds itself")
        if next(opened) > MOST_GROUPS:
            raise self.fail(self.element, f"its specGrpRefs open more than {MOST_GROUPS:,} groups")
        for child in element.iterchildren(etree.Element):
            if child.tag == tei("specGrp"):
                yield from self._parts(child, (*inside, element), opened)
            elif child.tag == tei("specGrpRef"):
                yield from self._parts(self._group(child), (*inside, element), opened)
            elif child.tag == XINCLUDE:
                raise self.fail(child, "XInclude in a schemaSpec is not supported", "put the declarations into the ODD")
            else:
                yield child

    def _group(self, reference: etree._Element) -> etree._Element:
        target = reference.get("target", "").strip()
        found = [g for g in self.document.root.iter(tei("specGrp")) if target == f"#{g.get(XML_ID)}"]
        if not found:
            raise self.fail(reference, f'specGrpRef points to "{target}", and no specGrp in this file bears that id')
        return found[0]

    # -- references

    def _selected(self, part: etree._Element) -> set[str]:
        if part.tag == tei("moduleRef"):
            return self._module(part)
        if part.tag not in REFERENCES:
            return set()
        kind, key = REFERENCES[part.tag], part.get("key", "").strip()
        if key not in self.definitions or self.definitions.kind(key) != kind:
            raise self.fail(part, f'"{shown(part.tag)}" names "{key}", and TEI has no such {kind}')
        if kind == "class":
            self.kept[key] = names(part, "include"), names(part, "except") or ()
        return {key}

    def _module(self, part: etree._Element) -> set[str]:
        key = part.get("key", "").strip()
        if part.get("url"):
            raise self.fail(part, 'a moduleRef with "url" is not supported', "declare its elements by elementSpec")
        if key not in self.definitions.modules:
            raise self.fail(part, f'TEI has no module "{key}"', f"it has {', '.join(self.definitions.modules)}")
        include, exclude = names(part, "include"), names(part, "except")
        if include is not None and exclude is not None:
            raise self.fail(part, 'a moduleRef may have "include" or "except", not both')
        idents = self.definitions.modules[key]
        elements = {i for i in idents if self.definitions.kind(i) == "element"}
        strange = [n for n in (*(include or ()), *(exclude or ())) if n not in elements]
        if strange:
            quoted = ", ".join(f'"{n}"' for n in strange)
            raise self.fail(part, f'module "{key}" has no element {quoted}', self._homes(strange))
        chosen = elements & set(include) if include is not None else elements - set(exclude or ())
        return chosen | (set(idents) - elements)

    def _homes(self, asked: list[str]) -> str:
        """Where elements asked for from the wrong module are."""
        known = [n for n in asked if n in self.definitions and self.definitions.kind(n) == "element"]
        return ", ".join(f'"{n}" is in module "{self.definitions.module(n)}"' for n in known)

    # -- declarations

    def _declare(self, spec: Spec, part: etree._Element) -> None:
        known = self.specs.get(spec.ident)
        for key in spec.memberships:
            if key in self.definitions and key not in self.specs:
                self.notes.append(f'{spec.where}: {spec} is to be a member of "{key}", which is not included')
        if known is not None and known.kind != spec.kind:
            raise self.fail(part, f'"{spec.ident}" is declared as {spec.kind}, but it is a {known.kind}')
        if spec.mode is Mode.ADD:
            if known is not None:
                raise self.fail(part, f"{spec} is there already", 'use mode "change" or "replace"')
            self.specs[spec.ident] = _added(spec)
        elif known is None:
            self._absent(spec, part)
        elif spec.mode is Mode.DELETE:
            del self.specs[spec.ident]
        else:
            self.specs[spec.ident] = _added(spec) if spec.mode is Mode.REPLACE else changed(known, spec)

    def _absent(self, spec: Spec, part: etree._Element) -> None:
        """A change to what the schema does not hold: an error, but deleting it twice is only remarked on."""
        if spec.ident not in self.definitions or self.definitions.kind(spec.ident) != spec.kind:
            hint = "" if spec.mode is Mode.DELETE else 'use mode "add"'
            raise self.fail(part, f'mode "{spec.mode}" on {spec}, which TEI does not have', hint)
        module = self.definitions.module(spec.ident)
        if spec.mode is not Mode.DELETE:
            raise self.fail(
                part, f'mode "{spec.mode}" on {spec}, which is not included', f'include it from module "{module}"'
            )
        self.notes.append(f"{spec.where}: {spec} is deleted, but it was not included")

    # -- checks

    def _check_start(self) -> None:
        if not self.ident:
            raise self.fail(self.element, '"schemaSpec" has no "ident"')
        for name in (self.ident, self.prefix):
            if name and not is_ncname(name):
                raise self.fail(self.element, f'"{name[:80]}" is not a name that XML allows')
        for ident in self.start:
            if ident not in self.specs or self.specs[ident].kind != "element":
                raise self.fail(self.element, f'a document is to start with "{ident}", which is not included')

    def _check_memberships(self) -> None:
        for spec in self.specs.values():
            for key in spec.memberships:
                if key in self.specs:
                    if self.specs[key].kind != "class":
                        raise SchemaError(spec.where, f'{spec} is a member of "{key}", which is not a class')
                elif key not in self.definitions:
                    raise SchemaError(spec.where, f'{spec} is a member of "{key}", and there is no such class')


def _schema_spec(document: Document) -> etree._Element:
    found = list(document.root.iter(tei("schemaSpec")))
    if not found:
        raise SchemaError(document.source, "holds no schemaSpec", "expected an ODD, a TEI document with one schemaSpec")
    if len(found) > 1:
        places = ", ".join(str(document.location(e).line) for e in found)
        raise SchemaError(document.source, f"holds {len(found)} schemaSpec, in lines {places}", "expected one")
    return found[0]


def _added(spec: Spec) -> Spec:
    """A declaration that stands alone: what it would delete is not there."""
    return replace(spec, constraints=merged((), spec.constraints))


def merged(known: tuple[ConstraintSpec, ...], changes: tuple[ConstraintSpec, ...]) -> tuple[ConstraintSpec, ...]:
    """Constraints after changes to them, each ident once."""
    found = {c.ident: c for c in known}
    for change in changes:
        if change.mode is Mode.DELETE:
            found.pop(change.ident, None)
        elif change.mode is not Mode.CHANGE or change.rules:
            found[change.ident] = change
    return tuple(found.values())


def changed(known: Spec, change: Spec) -> Spec:
    """A declaration after a change: what the change does not mention stays (Guidelines #TDbuild)."""
    return replace(
        known,
        name=change.name if change.name != change.ident else known.name,
        own=True,
        where=change.where,
        namespace=known.namespace if change.namespace is None else change.namespace,
        class_type=change.class_type or known.class_type,
        documentation=change.documentation or known.documentation,
        classes=_memberships(known.classes, change.classes),
        content=known.content if change.content is None else change.content,
        attributes=known.attributes + change.attributes,
        constraints=merged(known.constraints, change.constraints),
        valid_until=change.valid_until or known.valid_until,
        gloss=change.gloss or known.gloss,
    )


def _memberships(known: Classes | None, change: Classes | None) -> Classes | None:
    if change is None or known is None or change.replace:
        return known if change is None else change
    kept = (k for k in known.added if k not in change.deleted)
    return Classes(True, tuple(dict.fromkeys((*kept, *change.added))))
