"""Which attributes an element bears: its classes', those classes' own classes', and its own, after all changes.

TEI Guidelines #TDATT (attribute lists), #TDCLA (classes), #TDbuild (changes to single attributes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from teiwright.customization.declarations import AttDef, AttList, AttRef, Mode, Spec, ValItem, ValList
from teiwright.customization.specification import Specification
from teiwright.errors import SchemaError

LONGEST = 100  # classes that inherit from one another, one after the other


@dataclass(frozen=True, slots=True)
class AttGroup:
    """Attributes that stand together, or of which one may stand, when all references are looked up."""

    choice: bool
    items: tuple[Item, ...]


Item = AttDef | AttGroup


@dataclass(eq=False)
class Attributes:
    """The attributes of a specification's elements and classes."""

    specification: Specification

    def __post_init__(self) -> None:
        self._known: dict[str, tuple[Item, ...]] = {}
        self._open: list[str] = []

    def of(self, spec: Spec) -> tuple[Item, ...]:
        """The attributes of an element or a class, each named once."""
        if spec.ident in self._known:
            return self._known[spec.ident]
        if spec.ident in self._open or len(self._open) > LONGEST:
            raise SchemaError(spec.where, f"{spec} inherits from itself: {' -> '.join([*self._open, spec.ident])}")
        self._open.append(spec.ident)
        items = self._inherited(spec)
        for layer in spec.attributes:
            items = self._applied(items, layer, spec)
        self._open.pop()
        self._known[spec.ident] = self._kept(spec, items)
        return self._known[spec.ident]

    def classes(self, spec: Spec) -> tuple[Spec, ...]:
        """The attribute classes it is a direct member of, as far as the schema holds them."""
        found = (self.specification.specs.get(key) for key in spec.memberships)
        return tuple(c for c in found if c is not None and c.class_type == "atts")

    def shared(self, spec: Spec) -> tuple[list[str], tuple[Item, ...]]:
        """The classes whose attributes it bears unchanged, the widest first, and the items that remain."""
        remaining = list(self.of(spec))
        used: list[str] = []
        pending = list(reversed(self.classes(spec)))
        while pending:
            one = pending.pop()
            items = self.of(one)
            if items and all(any(i is r for r in remaining) for i in items):
                remaining = [r for r in remaining if not any(r is i for i in items)]
                used.append(one.ident)
            elif items:
                pending.extend(reversed(self.classes(one)))
        return used, tuple(remaining)

    def _kept(self, spec: Spec, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Without the attributes that a classRef leaves out."""
        include, exclude = self.specification.kept.get(spec.ident, (None, ()))
        for ident in [d.ident for d in defined(items)]:
            if ident not in exclude and (include is None or ident in include):
                continue
            items = edited(items, ident, lambda _: None)
        return items

    def _inherited(self, spec: Spec) -> tuple[Item, ...]:
        items: tuple[Item, ...] = ()
        for one in self.classes(spec):
            known = {d.ident for d in defined(items)}
            items += tuple(i for i in self.of(one) if not known & {d.ident for d in defined((i,))})
        return items

    def _applied(self, items: tuple[Item, ...], layer: AttList, spec: Spec) -> tuple[Item, ...]:
        if layer.choice and _adds(layer):
            new = AttGroup(True, self._alternatives(layer, spec))
            for definition in defined((new,)):
                items = edited(items, definition.ident, lambda _: None)
            return (*items, new)
        for item in layer.items:
            if isinstance(item, AttList):
                items = self._applied(items, item, spec)
            else:
                items = self._edited(items, self._looked_up(item, spec), spec)
        return items

    def _alternatives(self, layer: AttList, spec: Spec) -> tuple[Item, ...]:
        return tuple(
            AttGroup(i.choice, self._alternatives(i, spec)) if isinstance(i, AttList) else self._looked_up(i, spec)
            for i in layer.items
        )

    def _looked_up(self, item: AttDef | AttRef, spec: Spec) -> AttDef:
        """An attRef's attribute, as its class declares it."""
        if isinstance(item, AttDef):
            return item
        source = self.specification.specs.get(item.class_ident)
        if source is None and item.class_ident in self.specification.definitions:
            source = self.specification.definitions[item.class_ident]
        found = [] if source is None else [d for d in defined(self.of(source)) if d.ident == item.ident]
        if not found:
            raise SchemaError(item.where, f'{spec}: class "{item.class_ident}" has no attribute "{item.ident}"')
        return replace(found[0], mode=Mode.ADD)

    def _edited(self, items: tuple[Item, ...], new: AttDef, spec: Spec) -> tuple[Item, ...]:
        present = any(d.ident == new.ident for d in defined(items))
        if new.mode is Mode.DELETE:
            if not present and new.own:
                self.specification.notes.append(f'{new.where}: {spec} has no attribute "{new.ident}" to delete')
            return edited(items, new.ident, lambda _: None)
        if new.mode is Mode.CHANGE:
            if not present and new.own:
                raise SchemaError(new.where, f'{spec} has no attribute "{new.ident}" to change', 'use mode "add"')
            return edited(items, new.ident, lambda old: _changed(old, new))
        return edited(items, new.ident, lambda _: new) if present else (*items, new)


def _adds(item: AttDef | AttRef | AttList) -> bool:
    if isinstance(item, AttList):
        return all(map(_adds, item.items))
    return isinstance(item, AttRef) or item.mode in (Mode.ADD, Mode.REPLACE)


def defined(items: tuple[Item, ...]) -> Iterator[AttDef]:
    """All attributes in some items, in order."""
    for item in items:
        if isinstance(item, AttGroup):
            yield from defined(item.items)
        else:
            yield item


def edited(items: tuple[Item, ...], ident: str, edit: Callable[[AttDef], AttDef | None]) -> tuple[Item, ...]:
    """The items with one attribute put through ``edit``, which may drop it."""
    found: list[Item] = []
    for item in items:
        if not any(d.ident == ident for d in defined((item,))):
            found.append(item)
        elif isinstance(item, AttGroup):
            inner = edited(item.items, ident, edit)
            found.extend((AttGroup(item.choice, inner),) if inner else ())
        elif (new := edit(item)) is not None:
            found.append(new)
    return tuple(found)


def _changed(old: AttDef, new: AttDef) -> AttDef:
    named = new.name != new.ident and not new.ident.startswith("xml:")
    known = {c.ident: c for c in old.constraints}
    known.update((c.ident, c) for c in new.constraints)
    return replace(
        old,
        name=new.name if named else old.name,
        namespace=new.namespace or old.namespace,
        mode=Mode.ADD,
        usage=new.usage or old.usage,
        datatype=new.datatype or old.datatype,
        values=_values(old.values, new.values),
        constraints=tuple(c for c in known.values() if c.mode is not Mode.DELETE),
        documentation=new.documentation or old.documentation,
        where=new.where,
        own=old.own or new.own,
    )


def _values(old: ValList | None, new: ValList | None) -> ValList | None:
    """A list of values after a change to it (Guidelines ref-valList)."""
    if new is None or old is None or new.mode is not Mode.CHANGE:
        return old if new is None else None if new.mode is Mode.DELETE else new
    items: dict[str, ValItem] = {i.value: i for i in old.items}
    for item in new.items:
        if item.mode is Mode.DELETE:
            items.pop(item.value, None)
        else:
            items[item.value] = item
    return ValList(new.type or old.type, Mode.ADD, tuple(items.values()))
